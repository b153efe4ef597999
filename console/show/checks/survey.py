"""What the checks share: the show with its songs laid out, and how a place is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from console.show.cues import Cue
from console.show.references import name_piece
from console.show.rundown import Item
from console.show.show import Choice, Show
from console.show.songs import Section, Song
from console.show.tempo import last_bar, song_to_tempo_map
from console.timebase.instants import s_to_ns
from console.timebase.tempo import TempoMap, TempoMapError
from profiles.problems import Problem
from profiles.timecode import FrameRate, Timecode, TimecodeError, frame_rate, parse_timecode


@dataclass(frozen=True)
class Laid:
    """One song laid out as far as it can be. ``faults`` say why not further; times are ns from bar 1 beat 1."""

    song: Song
    tempo: TempoMap | None = None
    faults: tuple[str, ...] = ()
    tc_start: Timecode | None = None
    tc_fault: str | None = None

    @property
    def lead_in_ns(self) -> int:
        return self.tempo.count_in_ns(self.song.count_in_bars) if self.tempo is not None else 0

    @property
    def end_ns(self) -> int | None:
        """The bar line behind the last bar; None where there is no tempo or no end."""
        last = last_bar(self.song)
        return self.tempo.bar_to_ns(last + 1) if self.tempo is not None and last is not None else None

    @property
    def length_ns(self) -> int | None:
        """From zero to the end of the score; the nominal length where nothing is clicked."""
        if self.tempo is not None:
            return self.end_ns
        return sum(s_to_ns(section.nominal_s or 0.0) for section in self.song.sections)

    def section_ns(self, section: Section) -> int:
        """How long one pass of a clicked section lasts."""
        if self.tempo is None or section.bar is None or section.bars is None:
            return 0
        start_ns, end_ns = self.tempo.bars_to_ns(range(section.bar, section.bar + section.bars))
        return end_ns - start_ns


@dataclass(frozen=True)
class Survey:
    """A show and what several checks want to know of it."""

    show: Show
    rate: FrameRate = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rate", frame_rate(self.show.rate))

    @cached_property
    def songs(self) -> Mapping[str, Laid]:
        return {song.id: _lay_song(song, self.rate) for song in self.show.songs}

    @cached_property
    def choices(self) -> Mapping[str, Choice]:
        return {choice.id: choice for choice in self.show.choices}

    @cached_property
    def children(self) -> Mapping[str, tuple[Cue, ...]]:
        """Children of each group, in stored order."""
        found: dict[str, list[Cue]] = {}
        for cue in self.show.cues:
            if cue.parent is not None:
                found.setdefault(cue.parent, []).append(cue)
        return {parent: tuple(children) for parent, children in found.items()}

    def item_of(self, cue: Cue) -> Item | None:
        return self.show.item_by_id.get(cue.item) if cue.item is not None else None

    def song_of(self, cue: Cue) -> Laid | None:
        """The song of the cue's item, laid out."""
        item = self.item_of(cue)
        return self.songs.get(item.song) if item is not None and item.song is not None else None


def _lay_song(song: Song, rate: FrameRate) -> Laid:
    tempo, tc_start, tc_fault = None, None, None
    faults: tuple[str, ...] = ()
    try:
        tempo = song_to_tempo_map(song)
    except TempoMapError as error:
        faults = error.problems
    if song.tc_start is not None:
        try:
            tc_start = parse_timecode(song.tc_start, rate)
        except TimecodeError as error:
            tc_fault = str(error)
    return Laid(song, tempo, faults, tc_start, tc_fault)


def place(piece: Cue | Item | Song) -> str:
    """``cue 1.045 (harbour-signals-045)``: what it is called, and the id to search for."""
    return f"{name_piece(piece)} ({piece.id})"


def error(code: str, where: str, message: str, remedy: str) -> Problem:
    """Must be mended before the show can run."""
    return Problem("error", code, where, message, remedy)


def warning(code: str, where: str, message: str, remedy: str) -> Problem:
    """Somebody should look."""
    return Problem("warning", code, where, message, remedy)


def doubles(values: Iterable[str]) -> Iterator[str]:
    """Values that come more than once, each told once."""
    return (value for value, count in Counter(values).items() if count > 1)
