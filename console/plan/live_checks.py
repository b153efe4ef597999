"""The live half of preflight: what stands, what answers and what is heard, decided from measured facts. Pure.

Each check is one row of :data:`CHECKS`: what it needs measured, and the lines it makes of it. What cannot be known is a
note that says so; nothing passes on silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import Final

from console.plan.live_facts import Evening, LiveFacts, Measure, WayFact
from console.vocabulary import CheckLine, CheckWord, CodeSourceState, DeviceState, LineState
from profiles.venue_profile import HouseTimecode, TimecodeIn

LOW_BYTES: Final = 512 * 1024**2
EMPTY_BYTES: Final = 64 * 1024**2
"""An evening with everything recorded takes some ten megabytes; the rest is for what else writes there."""

OFFSET_MS: Final = 50.0
"""A clock further off than this is late by more than a frame of any rate, for what starts by the time of day."""

DEVICES: Final = "live.device"
MIDI: Final = "live.midi"
PORTS: Final = "live.port"
WAYS: Final = "live.network"
CODE: Final = "live.timecode"
CLOCK: Final = "live.clock"
DISK: Final = "live.disk"
LINES: Final = "live.line"
ONCE: Final = "live.once"
WALK: Final = "live.walk"

Decide = Callable[[Evening, LiveFacts], Iterable[CheckLine]]


@dataclass(frozen=True)
class LiveCheck:
    """One row: its code, what is looked at in words, what it needs measured, and how it is decided."""

    code: str
    title: str
    decide: Decide
    needs: Measure | None = None


def _line(code: str, group: str, where: str, word: CheckWord, message: str, remedy: str = "") -> CheckLine:
    return CheckLine(code=code, group=group, where=where, word=word, message=message, remedy=remedy)


# -- devices -----------------------------------------------------------------------------------------------------------


def _states(facts: LiveFacts) -> Iterator[DeviceState]:
    """Every device of the show's roles once, and the console's own ports."""
    seen: dict[str, DeviceState] = {}
    for state in facts.snapshot.devices:
        seen.setdefault(state.device, state)
    return iter(seen.values())


def _check_devices(evening: Evening, facts: LiveFacts) -> Iterator[CheckLine]:
    ghosts: list[str] = []
    for state in _states(facts):
        if not state.role:
            continue
        mode = evening.modes.get(state.device, state.mode)
        if mode == "ghost":
            ghosts.append(state.device)
            continue
        where = f"device {state.device}"
        if mode == "off":
            words = f"is switched off for this run, and {state.role} is not heard there"
            yield _line(DEVICES, "devices", where, "warn", words, "switch it live on the page of devices")
        elif not _is_midi(evening, state.device):
            yield _line(DEVICES, "devices", where, *_answer(evening, state))
    if ghosts:
        some = ", ".join(ghosts[:3]) + (f" and {len(ghosts) - 3} more" if len(ghosts) > 3 else "")
        words = f"{len(ghosts)} of {len(evening.modes)} devices are simulated and get nothing: {some}"
        yield _line(
            DEVICES, "devices", "simulated", "note", words, "open the show without --ghost for the house itself"
        )


def _answer(evening: Evening, state: DeviceState) -> tuple[CheckWord, str, str]:
    """How a live device stands: what is said of it, and what to do."""
    words = state.words
    match state.severity:
        case "good" | "minor":
            return "pass", words or "answers", ""
        case "major":
            return "warn", words, "look at it; look again once it has been asked anew"
        case "bad" | "fatal":
            return "fail", words, "switch it on, mend its way, or change over to the device that stands by"
    if _can_tell(evening, state.device):
        return "warn", words or "has not answered yet", "look again in a few seconds"
    return "note", words or "has no way to answer", "nobody can tell from here: look at the device itself"


def _can_tell(evening: Evening, device: str) -> bool:
    setup = evening.patch.devices.get(device)
    return setup is not None and setup.profile.health is not None and setup.health.watch


def _is_midi(evening: Evening, device: str) -> bool:
    setup = evening.patch.devices.get(device)
    return setup is not None and setup.midi_port is not None


def _check_midi(evening: Evening, facts: LiveFacts) -> Iterator[CheckLine]:
    """Ports by name: of devices, of triggers, of timecode in and out."""
    live = [
        state for state in _states(facts) if state.mode == "live" and (not state.role or evening.is_live(state.device))
    ]
    for state in live:
        if state.device == "remote" or (state.role and not _is_midi(evening, state.device)):
            continue
        where = f"device {state.device}" if state.role else state.device
        if state.severity in ("bad", "fatal"):
            remedy = "plug it in, or correct its name in the house; it opens by itself"
            yield _line(MIDI, "network", where, "fail", state.words or "its MIDI port is not there", remedy)
        elif state.severity == "unknown" and not state.role:
            yield _line(MIDI, "network", where, "warn", state.words or "is being opened", "look again")
        else:
            yield _line(MIDI, "network", where, "pass", state.words or "its MIDI port is there")


# -- network -----------------------------------------------------------------------------------------------------------


def _check_ports(_evening: Evening, facts: LiveFacts) -> Iterator[CheckLine]:
    for fact in facts.ports:
        where = f"UDP port {fact.port}"
        if fact.standing == "ours":
            yield _line(PORTS, "network", where, "pass", f"we listen there: {fact.purpose}")
        elif fact.standing == "free":
            yield _line(PORTS, "network", where, "pass", f"is free: {fact.purpose}")
        else:
            remedy = "end the other program (another console?), or give another port in the house and at the device"
            yield _line(PORTS, "network", where, "fail", f"{fact.words}; it is for {fact.purpose}", remedy)


def _check_ways(evening: Evening, facts: LiveFacts) -> Iterator[CheckLine]:
    """Live devices whose address is in none of this machine's networks."""
    if facts.ways and facts.networks is None:
        words = "which networks this machine is in is not known on this system"
        yield _line(WAYS, "network", "this machine", "note", words, "look at its addresses beside those of the house")
        return
    for way in facts.ways:
        where = f"device {way.device}"
        if way.address is None:
            yield _line(WAYS, "network", where, "fail", way.words, "correct the host in the house")
        elif any(_holds(network, way.address) for network in facts.networks or ()):
            yield _line(WAYS, "network", where, "pass", f"{way.address} is in a network of this machine")
        else:
            words = f"{way.address} is in no network of this machine ({', '.join(facts.networks or ()) or 'none'})"
            yield _line(WAYS, "network", where, "warn", words, _network_remedy(evening, way))


def _network_remedy(evening: Evening, way: WayFact) -> str:
    for network in evening.patch.venue.networks:
        if way.address is not None and _holds(network.subnet, way.address):
            ours = f" ({' or '.join(network.console)})" if network.console else ""
            return f"give this machine an address in {network.name} {network.subnet}{ours}"
    return "correct the device's address, or join its network"


def _holds(network: str, address: str) -> bool:
    return ip_address(address) in ip_network(network, strict=False)


# -- timecode and clock ------------------------------------------------------------------------------------------------


def _check_code(evening: Evening, facts: LiveFacts) -> Iterator[CheckLine]:
    code: HouseTimecode | None = evening.patch.timecode
    sources = () if code is None else code.sources
    chase = facts.snapshot.chase
    follows = any(song.clock == "chase" for song in evening.show.songs)
    heard = {} if chase is None else {source.id: source for source in chase.sources}
    for source in sources:
        where = f"timecode {source.id}"
        state = heard.get(source.id)
        if state is None:
            words = "is not listened to: every device is simulated"
            yield _line(CODE, "timecode", where, "note", words, "songs that follow it run on our own clock")
        else:
            yield _line(CODE, "timecode", where, *_code_words(source, state, follows=follows))


def _code_words(source: TimecodeIn, state: CodeSourceState, *, follows: bool) -> tuple[CheckWord, str, str]:
    if state.state in ("locked", "freewheel"):
        words = f"runs at {state.rate}, stands at {state.label}"
        if state.state == "freewheel":
            return "warn", f"{words}, and has just dropped out", "look at its cable"
        return "pass", words, ""
    if state.refusal:
        remedy = f"set the machine that sends it to {source.rate}, or correct the rate in the house"
        return ("fail" if follows else "warn"), f"is heard and not believed: {state.refusal}", remedy
    if state.label:
        return "pass", f"stands at {state.label}, at {state.rate}", ""
    words = f"nothing was heard of it yet, at {source.rate} or otherwise"
    if follows:
        return "warn", words, "have its machine run for a few seconds, then look again"
    return "note", words, "no song of this show follows it"


def _check_clock(evening: Evening, facts: LiveFacts) -> Iterator[CheckLine]:
    clock, where = facts.clock, "this machine's clock"
    times = sum(cue.at.on == "clock" for cue in evening.show.cues)
    much = f"; {times} cues go by the time of day" if times else ""
    if clock.synchronised is None:
        if not evening.patch.venue.ntp:
            remedy = "set it by the broadcaster's clock, and look again before doors"
            yield _line(CLOCK, "timecode", where, "note", f"the house has no time server{much}", remedy)
        else:
            words = f"whether something sets it is not known here{much}"
            yield _line(CLOCK, "timecode", where, "note", words, "compare it with the broadcaster's")
        return
    off = "" if clock.offset_ms is None else f", {abs(clock.offset_ms):.3g} ms off"
    if not clock.synchronised:
        word: CheckWord = "warn" if evening.patch.venue.ntp else "note"
        remedy = "start its time service and point it at the house's server"
        if not evening.patch.venue.ntp:
            remedy = "the house has no time server: set it by the broadcaster's clock, and look again before doors"
        yield _line(CLOCK, "timecode", where, word, f"nothing sets it ({clock.source}){off}{much}", remedy)
    elif clock.offset_ms is not None and abs(clock.offset_ms) > OFFSET_MS:
        remedy = "wait until it has settled, then look again"
        yield _line(CLOCK, "timecode", where, "warn", f"is set by {clock.source} and still{off[1:]}{much}", remedy)
    else:
        yield _line(CLOCK, "timecode", where, "pass", f"is set by {clock.source}{off}{much}")


# -- disk --------------------------------------------------------------------------------------------------------------


def _check_disk(_evening: Evening, facts: LiveFacts) -> Iterator[CheckLine]:
    for disk in facts.disks:
        if disk.free_bytes is None:
            remedy = "make it writable: without a journal a crash loses the place"
            yield _line(DISK, "disk", disk.folder, "fail", disk.words, remedy)
            continue
        words = f"{disk.free_bytes / 1024**2:,.0f} MB are free for record and journal"
        if disk.free_bytes < EMPTY_BYTES:
            yield _line(DISK, "disk", disk.folder, "fail", words, "make room now: the record would end in the show")
        elif disk.free_bytes < LOW_BYTES:
            yield _line(DISK, "disk", disk.folder, "warn", words, "make room before doors")
        else:
            yield _line(DISK, "disk", disk.folder, "pass", words)


# -- safety ------------------------------------------------------------------------------------------------------------


def _check_lines(evening: Evening, facts: LiveFacts) -> Iterator[CheckLine]:
    """Whether lines are heard: an enable that was never seen to be high may be a cable that is out."""
    declared = {line.id for line in evening.patch.venue.inputs}
    for line in facts.snapshot.lines:
        where = f"line {line.line}"
        if line.line not in declared:
            words = f"zone {' '.join(line.guards)} is cleared by hand: no input watches it"
            yield _line(LINES, "safety", where, "note", words, "agree who says so")
        elif evening.is_simulated:
            words = "guards simulated devices; it is not listened to over MIDI"
            yield _line(LINES, "safety", where, "note", words, "look again once they are live")
        else:
            yield _line(LINES, "safety", where, *_line_words(line, facts.snapshot.now_ns))


def _line_words(line: LineState, now_ns: int) -> tuple[CheckWord, str, str]:
    guards = f"for {', '.join(line.guards)}"
    if line.lapses_ns is None:
        what = (
            "has no reading" if line.kind == "gauge" else "is low, or its cable is out: which of them nobody can tell"
        )
        remedy = "have it held high for a moment, then look again" if line.kind != "gauge" else "look at the gauge"
        return "warn", f"{what} ({guards})", remedy
    if line.lapses_ns < now_ns:
        return "warn", f"was heard, and has gone stale ({guards})", "look at what sends it"
    if line.kind == "gauge":
        word: CheckWord = "pass" if line.high else "warn"
        return word, f"reads {line.words}{'' if line.high else ', above its limit'} ({guards})", ""
    return "pass", f"is high, by {line.by or 'its wire'} ({guards})", ""


def _check_once(evening: Evening, facts: LiveFacts) -> Iterator[CheckLine]:
    once = [cue for cue in evening.show.cues if cue.once_per_show]
    spent = [cue for cue in once if cue.id in facts.snapshot.spent]
    for cue in spent:
        words = "has been used in this performance, and goes once"
        remedy = "a performance that is begun anew counts from nothing; see that it is loaded again"
        yield _line(ONCE, "safety", f"cue {cue.number} {cue.label}".rstrip(), "warn", words, remedy)
    if once and not spent:
        yield _line(ONCE, "safety", "once per show", "pass", f"none of {len(once)} cues has been used")


def _check_walk(evening: Evening, facts: LiveFacts) -> Iterator[CheckLine]:
    if evening.is_simulated:
        words = "ghosts are not walked" if facts.walked is None else facts.walked.words
        yield _line(WALK, "devices", "line check", "note", words, "walk the house itself once its devices are live")
    else:
        yield _line(WALK, "devices", "line check", *_walk(facts))


def _walk(facts: LiveFacts) -> tuple[CheckWord, str, str]:
    """How the last line check stands: what is said of it, and what to do."""
    walked = facts.walked
    if walked is None:
        return "warn", "the house has not been walked", "walk it on the page of lines, Shift+F6"
    if walked.date != facts.snapshot.wall[:10]:
        return "warn", f"{walked.words}; none today", "walk it again today, on the page of lines, Shift+F6"
    if not walked.is_well:
        return "warn", walked.words, "see to what is left on the page of lines, Shift+F6"
    return "pass", walked.words, ""


CHECKS: Final = (
    LiveCheck(DEVICES, "devices that answer", _check_devices),
    LiveCheck(WALK, "the last line check", _check_walk),
    LiveCheck(MIDI, "MIDI ports", _check_midi),
    LiveCheck(PORTS, "ports in use", _check_ports, "ports"),
    LiveCheck(WAYS, "networks", _check_ways, "ways"),
    LiveCheck(CODE, "timecode", _check_code),
    LiveCheck(CLOCK, "the clock", _check_clock, "clock"),
    LiveCheck(DISK, "room on the disk", _check_disk, "disks"),
    LiveCheck(LINES, "enable lines", _check_lines),
    LiveCheck(ONCE, "what goes once", _check_once),
)
"""Every live check, in the order it is made."""


def live_lines(evening: Evening, facts: LiveFacts) -> tuple[CheckLine, ...]:
    """All of them at once."""
    return tuple(line for check in CHECKS for line in check.decide(evening, facts))


def is_live_code(code: str) -> bool:
    """True for a line of this half."""
    return any(check.code == code for check in CHECKS)
