"""The assistant for a new show: what is typed in its table of songs, as songs, and what the show comes to. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from console.plan.tapping import TappedTempo
from console.show.new_show import NewShow, make_show, title_to_id
from console.show.sheet import Row, Sheet
from console.show.show import RateName, Show
from console.show.song_rows import SONG_FIELDS, NewSong, sheet_to_songs
from console.show.starters import find_starter

TITLES: Final = tuple(field.title for field in SONG_FIELDS)
TEMPO: Final = next(at for at, field in enumerate(SONG_FIELDS) if field.id == "tempo")
METRE: Final = next(at for at, field in enumerate(SONG_FIELDS) if field.id == "metre")
FRESH: Final = ("", "3:30", "", "4/4", "", "")

Cells = tuple[str, ...]
"""One row of the table, as wide as the fields of a song."""


def cells_to_songs(rows: Sequence[Cells]) -> tuple[tuple[NewSong, ...], str]:
    """The songs, and in a line what is wrong with the first that is none; rows where nothing is typed do not count."""
    typed = tuple(Row(at, cells) for at, cells in enumerate(rows, 1) if any(cells) and cells != FRESH)
    columns = {field.id: at for at, field in enumerate(SONG_FIELDS)}
    songs, problems = sheet_to_songs(Sheet(TITLES, typed), columns)
    words = ""
    if problems:
        words = f"Song {problems[0].where.removeprefix('line ')}: {problems[0].message}: {problems[0].remedy}"
    return songs, words


def song_to_cells(song: NewSong) -> Cells:
    """A song as the table shows it."""
    minutes, seconds = divmod(round(song.length_s), 60)
    tempo = "" if song.bpm is None else f"{float(song.bpm):g}"
    return (song.title, f"{minutes}:{seconds:02}", tempo, f"{song.metre[0]}/{song.metre[1]}", song.artist, song.key)


def draft_show(title: str, starter: str, rows: Sequence[Cells], rate: str) -> tuple[Show | None, str]:
    """The show as it would be made, or why it cannot be yet; and words for it either way."""
    if not title_to_id(title):
        return None, "Give the show a name."
    songs, wrong = cells_to_songs(rows)
    if wrong:
        return None, wrong
    show = make_show(NewShow(title.strip(), find_starter(starter), songs, cast("RateName", rate)))
    counts = ((len(show.items), "item"), (len(show.songs), "song"), (len(show.cues), "cue"), (len(show.roles), "role"))
    return show, ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts)


def tap_words(tapped: TappedTempo | None, count: int) -> str:
    """What the taps say so far."""
    if tapped is None:
        return f"{count} tap{'' if count == 1 else 's'}, go on" if count else "Space or a click on every beat"
    dropped = f", {tapped.dropped} beside the beat" if tapped.dropped else ""
    return f"{float(tapped.written):g} ± {tapped.spread_bpm:.1f}, {tapped.used} taps{dropped}"
