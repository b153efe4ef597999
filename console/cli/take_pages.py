"""``showcaller takes list|show|compare|notes``: which takes there are, and how the hands compare with the score."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from console.cli.errors import CommandError, call_error
from console.cli.opening import blame, open_show, state_folder
from console.cli.page import Page, columns, json_text, lines_to_text, printable
from console.cli.paper import Paper, Written, write_page
from console.plan.places import find_item
from console.plan.schedule import Schedule, build_schedule
from console.plan.take_lags import Cell, Comparison, compare
from console.plan.take_notes import NOTE_COLUMNS, chosen_notes, note_cells, notes_to_html
from console.record.as_run_schema import AsRunError
from console.record.reading import read_notes
from console.record.take_reading import SUFFIX, find_takes, read_card, read_sheet, tick_note
from console.show.show import Show
from console.vocabulary import TakeCard, TakeNote, TakeSheet
from profiles.near_names import near_words


def takes_folder() -> Path:
    """Where the engine keeps takes."""
    return state_folder() / "runs" / "takes"


def take_path(name: str) -> Path:
    """The file of a take: a path, or a take of the usual place by what it is called. Raises CommandError."""
    path = Path(name)
    if path.exists() or path.suffix:
        return path
    known = {each.stem: each for each in takes_folder().glob(f"*{SUFFIX}")}
    if name not in known:
        raise call_error(f"there is no take {name!r}: {near_words(name, sorted(known))}")
    return known[name]


def open_sheets(names: Iterable[str], show: Show, schedule: Schedule) -> list[TakeSheet]:
    """Takes of a show. Raises CommandError for one that cannot be read, or is of another show."""
    sheets: list[TakeSheet] = []
    for name in names:
        path = take_path(name)
        try:
            sheet = read_sheet(path, show, schedule)
        except AsRunError as error:
            raise CommandError(str(error), blame(path)) from None
        if sheet.card.show != show.id:
            raise call_error(f"{path} is a take of {sheet.card.show}, not of {show.id}: give one of this show")
        sheets.append(sheet)
    return sheets


def run_take_list(folder: Path | None, *, as_json: bool) -> Page:
    """Every take that is kept, the newest first."""
    found, problems = find_takes(folder or takes_folder())
    if as_json:
        return Page(json_text([{"file": str(path), **card.model_dump()} for path, card in found]))
    head = ("take", "of", "began", "item", "min", "presses", "notes")
    lines = columns([head, *(_card_row(path, card) for path, card in found)], right={4, 5, 6})
    if not found:
        lines = [f"no takes in {folder or takes_folder()}: a rehearsal or a dress run keeps one for each pass"]
    return Page(lines_to_text([*lines, *map(printable, problems)]))


def run_take_show(name: str, show_name: str, *, as_json: bool) -> Page:
    """One take: what was pressed, missed and pressed besides, and what was marked."""
    show = open_show(show_name).show
    schedule = build_schedule(show)
    (sheet,) = open_sheets([name], show, schedule)
    if as_json:
        return Page(json_text(sheet.model_dump(mode="json")))
    comparison = compare(show, schedule, [sheet])
    card = sheet.card
    lines = [
        f"{title(card)} of {card.title}{f' in {card.venue}' if card.venue else ''}, {card.kind}, {card.began[:16]}",
        *_figures(comparison),
    ]
    lines += ["", *_table(comparison, show, [sheet])]
    extra = comparison.takes[0].extra
    if extra:
        lines += ["", "pressed besides"]
        lines += [
            f"  {press.by} on {press.list or 'a cue'}: {press.refused or f'{press.cue} again'}" for press in extra
        ]
    if sheet.notes:
        lines += ["", "notes", *columns([NOTE_COLUMNS, *(note_cells(note) for note in sheet.notes)])]
    return Page(lines_to_text(map(printable, lines)))


def run_take_compare(
    show_name: str, names: Sequence[str], item_name: str | None, *, as_csv: bool, as_json: bool
) -> Page:
    """The plan and the takes side by side: how many ms late each press was."""
    show = open_show(show_name).show
    schedule = build_schedule(show)
    item = None
    if item_name is not None and (item := find_item(item_name, show, schedule)) is None:
        raise call_error(f"the rundown has no item {item_name!r}: {near_words(item_name, list(schedule.items))}")
    sheets = open_sheets(names, show, schedule)
    found = compare(show, schedule, sheets)
    rows = tuple(row for row in found.rows if item in (None, row.item))
    comparison = Comparison(rows, found.takes)
    if as_json:
        return Page(json_text(_to_json(comparison)))
    if as_csv:
        return Page(
            _csv(
                [
                    ("cue", "number", "label", "seconds", *(title(sheet.card) for sheet in sheets)),
                    *_cells(comparison, show),
                ]
            )
        )
    return Page(lines_to_text(map(printable, [*_figures(comparison, sheets), "", *_table(comparison, show, sheets)])))


def run_take_notes(
    names: Sequence[str],
    *,
    department: str | None,
    only_open: bool,
    ticks: Sequence[tuple[int, bool]],
    as_csv: bool,
    written: Written,
    paper: Paper | None,
) -> Page:
    """What was marked, by department and place. ``ticks``: notes of the one take, and whether they are done with."""
    paths = [take_path(name) for name in names]
    if ticks and len(paths) > 1:
        raise call_error("--tick and --untick are about one take: name just one")
    found: list[tuple[TakeCard, TakeNote]] = []
    for path in paths:
        try:
            for note_id, done in ticks:
                tick_note(path, note_id, done=done)
            found += [(read_card(path), note) for note in read_notes(path)]
        except AsRunError as error:
            raise CommandError(str(error), blame(path)) from None
    notes = chosen_notes([note for _, note in found], department, only_open=only_open)
    if written.is_asked:
        about = ", ".join(dict.fromkeys(f"{card.title}, {title(card)}" for card, _ in found))
        write_page(notes_to_html(about, notes), f"Notes: {about}", written, paper)
    rows = [NOTE_COLUMNS, *(note_cells(note) for note in notes)]
    return Page(_csv(rows) if as_csv else lines_to_text(columns(rows)) if notes else "no notes\n")


def title(card: TakeCard) -> str:
    """What a take is called in a heading."""
    return card.label or (f"Take {card.take}" if card.take else card.kind.capitalize())


def _card_row(path: Path, card: TakeCard) -> tuple[str, ...]:
    notes = f"{card.open_notes} of {card.notes}" if card.notes else ""
    minutes = f"{card.seconds / 60:.1f}"
    return path.stem, f"{card.title}, {card.kind}", card.began[:16], card.item or "", minutes, str(card.presses), notes


def _figures(comparison: Comparison, sheets: Sequence[TakeSheet] = ()) -> list[str]:
    """A line for each take: median, spread, outliers, what was missed and pressed besides."""
    head = ("", "pressed", "missed", "besides", "outliers", "median ms", "spread ms")
    rows = [
        (
            title(sheets[place].card) if sheets else "",
            str(each.pressed),
            str(len(each.missed)),
            str(len(each.extra)),
            str(len(each.outliers)),
            _ms(each.median_ns),
            _ms(each.spread_ns).removeprefix("+"),
        )
        for place, each in enumerate(comparison.takes)
    ]
    return columns([head, *rows], right={1, 2, 3, 4, 5, 6})


def _table(comparison: Comparison, show: Show, sheets: Sequence[TakeSheet]) -> list[str]:
    return columns([_head(sheets), *_cells(comparison, show)], right={3, *range(4, 4 + len(sheets))})


def _head(sheets: Sequence[TakeSheet]) -> tuple[str, ...]:
    return ("cue", "number", "label", "seconds", *(title(sheet.card) for sheet in sheets))


def _cells(comparison: Comparison, show: Show) -> list[tuple[str, ...]]:
    return [
        (
            row.cue,
            show.cue_by_id[row.cue].number,
            show.cue_by_id[row.cue].label,
            "" if row.planned_ns is None else f"{row.planned_ns / 1e9:.3f}",
            *(_cell(cell) for cell in row.cells),
        )
        for row in comparison.rows
    ]


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return ""
    if cell.missed:
        return "missed"
    return f"{_ms(cell.lag_ns)}{' outlier' if cell.outlier else ''}" if cell.lag_ns is not None else "pressed"


def _ms(ns: int | None) -> str:
    return "" if ns is None else f"{ns / 1e6:+.0f}"


def _to_json(comparison: Comparison) -> dict[str, object]:
    """``takes`` has the figures of each, ``rows`` a cue each with its lag in ms in every take."""
    return {
        "takes": [
            {
                "take": each.take,
                "pressed": each.pressed,
                "missed": list(each.missed),
                "besides": len(each.extra),
                "outliers": list(each.outliers),
                "median_ms": None if each.median_ns is None else each.median_ns / 1e6,
                "spread_ms": None if each.spread_ns is None else each.spread_ns / 1e6,
            }
            for each in comparison.takes
        ],
        "rows": [
            {
                "item": row.item,
                "cue": row.cue,
                "planned_s": None if row.planned_ns is None else row.planned_ns / 1e9,
                "lags_ms": [None if cell is None or cell.lag_ns is None else cell.lag_ns / 1e6 for cell in row.cells],
            }
            for row in comparison.rows
        ],
    }


def _csv(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
