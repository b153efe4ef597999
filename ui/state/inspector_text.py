"""Fields of a piece of the show as text: what kind each is, how its value is written, and how a text is read. No Qt."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from console.show.constants import MINUS_INFINITY
from console.show.cue_words import MINUS
from profiles.known_keys import Path
from profiles.near_names import near_words

FieldKind = Literal["text", "lines", "number", "whole", "flag", "names", "value", "values", "table", "choice", "place"]

SEVERAL: Final = "several"
"""What stands in a field in which the picked pieces differ."""

_MOST_NAMED: Final = 8
_MINUTES: Final = re.compile(r"(\d+):([0-5]?\d(?:\.\d+)?)")


class FieldError(ValueError):
    """The text is no value for the field: one line, with the range and the unit."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the values a field can have, and how it is called there. ``means``: the value, where it is no text."""

    value: str
    label: str
    means: int | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a piece. ``path`` leads to it in the piece's JSON; ``text`` is empty where nothing is said.

    ``several``: the picked pieces differ in it. ``hint`` is what counts where nothing is said; ``note`` explains.
    """

    path: Path
    title: str
    kind: FieldKind = "text"
    text: str = ""
    unit: str = ""
    low: float | None = None
    high: float | None = None
    above_low: bool = False  # the lowest is not a value itself
    below_high: bool = False
    options: tuple[Option, ...] = ()
    needed: bool = False
    empty: Any = None  # the value that an empty text puts, where it is not needed
    several: bool = False
    hint: str = ""
    note: str = ""

    @property
    def wanted(self) -> str:
        """What may stand here, in words: ``a number from 0 to 127``, ``seconds, 0 or more``."""
        if self.kind == "flag":
            return "yes or no"
        if self.options:
            labels = [option.label for option in self.options if option.value]
            return "one of " + ", ".join(labels[:_MOST_NAMED]) + (" …" if len(labels) > _MOST_NAMED else "")
        if self.kind not in ("number", "whole"):
            return _WANTED.get(self.kind, "text")
        word = "a whole number" if self.kind == "whole" else "a number"
        unit = f" of {self.unit}" if self.unit and self.unit != "0..1" else ""
        return f"{word}{unit}{self._range()}"

    def _range(self) -> str:
        low = None if self.low is None or math.isinf(self.low) else self.low
        if low is None:
            return "" if self.high is None else f", {self.high:g} at most"
        if self.high is None:
            return f" above {low:g}" if self.above_low else f", {low:g} or more"
        under = ", below" if self.below_high else " to"
        return f" from {low:g}{under} {self.high:g}"


_WANTED: Final[Mapping[str, str]] = {
    "names": "names, with commas",
    "values": "values, with commas",
    "table": "value = constant, with commas",
    "place": "bar.beat.tick (17.3.240), timecode (10:00:12:00) or seconds (12.5s)",
}


def text_to_value(field: Field, text: str) -> Any:
    """The JSON value that a text means; None for nothing. Raises :class:`FieldError`."""
    text = text.strip()
    if not text:
        if field.needed:
            raise FieldError(f"{field.title} is needed: give {field.wanted}")
        return field.empty
    return _READERS[field.kind](field, text)


def value_to_text(value: Any) -> str:
    """A JSON value as its field shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value == MINUS_INFINITY:
        return f"{MINUS}∞"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    if isinstance(value, list | tuple):
        return ", ".join(value_to_text(each) for each in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name} = {value_to_text(each)}" for name, each in value.items())
    return str(value)


def _number(field: Field, text: str) -> float | int | str:
    plain = text.replace(MINUS, "-").removesuffix(field.unit).strip()
    if field.low == -math.inf and plain in ("-inf", "-∞"):
        return MINUS_INFINITY
    minutes = _MINUTES.fullmatch(plain) if field.unit == "s" else None
    try:
        number = float(minutes[1]) * 60 + float(minutes[2]) if minutes else float(plain.replace(",", "."))
    except ValueError:
        raise FieldError(f"{text!r} is no number: give {field.wanted}") from None
    if math.isnan(number) or math.isinf(number):
        raise FieldError(f"{text!r} is no number: give {field.wanted}")
    if field.kind == "whole" and not number.is_integer():
        raise FieldError(f"{text!r} is no whole number: give {field.wanted}")
    if field.low is not None and (number < field.low or (field.above_low and number == field.low)):
        raise FieldError(f"{text} is too low: give {field.wanted}")
    if field.high is not None and (number > field.high or (field.below_high and number == field.high)):
        raise FieldError(f"{text} is too high: give {field.wanted}")
    return int(number) if number.is_integer() else number


def _flag(_field: Field, text: str) -> bool:
    if text not in ("yes", "no"):
        raise FieldError(f"{text!r} is neither yes nor no")
    return text == "yes"


def _choice(field: Field, text: str) -> str | int | None:
    for option in field.options:
        if text in (option.value, option.label):
            return option.means if option.means is not None else option.value or None
    raise FieldError(f"there is no {text!r} here: give {field.wanted}")


def constant(text: str) -> bool | int | float | str:
    """A constant from its words: a number, yes or no, else text; quotes make text of anything."""
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1]
    if text in ("yes", "no", "true", "false"):
        return text in ("yes", "true")
    plain = text.replace(MINUS, "-")
    if plain in ("-inf", "-∞"):
        return MINUS_INFINITY
    for read in (int, float):
        try:
            number = read(plain)
        except ValueError:
            continue
        if math.isfinite(number):
            return number
    return text


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _names(field: Field, text: str) -> list[str]:
    names = _listed(text)
    known = {option.value for option in field.options}
    strange = [name for name in names if known and name not in known]
    if strange:
        raise FieldError(f"{strange[0]!r} is not known here: {near_words(strange[0], known)}")
    return names


def _table(field: Field, text: str) -> dict[str, object]:
    table: dict[str, object] = {}
    for row in _listed(text):
        name, equals, value = row.partition("=")
        if not equals:
            raise FieldError(f"{row!r} has no value: give {field.wanted}")
        table[name.strip()] = constant(value.strip())
    return table


_READERS: Final[Mapping[FieldKind, Callable[[Field, str], Any]]] = {
    "text": lambda _field, text: text,
    "lines": lambda _field, text: text,
    "number": _number,
    "whole": _number,
    "flag": _flag,
    "choice": _choice,
    "names": _names,
    "value": lambda _field, text: constant(text),
    "values": lambda _field, text: [constant(part) for part in _listed(text)],
    "table": _table,
    "place": lambda _field, text: text,  # what it means depends on the item: see inspector_moments
}
