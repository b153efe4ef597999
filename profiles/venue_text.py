"""Changes of a venue's file that leave the rest of it as a person wrote it: comments, order and layout stay.

Pure: text in, changes in, text out. What tomlkit can put in its place it does; a new key or row is laid out here,
since where a section ends for a reader (before the comment that heads the next) only lines can tell. The result is
read again, and refused unless it says exactly the old content with the changes made.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array, InlineTable

from profiles.toml_lines import Path, table_lines
from profiles.venue_profile import Venue

Value = bool | int | float | str | list[Any] | dict[str, Any]

WIDE: Final = 118
"""A line that would be longer is broken."""

_SECTIONS: Final = (*Venue.model_fields,)
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


class EditTextError(ValueError):
    """The change cannot be made in this text. One line: what, where, what to do."""


@dataclass(frozen=True, slots=True)
class Put:
    """Set a key to a value, whether it is there or not. Tables on the way that are missing are made."""

    path: Path
    value: Value


@dataclass(frozen=True, slots=True)
class Drop:
    """Take a key or a row away. What is not there already is no fault."""

    path: Path


@dataclass(frozen=True, slots=True)
class Add:
    """A row more, behind the last of ``path``: a device, a role, a map of a role, a line of a safe list."""

    path: Path
    row: Mapping[str, Value]


Change = Put | Drop | Add


def change_text(text: str, changes: Sequence[Change]) -> str:
    """The text with the changes made, one after another. Raises :class:`EditTextError`."""
    for change in changes:
        try:
            wanted = _made(tomllib.loads(text), change)
            changed = _changed(text, change)
            same = _said(tomllib.loads(changed)) == _said(wanted)
        except (tomllib.TOMLDecodeError, TOMLKitError, LookupError, TypeError, AttributeError):
            same, changed = False, text
        if not same:
            raise EditTextError(f"{path_words(change.path)}: the file is laid out so that it must be changed by hand")
        text = changed
    return text


def path_words(path: Path) -> str:
    """``devices 4 host``: rows counted from 1, as a person does."""
    return " ".join(str(part + 1) if isinstance(part, int) else part for part in path)


# -- what is meant -----------------------------------------------------------------------------------------------------


def _made(content: dict[str, Any], change: Change) -> dict[str, Any]:
    """The content with the change made: what the new text must say."""
    content = deepcopy(content)
    here: Any = content
    *way, last = change.path
    for n, part in enumerate(way):
        if isinstance(here, dict) and part not in here:
            if isinstance(change, Drop):
                return content
            here[part] = [] if isinstance(change.path[n + 1], int) else {}
        here = here[part]
    match change:
        case Put(value=value):
            here[last] = value
        case Drop() if isinstance(last, int):
            del here[last]
        case Drop():
            here.pop(last, None)
        case Add(row=row):
            here[last] = [*here.get(last, ()), dict(row)]
    return content


def _said(content: Any) -> Any:
    """The content without empty lists: the last ``[[row]]`` leaves none behind, and says the same."""
    if isinstance(content, dict):
        return {key: _said(value) for key, value in content.items() if value != []}
    return [_said(each) for each in content] if isinstance(content, list) else content


# -- how it is written -------------------------------------------------------------------------------------------------


def _changed(text: str, change: Change) -> str:
    document = tomlkit.parse(text)
    parent, there = _walk(document, change.path)
    last = change.path[-1]
    match change:
        case Put(path=path, value=value):
            if isinstance(parent, InlineTable) or there is not None:
                _replace(parent, last, there, value)
                return tomlkit.dumps(document)
            return _with_key(text, path, value)
        case Drop() if there is None:
            return text
        case Drop(path=path) if isinstance(parent, AoT) or isinstance(there, AoT | tomlkit.items.Table):
            return _without_block(text, path)
        case Drop():
            del parent[last]
            return tomlkit.dumps(document)
        case Add(row=row) if isinstance(there, Array):
            there.append(_inline(dict(row)))
            return tomlkit.dumps(document)
        case Add(path=path, row=row):
            return _with_block(text, path, row)
    raise AssertionError(change)


def _walk(document: Any, path: Path) -> tuple[Any, Any]:
    """The table or list that holds the last part, and what stands there; None where either is missing."""
    here: Any = document
    for n, part in enumerate(path):
        below = here[part] if (part in here if isinstance(part, str) else part < len(here)) else None
        if n == len(path) - 1:
            return here, below
        if below is None:
            return None, None
        here = below
    raise LookupError(path)


def _replace(parent: Any, last: str | int, there: Any, value: Value) -> None:
    """Put a value in another's place; a list keeps its lines where only some of its rows change."""
    if isinstance(there, Array) and isinstance(value, list) and there.as_string().count("\n"):
        while len(there) > len(value):
            del there[-1]
        for n, each in enumerate(value):
            if n >= len(there):
                there.append(_inline(each))
            elif there[n] != each:
                there[n] = _inline(each)
    else:
        parent[last] = _inline(value)


def _inline(value: Value) -> Any:
    return tomlkit.parse(f"value = {literal(value)}")["value"]


def literal(value: Value, room: int = WIDE) -> str:
    """A value as it is written behind ``key =``; a list that is wider than ``room`` has a line for each row."""
    match value:
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case int() | float():
            return str(value)
        case str():
            return str(tomlkit.item(value).as_string())
        case dict():
            inside = ", ".join(f"{_key(key)} = {literal(each)}" for key, each in value.items())
            return f"{{ {inside} }}" if inside else "{}"
        case _:
            rows = [literal(each) for each in value]
            line = f"[{', '.join(rows)}]"
            return line if len(line) <= room else "\n".join(["[", *(f"  {row}," for row in rows), "]"])


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else str(tomlkit.item(name).as_string())


def _key_lines(key: str, value: Value) -> list[str]:
    name = _key(key)
    return f"{name} = {literal(value, WIDE - len(name) - 3)}".split("\n")


def _block(path: Path, row: Mapping[str, Value], *, is_row: bool) -> list[str]:
    """A table under its header; tables in it that are too wide for a line follow with headers of their own."""
    name = ".".join(_key(part) for part in path if isinstance(part, str))
    lines = [f"[[{name}]]" if is_row else f"[{name}]"]
    apart: dict[str, dict[str, Any]] = {}
    for key, value in row.items():
        if isinstance(value, dict) and len(key) + len(literal(value)) > WIDE:
            apart[key] = value
        else:
            lines += _key_lines(key, value)
    for key, table in apart.items():
        lines += _block((*path, key), table, is_row=False)
    return lines


# -- where it goes -----------------------------------------------------------------------------------------------------


def _with_key(text: str, path: Path, value: Value) -> str:
    """A new key at the end of its table's own, before what comes below the table."""
    *way, last = path
    table = tuple(way)
    lines = text.splitlines()
    if not table or table in table_lines(text):
        keep = _own_end(text, table)
        lines[keep:keep] = _key_lines(str(last), value)
        return _joined(lines)
    if len(way) == 1:
        return _with_section(text, table, {str(last): value}, is_row=False)
    return _changed(text, Put(table, {str(last): value}))


def _with_block(text: str, path: Path, row: Mapping[str, Value]) -> str:
    """A new row behind the last of its kind; the first of its kind where its section belongs."""
    rows = [each for each in table_lines(text) if each[:-1] == path and isinstance(each[-1], int)]
    if not rows and len(path) == 1:
        return _with_section(text, path, row, is_row=True)
    before = rows[-1] if rows else path[:-1]
    return _spliced(text, _block_end(text, before), _block(path, row, is_row=True))


def _with_section(text: str, path: Path, row: Mapping[str, Value], *, is_row: bool) -> str:
    """Where a fresh house shows it in a comment; else behind the nearest section that comes before it."""
    block = _block(path, row, is_row=is_row)
    shown = re.compile(rf"#\s*\[\[?{re.escape(str(path[0]))}[\].]")
    for number, line in enumerate(text.splitlines()):
        if shown.match(line):
            return _spliced(text, number, block, before=True)
    place = _SECTIONS.index(str(path[0])) if path[0] in _SECTIONS else len(_SECTIONS)
    tables = table_lines(text)
    for name in reversed(_SECTIONS[:place]):
        found = [each for each in tables if each[0] == name]
        if found:
            return _spliced(text, _block_end(text, (name,)), block)
    return _spliced(text, _own_end(text, ()), block)


def _spliced(text: str, keep: int, block: list[str], *, before: bool = False) -> str:
    """The block behind that many lines and the comments that go with them, blank lines around it."""
    lines = text.splitlines()
    while not before and keep < len(lines) and lines[keep].startswith("#"):
        keep += 1
    above = [""] if not before and keep and lines[keep - 1].strip() else []
    below = [""] if before or (keep < len(lines) and lines[keep].strip()) else []
    lines[keep:keep] = [*above, *block, *below]
    return _joined(lines)


def _without_block(text: str, path: Path) -> str:
    """Without a table and what is below it, and without the comment that stands right above it."""
    lines = text.splitlines()
    starts = sorted(line for each, line in table_lines(text).items() if each[: len(path)] == path)
    if not starts:
        raise LookupError(path)
    first, keep = starts[0] - 1, _block_end(text, path)
    while first and lines[first - 1].startswith("#") and not lines[first - 1].startswith("# --"):
        first -= 1
    if first and not lines[first - 1].strip():
        first -= 1
    del lines[first:keep]
    return _joined(lines)


def _own_end(text: str, table: Path) -> int:
    """How many lines there are up to the end of the last key that stands right under a table's header."""
    headers = sorted(table_lines(text).values())
    start = table_lines(text).get(table, 0)
    stop = next((line for line in headers if line > start), len(text.splitlines()) + 1)
    return max((end for _, end in _keys_between(text, start, stop)), default=start)


def _block_end(text: str, path: Path) -> int:
    """As :func:`_own_end`, with everything below the table."""
    return max(_own_end(text, each) for each in table_lines(text) if each[: len(path)] == path)


def _keys_between(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """First and last line of every key behind line ``start`` and before line ``stop``."""
    lines = text.splitlines()
    number = start
    while number < stop - 1:
        if not lines[number].strip() or lines[number].lstrip().startswith("#"):
            number += 1
            continue
        end = _value_end(lines, number, stop)
        yield number + 1, end
        number = end


def _value_end(lines: Sequence[str], number: int, stop: int) -> int:
    """A value goes on until its lines can be read: a list or a text may have many."""
    for end in range(number + 1, stop):
        try:
            tomllib.loads("\n".join(lines[number:end]))
        except tomllib.TOMLDecodeError:
            continue
        return end
    raise LookupError(number)


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(lines) + "\n"
