"""Requests about timecode from outside: follow it or not, from where, and how far off."""

from __future__ import annotations

from typing import Literal

from console.vocabulary.words import Asked


class SetChase(Asked):
    """Follow outside timecode, or not. Asked again while it is on, it joins the code a person has moved away from."""

    kind: Literal["set_chase"] = "set_chase"
    on: bool


class LetCodeMove(Asked):
    """May code take the show to another item?"""

    kind: Literal["let_code_move"] = "let_code_move"
    allowed: bool


class ChooseSource(Asked):
    """Follow this source of timecode and no other; None: by the house's order."""

    kind: Literal["choose_source"] = "choose_source"
    source: str | None = None


class NudgeCode(Asked):
    """The live song comes so many frames later than its code says (fewer than none: earlier), in this run."""

    kind: Literal["nudge_code"] = "nudge_code"
    frames: int


class Jam(Asked):
    """Take the place where code stands, once, and run on by our own clock until the next item."""

    kind: Literal["jam"] = "jam"
