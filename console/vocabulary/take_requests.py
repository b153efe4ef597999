"""Requests about takes: notes made while one is recorded, and what is kept of earlier ones."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from console.vocabulary.words import Asked


class MarkIt(Asked):
    """Note what is happening: place, timecode and item are stamped; a word and a department where there is time.

    ``ago_s``: so long ago, where somebody took a while to find the word.
    """

    kind: Literal["mark_it"] = "mark_it"
    words: str = Field(default="", max_length=500)
    department: str = ""
    ago_s: float = Field(default=0.0, ge=0, le=600)


class ListTakes(Asked):
    """The takes that are kept of this show; told to the windows as ``TakesListed``."""

    kind: Literal["list_takes"] = "list_takes"


class ReadTake(Asked):
    """What there is of a take; told to the windows as ``TakeRead``."""

    kind: Literal["read_take"] = "read_take"
    take: str


class TickNote(Asked):
    """A note of a take is done with, or is not after all."""

    kind: Literal["tick_note"] = "tick_note"
    take: str
    note: int
    done: bool = True


TakeRequest = MarkIt | ListTakes | ReadTake | TickNote
