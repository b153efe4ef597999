"""Songs: maps, sections, vamps and timecode."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from console.show.checks.survey import Laid, Survey, error, place, warning
from console.show.songs import Section, Song, Vamp
from console.show.tempo import last_bar
from profiles.problems import Problem
from profiles.timecode import FrameRate, label_to_frames, ns_to_frames


def check_tempo(survey: Survey) -> Iterator[Problem]:
    """``show.song.tempo``: metres and tempi that make no map, or are missing where a click is promised."""
    for laid in survey.songs.values():
        where = place(laid.song)
        for fault in laid.faults:
            message, _, remedy = fault.rpartition(": ")
            yield error("show.song.tempo", where, message or fault, remedy if message else "correct the map")
        if bool(laid.song.metres) != bool(laid.song.tempi):
            present, missing = ("metres", "tempi") if laid.song.metres else ("tempi", "metres")
            yield error("show.song.tempo", where, f"it has {present} and no {missing}", f"add {missing} from bar 1")
        elif laid.song.click and not laid.song.metres:
            message = "it is clicked, yet has no metres and tempi"
            yield error("show.song.tempo", where, message, "add them, or say that it has no click")


def check_sections_laid(survey: Survey) -> Iterator[Problem]:
    """``show.section.length``, ``.outside``, ``.overlap``: sections without a place, or in each other's way."""
    for laid in survey.songs.values():
        song = laid.song
        clicked = bool(song.metres and song.tempi)
        for section in song.sections:
            if clicked and (section.bar is None or section.bars is None):
                yield error("show.section.length", _named(song, section), "it lacks bars", "give bar and bars")
            if not clicked and section.nominal_s is None:
                message = "nothing is clicked and it has no nominal length"
                yield error("show.section.length", _named(song, section), message, "give nominal_s")
        if clicked:
            yield from _bars_laid(song)


def _bars_laid(song: Song) -> Iterator[Problem]:
    if (last := last_bar(song)) is None:
        yield error("show.section.length", place(song), "nothing says how many bars it has", "give bars or sections")
        return
    runs = [(each.bar, each.bar + each.bars, each) for each in song.sections if each.bar and each.bars]
    for _, end, section in runs:
        if end - 1 > last:
            what = "its vamp goes" if section.vamp is not None else "it goes"
            message = f"{what} to bar {end - 1}, the song only to {last}"
            yield error("show.section.outside", _named(song, section), message, "shorten it, or lengthen the song")
    for (_, end, before), (start, _, section) in pairwise(sorted(runs, key=lambda run: run[:2])):
        if start < end:
            message = f"it starts at bar {start}, inside {before.name}"
            yield error("show.section.overlap", _named(song, section), message, f"start it at bar {end} or later")


def check_vamps(survey: Survey) -> Iterator[Problem]:
    """``show.vamp.*``: passes out of order, exits that cannot come, vamps without bars."""
    for laid in survey.songs.values():
        for section in laid.song.sections:
            if section.vamp is not None:
                yield from _vamp_faults(laid.song, section, section.vamp)


def _vamp_faults(song: Song, section: Section, vamp: Vamp) -> Iterator[Problem]:
    where = _named(song, section)
    if not vamp.min_repeats <= vamp.planned_repeats <= (vamp.max_repeats or vamp.planned_repeats):
        message = f"passes {vamp.min_repeats} / {vamp.planned_repeats} / {vamp.max_repeats} (min / planned / max)"
        yield error("show.vamp.passes", where, f"{message} do not rise", "put them in order")
    if section.bar is None or section.bars is None:
        yield error("show.vamp.bars", where, "a vamp repeats bars and this section has none", "give it bars")
        return
    if vamp.exit == "quantum" and vamp.exit_quantum_bars is None:
        yield error("show.vamp.exit", where, "it is left every so many bars, yet not how many", "give the quantum")
    if vamp.exit == "quantum" and (vamp.exit_quantum_bars or 0) > section.bars:
        message = f"it is left every {vamp.exit_quantum_bars} bars and has {section.bars}"
        yield warning("show.vamp.exit", where, message, "leave it at the section's end")


def check_clocks(survey: Survey) -> Iterator[Problem]:
    """``show.timecode.start``: an illegal start label, or a song that chases without one."""
    for laid in survey.songs.values():
        if laid.tc_fault is not None:
            yield error("show.timecode.start", place(laid.song), laid.tc_fault, "correct tc_start")
        if laid.song.clock == "chase" and laid.song.tc_start is None:
            message = "it chases timecode and has no tc_start"
            yield error("show.timecode.start", place(laid.song), message, "give it one, or run it internally")


def check_ranges(survey: Survey) -> Iterator[Problem]:
    """``show.timecode.overlap``: code that two songs of the running order would answer to."""
    played = [item.song for item in survey.show.items if item.song is not None]
    ranges = [found for song in dict.fromkeys(played) if song in survey.songs for found in _ranges(survey.songs[song])]
    ranges.sort(key=lambda each: each[:2])
    told: set[tuple[str, str]] = set()
    for at, (start, end, laid) in enumerate(ranges):
        for later, _, other in ranges[at + 1 :]:
            if later >= end:
                break
            pair = (laid.song.id, other.song.id)
            if laid is not other and pair not in told:
                told.add(pair)
                message = f"its timecode from {other.song.tc_start} lies in that of {laid.song.title}"
                remedy = f"start it after {laid.song.title} ends, {_frames_to_text(end - start, survey.rate)} later"
                yield error("show.timecode.overlap", place(other.song), message, remedy)
    for song in dict.fromkeys(played):
        laid_song = survey.songs.get(song)
        if laid_song is not None and laid_song.song.tc_start is not None and played.count(song) > 1:
            message = f"{played.count(song)} items play it: timecode cannot tell which"
            yield warning("show.timecode.shared", place(laid_song.song), message, "give the second a song of its own")


def _ranges(laid: Laid) -> Iterator[tuple[int, int, Laid]]:
    """First frame and the frame behind the last one, as frames of the day; two runs where midnight lies between."""
    if laid.tc_start is None or laid.length_ns is None:
        return
    rate = laid.tc_start.rate
    length_ns = laid.lead_in_ns + laid.length_ns + sum(_extra_ns(laid, section) for section in laid.song.sections)
    start = label_to_frames(laid.tc_start)
    end, day = start + ns_to_frames(length_ns, rate), rate.frames_per_day
    yield start, min(end, day), laid
    if end > day:
        yield 0, end - day, laid


def _extra_ns(laid: Laid, section: Section) -> int:
    """A vamp whose timecode runs free uses more of it with every pass."""
    vamp = section.vamp
    if vamp is None or vamp.timecode != "free_run":
        return 0
    return ((vamp.max_repeats or vamp.planned_repeats) - 1) * laid.section_ns(section)


def _frames_to_text(frames: int, rate: FrameRate) -> str:
    """Frames as minutes and seconds, rounded up: 4:05."""
    seconds = -(-frames // rate.nominal)
    return f"{seconds // 60}:{seconds % 60:02}"


def _named(song: Song, section: Section) -> str:
    return f"song {song.title}, section {section.name} ({section.id})"
