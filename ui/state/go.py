"""What the GO button shows: whether a press would run something, and if not, why. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from ui.state.calls import name_of
from ui.state.desk import Desk
from ui.state.rows import unready_words

Look = Literal["ready", "machine", "resting", "typing", "unarmed", "locked", "off", "refused", "unconfirmed"]
"""``machine``: a press would run the standby, but need not: the machine will. ``unconfirmed``: a press confirms it."""

SHOW: Final = "show"
"""The list whose standby the bar shows."""

REFUSAL_NS: Final = 1_600_000_000
"""How long a refused press stays on the button."""


@dataclass(frozen=True, slots=True)
class GoFace:
    """The button's look, the line under the word, and the longer reason that the card beside it has room for."""

    look: Look
    words: str
    reason: str = ""
    confirmed: bool = False  # in a list of two steps: the standby is called, and the next press runs it


def go_face(desk: Desk, local_ns: int, refused: tuple[str, int] | None = None) -> GoFace:
    """``refused`` is the reason and the local instant of the last refusal of a GO, if there was one."""
    if refused is not None and 0 <= local_ns - refused[1] < REFUSAL_NS:
        return GoFace("refused", "Refused", f"Refused: {refused[0]}")
    if desk.snapshot is None or not desk.linked:
        return GoFace("off", "engine not heard" if desk.show is not None else "no show is open")
    if desk.snapshot.panic:
        return GoFace("locked", "locked by panic", "Locked until the panic is released")
    if desk.snapshot.resume_list is not None:
        return GoFace("locked", "locked by show stop", "Locked until the show is resumed")
    cue = desk.standby()
    if cue is None:
        return GoFace("off", "nothing in standby")
    missing = _missing_arms(desk, cue.id)
    if missing:
        return GoFace("unarmed", "not armed", f"Not armed: waits for {' and '.join(missing)}")
    if desk.text_has_caret:
        return GoFace("typing", "Space types text", "Space types text now: leave the field, or press the button")
    in_two = desk.show is not None and SHOW in desk.show.rules.go_in_two
    confirmed = in_two and SHOW in desk.snapshot.confirmed
    if not desk.snapshot.go_armed:
        return GoFace("resting", "let go of the key", confirmed=confirmed)
    if in_two and not confirmed:
        return GoFace("unconfirmed", f"confirms {name_of(desk, cue)}")
    look: Look = "machine" if desk.snapshot.machine else "ready"
    held = " (held)" if desk.snapshot.outputs_held else ""
    silent, _ = unready_words(desk, cue.item)
    reason = f"No answer lately: {silent}. It runs all the same" if silent else ""
    return GoFace(look, f"Space runs {name_of(desk, cue)}{held}", reason, confirmed=confirmed)


@dataclass(frozen=True, slots=True)
class KeysFace:
    """Who presses called cues now, and what the key that changes it would do."""

    machine: bool
    words: str
    key_words: str


def keys_face(desk: Desk) -> KeysFace | None:
    """None where no machine stands by: then only people press, and there is nothing to say."""
    if desk.snapshot is None or desk.snapshot.machine is None:
        return None
    if desk.snapshot.machine:
        return KeysFace(machine=True, words="The machine presses", key_words="M: you press")
    return KeysFace(machine=False, words="You press", key_words="M: the machine")


def _missing_arms(desk: Desk, cue: str) -> tuple[str, ...]:
    if desk.snapshot is None:
        return ()
    return next((state.missing for state in desk.snapshot.armed if state.cue == cue), ())
