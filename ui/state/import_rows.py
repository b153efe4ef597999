"""The preview of an import as rows of a table, and what it comes to in a line. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from console.show.cue_import import CueImport, Fate, PlannedRow
from ui.state.table_rows import TableRow
from ui.state.words import Mark

TITLES: Final = ("Becomes", "Number", "Line", "Label", "Item", "Role", "Moment", "Does", "What is wrong")

MARKS: Final[Mapping[Fate, Mark]] = {
    "new": Mark("new", "disc", "bright"),
    "changed": Mark("changed", "diamond", "plain"),
    "same": Mark("as it is", "ring", "quiet"),
    "left out": Mark("left out", "triangle", "caution"),
}


def import_rows(found: CueImport) -> tuple[TableRow, ...]:
    """Every row of the sheet, in its order; the key is the line."""
    return tuple(_row(row) for row in found.rows)


def wrong_words(found: CueImport, line: str | None) -> str:
    """All that is wrong with a row, with what to do; the first row that has anything, where none is picked."""
    rows = [row for row in found.rows if row.problems]
    row = next((row for row in found.rows if str(row.line) == line), rows[0] if rows else None)
    return "" if row is None else "\n".join(str(problem) for problem in row.problems)


def summary(found: CueImport) -> str:
    """``41 new, 2 changed, 3 left out``."""
    counts = ((found.count(fate), mark.word) for fate, mark in MARKS.items())
    return ", ".join(f"{count} {word}" for count, word in counts if count) or "no rows below the headings"


def button_words(found: CueImport) -> str:
    """What the button does."""
    count = found.count("new") + found.count("changed")
    return f"Import {count} cue{'' if count == 1 else 's'}" if count else "Nothing to import"


def _row(row: PlannedRow) -> TableRow:
    mark = MARKS[row.fate]
    wrong = "; ".join(problem.message for problem in row.problems)
    does = row.does or ("" if row.fate == "left out" else "nothing yet")
    cells = (mark.word, row.number, str(row.line), row.label, row.place, row.role, row.when, does, wrong)
    return TableRow(str(row.line), cells, mark, hint="\n".join(str(problem) for problem in row.problems))
