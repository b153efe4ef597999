"""A table out of a spreadsheet: its text, its separator, its heading row, and which column means what. Pure.

Nobody exports alike: commas, semicolons or tabs; UTF-8 with or without its mark, UTF-16, or the old code page of
western Windows; a title and a date above the headings. What a column means is guessed from its heading; whoever
imports may say otherwise.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

MOST_BYTES: Final = 20_000_000
_SEPARATORS: Final = (",", ";", "\t", "|")
_HEADING_WITHIN: Final = 20
"""Rows among which the headings are looked for."""


class SheetError(ValueError):
    """A file that holds no table. One line: what, and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``line`` is where it begins in the file, from 1."""

    line: int
    cells: tuple[str, ...]

    def cell(self, column: int | None) -> str:
        """What stands there; empty where the row is short, or no column is meant."""
        return "" if column is None or column >= len(self.cells) else self.cells[column]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Headings, and the rows below them that hold anything."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """What a column may mean. ``spellings``: headings, folded, the surest first."""

    id: str
    title: str
    spellings: tuple[str, ...]


Columns = Mapping[str, int]
"""By the id of a field, which column of the sheet holds it."""


def bytes_to_text(raw: bytes) -> str:
    """The text of a file. Raises :class:`SheetError` where it is none."""
    if len(raw) > MOST_BYTES:
        raise SheetError("is larger than 20 MB: give a sheet of cues or songs as CSV")
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return raw.decode("utf-16")
        except UnicodeDecodeError:
            raise SheetError("is no text: export it from the spreadsheet as CSV, UTF-8") from None
    if b"\0" in raw:
        raise SheetError("is no text: export it from the spreadsheet as CSV, UTF-8")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def text_to_sheet(text: str, fields: Sequence[Field]) -> Sheet:
    """The table in a text. Its heading row is the first with two known headings, else the first that holds anything.

    Raises :class:`SheetError` where there is no row below it.
    """
    rows = _rows(text)
    known = {spelling for field in fields for spelling in field.spellings}
    heads = (
        at
        for at, row in enumerate(rows[:_HEADING_WITHIN])
        if len({fold(cell) for cell in row.cells if cell} & known) >= 2
    )
    head = next(heads, 0)
    if len(rows) <= head + 1:
        raise SheetError("holds no rows: give a CSV file with a row of headings, and rows below it")
    return Sheet(rows[head].cells, tuple(rows[head + 1 :]))


def guess_columns(headings: Sequence[str], fields: Sequence[Field]) -> dict[str, int]:
    """Which column holds which field, by its heading. A column is taken once, by the field it fits most surely."""
    folded = [fold(heading) for heading in headings]
    fits = sorted(
        (rank, at, field.id)
        for field in fields
        for rank, spelling in enumerate(field.spellings)
        for at, heading in enumerate(folded)
        if heading == spelling
    )
    found: dict[str, int] = {}
    for _, at, field_id in fits:
        if field_id not in found and at not in found.values():
            found[field_id] = at
    return {field.id: found[field.id] for field in fields if field.id in found}


def named_columns(headings: Sequence[str], fields: Sequence[Field], words: Sequence[str]) -> dict[str, int | None]:
    """Columns that were named by hand as ``label=Description``; ``label=`` leaves a field out.

    A column is named by its heading, or by its number from 1. Raises :class:`SheetError`.
    """
    known = {field.id for field in fields}
    found: dict[str, int | None] = {}
    for word in words:
        field_id, equals, heading = word.partition("=")
        if not equals or field_id not in known:
            raise SheetError(f"{word!r} names no column: write FIELD=HEADING with one of {', '.join(sorted(known))}")
        found[field_id] = None if not heading else _column(headings, heading)
    return found


def fold(heading: str) -> str:
    """A heading without case, blanks and marks: ``Cue No.`` and ``CUE-NO`` are one. A number sign stays."""
    return "".join(char for char in heading.casefold() if char.isalnum() or char == "#")


def _column(headings: Sequence[str], heading: str) -> int:
    folded = [fold(each) for each in headings]
    if fold(heading) in folded:
        return folded.index(fold(heading))
    if heading.isdecimal() and 1 <= int(heading) <= len(headings):
        return int(heading) - 1
    raise SheetError(f"has no column {heading!r}: its headings are {', '.join(filter(None, headings))}")


def _rows(text: str) -> list[Row]:
    """Every row that holds anything, by the separator that gives the widest table."""
    lines = text.splitlines(keepends=True)
    head = "".join(lines[:200])
    separator = max(_SEPARATORS, key=lambda each: _width(head, each))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[Row] = []
    begins = 1
    try:
        for cells in reader:
            stripped = tuple(cell.strip() for cell in cells)
            if any(stripped):
                rows.append(Row(begins, stripped))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise SheetError(f"cannot be read at line {begins}, {error}: export it again as CSV") from None
    if not rows:
        raise SheetError("is empty: give a CSV file with a row of headings, and rows below it")
    return rows


def _width(text: str, separator: str) -> float:
    try:
        return median([len(cells) for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator)] or [0])
    except csv.Error:
        return 0
