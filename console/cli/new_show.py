"""``showcaller new``: a fresh show out of a template and a list of songs, which passes its check as it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from console.cli.check import run_check
from console.cli.errors import CALL_AT_FAULT, CommandError, call_error
from console.cli.fresh_file import write_fresh
from console.cli.opening import first_words, open_venue
from console.cli.page import Page
from console.show.new_show import NewShow, make_show, title_to_id
from console.show.sheet import SheetError, bytes_to_text, guess_columns, text_to_sheet
from console.show.sheet_cells import CellError
from console.show.show import RateName
from console.show.show_file import SUFFIX
from console.show.show_json import show_to_json
from console.show.song_rows import SONG_FIELDS, NewSong, sheet_to_songs, words_to_song
from console.show.starters import UnknownStarterError, find_starter
from profiles.kept_files import reason_words


@dataclass(frozen=True, slots=True)
class NewArgs:
    """What was typed."""

    name: str
    template: str
    songs: Path | None
    typed: Sequence[str]
    venue: str | None
    file: Path | None


def run_new(args: NewArgs) -> Page:
    """Write it, and say where and what comes next. Never writes over a file. Raises CommandError."""
    if not title_to_id(args.name):
        raise call_error(f"the name {args.name!r} has neither letter nor digit: give the show another")
    try:
        starter = find_starter(args.template)
    except UnknownStarterError as error:
        raise call_error(str(error)) from None
    path = args.file or Path(f"{title_to_id(args.name)}{SUFFIX}")
    if path.suffix != SUFFIX:
        raise call_error(f"{path}: a show is a {SUFFIX} file: name it {path}{SUFFIX}")
    songs = (*(_listed(args.songs) if args.songs is not None else ()), *map(_typed, args.typed))
    asked = NewShow(args.name, starter, songs)
    if args.venue is not None:
        asked = NewShow(args.name, starter, songs, cast("RateName", open_venue(args.venue).rate))
    show = make_show(asked)
    write_fresh(path, show_to_json(show))
    said = f"{path}\n{len(show.items)} items, {len(show.songs)} songs, {len(show.cues)} cues, {len(show.roles)} roles\n"
    if args.venue is None:
        return Page(f"{said}a house for it: showcaller venues new my-hall --show {path}\n")
    checked = run_check(str(path), args.venue, as_json=False, colour=False)
    return Page(f"{said}{checked.text}open it: showcaller open {path} --venue {args.venue}\n", checked.code)


def _listed(file: Path) -> tuple[NewSong, ...]:
    """The songs of a sheet, all of them well."""
    try:
        sheet = text_to_sheet(bytes_to_text(file.read_bytes()), SONG_FIELDS)
    except OSError as error:
        raise CommandError(f"{file} cannot be read, {reason_words(error)}: give a CSV file", CALL_AT_FAULT) from None
    except SheetError as error:
        raise CommandError(f"{file} {error}") from None
    columns = guess_columns(sheet.headings, SONG_FIELDS)
    if "title" not in columns:
        headings = ", ".join(filter(None, sheet.headings))
        raise CommandError(f"{file} has no column of titles among {headings}: call one Title")
    songs, problems = sheet_to_songs(sheet, columns)
    if problems:
        raise CommandError(f"{file}: {first_words(problems)}")
    return songs


def _typed(words: str) -> NewSong:
    try:
        return words_to_song(words)
    except CellError as error:
        raise call_error(f"--song {words!r}: {error}") from None
