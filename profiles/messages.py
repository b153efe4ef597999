"""What a profile sends, one model for each kind of message. Every text may hold places: see ``profiles.templates``.

In TOML the key tells the kind: ``address`` OSC, ``line`` text, ``note``, ``control``, ``program``, ``nrpn`` MIDI,
``msc`` MIDI Show Control, ``mmc`` MIDI Machine Control. Numbers that are sums (a velocity made of a base and a
length) are lists whose terms are added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BeforeValidator, Discriminator, Field, StrictBool, Tag, model_validator

from profiles.argument_rules import Piece
from profiles.templates import Template, parse_template

Family = Literal["osc", "midi", "text"]

Sum = Annotated[
    tuple[Template, ...],
    BeforeValidator(
        lambda terms: terms if isinstance(terms, list | tuple) else [terms],
        json_schema_input_type=Template | list[Template],
    ),
]
"""Terms that are added; a lone term may stand without brackets."""

_ADDRESS_LITERAL: Final = re.compile(r"[!-~]*", re.ASCII)
_NOT_IN_ADDRESS: Final = frozenset(" #*,?[]{}")


def _sum(text: str) -> Any:
    return Field(default_factory=lambda: (parse_template(text),), description=f"{text} where it is not given")


class Timed(Piece):
    """What every message has: a wait after the command's own time, for a release after its press."""

    delay_ms: float = Field(default=0, ge=0, le=10_000)

    def templates(self) -> Iterator[Template]:
        """Every template of the message."""
        for name in type(self).model_fields:
            found = getattr(self, name)
            if isinstance(found, Template):
                yield found
            elif isinstance(found, tuple):
                for term in found:
                    if isinstance(term, Template):
                        yield term
                    elif isinstance(term, OscArg):
                        yield term.template


class OscArg(Piece):
    """One OSC argument, its type fixed: ``{ f = "{db}" }``. ``flag`` is sent as T or F."""

    i: Template | None = None
    h: Template | None = None
    f: Template | None = None
    d: Template | None = None
    s: Template | None = None
    flag: Template | None = None

    @model_validator(mode="after")
    def _has_one_type(self) -> Self:
        if len(self.model_fields_set) != 1:
            raise ValueError('an OSC argument has exactly one type: write it like { f = "{db}" }')
        return self

    @property
    def tag(self) -> str:
        """i, h, f, d, s, or flag."""
        return next(iter(self.model_fields_set))

    @property
    def template(self) -> Template:
        """What is sent under the tag."""
        found = getattr(self, self.tag)
        assert isinstance(found, Template)  # noqa: S101 - for the type checker: exactly one field is set
        return found


class OscMessage(Timed):
    """One OSC message."""

    address: Template
    args: tuple[OscArg, ...] = ()

    @model_validator(mode="after")
    def _address_is_legal(self) -> Self:
        literals = [part for part in self.address.parts if isinstance(part, str)]
        if not self.address.text.startswith(("/", "[/")):
            raise ValueError(f"OSC address {self.address.text!r} must start with /")
        for literal in literals:
            if not _ADDRESS_LITERAL.fullmatch(literal) or _NOT_IN_ADDRESS & set(literal):
                raise ValueError(
                    f"OSC address {self.address.text!r} holds a sign that is no plain ASCII or is forbidden in OSC: "
                    "retype it, do not paste it from a PDF"
                )
        return self


class TextMessage(Timed):
    """One line; its ending is the transport's."""

    line: Template


class NoteMessage(Timed):
    """Note on, or off. ``channel`` counts from 1, ``note`` and ``velocity`` from 0 to 127."""

    note: Sum
    velocity: Sum = _sum("127")
    off: StrictBool = False
    channel: Sum = _sum("{channel}")


class ControlMessage(Timed):
    """Control change."""

    control: Sum
    value: Sum
    channel: Sum = _sum("{channel}")


class ProgramMessage(Timed):
    """Program change, from 0 on the wire.

    ``bank`` puts a 14-bit bank select before it. ``wide`` lets the program count on beyond 127: a bank select of the
    high byte alone carries the 128s.
    """

    program: Sum
    bank: Sum | None = None
    wide: StrictBool = False
    channel: Sum = _sum("{channel}")

    @model_validator(mode="after")
    def _has_one_bank(self) -> Self:
        if self.wide and self.bank is not None:
            raise ValueError("a program has a bank or is wide: take one of them out")
        return self


class NrpnMessage(Timed):
    """A non-registered parameter: number and value of 14 bits; ``fine`` false sends the high seven bits alone."""

    nrpn: Sum
    value: Sum
    fine: StrictBool = True
    channel: Sum = _sum("{channel}")


class MscMessage(Timed):
    """MIDI Show Control. Command and format by the standard's words in lower case (``go``, ``lighting``, ``pyro``).

    ``time`` of timed_go is in seconds, sent as timecode at the setting ``frame_rate``.
    """

    msc: str
    format: str
    device: Sum = _sum("{device_id}")
    cue: Template | None = None
    list: Template | None = None
    path: Template | None = None
    time: Template | None = None
    macro: Sum | None = None
    controller: Sum | None = None
    value: Sum | None = None


class MmcMessage(Timed):
    """MIDI Machine Control. ``target`` of locate is in seconds, sent as timecode at the setting ``frame_rate``."""

    mmc: str
    device: Sum = _sum("127")
    target: Template | None = None


_KEYS: Final = ("msc", "mmc", "address", "line", "note", "control", "program", "nrpn")


def _kind_of(message: Any) -> str | None:
    keys = message if isinstance(message, dict) else getattr(type(message), "model_fields", {})  # or no message at all
    return next((key for key in _KEYS if key in keys), None)


Message = Annotated[
    Annotated[OscMessage, Tag("address")]
    | Annotated[TextMessage, Tag("line")]
    | Annotated[NoteMessage, Tag("note")]
    | Annotated[ControlMessage, Tag("control")]
    | Annotated[ProgramMessage, Tag("program")]
    | Annotated[NrpnMessage, Tag("nrpn")]
    | Annotated[MscMessage, Tag("msc")]
    | Annotated[MmcMessage, Tag("mmc")],
    Discriminator(
        _kind_of,
        custom_error_type="message_kind",
        custom_error_message="a message needs one of: address, line, note, control, program, nrpn, msc, mmc",
    ),
]


def family_of(message: Timed) -> Family:
    """Which kind of transport carries the message."""
    if isinstance(message, OscMessage):
        return "osc"
    return "text" if isinstance(message, TextMessage) else "midi"
