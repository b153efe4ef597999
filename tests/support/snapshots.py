"""Snapshots as an engine would send them, drawn up from a show and one moment of it.

No engine: the moment is given (item, position, transport), and everything a screen shows follows from the schedule.
Times are exact: items before ran as planned, the live one is where the position says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from console.plan.schedule import Schedule, build_schedule
from console.show.show import Show
from console.timebase.instants import s_to_ns
from console.timebase.positions import position_to_timecode
from console.vocabulary import (
    ArmState,
    DeviceState,
    ItemLife,
    ItemState,
    Playhead,
    RunKind,
    RunningCue,
    Snapshot,
    Transport,
    Upcoming,
)
from profiles.timecode import frame_rate

WALL = datetime(2026, 9, 19, 20, 0, 0, tzinfo=UTC)
"""The wall clock when the run begins."""


def device(
    name: str, role: str = "lighting.main", severity: str = "good", words: str = "", **fields: object
) -> DeviceState:
    """One lamp; heard 0.4 s after the run began unless told."""
    fields = {"active": fields.get("duty", "main") in ("main", ""), **fields}
    given = {"duty": "main", "mode": "live", "heard_ns": s_to_ns("0.4"), "sent": 0, **fields}
    return DeviceState.model_validate({"device": name, "role": role, "severity": severity, "words": words, **given})


def make_snapshot(
    show: Show,
    item: str | None = None,
    position_ns: int = 0,
    *,
    state: Transport = "rolling",
    schedule: Schedule | None = None,
    slip_ns: int = 0,
    standby: str | None = None,
    running: Iterable[RunningCue] = (),
    armed: Iterable[ArmState] = (),
    devices: Iterable[DeviceState] = (),
    panic: bool = False,
    go_armed: bool = True,
    run_kind: RunKind = "rehearsal",
    vamp_pass: int | None = None,
    extra_done: Iterable[str] = (),
    standbys: Mapping[str, str | None] | None = None,
) -> Snapshot:
    """The show with ``item`` live at ``position_ns`` (None: before its start), everything ``slip_ns`` late."""
    schedule = schedule or build_schedule(show)
    times = schedule.items[item] if item is not None else None
    now_ns = 0 if times is None else times.planned_start_ns + times.lead_in_ns + position_ns + slip_ns
    done = {*_done(show, schedule, item, position_ns), *extra_done}
    called = [cue for cue in schedule.order if show.cue_by_id[cue].is_called and cue not in done]
    on_standby = standby or next(iter(called), None)
    hard_out_ns = None if show.hard_out_s is None else s_to_ns(show.hard_out_s)
    items = tuple(_item_states(schedule, item, slip_ns))
    ends = [each.end_ns for each in items if each.end_ns is not None]
    return Snapshot(
        now_ns=now_ns,
        wall=(WALL + timedelta(microseconds=now_ns // 1000)).isoformat(),
        run="run-1",
        run_kind=run_kind,
        revision=1,
        playhead=_playhead(show, schedule, item, position_ns, state, vamp_pass),
        standbys={"show": on_standby, **(standbys or {})},
        upcoming=tuple(_upcoming(show, schedule, item, position_ns, done)),
        running=tuple(running),
        items=items,
        next_item=next_behind(items),
        done=tuple(sorted(done)),
        armed=tuple(armed),
        devices=tuple(devices),
        panic=panic,
        go_armed=go_armed and not panic,
        over_under_ns=max(ends) - hard_out_ns if ends and hard_out_ns is not None else None,
    )


def _done(show: Show, schedule: Schedule, item: str | None, position_ns: int) -> list[str]:
    if item is None:
        return []
    past = list(schedule.items)[: list(schedule.items).index(item)]
    done = [cue for each in past for cue in schedule.by_item[each]]
    for cue in schedule.by_item[item]:
        time = schedule.cue_times[cue]
        starts = show.cue_by_id[cue].starts_item
        if time.at_load or starts or (time.position_ns is not None and time.position_ns <= position_ns):
            done.append(cue)
    return done


def _upcoming(show: Show, schedule: Schedule, item: str | None, position_ns: int, done: set[str]) -> list[Upcoming]:
    found: list[Upcoming] = []
    for cue_id in schedule.order:
        cue, time = show.cue_by_id[cue_id], schedule.cue_times[cue_id]
        if cue_id in done or time.at_load:
            continue
        known = time.item == item and time.planned_ns > position_ns and time.position_ns is not None
        expected = time.item == item and cue.is_called and cue.at.on == "called" and cue.at.section is not None
        if known or expected or cue.is_called:
            in_ns = time.planned_ns - position_ns if known or expected else None
            found.append(Upcoming(cue=cue_id, called=cue.is_called, in_ns=in_ns))
        if len(found) == 4:
            break
    return found


def next_behind(items: Sequence[ItemState]) -> str | None:
    """The first item behind the last that was live which has still to come."""
    reached = max((place for place, each in enumerate(items) if each.life in ("live", "ended")), default=-1)
    return next((each.item for each in items[reached + 1 :] if each.life in ("planned", "loaded")), None)


def _item_states(schedule: Schedule, item: str | None, slip_ns: int) -> list[ItemState]:
    states: list[ItemState] = []
    before = item is not None
    for item_id, times in schedule.items.items():
        life: ItemLife = "ended" if before else "planned"
        if item_id == item:
            life, before = "live", False
        late_ns = slip_ns if life in ("planned", "live") else 0
        if not times.item.counts or times.item.skipped:
            states.append(ItemState(item=item_id, life="planned"))
            continue
        start_ns = times.planned_start_ns + late_ns
        states.append(ItemState(item=item_id, life=life, start_ns=start_ns, end_ns=start_ns + times.planned_ns))
    return states


def _playhead(
    show: Show, schedule: Schedule, item: str | None, position_ns: int, state: Transport, vamp_pass: int | None
) -> Playhead:
    if item is None:
        return Playhead(state="stopped", item=None, position_ns=0)
    times = schedule.items[item]
    code = ""
    if times.tc_start is not None:
        code = str(position_to_timecode(position_ns, times.tc_start, times.lead_in_ns, frame_rate(show.rate)))
    bbt = times.tempo.ns_to_bbt(position_ns) if times.tempo is not None else None
    section = times.section_at(position_ns)
    return Playhead(
        state=state,
        item=item,
        position_ns=position_ns,
        timecode=code,
        bar=bbt.bar if bbt else None,
        beat=bbt.beat if bbt else None,
        section=section.section.id if section else None,
        vamp_pass=vamp_pass,
    )
