"""Every operator action as data: what it is called, its keys, when it may be used, and what it asks of the engine.

Menus, shortcuts, tooltips and the key sheet derive from :data:`ACTIONS`. An action either makes a Request from what
the desk knows, or is *local*: the window itself does it (zoom, open, panels). ``why_not`` answers in words why an
action cannot be used just now; the engine has the last word all the same, and may refuse.
"""

from __future__ import annotations

from typing import Final

from console.vocabulary import (
    AllStop,
    AnswerAsk,
    Arm,
    AtKeys,
    Back,
    ChooseSource,
    Disarm,
    EndItem,
    ExitVamp,
    Fire,
    Go,
    Hold,
    Jam,
    Learn,
    LetCodeMove,
    Load,
    Locate,
    MoveStandby,
    NudgeCode,
    Panic,
    PutRight,
    ReleaseOutputs,
    ReleasePanic,
    Request,
    ResumeShow,
    Roll,
    SetChase,
    SetStandby,
    ShowStop,
    StartItem,
    Stop,
)
from ui.action import Action as Action
from ui.cue_actions import CUE_ACTIONS
from ui.edit_actions import EDIT_ACTIONS
from ui.first_actions import FIRST_ACTIONS, HELP_ACTIONS
from ui.hand_actions import HAND_ACTIONS
from ui.house_actions import HOUSE_ACTIONS
from ui.inspector_actions import INSPECTOR_ACTIONS
from ui.needs import (
    chase_of,
    is_machine,
    life_of_item,
    needs_asked,
    needs_choice,
    needs_code,
    needs_cursor,
    needs_engine,
    needs_hazard,
    needs_held_or_stopped,
    needs_held_outputs,
    needs_left_over,
    needs_live_item,
    needs_locked_code,
    needs_machine,
    needs_next_item,
    needs_panic,
    needs_planned_item,
    needs_rolling,
    needs_selection,
    needs_show,
    needs_show_stop,
    needs_spare,
    needs_still,
    needs_vamp,
)
from ui.page_actions import PAGE_ACTIONS
from ui.paper_actions import PAPER_ACTIONS
from ui.preflight_actions import PREFLIGHT_ACTIONS
from ui.rehearsal_actions import REHEARSAL_ACTIONS
from ui.rundown_actions import RUNDOWN_ACTIONS
from ui.state.code_in import JOINS
from ui.state.desk import Desk
from ui.state.hazards import desk_hazards, in_hand, roles_to_ask
from ui.state.lock import under_lock
from ui.state.rows import next_item
from ui.surface_actions import CALLER_ACTIONS, KEY_ACTIONS, LOCK_ACTIONS, PALETTE_ACTIONS, SCALE_ACTIONS
from ui.take_actions import TAKE_ACTIONS
from ui.time_actions import TIME_ACTIONS

MENUS: Final = ("Show", "Edit", "Run", "Hand", "Rundown", "Rehearse", "Timeline", "View", "Help")


def _set_standby(desk: Desk, _local_ns: int) -> Request | None:
    return None if desk.selected is None else SetStandby(list=desk.list_shown, cue=desk.selected)


def _fire(desk: Desk, _local_ns: int) -> Request | None:
    return None if desk.selected is None else Fire(cue=desk.selected)


def _locate(desk: Desk, _local_ns: int) -> Request | None:
    return None if desk.cursor is None else Locate(item=desk.cursor[0], position_ns=desk.cursor[1])


def _end_item(desk: Desk, _local_ns: int) -> Request | None:
    item = life_of_item(desk, "live")
    return None if item is None else EndItem(item=item)


def _start_item(desk: Desk, _local_ns: int) -> Request | None:
    item = next_item(desk)
    return None if item is None else StartItem(item=item)


def _load_item(desk: Desk, _local_ns: int) -> Request | None:
    item = life_of_item(desk, "planned")
    return None if item is None else Load(item=item)


def _arm(desk: Desk, local_ns: int) -> Request | None:
    hazard = in_hand(desk_hazards(desk, local_ns), desk.selected)
    role = next(iter(roles_to_ask(hazard, desk.seat)), None) if hazard is not None else None
    return None if hazard is None or role is None else Arm(by=desk.by, cue=hazard.cue, role=role)


def _disarm(desk: Desk, local_ns: int) -> Request | None:
    hazards = desk_hazards(desk, local_ns)
    given = [(each.cue, need.role) for each in hazards for need in each.needs if need.given and need.role is not None]
    own = [(cue, role) for cue, role in given if desk.seat in (None, role)] or given
    return None if not own else Disarm(by=desk.by, cue=own[0][0], role=own[0][1])


def _turn_chase(desk: Desk, _local_ns: int) -> Request | None:
    chase = chase_of(desk)
    return None if chase is None else SetChase(on=chase.word in JOINS)


def _next_source(desk: Desk, _local_ns: int) -> Request | None:
    """From the house's order to each source in turn, and back."""
    chase = chase_of(desk)
    if chase is None:
        return None
    row: list[str | None] = [None, *(source.id for source in chase.sources)]
    return ChooseSource(source=row[(row.index(chase.chosen) + 1) % len(row)])


_ALL: Final = (
    # -- Show: what is open
    Action("show.open", "Open…", "Show", ("Ctrl+O",)),
    *HOUSE_ACTIONS,
    *FIRST_ACTIONS,
    Action("show.save", "Save", "Show", ("Ctrl+S",), needs_show),
    Action("show.save_as", "Save as…", "Show", ("Ctrl+Shift+S",), needs_show),
    Action(
        "mode.edit", "Edit", "Show", ("Ctrl+1",), toggled=True, gap_before=True, hint="Esc closes; nothing is locked"
    ),
    Action("mode.rehearsal", "Rehearsal", "Show", ("Ctrl+2",), toggled=True, hint="Esc is panic"),
    Action("mode.show", "Performance", "Show", ("Ctrl+3",), toggled=True, hint="Esc is panic; editing is locked"),
    Action(
        "pad.learn",
        "Learn a pad…",
        "Show",
        ("Ctrl+Shift+M",),
        needs_engine,
        lambda _d, _: Learn(),
        gap_before=True,
        hint="the next note, controller or OSC button is shown, with the lines that bind it",
    ),
    *PREFLIGHT_ACTIONS,
    Action("run.performance", "Begin performance…", "Show", ("Ctrl+Alt+3",), needs_still, gap_before=True),
    Action("run.dress", "Begin dress run…", "Show", ("Ctrl+Alt+2",), needs_still),
    Action("run.rehearsal", "Begin rehearsal…", "Show", ("Ctrl+Alt+1",), needs_still),
    Action("seat.choose", "Who sits here…", "Show", ("Ctrl+Alt+W",), needs_engine, gap_before=True),
    *PAPER_ACTIONS,
    *LOCK_ACTIONS,
    Action("app.quit", "Quit", "Show", ("Ctrl+Q",), gap_before=True),
    *EDIT_ACTIONS,
    *CUE_ACTIONS,
    # -- Run: live
    Action("standby.next", "Standby to next", "Run", ("Ctrl+Down",), needs_engine, lambda d, _: _moved(d, 1)),
    Action("standby.previous", "Standby to previous", "Run", ("Ctrl+Up",), needs_engine, lambda d, _: _moved(d, -1)),
    Action("standby.set", "Selected cue to standby", "Run", ("Return", "Enter"), needs_selection, _set_standby),
    Action(
        "standby.back",
        "Back to last cue run",
        "Run",
        ("Backspace",),
        needs_engine,
        lambda d, _: Back(list=d.list_shown),
    ),
    Action("cue.fire", "Run selected cue now", "Run", ("Ctrl+Return",), needs_selection, _fire),
    Action(
        "list.run",
        "Run standby of the list shown",
        "Run",
        ("Ctrl+Space",),
        needs_engine,
        lambda d, _: Go(list=d.list_shown),
    ),
    Action(
        "keys.machine",
        "Machine at the keys",
        "Run",
        ("M",),
        needs_machine,
        lambda d, _: AtKeys(machine=not is_machine(d)),
        toggled=True,
        is_on=is_machine,
        hint="it presses called cues, arms and leaves vamps; a press by hand works all the same",
    ),
    Action("transport.hold", "Hold", "Run", ("H",), needs_rolling, lambda _d, _: Hold(), gap_before=True),
    Action("transport.roll", "Roll on", "Run", ("R",), needs_held_or_stopped, lambda _d, _: Roll()),
    Action("transport.stop", "Stop", "Run", ("S",), needs_engine, lambda _d, _: Stop()),
    Action("transport.all_stop", "All stop", "Run", ("Shift+S",), needs_engine, lambda _d, _: AllStop()),
    Action("vamp.exit", "Leave the vamp", "Run", ("V",), needs_vamp, lambda _d, _: ExitVamp()),
    Action(
        "code.chase",
        "Follow timecode",
        "Run",
        ("Ctrl+Shift+T",),
        needs_code,
        _turn_chase,
        toggled=True,
        is_on=lambda d: (chase := chase_of(d)) is not None and chase.on,
        gap_before=True,
        hint="asked again, it joins code that was set aside",
    ),
    Action(
        "code.moves",
        "Let timecode change the item",
        "Run",
        ("Ctrl+Alt+T",),
        needs_code,
        lambda d, _: None if (chase := chase_of(d)) is None else LetCodeMove(allowed=not chase.moves_items),
        toggled=True,
        is_on=lambda d: (chase := chase_of(d)) is not None and chase.moves_items,
    ),
    Action(
        "code.source",
        "Next timecode source",
        "Run",
        ("Ctrl+Alt+S",),
        needs_code,
        _next_source,
        hint="after the last: by order",
    ),
    Action("code.later", "Song a frame later", "Run", ("Alt+Right",), needs_code, lambda _d, _: NudgeCode(frames=1)),
    Action(
        "code.earlier", "Song a frame earlier", "Run", ("Alt+Left",), needs_code, lambda _d, _: NudgeCode(frames=-1)
    ),
    Action(
        "code.jam",
        "Jam to timecode",
        "Run",
        ("Ctrl+Shift+J",),
        needs_locked_code,
        lambda _d, _: Jam(),
        hint="takes the code's place once, and runs on by our own clock",
    ),
    Action("choice.set", "Choose…", "Run", ("C",), needs_choice, hint="what the show leaves to be decided"),
    Action("item.load", "Load next item", "Run", ("Ctrl+L",), needs_planned_item, _load_item, gap_before=True),
    Action(
        "item.start",
        "Start next item",
        "Run",
        ("Ctrl+G",),
        needs_next_item,
        _start_item,
        hint="its score rolls without the cue that starts it; Space on that cue runs both",
    ),
    Action("item.end", "End live item", "Run", ("Ctrl+E",), needs_live_item, _end_item),
    Action("transport.locate", "Locate to cursor", "Run", ("Ctrl+J",), needs_cursor, _locate),
    Action(
        "asks.send",
        "Send what the jump asked for",
        "Run",
        ("Y",),
        needs_asked,
        lambda _d, _: AnswerAsk(send=True),
        hint="scenes, clips and text that a jump does not send by itself",
    ),
    Action(
        "asks.leave",
        "Leave what the jump asked for",
        "Run",
        ("Shift+Y",),
        needs_asked,
        lambda _d, _: AnswerAsk(send=False),
    ),
    Action(
        "state.put_right",
        "Put right",
        "Run",
        ("Ctrl+R",),
        needs_left_over,
        lambda _d, _: PutRight(),
        hint="sends again what stands elsewhere than wanted; no trigger, no hazard",
    ),
    Action(
        "panic",
        "Panic",
        "Run",
        ("Ctrl+Shift+P",),
        needs_engine,
        lambda _d, _: Panic(),
        gap_before=True,
        hint="Esc too, in Rehearsal and Performance; twice within a second is the hard list",
    ),
    Action("panic.release", "Release panic", "Run", ("Ctrl+Shift+R",), needs_panic, lambda _d, _: ReleasePanic()),
    Action(
        "show_stop",
        "Show stop",
        "Run",
        ("F12",),
        needs_engine,
        lambda d, now_ns: ShowStop(by=d.by, confirm=d.show_stop_is_open(now_ns)),
        hint="two steps: press again within ten seconds",
    ),
    Action(
        "show.resume",
        "Resume show",
        "Run",
        ("Shift+F12",),
        needs_show_stop,
        lambda d, _: ResumeShow(by=d.by),
        hint="puts up the state at the playhead, by the chase rules; then roll on",
    ),
    Action(
        "outputs.release",
        "Release outputs",
        "Run",
        ("Ctrl+Shift+O",),
        needs_held_outputs,
        lambda d, _: ReleaseOutputs(by=d.by),
        hint="what stands is sent, by the chase rules; no trigger of meanwhile",
    ),
    Action("hazard.arm", "Arm", "Run", ("A",), needs_hazard, _arm, gap_before=True, hint="for the role of this seat"),
    Action("hazard.disarm", "Disarm", "Run", ("Shift+A",), needs_hazard, _disarm),
    Action("device.change_over", "Change over…", "Run", ("Ctrl+B",), needs_spare, hint="who is on show for a role"),
    *HAND_ACTIONS,
    *RUNDOWN_ACTIONS,
    *REHEARSAL_ACTIONS,
    *TAKE_ACTIONS,
    # -- Timeline: looking
    Action("zoom.in", "Zoom in", "Timeline", ("Ctrl+=", "Ctrl++"), needs_show),
    Action("zoom.out", "Zoom out", "Timeline", ("Ctrl+-",), needs_show),
    Action("zoom.item", "Whole item", "Timeline", ("Ctrl+0",), needs_show),
    Action("zoom.show", "Whole show", "Timeline", ("Ctrl+9",), needs_show),
    Action("view.follow", "Follow the playhead", "Timeline", ("Ctrl+T",), needs_show, toggled=True, gap_before=True),
    *TIME_ACTIONS,
    # -- View
    *PAGE_ACTIONS,
    Action("focus.rundown", "To rundown", "View", ("Alt+1",), needs_show, gap_before=True),
    Action("focus.timeline", "To timeline", "View", ("Alt+2",), needs_show),
    Action("focus.cues", "To cue list", "View", ("Alt+3",), needs_show),
    *INSPECTOR_ACTIONS,
    Action("view.lit", "Lit room", "View", ("Ctrl+Shift+L",), toggled=True, gap_before=True),
    Action("view.full", "Full screen", "View", ("F11",), toggled=True),
    *PALETTE_ACTIONS,
    *CALLER_ACTIONS,
    *SCALE_ACTIONS,
    # -- Help
    *HELP_ACTIONS,
    *KEY_ACTIONS,
)

ACTIONS: Final = tuple(under_lock(action) for action in _ALL)

FIXED_KEYS: Final = (
    ("Space", "Run the standby; in a text, a space"),
    ("D", "Hold the dead-man of the hazard in hand"),
    ("Esc", "Panic, and close; in Edit only close"),
    ("R in preflight", "Look at the picked line again"),
    ("Up, Down", "Move through the list that has the focus"),
    ("Left, Right", "Scroll the timeline that has the focus"),
)
"""Keys that are no shortcut: the window reads their press and release itself."""

ACTION_BY_ID: Final = {action.id: action for action in ACTIONS}


def _moved(desk: Desk, by_rows: int) -> Request:
    return MoveStandby(list=desk.list_shown, by_rows=by_rows)
