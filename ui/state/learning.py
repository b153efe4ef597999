"""Learning a pad: what the plate says while a message is waited for, and when one was heard. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from console.remote.names import RemoteError
from console.remote.trigger_text import heard_words, trigger_toml
from ui.state.desk import Desk

EXAMPLE = "fire 2.5"
"""What stands in the lines to be pasted: the operator writes what the pad is for."""


@dataclass(frozen=True, slots=True)
class LearnFace:
    """A heading, what it comes to, and the lines for the house's file; none of them while it waits."""

    heading: str
    words: str
    lines: str = ""
    waits: bool = False


def learn_face(desk: Desk) -> LearnFace | None:
    """What the plate says; None where nobody is learning anything."""
    if desk.snapshot is not None and desk.snapshot.learning:
        return LearnFace(
            "Press the pad now", "A note, a controller or an OSC button. One that is bound does its work.", waits=True
        )
    if desk.heard is None:
        return None
    words = heard_words(desk.heard)
    heading = words[0].upper() + words[1:]
    try:
        lines = trigger_toml(desk.heard, EXAMPLE)
    except RemoteError as error:
        return LearnFace(heading, str(error))
    return LearnFace(heading, "For the venue file. Write behind “do” what the pad is to ask for.", lines)
