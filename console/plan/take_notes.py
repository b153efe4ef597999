"""Notes of takes for people: chosen, sorted by department and place, as cells of a sheet and as a page. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from html import escape
from itertools import groupby
from typing import Final

from console.vocabulary import TakeNote

NOTE_COLUMNS: Final = ("department", "item", "bar", "timecode", "by", "note", "done", "id")

_STYLE: Final = (
    "body{font:11pt sans-serif;margin:2cm}h1{font-size:16pt}h2{font-size:12pt;margin:1.2em 0 .3em}"
    "table{border-collapse:collapse;width:100%}th{text-align:left;font-weight:600}"
    "td,th{padding:.25em .6em .25em 0;border-bottom:1px solid #bbb;vertical-align:top}"
)


def chosen_notes(
    notes: Iterable[TakeNote], department: str | None = None, *, only_open: bool = False
) -> list[TakeNote]:
    """Notes of one department (None: all), by department, item and place; those for everybody come first."""
    found = [note for note in notes if department in (None, note.department) and not (only_open and note.done)]
    return sorted(found, key=lambda note: (note.department, note.item or "", note.position_ns, note.at_ns))


def place_words(note: TakeNote) -> str:
    """``17.3``, or seconds where there are no bars."""
    return f"{note.bar}.{note.beat}" if note.bar or note.beat else f"{note.position_ns / 1e9:.1f} s"


def note_cells(note: TakeNote) -> tuple[str, ...]:
    """A note as :data:`NOTE_COLUMNS` have it."""
    done = "done" if note.done else ""
    place = place_words(note)
    return note.department, note.item or "", place, note.timecode, note.by, note.words or "—", done, str(note.id)


def notes_to_csv(notes: Iterable[TakeNote]) -> str:
    """A sheet: the header, then a line a note."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([NOTE_COLUMNS, *(note_cells(note) for note in notes)])
    return text.getvalue()


def notes_to_html(title: str, notes: Iterable[TakeNote]) -> str:
    """A page to print or mail: a table for each department, a box to tick before each note."""
    parts: list[str] = []
    for department, group in groupby(notes, key=lambda note: note.department):
        parts.append(f"<h2>{escape(department or 'Everybody')}</h2><table>")
        parts.append("<tr><th></th><th>Item</th><th>Bar</th><th>Timecode</th><th>By</th><th>Note</th></tr>")
        for note in group:
            box = "&#9745;" if note.done else "&#9744;"
            cells = (note.item or "", place_words(note), note.timecode, note.by, note.words or "—")
            parts.append(f"<tr><td>{box}</td>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>")
        parts.append("</table>")
    body = "".join(parts) or "<p>Nothing was marked.</p>"
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    return f"<!doctype html><html><head>{head}</head><body><h1>Notes: {escape(title)}</h1>{body}</body></html>\n"
