"""What a rehearsal can be asked from the window, and how it stands: switches, stretch, speed, count-in. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from console.plan.item_times import ItemTimes
from console.vocabulary import (
    DeviceState,
    Mode,
    RehearsalState,
    RehearseStretch,
    Request,
    SetSpeed,
    StretchState,
)
from ui.state.desk import Desk
from ui.state.words import clock_text

SPEEDS: Final = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 4.0)
STRETCH_BARS: Final = 8
"""How long a stretch is of which only one end was set."""

MODE_WORDS: Final[dict[str, str]] = {"live": "Live", "ghost": "Ghost", "off": "Off"}


@dataclass(frozen=True, slots=True)
class Switch:
    """A row of switches: a department, or one of its devices. ``mode`` None: its devices stand differently."""

    id: str
    name: str
    is_department: bool
    mode: Mode | None
    detail: str


def rehearsal_of(desk: Desk) -> RehearsalState | None:
    """How the rehearsal stands; None in a performance, and where nothing is heard."""
    return desk.snapshot.rehearsal if desk.snapshot is not None else None


def needs_rehearsal(desk: Desk) -> str:
    """A rehearsal or a dress run has to be open."""
    if desk.show is None:
        return "open a show first"
    if not desk.linked or desk.snapshot is None:
        return "the engine is not heard"
    return "" if desk.snapshot.rehearsal is not None else "this is a performance: begin a rehearsal first"


def switches_of(desk: Desk) -> tuple[Switch, ...]:
    """Every department that has devices in this house, each followed by its devices."""
    if desk.show is None or desk.snapshot is None:
        return ()
    department_of = {role.id: role.department for role in desk.show.roles}
    by_department: dict[str, dict[str, DeviceState]] = {}
    for device in desk.snapshot.devices:
        if device.role in department_of:
            by_department.setdefault(department_of[device.role], {}).setdefault(device.device, device)
    rows: list[Switch] = []
    for department in desk.show.departments:
        devices = by_department.get(department.id, {})
        if devices:
            modes = {each.mode for each in devices.values()}
            mode = next(iter(modes)) if len(modes) == 1 else None
            rows.append(Switch(department.id, department.name, True, mode, _count_words(devices)))
            rows += [Switch(each.device, each.device, False, each.mode, each.role) for each in devices.values()]
    return tuple(rows)


def _count_words(devices: dict[str, DeviceState]) -> str:
    modes = [each.mode for each in devices.values()]
    kinds: tuple[Mode, ...] = ("live", "ghost", "off")
    return ", ".join(f"{modes.count(mode)} {mode}" for mode in kinds if mode in modes)


# -- where the operator is ---------------------------------------------------------------------------------------------


def here(desk: Desk) -> tuple[str, int] | None:
    """The place that is meant: the one clicked on the timeline, else where the playhead stands."""
    if desk.cursor is not None:
        return desk.cursor
    head = desk.snapshot.playhead if desk.snapshot is not None else None
    return None if head is None or head.item is None else (head.item, head.position_ns)


def times_of(desk: Desk, item: str) -> ItemTimes | None:
    """The timeline of an item."""
    return None if desk.schedule is None else desk.schedule.items.get(item)


def stretch_end(desk: Desk, *, first: bool) -> Request | None:
    """One end of the stretch at the place that is meant; the other stays, or lies eight bars away."""
    place = here(desk)
    times = times_of(desk, place[0]) if place is not None else None
    if place is None or times is None:
        return None
    item, at_ns = place[0], _on_bar(times, place[1])
    standing = stretch_of(desk)
    if standing is not None and standing.item == item:
        other_ns = standing.to_ns if first else standing.from_ns
        if (other_ns > at_ns) == first and other_ns != at_ns:
            return _stretch(desk, item, *((at_ns, other_ns) if first else (other_ns, at_ns)))
    if first:
        return _stretch(desk, item, at_ns, min(_bars_away(times, at_ns, STRETCH_BARS), times.length_ns))
    return _stretch(desk, item, max(_bars_away(times, at_ns, -STRETCH_BARS), -times.lead_in_ns), at_ns)


def toggle_stretch(desk: Desk) -> Request | None:
    """Away with the stretch that stands; else the section at the place that is meant, or the whole item."""
    if stretch_of(desk) is not None:
        return RehearseStretch(by=desk.by, item=None)
    place = here(desk)
    times = times_of(desk, place[0]) if place is not None else None
    if place is None or times is None:
        return None
    section = times.section_at(place[1])
    first_ns, last_ns = (0, times.length_ns) if section is None else (section.start_ns, section.end_ns)
    return _stretch(desk, place[0], first_ns, last_ns)


def stretch_of(desk: Desk) -> StretchState | None:
    """The stretch that stands."""
    rehearsal = rehearsal_of(desk)
    return rehearsal.stretch if rehearsal is not None else None


def speed_request(desk: Desk, steps: int) -> Request | None:
    """The next slower or faster speed; with no steps the normal one."""
    rehearsal = rehearsal_of(desk)
    if rehearsal is None:
        return None
    speed = 1.0
    if steps:
        behind = [each for each in SPEEDS if (each > rehearsal.speed if steps > 0 else each < rehearsal.speed)]
        speed = rehearsal.speed if not behind else min(behind) if steps > 0 else max(behind)
    return set_speed(desk, speed)


def set_speed(
    desk: Desk, speed: float | None = None, *, scale_fades: bool | None = None, follows: bool | None = None
) -> Request | None:
    """Another speed, or how it is meant; what is not named stays."""
    stands = rehearsal_of(desk)
    if stands is None:
        return None
    code_out = stands.code_out if follows is None else "follow" if follows else "off"
    return SetSpeed(
        by=desk.by,
        speed=stands.speed if speed is None else speed,
        scale_fades=stands.scale_fades if scale_fades is None else scale_fades,
        code_out=code_out,
    )


def _stretch(desk: Desk, item: str, from_ns: int, to_ns: int) -> Request:
    standing = stretch_of(desk)
    triggers = standing.triggers if standing is not None else False
    return RehearseStretch(by=desk.by, item=item, from_ns=from_ns, to_ns=to_ns, triggers=triggers)


def _on_bar(times: ItemTimes, position_ns: int) -> int:
    """The nearest bar line, where there are bars."""
    tempo = times.tempo
    if tempo is None:
        return position_ns
    bar = tempo.ns_to_bbt(position_ns).bar
    before_ns, behind_ns = tempo.bar_to_ns(bar), tempo.bar_to_ns(bar + 1)
    return before_ns if position_ns - before_ns <= behind_ns - position_ns else behind_ns


def _bars_away(times: ItemTimes, position_ns: int, bars: int) -> int:
    """So many bars on, or back; 15 seconds where nothing is counted."""
    if times.tempo is None:
        return position_ns + (15_000_000_000 if bars > 0 else -15_000_000_000)
    return times.tempo.bar_to_ns(times.tempo.ns_to_bbt(position_ns).bar + bars)


# -- words -------------------------------------------------------------------------------------------------------------


def place_words(desk: Desk, item: str, position_ns: int) -> str:
    """``bar 41``, ``bar 41.3``, or ``2:05`` where nothing is counted."""
    times = times_of(desk, item)
    if times is None or times.tempo is None:
        return clock_text(position_ns)
    bbt = times.tempo.ns_to_bbt(position_ns)
    return f"bar {bbt.bar}" if (bbt.beat, bbt.tick) == (1, 0) else f"bar {bbt.bar}.{bbt.beat}"


def stretch_words(desk: Desk) -> str:
    """What repeats, and in which pass it is."""
    stretch = stretch_of(desk)
    if stretch is None:
        return "Nothing repeats"
    item = desk.show.item_by_id.get(stretch.item) if desk.show is not None else None
    first, last = (place_words(desk, stretch.item, ns) for ns in (stretch.from_ns, stretch.to_ns))
    where = f"{first} to {last} of {item.title if item is not None else stretch.item}"
    return f"{where} · pass {stretch.pass_no}" if stretch.inside else f"{where} · not in it"


def speed_words(speed: float) -> str:
    """``×0.5``; ``×1`` is as written."""
    return f"×{speed:g}"


def mode_words(desk: Desk) -> str:
    """What kind of run this is, for the head of the page: a rehearsal says so, and so does what is not one."""
    rehearsal, kind = rehearsal_of(desk), desk.snapshot.run_kind if desk.snapshot is not None else None
    if rehearsal is None:
        return "Performance: nothing here can be used" if kind == "performance" else "No run is open"
    words = [str(kind).upper()]
    if rehearsal.speed != 1:
        words.append(f"speed {speed_words(rehearsal.speed)}")
    if rehearsal.count_in_ns is not None:
        words.append(f"counting in, {rehearsal.count_in_ns / 1e9:.1f} s")
    return " · ".join(words)


def transport_caption(desk: Desk) -> str:
    """What stands above the transport's state: how a rehearsal plays otherwise than a show does."""
    rehearsal = rehearsal_of(desk)
    if rehearsal is None:
        return "Transport"
    if rehearsal.count_in_ns is not None:
        return f"Count-in {rehearsal.count_in_ns / 1e9:.1f} s"
    words = [speed_words(rehearsal.speed)] if rehearsal.speed != 1 else []
    if rehearsal.stretch is not None and rehearsal.stretch.inside:
        words.append(f"pass {rehearsal.stretch.pass_no}")
    return " · ".join(words) or "Transport"
