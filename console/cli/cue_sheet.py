"""``showcaller export cue-sheet``: the cue sheets of a show, by department, on paper, as a page and as a table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from console.cli.errors import call_error
from console.cli.opening import join, open_show_aloud, open_venue
from console.cli.page import Page, columns, lines_to_text
from console.cli.paper import Paper, Written, write_page, write_text
from console.plan.cue_sheet import CueSheets, build_sheets
from console.plan.cue_sheet_page import sheets_title, sheets_to_csv, sheets_to_html
from console.plan.schedule import build_schedule
from console.show.show import Show
from profiles.near_names import near_words


@dataclass(frozen=True, slots=True)
class SheetArgs:
    """What was typed."""

    show: str
    venue: str | None
    department: str | None
    by_item: bool
    written: Written
    csv: Path | None


def run_cue_sheet(asked: SheetArgs, paper: Paper | None) -> Page:
    """Write what was asked for; prints each department with its cues, or what there is where no file was named."""
    show = open_show_aloud(asked.show)
    patch = None if asked.venue is None else join(show, open_venue(asked.venue)).patch
    department = None if asked.department is None else _department(asked.department, show)
    sheets = build_sheets(show, build_schedule(show), patch, department)
    if asked.written.is_asked:
        html = sheets_to_html(sheets, by_item=asked.by_item)
        write_page(html, sheets_title(sheets), asked.written, paper)
    if asked.csv is not None:
        write_text(sheets_to_csv(sheets), asked.csv)
    if not asked.written.is_asked and asked.csv is None:
        return Page(_text(sheets))
    rows = [(sheet.department, sheet.name, str(sheet.count)) for sheet in sheets.sheets]
    return Page(lines_to_text([sheets_title(sheets), *columns([("", "department", "cues"), *rows], right={2})]))


def _department(name: str, show: Show) -> str:
    """The department of that id, however it is written. Raises CommandError."""
    known = [each.id for each in show.departments]
    found = next((each for each in known if each.casefold() == name.casefold()), None)
    if found is None:
        raise call_error(f"the show has no department {name!r}: {near_words(name, known)}")
    return found


def _text(sheets: CueSheets) -> str:
    """The sheets for a terminal: a line a cue."""
    lines = [sheets_title(sheets)]
    for sheet in sheets.sheets:
        lines += ["", f"{sheet.department}  {sheet.name}"]
        for part in sheet.parts:
            rows = [
                (each.number, each.place, each.label, "; ".join(each.does), " ".join(each.notes)) for each in part.lines
            ]
            lines += ["", f"  {part.title}", *(f"    {line}" for line in columns(rows))]
    return lines_to_text(lines)
