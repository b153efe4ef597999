"""Faults on ghosts: who may have them played, and which are there. Playing them is the outlet's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from console.engine.parts import Parts
from console.engine.run_state import say
from console.timebase import s_to_ns
from console.vocabulary import FaultsPlayed, PlayedFault, SetFaults, TouchFault, fault_words
from devices.contract import EncodeError, OutputMode
from profiles.near_names import near_words

IN_PERFORMANCE = "this is a performance: faults are played in a rehearsal or a dress run"


@dataclass(frozen=True, slots=True)
class Playing:
    """The faults of one device, and since when."""

    since_ns: int
    faults: tuple[PlayedFault, ...]

    def words(self, now_ns: int) -> tuple[str, ...]:
        """Those that are not over, for people."""
        return tuple(
            fault_words(fault)
            for fault in self.faults
            if fault.for_s is None or now_ns < self.since_ns + s_to_ns(fault.for_s)
        )


def set_faults(parts: Parts, now_ns: int, request: SetFaults) -> str | None:
    """Note what is played on a device from now on; returns why it may not be."""
    run, device = parts.run, request.device
    if device not in run.patch.devices:
        return f"the venue has no device {device!r}: {near_words(device, sorted(run.patch.devices))}"
    if request.faults:
        refused = _refusal(parts, request)
        if refused is not None:
            return refused
        parts.faults[device] = Playing(now_ns, request.faults)
        words = "; ".join(map(fault_words, request.faults))
        say(run, parts.tray, now_ns, f"A fault is played: {device} {words}. ({request.by})")
    elif parts.faults.pop(device, None) is not None:
        say(run, parts.tray, now_ns, f"No fault is played on {device} any more. ({request.by})")
    played = FaultsPlayed(at_ns=run.at(now_ns), device=device, faults=request.faults, by=request.by)
    parts.tray.notices.append(played)
    return None


def _refusal(parts: Parts, request: SetFaults) -> str | None:
    device = request.device
    if parts.run.run_kind == "performance":
        return IN_PERFORMANCE
    mode = parts.modes.get(device, OutputMode.LIVE)
    if mode is not OutputMode.GHOST:
        return f"{device} is {mode.value}: faults are played on ghosts alone; make it one first"
    try:
        for fault in request.faults:
            if isinstance(fault, TouchFault) and fault.verb is not None:
                parts.run.encoder.encode(device, fault.verb, fault.args)
    except EncodeError as error:
        return str(error)
    return None


def faults_now(playing: Mapping[str, Playing], now_ns: int) -> dict[str, tuple[str, ...]]:
    """By device, what is wrong with it now because somebody wanted it so."""
    return {device: words for device, each in playing.items() if (words := each.words(now_ns))}
