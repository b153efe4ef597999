"""A new show out of a template and a set list: roles, running order, songs with their tempo, and first cues. Pure.

It is a show like any other from then on. Each song has its hour of timecode (the first 01:00:00:00), two bars of
count-in, and as many whole bars as its length needs; its item is planned for what it then runs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Final

from console.show.cues import Cue, Step
from console.show.rundown import Item
from console.show.show import RateName, Show
from console.show.song_rows import NewSong
from console.show.songs import Metre, Section, Song, TempoChange
from console.show.starters import FirstCue, Starter, stock
from console.show.tempo import song_to_tempo_map
from console.timebase import NS_PER_S

COUNT_IN_BARS: Final = 2
_LAST_HOUR: Final = 23


@dataclass(frozen=True, slots=True)
class NewShow:
    """What is asked for. ``rate``: what the house is locked to."""

    title: str
    starter: Starter
    songs: tuple[NewSong, ...] = ()
    rate: RateName = "25"


def make_show(asked: NewShow) -> Show:
    """The show. It validates without an error, whatever was asked."""
    shelf, starter = stock(), asked.starter
    roles = tuple(role for role in shelf.roles if role.id in starter.roles)
    wanted = {role.department for role in roles}
    songs = tuple(_songs(asked.songs, ";" if asked.rate.endswith("df") else ":"))
    items = tuple(_items(starter, songs, [song.length_s for song in asked.songs]))
    by_id = {song.id: song for song in songs}
    cues = [
        cue
        for place, item in enumerate(items, 1)
        for cue in _cues(place, item, by_id.get(item.song or ""), [c for c in shelf.cues if c.role in starter.roles])
    ]
    return Show(
        id=title_to_id(asked.title) or "show",
        title=asked.title,
        rate=asked.rate,
        departments=tuple(each for each in shelf.departments if each.id in wanted),
        roles=roles,
        songs=songs,
        items=items,
        lists=starter.lists,
        cues=tuple(cues),
    )


def title_to_id(title: str) -> str:
    """``Añejo & Co.`` is ``anejo-co``; empty where nothing of it is a letter or a digit."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")


def _songs(asked: Sequence[NewSong], frames: str) -> Iterator[Song]:
    """``frames``: the mark before the frames of a label, which tells drop-frame from the others."""
    taken: set[str] = set()
    for number, song in enumerate(asked, 1):
        song_id = _free(title_to_id(song.title) or f"song-{number}", taken)
        taken.add(song_id)
        base = Song(
            id=song_id,
            title=song.title,
            number=number,
            artist=song.artist,
            key=song.key,
            session=f"tracks/{number:02}-{song_id}",
            tc_start=f"{number:02}:00:00{frames}00" if number <= _LAST_HOUR else None,
        )
        if song.bpm is None:
            whole = Section(id=f"{song_id}/whole", name="Whole song", nominal_s=song.length_s)
            yield base.model_copy(update={"click": False, "tc_start": None, "sections": (whole,)})
            continue
        num, den = song.metre
        bar_s = Fraction(240 * num, den) / song.bpm
        bars = max(1, ceil(Fraction(song.length_s).limit_denominator(1000) / bar_s))
        clicked = {
            "count_in_bars": COUNT_IN_BARS,
            "bars": bars,
            "metres": (Metre.model_validate({"bar": 1, "num": num, "den": den}),),
            "tempi": (TempoChange(bar=1, bpm=float(song.bpm)),),
            "sections": (Section(id=f"{song_id}/whole", name="Whole song", bar=1, bars=bars),),
        }
        yield base.model_copy(update=clicked)


def _items(starter: Starter, songs: Sequence[Song], lengths_s: Sequence[float]) -> Iterator[Item]:
    taken = {item.id for item in (*starter.before, *starter.after)}
    yield from starter.before
    for number, (song, length_s) in enumerate(zip(songs, lengths_s, strict=True), 1):
        if number > 1:
            between = starter.between
            between_id = _free(f"{title_to_id(between.title)}-{number - 1}", taken)
            taken.add(between_id)
            yield Item(id=between_id, **between.model_dump())
        item_id = _free(f"song-{song.id}", taken)
        taken.add(item_id)
        planned_s = _runs_s(song, length_s)
        yield Item(id=item_id, kind=starter.song_kind, title=song.title, planned_s=planned_s, song=song.id)
    yield from starter.after


def _runs_s(song: Song, length_s: float) -> float:
    """Count-in and bars; the length that was asked for where nothing is clicked."""
    tempo = song_to_tempo_map(song)
    if tempo is None or song.bars is None:
        return length_s
    return round((tempo.count_in_ns(song.count_in_bars) + tempo.bar_to_ns(song.bars + 1)) / NS_PER_S, 3)


def _cues(place: int, item: Item, song: Song | None, first: Sequence[FirstCue]) -> Iterator[Cue]:
    words = {"place": str(place), "title": item.title, "session": (song.session or "") if song is not None else ""}
    for count, cue in enumerate((each for each in first if item.kind in each.kinds), 1):
        yield Cue(
            id=f"{item.id}-{cue.name}",
            number=f"{place}.{count}",
            label=cue.label,
            call=_filled(cue.call, words),
            item=item.id,
            role=cue.role,
            at=cue.at,
            starts_item=cue.starts_item,
            warn_s=cue.warn_s,
            steps=tuple(_step(step, words) for step in cue.steps),
        )


def _step(step: Step, words: dict[str, str]) -> Step:
    args = {name: _filled(value, words) if isinstance(value, str) else value for name, value in step.args.items()}
    return step.model_copy(update={"args": args})


def _filled(text: str, words: dict[str, str]) -> str:
    """Braces of a title stay what they are: only the words of the stock are filled in."""
    return re.sub(r"\{(place|title|session)\}", lambda found: words[found[1]], text)


def _free(wished: str, taken: Collection[str]) -> str:
    count, found = 2, wished
    while found in taken:
        found, count = f"{wished}-{count}", count + 1
    return found
