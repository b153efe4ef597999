"""Outside timecode: how the playhead stands to it, which source counts, and how good each is. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from console.vocabulary import ChaseState, ChaseWord, CodeSourceState
from ui.state.desk import Desk
from ui.state.words import MINUS, Mark

CODE_MARKS: Final[dict[ChaseWord, Mark]] = {
    "locked": Mark("Locked", "lock", "bright"),
    "freewheel": Mark("Freewheel", "triangle", "caution"),
    "lost": Mark("Lost", "cross", "stop"),
    "waiting": Mark("Waiting", "clock", "caution"),
    "aside": Mark("Set aside", "dash", "caution"),
    "jammed": Mark("Jammed", "follow", "plain"),
    "internal": Mark("Own clock", "ring", "quiet"),
    "off": Mark("Chase off", "dash", "quiet"),
}

JOINS: Final[frozenset[ChaseWord]] = frozenset(("off", "aside", "jammed"))
"""Where a press takes the code up; elsewhere it turns chase off."""


@dataclass(frozen=True, slots=True)
class CodeFace:
    """What the plate says: the state, whose code, where it stands, how good it is; and what a press of it does."""

    mark: Mark
    source: str
    label: str
    quality: str
    press_words: str
    sources: tuple[str, ...]  # a line about each


def code_face(desk: Desk) -> CodeFace | None:
    """None where no timecode comes in."""
    chase = desk.snapshot.chase if desk.snapshot is not None else None
    if chase is None or desk.snapshot is None:
        return None
    source = next((each for each in chase.sources if each.id == chase.active), chase.sources[0])
    head = desk.snapshot.playhead
    runs = chase.word in ("locked", "freewheel", "aside")
    return CodeFace(
        CODE_MARKS[chase.word],
        source.id,
        (source.label if runs else "") or head.timecode or source.label or "–",
        " · ".join(filter(None, (_nudge(chase), _quality(chase, source)))),
        "join the code" if chase.word in JOINS else "follow it no more",
        tuple(_source_line(each, chase) for each in chase.sources),
    )


def _quality(chase: ChaseState, source: CodeSourceState) -> str:
    if source.state == "locked":
        return f"±{source.jitter_us / 1000:.1f} ms"
    if chase.word in ("waiting", "lost"):
        return "rolls by itself" if chase.word == "waiting" else "R: roll on"
    return source.state


def _nudge(chase: ChaseState) -> str:
    frames = chase.nudge_frames
    return "" if not frames else f"{'+' if frames > 0 else MINUS}{abs(frames)} f"


def _source_line(source: CodeSourceState, chase: ChaseState) -> str:
    """``truck: locked at 01:00:12:08, 25 fps, jitter 0.8 ms, drift +12 ppm, 1 drop-out, 2 refused (a jump …)``."""
    at = f" at {source.label}" if source.label else ""
    parts = [f"{source.id}: {source.state}{at}", f"{source.rate} fps"]
    if source.state == "locked":
        parts.append(f"jitter {source.jitter_us / 1000:.1f} ms")
        if source.drift_ppm is not None:
            parts.append(f"drift {source.drift_ppm:+} ppm".replace("-", MINUS))
    elif source.words:
        parts.append(source.words)
    if source.dropouts:
        parts.append(f"{source.dropouts} drop-out{'s' if source.dropouts > 1 else ''}")
    if source.refused:
        parts.append(f"{source.refused} refused ({source.refusal})")
    if chase.chosen == source.id:
        parts.append("chosen by hand")
    return ", ".join(parts)
