"""``showcaller import cues``: what a sheet would make of a show, row by row, and the show written where asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from console.cli.errors import CALL_AT_FAULT, SHOW_AT_FAULT, WELL, CommandError, call_error
from console.cli.opening import open_show
from console.cli.page import Page, columns, json_text, lines_to_text, printable
from console.samples.library import is_sample
from console.show.cue_columns import CUE_FIELDS
from console.show.cue_import import CueImport, ImportPlan, Taken, plan_import, unmapped
from console.show.cue_rows import Home
from console.show.edits import apply
from console.show.sheet import Sheet, SheetError, bytes_to_text, guess_columns, named_columns, text_to_sheet
from console.show.show import Show
from console.show.show_file import SUFFIX, read_show, write_show
from console.show.show_json import ShowFileError
from profiles.kept_files import reason_words
from profiles.near_names import near_words
from profiles.problems import Problem

_MOST_ROWS: Final = 40


@dataclass(frozen=True, slots=True)
class ImportArgs:
    """What was typed. ``home``: item and free list, one of them at most."""

    file: Path
    show: str
    columns: Sequence[str]
    home: tuple[str | None, str | None]
    role: str | None
    taken: Taken
    write: Path | None
    leave_out: bool


def run_import_cues(args: ImportArgs, *, as_json: bool) -> Page:
    """The page of the preview; the file is written last. Code 1 while rows at fault stand in its way."""
    show = open_show(args.show).show
    sheet, mapped = _read(args)
    found = plan_import(show, sheet, ImportPlan(mapped, _home(show, args.home), _role(show, args.role), args.taken))
    at_fault = found.count("left out")
    lines = list(_lines(sheet, mapped, found))
    written = False
    if args.write is not None and (not at_fault or args.leave_out) and found.edit is not None:
        _write(args.write, show, apply(show, found.edit)[0])
        written = True
        lines.append(f"{args.write}: {found.edit.name}")
    elif args.write is not None and found.edit is not None:
        lines.append(f"{args.write} is not written: mend the rows that are left out, or say --leave-out")
    elif found.edit is not None:
        lines.append("nothing is written: say --write FILE")
    code = SHOW_AT_FAULT if at_fault and not (written and args.leave_out) else WELL
    if as_json:
        return Page(_json(sheet, mapped, found, written=written), code)
    return Page(lines_to_text(map(printable, lines)), code)


def _read(args: ImportArgs) -> tuple[Sheet, dict[str, int]]:
    try:
        sheet = text_to_sheet(bytes_to_text(args.file.read_bytes()), CUE_FIELDS)
        mapped: dict[str, int | None] = {**guess_columns(sheet.headings, CUE_FIELDS)}
    except OSError as error:
        raise CommandError(
            f"{args.file} cannot be read, {reason_words(error)}: give a CSV file", CALL_AT_FAULT
        ) from None
    except SheetError as error:
        raise CommandError(f"{args.file} {error}") from None
    try:
        mapped |= named_columns(sheet.headings, CUE_FIELDS, args.columns)
    except SheetError as error:
        raise call_error(f"{args.file} {error}" if str(error).startswith("has") else f"--column {error}") from None
    found = {name: column for name, column in mapped.items() if column is not None}
    if not found:
        titles = ", ".join(filter(None, sheet.headings))
        raise CommandError(f"{args.file} has no heading that is known among {titles}: say --column label=HEADING")
    return sheet, found


def _home(show: Show, asked: tuple[str | None, str | None]) -> Home:
    item, free = asked
    if item is not None and item not in show.item_by_id:
        raise call_error(f"no item has the id {item!r}: {near_words(item, list(show.item_by_id))}")
    lists = [each.id for each in show.lists]
    if free is not None and free not in lists:
        raise call_error(f"no free list has the id {free!r}: {near_words(free, lists)}")
    return Home(item, free)


def _role(show: Show, role: str | None) -> str | None:
    if role is not None and role not in show.role_by_id:
        raise call_error(f"no role has the id {role!r}: {near_words(role, list(show.role_by_id))}")
    return role


def _lines(sheet: Sheet, mapped: dict[str, int], found: CueImport) -> list[str]:
    titles = {field.id: field.title for field in CUE_FIELDS}
    lines = ["columns: " + ", ".join(f"{titles[name]} from {sheet.headings[at]!r}" for name, at in mapped.items())]
    if left := unmapped(sheet, mapped):
        lines.append(f"not read: {', '.join(left)}")
    shown = [row for row in found.rows if row.fate != "same"]
    rows = [
        (
            f"line {row.line}",
            row.fate,
            row.number,
            row.label,
            row.place,
            row.role,
            row.when,
            row.does or ("" if row.fate == "left out" else "sends nothing"),
        )
        for row in shown[:_MOST_ROWS]
    ]
    lines += ["", *columns(rows)]
    if len(shown) > _MOST_ROWS:
        lines.append(f"… and {len(shown) - _MOST_ROWS} more rows")
    lines += ["", *map(_problem, found.problems)] if found.problems else [""]
    counts = ((found.count(fate), fate) for fate in ("new", "changed", "same", "left out"))
    return [*lines, ", ".join(f"{count} {fate}" for count, fate in counts if count) or "no rows"]


def _problem(problem: Problem) -> str:
    return f"{problem.severity}: {problem}"


def _json(sheet: Sheet, mapped: dict[str, int], found: CueImport, *, written: bool) -> str:
    return json_text(
        {
            "columns": {name: sheet.headings[at] for name, at in mapped.items()},
            "rows": [asdict(row) for row in found.rows],
            "written": written,
        }
    )


def _write(path: Path, before: Show, show: Show) -> None:
    """Over a save of the same show, or where nothing is."""
    if path.suffix != SUFFIX:
        raise call_error(f"{path}: a show is a {SUFFIX} file: name it {path}{SUFFIX}")
    if is_sample(path.resolve()):
        raise call_error(f"{path} ships with Showcaller and is not saved over: give a file of your own")
    if path.exists() and not _is_of(path, before):
        raise call_error(f"{path} is there and holds something else: give another name")
    try:
        write_show(path, show)
    except ShowFileError as error:
        raise CommandError(str(error)) from None


def _is_of(path: Path, show: Show) -> bool:
    try:
        return read_show(path).show.id == show.id
    except ShowFileError:
        return False
