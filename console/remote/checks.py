"""What is wrong with a house's remote control, before doors and without any show."""

from __future__ import annotations

from collections.abc import Iterator

from console.remote.bindings import binding_problem
from profiles.problems import Problem
from profiles.remote_control import RemoteControl


def remote_problems(remote: RemoteControl | None) -> tuple[Problem, ...]:
    """Triggers that cannot work, ports nobody opens, one message for two pads, two devices of one number."""
    return () if remote is None else (*_triggers(remote), *_twice(remote))


def _triggers(remote: RemoteControl) -> Iterator[Problem]:
    for trigger in remote.triggers:
        where = f"remote trigger {trigger.address}"
        problem = binding_problem(trigger)
        if problem is not None:
            remedy = "correct it: showcaller remote lists what a trigger can do"
            yield Problem("warning", "venue.remote.trigger", where, problem, remedy)
        if trigger.midi_port is not None and trigger.midi_port not in remote.midi_ports:
            words = f"waits for the port {trigger.midi_port!r}, which is not opened"
            yield Problem("warning", "venue.remote.port", where, words, "list it under [remote] midi_ports")
        elif trigger.midi is not None and not remote.midi_ports:
            words = "waits for MIDI no port brings"
            yield Problem("warning", "venue.remote.port", where, words, "list the port under [remote] midi_ports")


def _twice(remote: RemoteControl) -> Iterator[Problem]:
    seen: set[tuple[object, ...]] = set()
    for trigger in remote.triggers:
        message = (trigger.kind, trigger.address, trigger.midi_port, trigger.do)
        if message in seen:
            words = f"asks twice for {trigger.do!r}: one is left out"
            yield Problem("warning", "venue.remote.twice", f"remote trigger {trigger.address}", words, "remove one")
        seen.add(message)
    for device in remote.msc:
        number = ("msc", device.device_id, device.format)
        if number in seen:
            words = f"is two devices for {device.format}: the first is taken"
            yield Problem("warning", "venue.remote.msc", f"MSC device {device.device_id}", words, "remove one")
        seen.add(number)
