"""Text with places in it: ``/ch/{ch:02d}/mix/fader``, ``PLAY {layer} {clip}[ MIX {frames}]``.

* ``{name}`` stands for a value, ``{name:02d}`` for a whole number of at least two digits (zero padded).
* ``[...]`` is left out as a whole where a value inside it is not given.
* ``{{ }} [[ ]]`` are the signs themselves.

The same template fills (values to text) and matches (text to values), so that what a profile sends it also reads.
A plain number or boolean in a profile is a template too: a constant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

Scalar = bool | int | float | str

_BITS: Final = re.compile(r"(\{\{|\}\}|\[\[|\]\]|\{[^{}]*\}|[\[\]{}])")
_PLACE: Final = re.compile(r"\{([a-z][a-z0-9_]*)(?::0([1-9])d)?\}")
_ESCAPES: Final = {"{{": "{", "}}": "}", "[[": "[", "]]": "]"}


class TemplateError(ValueError):
    """A template that cannot be read: one line."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value goes. ``digits`` is the width of a zero-padded whole number, 0 where it is not padded."""

    name: str
    digits: int = 0


@dataclass(frozen=True, slots=True)
class Bracket:
    """Parts that are left out together where one of their values is missing."""

    parts: tuple[str | Place, ...]


Part = str | Place | Bracket


@dataclass(frozen=True, slots=True)
class Template:
    """Parsed text. Equal templates are equal by their text."""

    text: str
    parts: tuple[Part, ...] = field(compare=False, repr=False)
    constant: Scalar | None = None
    """The number or boolean that was written in place of text."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all places, in order, each once."""
        return tuple(dict.fromkeys(place.name for place, _optional in self.places()))

    @property
    def single(self) -> str | None:
        """The name where the template is one unpadded place and nothing else (``[{name}]`` counts too)."""
        parts = self.parts
        if len(parts) == 1 and isinstance(parts[0], Bracket):
            parts = parts[0].parts
        if len(parts) == 1 and isinstance(parts[0], Place) and not parts[0].digits:
            return parts[0].name
        return None

    @property
    def is_optional(self) -> bool:
        """True where all of it may be left out."""
        return len(self.parts) == 1 and isinstance(self.parts[0], Bracket)

    def places(self) -> Iterator[tuple[Place, bool]]:
        """Every place, with whether it may be left out."""
        for part in self.parts:
            if isinstance(part, Place):
                yield part, False
            elif isinstance(part, Bracket):
                yield from ((inner, True) for inner in part.parts if isinstance(inner, Place))

    def missing(self, values: Mapping[str, object]) -> str | None:
        """The first place outside brackets that has no value, or None."""
        return next((p.name for p, optional in self.places() if not optional and p.name not in values), None)

    def value(self, values: Mapping[str, Scalar], to_text: Callable[[Scalar], str] = str) -> Scalar | None:
        """The constant; the bare value of a single place (its type kept); or the filled text. None: left out.

        Every place outside brackets must have a value: see :meth:`missing`.
        """
        if self.constant is not None:
            return self.constant
        if (name := self.single) is not None:
            return values.get(name)
        if self.is_optional and not self._given(self.parts[0], values):
            return None
        return "".join(self.pieces(values, to_text))

    def pieces(self, values: Mapping[str, Scalar], to_text: Callable[[Scalar], str] = str) -> Iterator[str]:
        """The filled text, part by part: literals and values alternate as they are written."""
        if self.constant is not None:
            yield to_text(self.constant)
            return
        for part in self.parts:
            if isinstance(part, Bracket):
                if self._given(part, values):
                    yield from (_filled(inner, values, to_text) for inner in part.parts)
            else:
                yield _filled(part, values, to_text)

    def match(self, text: str, pattern_of: Callable[[str], str]) -> dict[str, str] | None:
        """What stands in each place where ``text`` fits; ``pattern_of`` gives the regular expression of a name."""
        first = self.parts[0] if self.parts else self.text
        if isinstance(first, str) and not text.startswith(first):
            return None  # most templates tried against a message end here, before an expression is built
        found = self.expression(pattern_of).fullmatch(text)
        if found is None:
            return None
        return {name: value for name, value in found.groupdict().items() if value is not None}

    def expression(self, pattern_of: Callable[[str], str]) -> re.Pattern[str]:
        """The regular expression that reads what this template fills."""
        seen: set[str] = set()

        def of(part: Part) -> str:
            if isinstance(part, str):
                return re.escape(part)
            if isinstance(part, Bracket):
                return f"(?:{''.join(of(inner) for inner in part.parts)})?"
            if part.name in seen:
                return f"(?P={part.name})"
            seen.add(part.name)
            return f"(?P<{part.name}>{rf'[0-9]{{{part.digits},}}' if part.digits else pattern_of(part.name)})"

        return re.compile("".join(of(part) for part in self.parts) or re.escape(self.text), re.DOTALL)

    @staticmethod
    def _given(part: Part, values: Mapping[str, Scalar]) -> bool:
        return isinstance(part, Bracket) and all(
            inner.name in values for inner in part.parts if isinstance(inner, Place)
        )

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        plain = core_schema.union_schema(
            [
                core_schema.bool_schema(strict=True),
                core_schema.int_schema(strict=True),
                core_schema.float_schema(strict=True),
                core_schema.str_schema(strict=True),
            ],
            mode="left_to_right",
        )
        return core_schema.no_info_after_validator_function(
            parse_template,
            plain,
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda template: template.text if template.constant is None else template.constant
            ),
        )


def _filled(part: str | Place, values: Mapping[str, Scalar], to_text: Callable[[Scalar], str]) -> str:
    if isinstance(part, str):
        return part
    value = values[part.name]
    return f"{int(value):0{part.digits}d}" if part.digits else to_text(value)


def parse_template(text: Scalar) -> Template:
    """Read a template; a number or boolean becomes a constant. Raises TemplateError."""
    if not isinstance(text, str):
        return Template(str(text), (), text)
    parts: list[Part] = []
    inside: list[str | Place] | None = None
    for bit in _BITS.split(text):
        if not bit:
            continue
        piece: str | Place
        if bit in "[]":
            if (bit == "[") == (inside is not None):
                raise TemplateError(f"{text!r}: [ and ] must come in pairs, not nested; write [[ for the sign itself")
            if inside is None:
                inside = []
            else:
                if not any(isinstance(inner, Place) for inner in inside):
                    raise TemplateError(f"{text!r}: [...] holds no {{name}}, so nothing decides whether it is sent")
                parts.append(Bracket(tuple(inside)))
                inside = None
            continue
        if bit in _ESCAPES:
            piece = _ESCAPES[bit]
        elif bit[0] in "{}":
            match = _PLACE.fullmatch(bit)
            if match is None:
                raise TemplateError(f"{text!r}: {bit} is no place: write {{name}} or {{name:02d}}, {{{{ for the sign")
            piece = Place(match[1], int(match[2] or 0))
        else:
            piece = bit
        (parts if inside is None else inside).append(piece)
    if inside is not None:
        raise TemplateError(f"{text!r}: [ is not closed")
    return Template(text, tuple(parts))
