"""The rows of the rundown and of the cue list: what is in them and in which order. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final, Literal

from console.plan.schedule import Schedule
from console.show.cues import Cue
from console.show.rundown import Item
from console.show.show import Show
from console.timebase.instants import NS_PER_DAY, NS_PER_S, time_of_day_to_text
from ui.state.desk import Desk
from ui.state.words import ITEM_MARKS, MINUS, Mark, clock_text, seconds_text, when_text

DEPARTMENT_LIST: Final = "dept:"
NEXT: Final = Mark("Next", "diamond", "plain")


@dataclass(frozen=True, slots=True)
class ItemHead:
    """The row that stands above an item's cues."""

    item: Item


@dataclass(frozen=True, slots=True)
class CueRow:
    """One cue of a list, and what its columns say that no snapshot changes."""

    cue: Cue
    department: str
    when: str
    time: str
    then_shape: Literal["", "continue", "follow"]
    then: str
    is_follower: bool
    position_ns: int | None = None
    follower: Cue | None = None  # the first


Row = ItemHead | CueRow


def list_names(show: Show) -> tuple[tuple[str, str], ...]:
    """Every list that has a standby, as (list, title): the show, departments with cues, free lists."""
    used = {show.department_of(cue) for cue in show.cues if cue.item is not None}
    departments = ((DEPARTMENT_LIST + each.id, each.id) for each in show.departments if each.id in used)
    return (("show", "All"), *departments, *((each.id, each.title) for each in show.lists))


def list_rows(
    show: Show, schedule: Schedule, of_list: str, before: Mapping[str, CueRow] = MappingProxyType({})
) -> tuple[Row, ...]:
    """The rows of a list in running order, an item's head above its cues; a free list has no heads.

    ``before``: rows by cue, from before an edit. Those that say the same still are taken over as they are.
    """
    if of_list != "show" and not of_list.startswith(DEPARTMENT_LIST):
        return tuple(_cue_row(show, schedule, cue, before) for cue in show.cues if cue.list == of_list)
    department = of_list.removeprefix(DEPARTMENT_LIST) if of_list != "show" else None
    rows: list[Row] = []
    for item in show.items:
        cues = [show.cue_by_id[cue] for cue in schedule.by_item.get(item.id, ())]
        kept = [cue for cue in cues if department is None or show.department_of(cue) == department]
        if kept:
            rows.append(ItemHead(item))
            rows.extend(_cue_row(show, schedule, cue, before) for cue in kept)
    return tuple(rows)


def _cue_row(show: Show, schedule: Schedule, cue: Cue, before: Mapping[str, CueRow]) -> CueRow:
    time = schedule.cue_times.get(cue.id)
    position_ns = time.position_ns if time is not None else None
    followers = show.followers.get(cue.id)
    follower = followers[0] if followers else None
    department = show.department_of(cue) or ""
    stood = before.get(cue.id)
    if (
        stood is not None
        and stood.cue is cue
        and stood.follower is follower
        and (stood.position_ns, stood.department) == (position_ns, department)
    ):
        return stood
    shape, then = _then(follower)
    return CueRow(
        cue,
        department,
        when_text(cue),
        "" if position_ns is None else _song_time(position_ns),
        shape,
        then,
        cue.at.on in ("after", "group"),
        position_ns,
        follower,
    )


def _then(first: Cue | None) -> tuple[Literal["", "continue", "follow"], str]:
    """The leader's side of following: QLab's continue mode, its delay as post-wait."""
    if first is None or first.at.on != "after":
        return "", ""
    delay = seconds_text(first.at.delay_s) if first.at.delay_s else ""
    return ("follow" if first.at.of == "end" else "continue"), delay


def _song_time(position_ns: int) -> str:
    tenths = abs(position_ns) * 10 // NS_PER_S
    return (MINUS if position_ns < 0 else "") + f"{tenths // 600}:{tenths % 600 // 10:02}.{tenths % 10}"


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One row of the rundown as it stands now."""

    item: Item
    mark: Mark
    planned: str
    now: str
    now_is_actual: bool
    fits: bool  # False: it would end after the curfew
    slip: str  # "+0:12" late, "−0:05" early, "" on time
    late: bool
    length: str
    silent: str = ""  # near, and who of its devices has not answered lately
    untold: str = ""  # who of them has no way to say


def item_rows(desk: Desk) -> tuple[ItemRow, ...]:
    """The rundown: every item with its planned start and the actual or projected one."""
    if desk.show is None or desk.schedule is None:
        return ()
    states = {state.item: state for state in desk.snapshot.items} if desk.snapshot is not None else {}
    coming = next_item(desk)
    if not desk.has_begun() and desk.snapshot is not None and desk.snapshot.run_kind != "performance":
        states = {item: state.model_copy(update={"start_ns": None}) for item, state in states.items()}
    ahead_ns = _ahead_ns(desk)
    rows: list[ItemRow] = []
    for item in desk.show.items:
        times, state = desk.schedule.items[item.id], states.get(item.id)
        life = state.life if state is not None else "planned"
        start_ns = state.start_ns if state is not None else None
        mark = ITEM_MARKS["skipped"] if item.skipped else ITEM_MARKS[life]
        if item.id == coming and life == "planned":
            mark = NEXT
        elif desk.was_passed(item.id) and not item.skipped:
            mark = ITEM_MARKS["passed"]
        if start_ns is not None and start_ns < 0:
            start_ns = None  # a jump into it: it would have started before the run did
        if start_ns is not None:
            start_ns += ahead_ns
        slip_ns = 0 if start_ns is None else start_ns - times.planned_start_ns
        counts = item.counts and not item.skipped
        rows.append(
            ItemRow(
                item,
                mark,
                _planned_text(desk.show, times.planned_start_ns) if counts else "",
                "" if start_ns is None else _run_text(desk, start_ns),
                life in ("live", "ended") and start_ns is not None,
                state is None or state.fits is not False,
                _slip_text(slip_ns) if start_ns is not None and counts else "",
                slip_ns >= NS_PER_S,
                clock_text(times.planned_ns),
                *unready_words(desk, item.id),
            )
        )
    return tuple(rows)


def unready_words(desk: Desk, item: str | None) -> tuple[str, str]:
    """Who of the devices of an item that is near has not answered lately, and who cannot say; empty where all have."""
    unready = () if desk.snapshot is None else desk.snapshot.unready
    for each in unready:
        if each.item == item:
            return ", ".join(each.devices), ", ".join(each.untold)
    return "", ""


def _ahead_ns(desk: Desk) -> int:
    """From a run's own time to the plan's: a rehearsal is on time with the first item it begins, whenever that is."""
    if desk.snapshot is None or desk.schedule is None or desk.snapshot.run_kind == "performance":
        return 0
    started = [state for state in desk.snapshot.items if state.life in ("live", "ended") and state.start_ns is not None]
    first = min(started, key=lambda state: state.start_ns or 0, default=None)
    if first is None or first.start_ns is None or first.start_ns < 0:
        return 0
    return desk.schedule.items[first.item].planned_start_ns - first.start_ns


def next_item(desk: Desk) -> str | None:
    """The item that goes live after the live one."""
    if desk.snapshot is None:
        return None
    return desk.snapshot.next_item


def _planned_text(show: Show, start_ns: int) -> str:
    """As a clock where the show has an air time, else as time since its start."""
    if show.on_air is None:
        return clock_text(start_ns)
    on_air = datetime.fromisoformat(show.on_air)
    return time_of_day_to_text((_day_ns(on_air) + start_ns) % NS_PER_DAY)


def _run_text(desk: Desk, at_ns: int) -> str:
    """A moment of the run, in the same manner: a performance by the wall, anything else from the planned air time."""
    if desk.show is None or desk.snapshot is None or desk.show.on_air is None:
        return clock_text(at_ns)
    if desk.snapshot.run_kind != "performance":
        return _planned_text(desk.show, at_ns)
    wall = datetime.fromisoformat(desk.snapshot.wall)
    return time_of_day_to_text((_day_ns(wall) + at_ns - desk.snapshot.now_ns) % NS_PER_DAY)


def _day_ns(moment: datetime) -> int:
    return (moment.hour * 3600 + moment.minute * 60 + moment.second) * NS_PER_S + moment.microsecond * 1000


def _slip_text(slip_ns: int) -> str:
    if abs(slip_ns) < NS_PER_S:
        return ""
    return f"+{clock_text(slip_ns)}" if slip_ns > 0 else clock_text(slip_ns)
