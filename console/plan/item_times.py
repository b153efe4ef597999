"""When an item's parts are: its tempo map, sections, vamps and length, all counted from its zero.

Zero is bar 1 beat 1; the count-in is negative. Where nothing is clicked, zero is the item's start and sections lie
end to end at their nominal lengths. Score time: a vamp is counted once, as its bars stand in the score.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from console.show.rundown import Item
from console.show.show import Show
from console.show.songs import Section, Song, Vamp
from console.show.tempo import last_bar, song_to_tempo_map
from console.timebase.instants import s_to_ns
from console.timebase.tempo import TempoMap
from profiles.timecode import Timecode, frame_rate, parse_timecode


@dataclass(frozen=True, slots=True)
class SectionTimes:
    """A section's place on the item's timeline, in nanoseconds from its zero."""

    section: Section
    start_ns: int
    end_ns: int

    @property
    def vamp(self) -> Vamp | None:
        return self.section.vamp


@dataclass(frozen=True)
class ItemTimes:
    """One item's timeline.

    ``lead_in_ns`` is the count-in before zero, ``length_ns`` the score from zero to its end, ``planned_ns`` what the
    item takes in the show: count-in, score and the planned passes of its vamps. ``ends_itself`` is False where only a
    person knows when it is over (a song without click, a talk).
    """

    item: Item
    song: Song | None
    tempo: TempoMap | None
    planned_start_ns: int  # from the start of the show, items end to end
    planned_ns: int
    lead_in_ns: int
    length_ns: int
    ends_itself: bool
    sections: tuple[SectionTimes, ...]
    tc_start: Timecode | None

    @cached_property
    def vamps(self) -> tuple[SectionTimes, ...]:
        return tuple(section for section in self.sections if section.vamp is not None)

    def section_at(self, position_ns: int) -> SectionTimes | None:
        """The section a position lies in, the last one that has begun; None before the first."""
        found = None
        for section in self.sections:
            if section.start_ns > position_ns:
                break
            found = section
        return found if found is not None and position_ns < found.end_ns else None


def item_to_times(show: Show, item: Item, planned_start_ns: int) -> ItemTimes:
    """Lay out one item. Raises ``TempoMapError`` or ``TimecodeError`` where the song cannot be laid out."""
    song = show.song_of(item)
    tempo = song_to_tempo_map(song) if song is not None else None
    tc_start = None
    if song is not None and song.tc_start is not None:
        tc_start = parse_timecode(song.tc_start, frame_rate(show.rate))
    if song is None or tempo is None:
        sections = _nominal_sections(song)
        length_ns = sections[-1].end_ns if sections else s_to_ns(item.planned_s)
        ends_itself = song is None and item.kind in ("vt", "ad_break", "credits")
        return ItemTimes(
            item, song, None, planned_start_ns, s_to_ns(item.planned_s), 0, length_ns, ends_itself, sections, tc_start
        )
    lead_in_ns = tempo.count_in_ns(song.count_in_bars)
    sections = _clicked_sections(song, tempo)
    length_ns = tempo.bar_to_ns((last_bar(song) or 1) + 1)
    extra_ns = sum(
        (section.vamp.planned_repeats - 1) * (section.end_ns - section.start_ns)
        for section in sections
        if section.vamp is not None
    )
    return ItemTimes(
        item,
        song,
        tempo,
        planned_start_ns,
        lead_in_ns + length_ns + extra_ns,
        lead_in_ns,
        length_ns,
        True,
        sections,
        tc_start,
    )


def _clicked_sections(song: Song, tempo: TempoMap) -> tuple[SectionTimes, ...]:
    return tuple(
        SectionTimes(section, tempo.bar_to_ns(section.bar), tempo.bar_to_ns(section.bar + section.bars))
        for section in song.sections
        if section.bar is not None and section.bars is not None
    )


def _nominal_sections(song: Song | None) -> tuple[SectionTimes, ...]:
    laid: list[SectionTimes] = []
    start_ns = 0
    for section in song.sections if song is not None else ():
        end_ns = start_ns + s_to_ns(section.nominal_s or 0.0)
        laid.append(SectionTimes(section, start_ns, end_ns))
        start_ns = end_ns
    return tuple(laid)
