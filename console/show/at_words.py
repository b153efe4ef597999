"""A cue's moment as an operator types it: what ``cue_words.when_text`` writes, read back."""

from __future__ import annotations

import re
from typing import Final

from console.show.cue_words import MINUS
from console.show.cues import After, At, AtBar, AtClock, AtOffset, AtTimecode, Called, Cue
from console.show.draft import EditError

_BAR: Final = re.compile(r"(?:bar\s*)?(-?\d{1,6})(?:\.(\d{1,3}))?(?:\.(\d{1,3}))?", re.ASCII | re.IGNORECASE)
_LABEL: Final = re.compile(r"\d\d:\d\d:\d\d[:;]\d\d", re.ASCII)
_CLOCK: Final = re.compile(r"\d\d:\d\d:\d\d(\.\d{1,6})?", re.ASCII)
_ANCHOR: Final = re.compile(r"(load|start|downbeat|end)(?:\s*([+-]\s*\d+(?:\.\d+)?)\s*s?)?", re.ASCII | re.IGNORECASE)
_FOLLOW: Final = re.compile(r"(continue|follow)(?:\s*([+-]\s*\d+(?:\.\d+)?)\s*s?)?", re.ASCII | re.IGNORECASE)
WAYS: Final = "called, bar 41.3, 01:00:10:00, start -10 s, end, 20:15:00, or continue +2 s behind another cue"


def words_to_at(words: str, cue: Cue) -> At:
    """The moment that was typed for a cue. A word that follows keeps the leader the cue has.

    Raises :class:`EditError` with what can be written.
    """
    text = words.strip().replace(MINUS, "-")
    if text.lower() == "called":
        return cue.at if isinstance(cue.at, Called) else Called(on="called")
    if _LABEL.fullmatch(text):
        return AtTimecode(on="timecode", label=text)
    if _CLOCK.fullmatch(text):
        return AtClock(on="clock", time=text)
    if (found := _ANCHOR.fullmatch(text)) is not None:
        return AtOffset.model_validate({"on": "offset", "anchor": found[1].lower(), "seconds": _seconds(found[2])})
    if (found := _FOLLOW.fullmatch(text)) is not None:
        if not isinstance(cue.at, After):
            raise EditError(f"cue {cue.number} follows no cue: name the one it follows in the inspector")
        of = "start" if found[1].lower() == "continue" else "end"
        return cue.at.model_copy(update={"of": of, "delay_s": _seconds(found[2])})
    if (found := _BAR.fullmatch(text)) is not None and ("." in text or text.lower().startswith("bar")):
        bar, beat, tick = int(found[1]), int(found[2] or 1), int(found[3] or 0)
        if beat >= 1 and tick < 480:
            return AtBar(on="bar", bar=bar, beat=beat, tick=tick)
    raise EditError(f"cue {cue.number}: {words.strip()!r} is no moment: write {WAYS}")


def _seconds(text: str | None) -> float:
    return float(text.replace(" ", "")) if text else 0.0
