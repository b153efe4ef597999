"""Lines moved by wire, by hand, and by what vanished: what changes is a fact of the run.

By hand a line moves only where the house allows it, or where all it guards is simulated; so no window can hold a
live pyro enable that belongs to the pyro crew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from console.engine.lines import ZONE_PREFIX, message_to_value
from console.engine.outbox import Tray
from console.engine.parts import Parts
from console.engine.run_state import RunState
from console.vocabulary import LineMoved, LineState
from devices.contract import Health, Incoming, OutputMode, Severity
from profiles.venue_lines import InputLine

GONE = (Severity.BAD, Severity.FATAL, Severity.UNKNOWN)
"""A port of which this is said brings nothing: it is missing, down, or only being opened."""


def hear_line(run: RunState, tray: Tray, now_ns: int, incoming: Incoming) -> bool:
    """A message from outside moves a line. False where it is about none."""
    line = run.hazards.lines.moved_by(incoming)
    if line is None:
        return False
    value = message_to_value(line, incoming)
    if run.hazards.lines.put(line.id, now_ns, value, incoming.source):
        _tell(run, tray, now_ns, line.id, value, incoming.source)
    return True


def hear_port(run: RunState, tray: Tray, now_ns: int, health: Health) -> None:
    """A MIDI port that vanishes takes its lines down."""
    if health.device.startswith("midi:") and health.severity in GONE:
        for line in run.hazards.lines.lower_port(health.device.removeprefix("midi:")):
            _tell(run, tray, now_ns, line, None, health.device, health.words)


def set_line(
    parts: Parts, now_ns: int, line: str, value: float | None, by: str, *, is_reading: bool = False
) -> str | None:
    """A line is set by hand; None is low, or no reading. Returns why not, or None. Going low is never refused."""
    run, lines = parts.run, parts.run.hazards.lines
    declared = lines.declared.get(line)
    if declared is None and not _is_open_zone(run, line):
        return f"the house has no line {line!r}"
    if is_reading != (declared is not None and declared.kind == "gauge"):
        return f"{line} is a gauge: enter what it reads" if not is_reading else f"{line} is no gauge"
    if value is not None and declared is not None and not may_be_held(run, parts.modes, declared):
        return f"{line} is not held by hand here: it guards live devices, and the house does not allow it"
    if lines.put(line, now_ns, value, by, by_hand=True):
        _tell(run, parts.tray, now_ns, line, value, by)
    return None


def may_be_held(run: RunState, modes: Mapping[str, OutputMode], line: InputLine) -> bool:
    """True where a window may hold a line: the house says so, or no device it guards is live."""
    if line.by_hand:
        return True
    roles = line.guards or tuple(role.id for role in run.show.roles if role.hazard != "none")
    devices = (device for role in roles for device, _ in run.patch.duties_of(role) if device in run.patch.devices)
    return all(modes.get(device, OutputMode.LIVE) is not OutputMode.LIVE for device in devices)


def went_live(parts: Parts, now_ns: int, device: str) -> None:
    """A ghost becomes a live device: what was armed and held for the ghost does not count for it."""
    run = parts.run
    if not any(role.hazard != "none" and device in dict(run.patch.duties_of(role.id)) for role in run.show.roles):
        return
    run.hazards.disarm_all()
    held = (run.hazards.lines.declared.get(line) for line in run.hazards.lines.held_by_hand())
    refused = [line.id for line in held if line is not None and not may_be_held(run, parts.modes, line)]
    for name in run.hazards.lines.lower(refused):
        _tell(run, parts.tray, now_ns, name, None, "live", f"{device} is live now")


def line_states(run: RunState, modes: Mapping[str, OutputMode], now_ns: int) -> Iterable[LineState]:
    """Every line of the house, and the zones of the show's hazards that are cleared by hand."""
    lines = run.hazards.lines
    for line in lines.declared.values():
        heard, until_ns = lines.heard(line.id), lines.until_ns(line.id)
        against = [words for limit in line.limits if (words := lines.against(line, limit, now_ns)) is not None]
        words = "" if heard is None or line.kind != "gauge" else f"{heard.value:g} {line.unit}".rstrip()
        yield LineState(
            line=line.id,
            kind=line.kind,
            guards=line.guards or (line.zone or "",),
            high=lines.is_high(line.id, now_ns) and not against,
            by_hand=may_be_held(run, modes, line),
            stale_ns=lines.stale_ns(line.id),
            lapses_ns=None if until_ns is None else run.at(until_ns),
            by="" if heard is None else heard.by,
            words=words,
        )
    for zone in _open_zones(run):
        name = f"{ZONE_PREFIX}{zone}"
        heard, until_ns = lines.heard(name), lines.until_ns(name)
        yield LineState(
            line=name,
            kind="zone_clear",
            guards=(zone,),
            high=lines.is_high(name, now_ns),
            by_hand=True,
            stale_ns=lines.stale_ns(name),
            lapses_ns=None if until_ns is None else run.at(until_ns),
            by="" if heard is None else heard.by,
        )


def _open_zones(run: RunState) -> tuple[str, ...]:
    """The zones of hazards that no input of the house watches."""
    watched = {line.zone for line in run.hazards.lines.declared.values()}
    zones = (cue.zone_clear for cue in run.hazard_cues if cue.zone_clear is not None)
    return tuple(zone for zone in dict.fromkeys(zones) if zone not in watched)


def _is_open_zone(run: RunState, line: str) -> bool:
    return line.startswith(ZONE_PREFIX) and line.removeprefix(ZONE_PREFIX) in _open_zones(run)


def _tell(run: RunState, tray: Tray, now_ns: int, line: str, value: float | None, by: str, words: str = "") -> None:
    tray.notices.append(LineMoved(at_ns=run.at(now_ns), input=line, value=value, by=by, words=words))
