"""Cue sheets as a page to print, black on white, a department a sheet, and as CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from console.plan.cue_sheet import CueSheets, Line, Part, Sheet
from console.plan.page_html import NEW_PAGE, heading, page_html, paragraph, table
from console.timebase.instants import s_to_ns

HEADER: Final = (
    "department", "item", "title", "cue", "number", "place", "seconds", "timecode", "call", "label", "role", "does",
    "notes",
)  # fmt: skip
"""The columns of the CSV, stable. Seconds from the item's zero, three decimals; empty where a hand decides."""

_HEAD: Final = ("cue", "where", "time", "what is called", "does", "notes")
_WIDTHS: Final = (9, 17, 8, 22, 24, 20)


def sheets_title(sheets: CueSheets) -> str:
    """The running head."""
    which = f", {sheets.sheets[0].department}" if len(sheets.sheets) == 1 else ""
    house = f" at {sheets.house}" if sheets.house else ""
    return f"{sheets.show}{house}: cue sheet{which}"


def sheets_to_html(sheets: CueSheets, *, by_item: bool = False) -> str:
    """One document, each department on sheets of its own; ``by_item``: each item too."""
    parts: list[str] = []
    for place, sheet in enumerate(sheets.sheets):
        parts += [NEW_PAGE] if place else []
        parts += _sheet(sheet, sheets, by_item=by_item)
    if not parts:
        parts = [heading(1, sheets.show), paragraph("No cues.")]
    return page_html(sheets_title(sheets), parts)


def sheets_to_csv(sheets: CueSheets) -> str:
    """One table with the department in the first column. Lines within a cell are joined by semicolons."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for sheet in sheets.sheets:
        for part in sheet.parts:
            for line in part.lines:
                seconds = "" if line.at_s is None else f"{line.at_s:.3f}"
                writer.writerow(
                    (
                        sheet.department, part.item, part.title, line.cue, line.number, line.place, seconds,
                        line.timecode, line.call, line.label, line.role, "; ".join(line.does), " ".join(line.notes),
                    )
                )  # fmt: skip
    return text.getvalue()


def _sheet(sheet: Sheet, sheets: CueSheets, *, by_item: bool) -> Iterator[str]:
    yield heading(1, f"{sheet.department}  {sheet.name}")
    house = f" at {sheets.house}" if sheets.house else ""
    roles = {line.role for part in sheet.parts for line in part.lines}
    called = sum(line.called for part in sheet.parts for line in part.lines)
    role = f", {next(iter(roles))}" if len(roles) == 1 else ""
    yield paragraph(f"{sheets.show}{house}{role}: {sheet.count} cues, {called or 'none'} called (●)", "dim")
    for place, part in enumerate(sheet.parts):
        if by_item and place:
            yield NEW_PAGE
        start = "" if part.start_s is None else f"{_clock(part.start_s)}  "
        yield heading(2, f"{start}{part.title}")
        yield table(
            _HEAD, (_row(line, part, names_role=len(roles) > 1) for line in part.lines), _WIDTHS, frozenset((0,))
        )


def _row(line: Line, part: Part, *, names_role: bool) -> tuple[str, ...]:
    """``names_role``: where a department has several, each line says whose it is."""
    said = "\n".join(filter(None, (line.label, line.call and f"“{line.call}”")))
    time = "" if line.at_s is None or part.start_s is None else _clock(line.at_s)
    mark = "● " if line.called else ""
    return (
        line.number,
        f"{mark}{line.place}",
        time,
        said,
        "\n".join((*line.does, *((line.role,) if names_role else ()))),
        "\n".join(line.notes),
    )


def _clock(seconds: float) -> str:
    """``1:05``, ``−0:04``, ``1:02:33``: to the second before."""
    whole = s_to_ns(abs(seconds)) // 1_000_000_000
    sign = "\u2212" if seconds < 0 and whole else ""
    hours, minutes = divmod(whole // 60, 60)
    return f"{sign}{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{sign}{minutes}:{whole % 60:02}"
