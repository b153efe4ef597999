"""Songs of a new show: as a sheet lists them, or as they are typed. Pure; every slip is told with its remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeVar

from console.show.sheet import Columns, Field, Row, Sheet
from console.show.sheet_cells import CellError, cell_to_seconds
from profiles.problems import Problem, Problems

V = TypeVar("V")

SONG_FIELDS: Final = (
    Field("title", "Title", ("title", "song", "songtitle", "name", "track")),
    Field("length", "Length", ("length", "duration", "time", "runtime", "dur", "len")),
    Field("tempo", "Tempo", ("tempo", "bpm", "speed")),
    Field("metre", "Metre", ("metre", "meter", "timesignature", "timesig", "signature", "beat")),
    Field("artist", "Artist", ("artist", "by", "performer", "band")),
    Field("key", "Key", ("key", "keysignature")),
)

MIN_TEMPO: Final = 20
MAX_TEMPO: Final = 400
LONGEST_S: Final = 7200.0
_METRE: Final = re.compile(r"(\d{1,2})\s*/\s*(1|2|4|8|16|32)", re.ASCII)


@dataclass(frozen=True, slots=True)
class NewSong:
    """One song. ``bpm`` in quarter notes, None where nothing is clicked; ``length_s`` without the count-in."""

    title: str
    length_s: float = 210.0
    bpm: Fraction | None = None
    metre: tuple[int, int] = (4, 4)
    artist: str = ""
    key: str = ""


def sheet_to_songs(sheet: Sheet, columns: Columns) -> tuple[tuple[NewSong, ...], tuple[Problem, ...]]:
    """The songs whose rows are well, in order, and what is wrong with the others."""
    return _songs(sheet.rows, columns)


def words_to_song(words: str) -> NewSong:
    """``Title, 3:45, 120, 4/4``: all but the title may be left out. Raises :class:`CellError`."""
    cells = tuple(each.strip() for each in words.split(","))
    columns = {field.id: at for at, field in enumerate(SONG_FIELDS)}
    songs, problems = _songs([Row(1, cells)], columns)
    if problems:
        raise CellError(problems[0].message, problems[0].remedy)
    return songs[0]


def text_to_length(text: str) -> float:
    """Seconds from ``3:45`` or ``225``. Raises :class:`CellError`."""
    seconds = cell_to_seconds(text, "the length")
    if not 0 < seconds <= LONGEST_S:
        raise CellError(f"the length {text!r} is no song's", "write it like 3:45, two hours at the most")
    return seconds


def text_to_tempo(text: str) -> Fraction:
    """Quarter notes a minute. Raises :class:`CellError`."""
    number = re.sub(r"(?i)\s*bpm$", "", text).replace(",", ".")
    if not re.fullmatch(r"\d{1,3}(\.\d{1,3})?", number, re.ASCII) or not MIN_TEMPO <= Fraction(number) <= MAX_TEMPO:
        remedy = f"write beats a minute from {MIN_TEMPO} to {MAX_TEMPO}, like 120 or 97.5, or tap it"
        raise CellError(f"the tempo {text!r} is none", remedy)
    return Fraction(number)


def text_to_metre(text: str) -> tuple[int, int]:
    """Beats a bar and what a beat is. Raises :class:`CellError`."""
    found = _METRE.fullmatch(text)
    if found is None or not 1 <= int(found[1]) <= 64:
        raise CellError(f"the metre {text!r} is none", "write it like 4/4 or 7/8")
    return int(found[1]), int(found[2])


def _songs(rows: Iterable[Row], columns: Columns) -> tuple[tuple[NewSong, ...], tuple[Problem, ...]]:
    songs: list[NewSong] = []
    problems = Problems()
    for row in rows:
        before = len(problems.found)
        song = _song(row, columns, problems)
        if len(problems.found) == before:
            songs.append(song)
    return tuple(songs), tuple(problems)


def _song(row: Row, columns: Columns, problems: Problems) -> NewSong:
    def cell(name: str) -> str:
        return row.cell(columns.get(name))

    def take(name: str, read: Callable[[str], V], usual: V) -> V:
        if not cell(name):
            return usual
        try:
            return read(cell(name))
        except CellError as error:
            problems.error(f"sheet.{name}", f"line {row.line}", error.message, error.remedy)
            return usual

    if not cell("title"):
        problems.error("sheet.title", f"line {row.line}", "the song has no title", "give it one, or take the row out")
    usual = NewSong("")
    return NewSong(
        cell("title"),
        take("length", text_to_length, usual.length_s),
        take("tempo", text_to_tempo, None),
        take("metre", text_to_metre, usual.metre),
        cell("artist"),
        cell("key"),
    )
