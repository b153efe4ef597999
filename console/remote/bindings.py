"""What a house's own pads, buttons and addresses ask for: its ``[[remote.triggers]]``, matched to the namespace.

A pattern may hold fields: ``/trig/{cue}`` with ``fire {cue}``. A field is what stands between two slashes; ``{1}`` is
the message's first argument. A press is a press once: a note or a lone OSC number of 0 is a button let go, and a
controller presses when it rises to 64.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from console.remote.names import RemoteError
from console.remote.namespace import ACTIONS, Call, read_call
from devices.contract import Incoming, Value
from profiles.remote_control import RemoteControl, RemoteTrigger

CONTROL_ON: Final = 64
"""MIDI's own threshold for a switch: controllers 64 to 69 are on from here (MIDI 1.0, table III)."""

MOST_CONTROLS: Final = 4096
_FIELD: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Bound:
    """One trigger, ready to match."""

    trigger: RemoteTrigger
    words: tuple[str, ...]  # the action, then its arguments, fields unfilled

    @property
    def uses_args(self) -> bool:
        """True where an argument of the message goes into the call: it is then no button's."""
        return any(name.isdigit() for word in self.words for name in _FIELD.findall(word))

    def call(self, fields: Mapping[str, str], args: Sequence[Value]) -> Call | None:
        """What the message asks for. Raises RemoteError for an argument that is not there."""
        known = {**fields, **{str(n): _plain_text(arg) for n, arg in enumerate(args, 1)}}
        filled = [_FIELD.sub(lambda found: _filled(found[1], known), word) for word in self.words]
        return read_call(filled[0], filled[1:])


@dataclass
class Bindings:
    """All triggers of a house, found by one look-up where nothing in them is a field."""

    exact: Mapping[tuple[str, str], tuple[Bound, ...]] = field(default_factory=dict)
    patterns: tuple[tuple[str, re.Pattern[str], Bound], ...] = ()
    _controls_up: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def of_house(cls, remote: RemoteControl | None) -> Bindings:
        """Those that can be understood, each once; what is wrong with the others, ``remote_problems`` says."""
        exact: dict[tuple[str, str], tuple[Bound, ...]] = {}
        patterns: list[tuple[str, re.Pattern[str], Bound]] = []
        for trigger in dict.fromkeys(each.model_copy(update={"notes": ""}) for each in _triggers(remote)):
            if binding_problem(trigger) is not None:
                continue
            kind, address, bound = trigger.kind, trigger.address, Bound(trigger, _words(trigger.do))
            if _FIELD.search(address):
                patterns.append((kind, _pattern(address), bound))
            else:
                exact[kind, address] = (*exact.get((kind, address), ()), bound)
        return cls(exact, tuple(patterns))

    def wants(self, kind: str, address: str) -> bool:
        """True where a message of this kind and address is bound to something."""
        return (kind, address) in self.exact or any(
            each == kind and pattern.fullmatch(address) for each, pattern, _ in self.patterns
        )

    def calls(self, incoming: Incoming) -> Iterator[Call]:
        """What a message asks for, nothing where it is a button let go. Raises RemoteError."""
        found = [(bound, dict[str, str]()) for bound in self.exact.get((incoming.kind, incoming.address), ())]
        for kind, pattern, bound in self.patterns:
            match = pattern.fullmatch(incoming.address) if kind == incoming.kind else None
            if match is not None:
                found.append((bound, match.groupdict()))
        found = [each for each in found if each[0].trigger.midi_port in (None, incoming.source.removeprefix("midi:"))]
        if not found:
            return
        pressed = self._is_press(incoming)
        for bound, fields in found:
            if pressed or bound.uses_args:
                call = bound.call(fields, incoming.args)
                if call is not None:
                    yield call

    def _is_press(self, incoming: Incoming) -> bool:
        value = incoming.args[0] if len(incoming.args) == 1 else None
        if incoming.kind == "midi" and incoming.address.startswith("cc/") and isinstance(value, int):
            control = (incoming.source, incoming.address)
            was_up, is_up = control in self._controls_up, value >= CONTROL_ON
            if is_up and len(self._controls_up) < MOST_CONTROLS:
                self._controls_up.add(control)
            elif not is_up:
                self._controls_up.discard(control)
            return is_up and not was_up
        return isinstance(value, str) or value is None or bool(value)


def _triggers(remote: RemoteControl | None) -> tuple[RemoteTrigger, ...]:
    return () if remote is None else remote.triggers


def binding_problem(trigger: RemoteTrigger) -> str | None:
    """What is wrong with a trigger, before any show is asked; None where it is well."""
    try:
        words = _words(trigger.do)
    except ValueError as error:  # a quote that is not closed
        return f"{trigger.do!r} cannot be read: {error}"
    fields = {name for word in words for name in _FIELD.findall(word)}
    known = set(_FIELD.findall(trigger.address))
    missing = sorted(name for name in fields - known if not name.isdigit())
    if missing:
        return f"{trigger.address} has no field {{{missing[0]}}}"
    try:
        call = read_call(words[0], [_FIELD.sub("1", word) for word in words[1:]])
    except RemoteError as error:
        return str(error)
    return None if call is not None else f"{trigger.do!r} asks for nothing"


def action_names() -> tuple[str, ...]:
    """What a trigger can do, for a person to choose from."""
    return tuple(ACTIONS)


def _words(do: str) -> tuple[str, ...]:
    words = tuple(shlex.split(do))
    if not words:
        raise ValueError("it is empty")
    return words


def _pattern(address: str) -> re.Pattern[str]:
    """The address with each field as whatever stands between two slashes."""
    parts = _FIELD.split(address)  # text, name, text, name, text …
    return re.compile("".join(f"(?P<{each}>[^/]+)" if n % 2 else re.escape(each) for n, each in enumerate(parts)))


def _filled(name: str, known: Mapping[str, str]) -> str:
    if name not in known:
        raise RemoteError(f"argument {name} did not come with the message")
    return known[name]


def _plain_text(arg: Value) -> str:
    return f"{arg:.7g}" if isinstance(arg, float) else str(arg)
