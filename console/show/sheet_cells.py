"""Cells of a cue sheet as parts of a cue: numbers, times, moments, what is sent. Pure; slips say what to write."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from console.show.at_words import words_to_at
from console.show.cue_words import MINUS
from console.show.cues import After, At, AtBar, AtOffset, AtTimecode, Called, ChoiceTable, Cue, Step
from console.show.draft import EditError
from console.show.numbers import NumberKey, readable_key
from console.show.show import Show
from console.timebase.tempo import BarBeatTickError, text_to_bbt
from profiles.verbs import UnknownVerbError, args_from_text, args_problems, find_verb

_NUMBER: Final = re.compile(r"(?:([A-Za-z]{1,12})[ .:_-]*)?(\d{1,9}(?:\.\d{1,9})?[A-Za-z]{0,4})", re.ASCII)
_TIME: Final = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,6}(?:[.,]\d{1,6})?)\s*(?:s|secs?|seconds)?", re.ASCII)
_LEADER: Final = re.compile(r"(after|with)\s+(\S+?)(?:\s*([+-]\s*\d+(?:\.\d+)?)\s*s?)?", re.ASCII | re.IGNORECASE)


class CellError(ValueError):
    """A cell that cannot be read: ``message`` says what is wrong, ``remedy`` what to write."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message}: {remedy}")
        self.message, self.remedy = message, remedy


@dataclass(frozen=True, slots=True)
class Follows:
    """A moment behind another cue, which is named by its number until all rows are read."""

    number: str
    of: str
    delay_s: float


def cell_to_number(cell: str) -> tuple[str, str]:
    """A cue number, and the word before it: ``LX 24`` is 24 of LX, ``Q12.5`` is 12.5."""
    found = _NUMBER.fullmatch(cell)
    if found is None or readable_key(found[2]) is None:
        raise CellError(f"{cell!r} is no cue number", "write digits with an optional decimal part, like 2 or 2.5")
    return found[2], found[1] or ""


def cell_to_seconds(cell: str, what: str) -> float:
    """``2.5``, ``2,5 s``, ``1:23.5``, ``0:01:23``; a cut is none at all."""
    if cell.casefold() in ("cut", "snap"):
        return 0.0
    found = _TIME.fullmatch(cell.casefold())
    if found is None:
        raise CellError(f"{what} {cell!r} is no time", "write seconds like 2.5, or minutes like 1:23.5")
    return int(found[1] or 0) * 3600 + int(found[2] or 0) * 60 + float(found[3].replace(",", "."))


def cell_to_bar(cell: str) -> AtBar:
    """``41``, ``41.3``, ``41|3|240`` and ``bar 41``."""
    try:
        bar, beat, tick = text_to_bbt(re.sub(r"(?i)^bar\s*", "", re.sub(r"[|:]", ".", cell)))
    except BarBeatTickError:
        raise CellError(f"{cell!r} is no bar", "write it like 41, 41.3 or 41.3.240") from None
    if beat < 1 or tick >= 480:
        raise CellError(f"{cell!r} is no bar", "beats count from 1, and a beat has ticks 0 to 479")
    return AtBar(on="bar", bar=bar, beat=beat, tick=tick)


def cell_to_offset(cell: str, *, in_song: bool) -> AtOffset:
    """Seconds from the item's zero: the downbeat of a song, the start of anything else."""
    sign = -1 if cell[:1] in ("-", MINUS) else 1
    seconds = sign * cell_to_seconds(cell.lstrip(f"+-{MINUS}"), "the moment")
    return AtOffset(on="offset", anchor="downbeat" if in_song else "start", seconds=seconds)


def cell_to_moment(cell: str, show: Show, song: str | None) -> At | Follows:
    """A moment in words, as cue lists and cue sheets write it."""
    word, _, rest = cell.partition(",")
    if word.strip().casefold() == "called" and rest.strip():
        return Called(on="called", section=_section(rest.strip(), show, song))
    found = _LEADER.fullmatch(cell.replace(MINUS, "-"))
    if found is not None:
        delay = float(found[3].replace(" ", "")) if found[3] else 0.0
        return Follows(found[2], "end" if found[1].lower() == "after" else "start", delay)
    try:
        return words_to_at(cell, Cue(id="", number="", at=Called(on="called")))
    except EditError:
        remedy = "write called, bar 41.3, 01:00:10:00, start +10 s, end, 20:15:00, after 12 or with 12 +2 s"
        raise CellError(f"{cell!r} is no moment", remedy) from None


def cell_to_timecode(cell: str) -> AtTimecode:
    """A label; whether the house counts so is for the check of the show."""
    if not re.fullmatch(r"\d\d:\d\d:\d\d[:;.]\d\d", cell, re.ASCII):
        raise CellError(f"{cell!r} is no timecode", "write it like 01:00:10:00")
    return AtTimecode(on="timecode", label=f"{cell[:8]}{':' if cell[8] == '.' else cell[8]}{cell[9:]}")


def follow(at: Follows, ids: Mapping[NumberKey | None, str]) -> After:
    """The moment, with the cue that is followed. ``ids``: cues by their numbers, as they are compared."""
    leader = ids.get(readable_key(at.number))
    if leader is None:
        raise CellError(f"it follows cue {at.number}, which is not there", "import that row too, or write called")
    return After.model_validate({"on": "after", "cue": leader, "of": at.of, "delay_s": at.delay_s})


def cell_to_steps(cell: str) -> tuple[Step, ...]:
    """``cue.fire cue=10 list=2``; several are joined by semicolons or stand on lines of their own."""
    return tuple(_step(part) for part in filter(None, map(str.strip, re.split(r"[;\n]", cell))))


def with_fade(steps: Sequence[Step], cell: str) -> tuple[Step, ...]:
    """The same steps, over so many seconds."""
    fade_s = cell_to_seconds(cell, "the fade")
    return tuple(step.model_copy(update={"fade_s": fade_s or None}) for step in steps)


def _step(text: str) -> Step:
    try:
        verb_name, *words = shlex.split(text)
    except ValueError:
        raise CellError(f"{text!r} has a quote that does not end", "close it, or leave it out") from None
    try:
        verb = find_verb(verb_name)
    except UnknownVerbError as error:
        message, _, remedy = str(error).partition(": ")
        raise CellError(message, f"{remedy}; write VERB key=value, like cue.fire cue=10") from None
    loose = next((word for word in words if "=" not in word), None)
    if loose is not None:
        raise CellError(f"{loose!r} behind {verb_name} says no argument", "write key=value, like cue=10")
    args = args_from_text(verb, dict(word.split("=", 1) for word in words))
    problems = args_problems(verb, args)
    if problems:
        message, _, remedy = problems[0].partition(": ")
        raise CellError(message, remedy)
    typed: dict[str, bool | int | float | str | ChoiceTable] = dict(args)
    return Step(verb=verb_name, args=typed)


def _section(name: str, show: Show, song: str | None) -> str:
    sections = show.song_by_id[song].sections if song is not None and song in show.song_by_id else ()
    found = next((each.id for each in sections if name.casefold() in (each.name.casefold(), each.id.casefold())), None)
    if found is None:
        names = ", ".join(each.name for each in sections) or "none"
        raise CellError(f"the song has no section {name!r}", f"its sections are {names}")
    return found
