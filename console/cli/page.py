"""What a command prints: plain text in columns, safe for a terminal, coloured only where somebody looks at one."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TextIO

from console.cli.errors import WELL

_COLOURS: Final = {"PASS": "32", "WARN": "33", "FAIL": "31;1", "warning": "33", "error": "31"}


@dataclass(frozen=True, slots=True)
class Page:
    """Text for standard output, whole lines, and the exit code."""

    text: str
    code: int = WELL


def columns(rows: Sequence[Sequence[str]], right: Collection[int] = (), gap: str = "  ") -> list[str]:
    """Lines with every column as wide as its widest cell; ``right`` are the columns that end flush."""
    if not rows:
        return []
    widths = [max(len(printable(row[place])) for row in rows) for place in range(len(rows[0]))]
    return [
        gap.join(
            printable(cell).rjust(width) if place in right else printable(cell).ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def lines_to_text(lines: Iterable[str]) -> str:
    """Lines with their ends."""
    return "".join(f"{line}\n" for line in lines)


def json_text(value: object, indent: int | None = 1) -> str:
    """JSON with a line end. Infinite numbers are written as show files write them: ``"-inf"``."""
    return json.dumps(_finite(value), indent=indent, ensure_ascii=False, allow_nan=False) + "\n"


def _finite(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    return [_finite(each) for each in value] if isinstance(value, list | tuple) else value


def printable(text: str) -> str:
    """The text without what would move a terminal's cursor or break the line: such signs are written as escapes."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


def one_line(text: str) -> str:
    """An error as one printable line: line ends and tabs become spaces."""
    return printable(" ".join(text.split()))


def painted(word: str, *, colour: bool) -> str:
    """A verdict or severity in its colour. The word says the same without it."""
    code = _COLOURS.get(word.strip())
    return f"\x1b[{code}m{word}\x1b[0m" if colour and code else word


def takes_colour(stream: TextIO) -> bool:
    """True where somebody looks at a terminal that shows colours and has not asked for none (``NO_COLOR``)."""
    return stream.isatty() and os.environ.get("TERM", "dumb") != "dumb" and not os.environ.get("NO_COLOR")
