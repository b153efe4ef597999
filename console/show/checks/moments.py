"""When cues run: is the place in the score, the label legal, the message one that can come?"""

from __future__ import annotations

from collections.abc import Iterator

from console.show.checks.survey import Laid, Survey, error, place, warning
from console.show.cues import AtBar, AtOffset, AtTimecode, Cue
from console.show.tempo import last_bar
from console.timebase.instants import s_to_ns
from console.timebase.positions import timecode_to_position_ns
from console.timebase.tempo import BarBeatTickError
from profiles.problems import Problem
from profiles.timecode import TimecodeError, parse_timecode


def check_bars(survey: Survey) -> Iterator[Problem]:
    """``show.bar.tempo``, ``show.bar.beat``, ``show.bar.outside``: score positions that the song does not have."""
    for cue in survey.show.cues:
        if not isinstance(cue.at, AtBar) or survey.item_of(cue) is None:
            continue
        laid = survey.song_of(cue)
        if laid is not None and laid.faults:
            continue  # check_tempo tells
        if laid is None or laid.tempo is None:
            message = f"it stands at bar {cue.at.bar}, and item {cue.item} has no tempo"
            yield error("show.bar.tempo", place(cue), message, "give it seconds, or the song metres and tempi")
            continue
        try:
            laid.tempo.bbt_to_ns(cue.at.bar, cue.at.beat, cue.at.tick)
        except BarBeatTickError as fault:
            yield error("show.bar.beat", place(cue), str(fault), "move it to a beat the bar has")
            continue
        yield from _outside(cue, cue.at, laid)


def _outside(cue: Cue, at: AtBar, laid: Laid) -> Iterator[Problem]:
    first, last = 1 - laid.song.count_in_bars, last_bar(laid.song)
    if last is None:
        return
    is_end_line = (at.bar, at.beat, at.tick) == (last + 1, 1, 0)
    if not first <= at.bar <= last and not is_end_line:
        message = f"bar {at.bar} is outside {laid.song.title}, whose bars go from {first} to {last}"
        yield error("show.bar.outside", place(cue), message, "move it inside")


def check_labels(survey: Survey) -> Iterator[Problem]:
    """``show.timecode.label``, ``show.timecode.outside``: labels that cannot come, or not in this song."""
    for cue in survey.show.cues:
        if not isinstance(cue.at, AtTimecode) or survey.item_of(cue) is None:
            continue
        try:
            label = parse_timecode(cue.at.label, survey.rate)
        except TimecodeError as fault:
            yield error("show.timecode.label", place(cue), str(fault), "correct the label")
            continue
        laid = survey.song_of(cue)
        if laid is None or laid.song.tc_start is None:
            message = f"it waits for timecode {label}, and item {cue.item} has no tc_start"
            yield error("show.timecode.outside", place(cue), message, "give the song a tc_start, or the cue a bar")
        elif laid.tc_start is not None and laid.end_ns is not None:
            position_ns = timecode_to_position_ns(label, laid.tc_start, laid.lead_in_ns)
            if not -laid.lead_in_ns <= position_ns <= laid.end_ns:
                message = f"timecode {label} is outside {laid.song.title}, which starts at {laid.tc_start}"
                yield error("show.timecode.outside", place(cue), message, "move it inside")


def check_offsets(survey: Survey) -> Iterator[Problem]:
    """``show.offset.section``, ``show.offset.outside``: offsets without their section, or beyond the item."""
    for cue in survey.show.cues:
        at = cue.at
        if not isinstance(at, AtOffset) or survey.item_of(cue) is None:
            continue
        if at.anchor == "section" and at.section is None:
            message = "it counts from a section and names none"
            yield error("show.offset.section", place(cue), message, "name the section")
        elif at.anchor != "section" and at.section is not None:
            message = f"it counts from the item's {at.anchor}, yet names section {at.section}"
            yield warning("show.offset.section", place(cue), message, "count from the section, or remove it")
        yield from _offset_outside(survey, cue, at)


def _offset_outside(survey: Survey, cue: Cue, at: AtOffset) -> Iterator[Problem]:
    if at.anchor == "load" and at.seconds < 0:
        message = f"it is to run {-at.seconds:g} s before its item loads, and nothing of the item runs by then"
        yield error("show.offset.outside", place(cue), message, "count from 0")
    if at.anchor == "end" and at.seconds > 0:
        message = f"it is to run {at.seconds:g} s after its item's end, when the item is over"
        yield error("show.offset.outside", place(cue), message, "put it into the next item")
    laid = survey.song_of(cue)
    if laid is None or laid.end_ns is None or at.anchor not in ("start", "downbeat"):
        return
    zero_ns = -laid.lead_in_ns if at.anchor == "start" else 0
    if zero_ns + s_to_ns(at.seconds) > laid.end_ns:
        message = f"{at.seconds:g} s from the {at.anchor} is behind the end of {laid.song.title}"
        yield error("show.offset.outside", place(cue), message, "move it inside")


def check_messages(survey: Survey) -> Iterator[Problem]:
    """``show.message.address``: an OSC address starts with a slash and holds no space or wildcard."""
    for cue in survey.show.cues:
        if cue.at.on == "message" and cue.at.source == "osc":
            address = cue.at.address
            if not address.startswith("/") or any(sign in address for sign in " #*,?[]{}"):
                message = f"{address!r} is no OSC address that can be sent"
                yield error("show.message.address", place(cue), message, "write it like /showcaller/start")


def check_choices_waited_for(survey: Survey) -> Iterator[Problem]:
    """``show.choice.value``: a cue that waits for, or depends on, a value its choice cannot have."""
    for cue in survey.show.cues:
        wanted = [(cue.at.choice, cue.at.value)] if cue.at.on == "choice" else []
        wanted += [(term.choice, term.value) for term in cue.condition.terms] if cue.condition is not None else []
        for name, value in wanted:
            choice = survey.choices.get(name)
            if choice is not None and value not in choice.values:
                message = f"choice {name} is never {value!r}"
                yield error("show.choice.value", place(cue), message, f"give one of {', '.join(choice.values)}")
        if cue.condition is not None and not cue.condition.terms:
            message = "its condition has no terms"
            yield error("show.choice.value", place(cue), message, "add one, or remove the condition")
