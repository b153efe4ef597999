"""The song of ``builders`` on an engine rig, told in bars: press, wait for a bar line, read levels and outcomes."""

from __future__ import annotations

import struct
from typing import Any

from console.show.cues import Cue
from console.vocabulary import Go, GoKeyUp
from tests.support.builders import make_cue, song_show, step
from tests.support.engine_rig import ZERO_NS, EngineRig

ZERO_S = 4.05  # press at 0, tracks 50 ms, two bars of count-in


def level(cue: str, number: str, at: Any, db: float, fade_s: float | None = None, strip: str = "ch/1") -> Cue:
    return make_cue(cue, number, at, step("level.set", strip=strip, db=db, fade_s=fade_s), role="audio.foh")


def started(*more: Cue, at_bar_line: float = 1.0, **fields: Any) -> EngineRig:
    """The song rolls, and the clock stands at a bar line."""
    rig = EngineRig(song_show(*more, **fields))
    press(rig)
    to_bar(rig, at_bar_line)
    return rig


def press(rig: EngineRig, name: str = "show") -> str | None:
    refused = rig.ask(Go(list=name))
    rig.ask(GoKeyUp())
    return refused


def to_bar(rig: EngineRig, bar: float) -> None:
    rig.wait_until(ZERO_S + (bar - 1) * 2)


def values(rig: EngineRig, since: int = 0) -> list[tuple[float, float]]:
    """(bar, decibels) of every level on the wire, from the n-th command on."""
    return [
        (
            round(((d.command.due_ns - ZERO_NS) / 1e9 - ZERO_S) / 2 + 1, 3),
            round(struct.unpack(">f", d.packet.payload[-4:])[0], 3),  # type: ignore[attr-defined]
        )
        for d in rig.sent[since:]
        if d.command.verb == "level.set"
    ]


def outcomes(rig: EngineRig, cue: str) -> list[str]:
    return [row.outcome for row in rig.rows() if row.cue == cue]


def words(rig: EngineRig) -> list[str]:
    return [notice.words for notice in rig.notices if notice.kind == "said"]
