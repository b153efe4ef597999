"""Where things stand in a TOML file: ``tomllib`` keeps no lines, and a person who has to mend one wants them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Final

Path = tuple[str | int, ...]

_HEADER: Final = re.compile(r"\s*(\[\[?)([^\[\]]+)\]\]?\s*(?:#.*)?$")
_KEY: Final = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")


def line_of(text: str, path: Path) -> int | None:
    """The line of a key, of its table, or of the nearest table around it; None where the file has none of them.

    What is written inside a value (an inline table, a list) is found by the line of its key.
    """
    lines, _ = _lines(text)
    return next((lines[path[:length]] for length in range(len(path), 0, -1) if path[:length] in lines), None)


def table_lines(text: str) -> dict[Path, int]:
    """The line of every table's own header, by its path; rows of ``[[tables]]`` count from 0."""
    return _lines(text)[1]


def _lines(text: str) -> tuple[dict[Path, int], dict[Path, int]]:
    """The line of every header and key, and of every header alone."""
    found: dict[Path, int] = {}
    tables: dict[Path, int] = {}
    rows: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            names = _names(header[2])
            table = _with_rows(names, rows)
            if header[1] == "[[" and names:
                plain = (*_with_rows(names[:-1], rows), names[-1])
                rows[plain] = rows.get(plain, -1) + 1
                table = (*plain, rows[plain])
            found.setdefault(table, number)
            tables.setdefault(table, number)
        elif key := _KEY.match(line):
            names = _names(key[1])
            for length in range(1, len(names) + 1):
                found.setdefault((*table, *names[:length]), number)
    return found, tables


def _with_rows(names: Path, rows: dict[Path, int]) -> Path:
    """A header's names, with the row that stands open put behind each name of a ``[[table]]``."""
    path: Path = ()
    for name in names:
        path = (*path, name)
        if path in rows:
            path = (*path, rows[path])
    return path


def _names(dotted: str) -> Path:
    """``verbs."cue.go"`` as its parts."""
    try:
        return tuple(_keys(tomllib.loads(f"{dotted} = 0")))
    except tomllib.TOMLDecodeError:
        return ()


def _keys(nested: object) -> Iterator[str]:
    while isinstance(nested, dict):
        ((key, nested),) = nested.items()
        yield key
