"""The state now, as a screen needs it. Reads the run, changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice

from console.engine.changing_over import active_device
from console.engine.chase import Chase
from console.engine.hand import Mark
from console.engine.hazards import Act
from console.engine.items import projected_start_ns, remaining_ns
from console.engine.learning import learns
from console.engine.ledger import Ledger
from console.engine.line_inputs import line_states
from console.engine.rehearsing import rehearsal_state
from console.engine.run_state import RunState
from console.engine.running_order import coming, next_item, put_next
from console.engine.standbys import OPERATOR, SHOW_LIST, Standbys
from console.plan.curfew import fits, left_ns
from console.plan.item_times import SectionTimes
from console.plan.schedule import LOAD_NS
from console.show.cues import Cue
from console.timebase.instants import s_to_ns
from console.timebase.positions import position_to_timecode
from console.vocabulary import (
    ArmState,
    DeviceState,
    InHand,
    ItemState,
    Playhead,
    RunningCue,
    Snapshot,
    Upcoming,
)
from devices.contract import Health, OutputMode, Severity
from profiles.timecode import FrameRate

UPCOMING = 8


def take_snapshot(
    run: RunState,
    standbys: Standbys,
    ledger: Ledger,
    chase: Chase,
    healths: dict[str, Health],
    modes: dict[str, OutputMode],
    now_ns: int,
    wall: datetime,
    house_rate: FrameRate,
) -> Snapshot:
    """Everything at ``now_ns``. ``house_rate`` is what timecode is shown in."""
    items = tuple(_item_states(run, now_ns, wall))
    return Snapshot(
        now_ns=run.at(now_ns),
        wall=wall.isoformat(timespec="milliseconds"),
        run=run.run_id,
        run_kind=run.run_kind,
        revision=run.revision,
        saved_revision=run.saved_revision,
        show_file=run.show_file,
        playhead=_playhead(run, now_ns, house_rate, chase.source_words),
        standbys=dict(standbys.standing),
        upcoming=upcoming(run, standbys, now_ns),
        running=tuple(
            RunningCue(
                cue=each.cue,
                started_ns=run.at(each.started_ns),
                ends_ns=run.at(each.ends_ns),
                waiting=now_ns < each.moment_ns,
            )
            for each in run.running.values()
        ),
        items=items,
        next_item=next_item(run),
        next_by_hand=put_next(run) is not None,
        done=run.done.listed(),
        armed=tuple(_arm_states(run, now_ns)),
        devices=tuple(_device_states(run, ledger, healths, modes)),
        panic=run.panic,
        learning=learns(run, now_ns),
        go_armed=standbys.guard(run, now_ns, OPERATOR) is None,
        over_under_ns=_over_under_ns(run, items),
        chase=chase.state(run, now_ns),
        choices=dict(run.choices),
        confirmed=tuple(sorted(standbys.confirmed)),
        lines=tuple(line_states(run, modes, now_ns)),
        spent=tuple(sorted(run.spent)),
        outputs_held=run.held is not None,
        resume_list=run.show_stopped,
        taken=_in_hand(run, run.hand.taken),
        bypassed=_in_hand(run, run.hand.bypassed),
        stood_down=_in_hand(run, run.hand.stood_down),
        to_skip=_in_hand(run, run.hand.skips),
        rehearsal=rehearsal_state(run, now_ns),
    )


def _in_hand(run: RunState, marks: Mapping[str, Mark] | Mapping[str | None, Mark]) -> tuple[InHand, ...]:
    """What a hand is on, the longest first."""
    return tuple(InHand(target=name, by=mark.by, since_ns=run.at(mark.since_ns)) for name, mark in marks.items())


def upcoming(run: RunState, standbys: Standbys, now_ns: int) -> tuple[Upcoming, ...]:
    """What runs next: the standby first, then auto cues by their instants and the called cues behind them."""
    rows: list[Upcoming] = []
    standing = standbys.standing.get(SHOW_LIST)
    if standing is not None:
        rows.append(Upcoming(cue=standing, called=True, in_ns=_expected_in_ns(run, standing, now_ns)))
    if run.playhead is not None and run.track is not None and run.playhead.rate:
        for each in run.track.coming(UPCOMING):
            instant = run.playhead.instant_of(each.moment_ns)
            cue = each.placed.cue
            is_to_run = (cue not in run.done or each.pass_no > 1) and _leaves_by_itself(run, cue)
            if instant is not None and is_to_run:
                rows.append(Upcoming(cue=cue, called=False, in_ns=instant - now_ns))
    called = standbys.called_behind(run, SHOW_LIST, standing) if standing is not None else ()
    rows += [
        Upcoming(cue=cue, called=True, in_ns=_expected_in_ns(run, cue, now_ns)) for cue in islice(called, UPCOMING)
    ]
    return tuple(rows)


def _leaves_by_itself(run: RunState, cue: str) -> bool:
    """False for a cue of the score that a hand has taken or stood down. One to be skipped stays in sight."""
    found = run.show.cue_by_id[cue]
    department = run.show.department_of(found)
    return not run.hand.has_taken(department) and not run.hand.is_stood_down(found, department)


def _expected_in_ns(run: RunState, cue: str, now_ns: int) -> int | None:
    """Until a called cue's planned moment; None where nobody knows."""
    time = run.schedule.cue_times[cue]
    if time.item is None or run.over:
        return None
    life = run.lives[time.item]
    if life == "live":
        instant = run.instant_of_score(time.planned_ns) if time.planned_ns > LOAD_NS // 2 else None
        return None if instant is None else instant - now_ns
    if life in ("loaded", "planned") and run.transport != "held":
        start_ns = projected_start_ns(run, time.item, now_ns)
        if start_ns is None:
            return None
        return max(0, start_ns - now_ns) + max(0, time.planned_ns + run.times(time.item).lead_in_ns)
    return None


def _playhead(run: RunState, now_ns: int, house_rate: FrameRate, source: str) -> Playhead:
    if run.playhead is None:
        return Playhead(state=run.transport, item=None, position_ns=0, rate=0.0)
    times = run.times(run.playhead.item)
    position_ns = run.position_at(now_ns)
    vamp = run.folding.current(times)
    in_vamp = vamp is not None and vamp.start_ns <= position_ns < vamp.end_ns
    bbt = times.tempo.ns_to_bbt(position_ns) if times.tempo is not None else None
    section = times.section_at(position_ns)
    timecode = ""
    if times.tc_start is not None:
        timecode = str(position_to_timecode(position_ns, times.tc_start, times.lead_in_ns, house_rate))
    return Playhead(
        state=run.transport,
        item=run.playhead.item,
        position_ns=position_ns,
        rate=float(run.playhead.rate),
        timecode=timecode,
        timecode_source=source,
        bar=bbt.bar if bbt is not None else None,
        beat=bbt.beat if bbt is not None else None,
        section=section.section.id if section is not None else None,
        vamp_pass=run.folding.pass_no if in_vamp else None,
        vamp_exit_asked=in_vamp and run.folding.exit_ns is not None,
        vamp_exit_ns=run.folding.exit_ns if in_vamp else None,
        vamp_exit_by_ns=_exit_by_ns(run, vamp) if in_vamp else None,
    )


def _exit_by_ns(run: RunState, vamp: SectionTimes | None) -> int | None:
    """Where an exit has to be asked at the latest for this pass to be the last, with nothing behind it late."""
    if vamp is None or vamp.vamp is None or run.track is None or run.folding.exit_ns is not None:
        return None
    return run.track.first_behind_ns(vamp) if run.folding.pass_no >= vamp.vamp.min_repeats else None


def _item_states(run: RunState, now_ns: int, wall: datetime) -> Iterable[ItemState]:
    quiet_in_ns = left_ns(run.patch.venue, wall)
    curfew_ns = None if quiet_in_ns is None else now_ns + quiet_in_ns
    cursor_ns = now_ns + (remaining_ns(run, now_ns) if run.live_item is not None else 0)
    projected: dict[str, tuple[int, int]] = {}
    for item in coming(run):
        projected[item] = (cursor_ns, cursor_ns + run.slowed(run.times(item).planned_ns))
        cursor_ns = projected[item][1]
    for item in run.schedule.items:
        life = run.lives[item]
        start_ns, end_ns = projected.get(item, (None, None))
        if life == "live":
            start_ns, end_ns = run.started_ns.get(item, now_ns), now_ns + remaining_ns(run, now_ns)
        elif life == "ended":
            start_ns, end_ns = run.started_ns.get(item), run.ended_ns.get(item)
        yield ItemState(
            item=item,
            life=life,
            start_ns=None if start_ns is None else run.at(start_ns),
            end_ns=None if end_ns is None else run.at(end_ns),
            fits=None if end_ns is None or life == "ended" else fits(end_ns, curfew_ns),
        )


def _over_under_ns(run: RunState, items: tuple[ItemState, ...]) -> int | None:
    """Projected end − hard out, both from the start of the first item; positive is over."""
    hard_out_s = run.show.hard_out_s
    started = min(run.started_ns.values(), default=None)
    ends = [item.end_ns for item in items if item.end_ns is not None and item.life != "ended"]
    if hard_out_s is None or started is None or not ends:
        return None
    return max(ends) - run.at(started) - s_to_ns(hard_out_s)


def _arm_states(run: RunState, now_ns: int) -> Iterable[ArmState]:
    """High-hazard cues that are still to come in the items that are live or loaded."""
    for cue in run.hazard_cues:
        if cue.hazard == "high" and cue.id not in run.done and _is_near(run, cue):
            expires_ns = run.hazards.expires_ns(cue, now_ns)
            given = run.hazards.given(cue, now_ns)
            acts = [Act(send.role, send.show_args) for send in run.sends_of(cue.id) if send.hazard != "none"]
            yield ArmState(
                cue=cue.id,
                given=tuple(given),
                missing=run.hazards.missing(cue, now_ns, acts or (Act(cue.role or "", {}),)),
                expires_ns=None if expires_ns is None else run.at(expires_ns),
                by=tuple(yes.by for yes in given.values()),
            )


def _is_near(run: RunState, cue: Cue) -> bool:
    return cue.item is None or run.lives[cue.item] in ("live", "loaded")


def _device_states(
    run: RunState, ledger: Ledger, healths: dict[str, Health], modes: dict[str, OutputMode]
) -> Iterable[DeviceState]:
    """The devices of the roles, then the console's own ports: timecode out, and the MIDI inputs of triggers."""
    lamps = [
        (device, role.id, duty.value)
        for role in run.show.roles
        for device, duty in run.patch.duties_of(role.id)
        if device in run.patch.devices
    ]
    ports = [port for port in {**modes, **healths} if port not in run.patch.devices]
    for device, role_id, duty in [*lamps, *((port, "", "") for port in ports)]:
        health = healths.get(device, Health(device, Severity.UNKNOWN, "not heard yet"))
        yield DeviceState(
            device=device,
            role=role_id,
            duty=duty,
            mode=modes.get(device, OutputMode.LIVE).value,
            severity=health.severity.value,
            words=health.words,
            heard_ns=None if health.last_heard_ns is None else run.at(health.last_heard_ns),
            sent=ledger.sent_by_device.get(device, 0),
            drifts=len(run.reported.drifting(device)),
            active=not role_id or device == active_device(run, role_id),
        )
