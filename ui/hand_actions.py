"""What the score does not do while a hand is on it: taken, bypassed, skipped, stood down, and the ways back."""

from __future__ import annotations

from typing import Final

from console.vocabulary import Reassert, Rejoin, Request, SkipNext, StandDown, WithdrawExit
from ui.action import Action
from ui.needs import needs_engine, needs_selection, needs_vamp, stands
from ui.state.desk import Desk
from ui.state.hands import is_stood_down, last_to_skip, next_to_skip


def _needs_exit(desk: Desk) -> str:
    return needs_vamp(desk) or stands(desk, lambda now: now.playhead.vamp_exit_asked, "no exit is asked")


def _needs_taken(desk: Desk) -> str:
    return stands(desk, lambda now: now.taken, "nothing is taken by hand")


def _needs_next(desk: Desk) -> str:
    return needs_engine(desk) or ("" if next_to_skip(desk) else "nothing comes next")


def _needs_to_skip(desk: Desk) -> str:
    return needs_engine(desk) or ("" if last_to_skip(desk) else "nothing is to be skipped")


def _rejoin_now(desk: Desk, _local_ns: int) -> Request | None:
    return Rejoin(by=desk.by, how="now")


def _stand_down(desk: Desk, _local_ns: int) -> Request | None:
    cue = desk.selected
    return None if cue is None else StandDown(by=desk.by, target=cue, on=not is_stood_down(desk, cue))


HAND_ACTIONS: Final = (
    Action("hand.take", "Take or rejoin…", "Hand", ("T",), needs_engine, hint="the whole show, or a department"),
    Action("hand.rejoin", "Rejoin at the next cue", "Hand", ("J",), _needs_taken, lambda d, _: Rejoin(by=d.by)),
    Action(
        "hand.rejoin_now", "Rejoin now", "Hand", ("Shift+J",), _needs_taken, lambda d, _: Rejoin(by=d.by, how="now")
    ),
    Action("hand.bypass", "Bypass…", "Hand", ("B",), needs_engine, hint="a device or a department"),
    Action("vamp.stay", "Stay in the vamp", "Hand", ("Shift+V",), _needs_exit, lambda d, _: WithdrawExit(by=d.by)),
    Action(
        "cue.skip",
        "Skip the next cue",
        "Hand",
        ("X",),
        _needs_next,
        lambda d, _: SkipNext(by=d.by, cue=next_to_skip(d)),
        gap_before=True,
    ),
    Action(
        "cue.keep",
        "Run it after all",
        "Hand",
        ("Shift+X",),
        _needs_to_skip,
        lambda d, _: SkipNext(by=d.by, cue=last_to_skip(d), on=False),
        hint="the last that was to be skipped",
    ),
    Action(
        "cue.stand_down",
        "Stand selected cue down",
        "Hand",
        ("Ctrl+D",),
        needs_selection,
        _stand_down,
        toggled=True,
        is_on=lambda d: is_stood_down(d, d.selected),
        hint="it does not run in this run, whatever asks; no edit of the show",
    ),
    Action(
        "standby.reassert",
        "Put up what stood before",
        "Hand",
        ("Shift+Backspace",),
        needs_engine,
        lambda d, _: Reassert(by=d.by, list=d.list_shown),
        hint="what the last cue run changed, as it was before it",
    ),
)
