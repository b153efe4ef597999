"""What a running engine has sent and heard, fetched over its link, parameter by parameter."""

from __future__ import annotations

import json
import select
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from console.cli.errors import CommandError
from console.cli.page import columns
from console.link.client import LinkClient, LinkError
from console.link.messages import Bye, ParameterStates
from console.vocabulary import ParameterState
from devices.contract import Args, Encoder
from profiles.argument_rules import value_to_text
from profiles.verbs import find_verb

ANSWER_S: Final = 10.0
"""How long a busy engine may take: it looks at some parameters a turn, and never before what is due."""


@dataclass(frozen=True, slots=True)
class AtDevice:
    """One device of a parameter: what our sends should have caused there, what it says, and what differs.

    ``expected_differs`` is from what the place asked for wants, ``reported_differs`` from what is expected.
    """

    device: str
    expected: Args | None
    sent_s: float | None
    settling: bool
    reported: Args | None
    heard_s: float | None
    expected_differs: bool
    reported_differs: bool


def fetch_states(path: Path, show_id: str) -> list[ParameterState]:
    """Every parameter of the show that runs in the engine at ``path``. Raises CommandError."""
    try:
        with LinkClient.connect(path, name="state", subscribe=()) as client:
            opened = client.welcome.opened
            if opened is None:
                raise CommandError(f"{path}: the engine there has no show open; open {show_id} in it", 1)
            found = str(json.loads(opened.show)["id"])
            if found != show_id:
                raise CommandError(f"{path}: the engine there has {found} open, not {show_id}; ask for that", 2)
            client.send_values()
            return _receive_all(client, path)
    except LinkError as error:
        raise CommandError(f"no engine to attach to: {error}", 2) from None


def _receive_all(client: LinkClient, path: Path) -> list[ParameterState]:
    states: list[ParameterState] = []
    deadline_s = time.monotonic() + ANSWER_S
    while time.monotonic() < deadline_s and client.is_open:
        select.select([client.fileno()], [], [], 0.1)
        for frame in client.receive():
            if isinstance(frame, Bye):
                raise CommandError(f"{path}: the engine ended the link: {frame.words}", 1)
            if isinstance(frame, ParameterStates):
                states += frame.states
                if frame.is_last:
                    return states
    raise CommandError(f"{path}: the engine did not answer within {ANSWER_S:g} s; try again", 1)


def at_devices(
    states: Iterable[ParameterState],
    encoder: Encoder,
    role: str,
    parameter: str,
    wanted: Iterable[tuple[str, str, Args]],
) -> tuple[AtDevice, ...]:
    """The parameter at each of its devices. ``wanted``: (device, verb, arguments) at the place that was asked for."""
    found = {state.device: state for state in states if (state.role, state.parameter) == (role, parameter)}
    rows = []
    for device, verb, args in wanted:
        state = found.get(device)
        told = None if state is None else state.expected
        differs = (
            state is None
            or told is None
            or state.expected_verb != verb
            or not encoder.agrees(device, verb, args, _mine(verb, told))
        )
        rows.append(
            AtDevice(
                device=device,
                expected=told,
                sent_s=_seconds(state.sent_ns) if state is not None else None,
                settling=state is not None and state.settling,
                reported=state.reported if state is not None else None,
                heard_s=_seconds(state.heard_ns) if state is not None else None,
                expected_differs=differs,
                reported_differs=state is not None and state.reported_differs,
            )
        )
    return tuple(rows)


def device_table(rows: Iterable[tuple[str, str, str, str, AtDevice]]) -> Iterable[str]:
    """Lines of (role, parameter, verb, value) with what is expected and reported; what differs is marked."""
    head = ("", "role", "parameter", "wanted", "device", "expected", "reported")
    cells = [
        (
            "≠" if at.expected_differs or at.reported_differs else "",
            role,
            parameter,
            value,
            at.device,
            _words(verb, at.expected, at.expected_differs) + (" (settling)" if at.settling else ""),
            _words(verb, at.reported, at.reported_differs),
        )
        for role, parameter, verb, value, at in rows
    ]
    yield from columns([head, *cells])


def _words(verb: str, args: Args | None, differs: bool) -> str:  # noqa: FBT001 - a mark, not a switch
    if args is None:
        return "never sent ≠" if differs else ""
    keys = find_verb(verb).keys
    said = " ".join(
        f"{name}={value_to_text(value, 2)}" for name, value in args.items() if name not in keys and value != ""
    )
    return f"{said or 'yes'}{' ≠' if differs else ''}"


def _mine(verb: str, args: Args) -> Args:
    """The arguments that say where a parameter stands: its keys and its value."""
    known = find_verb(verb)
    return {name: value for name, value in args.items() if name in (*known.keys, *known.value)}


def _seconds(ns: int | None) -> float | None:
    return None if ns is None else ns / 1e9
