"""A song's metres and tempi as the exact map of ``console.timebase``, and how far it goes."""

from __future__ import annotations

from console.show.songs import Song
from console.timebase.instants import number_to_fraction
from console.timebase.tempo import Metre, TempoChange, TempoMap


def song_to_tempo_map(song: Song) -> TempoMap | None:
    """The song's tempo map, or None where nothing is clicked. Raises ``TempoMapError``."""
    if not song.metres or not song.tempi:
        return None
    return TempoMap(
        tuple(Metre(metre.bar, metre.num, metre.den) for metre in song.metres),
        tuple(
            TempoChange(
                change.bar,
                change.beat,
                number_to_fraction(change.bpm),
                None if change.to_bpm is None else number_to_fraction(change.to_bpm),
                None if change.until is None else (change.until.bar, change.until.beat),
            )
            for change in song.tempi
        ),
    )


def last_bar(song: Song) -> int | None:
    """The last bar of the score: as the song says, else as its sections reach; None where neither says."""
    if song.bars is not None:
        return song.bars
    ends = [section.bar + section.bars - 1 for section in song.sections if section.bar and section.bars]
    return max(ends, default=None)
