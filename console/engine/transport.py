"""The transport as a table: every state answers every request, and a refusal is an answer.

The four states are the design's. ``start`` is an item going live by its own GO; the others are requests of the same
name. *Locating* is never seen from outside a step: a locate is decided whole, within one.
"""

from __future__ import annotations

from typing import Final, Literal

from console.vocabulary import Transport

TransportRequest = Literal["start", "roll", "hold", "stop", "locate"]

TRANSPORT: Final[dict[tuple[Transport, TransportRequest], Transport | str]] = {
    ("stopped", "start"): "rolling",
    ("stopped", "roll"): "rolling",
    ("stopped", "hold"): "held",
    ("stopped", "stop"): "stopped",
    ("stopped", "locate"): "stopped",
    ("rolling", "start"): "rolling",
    ("rolling", "roll"): "rolling",
    ("rolling", "hold"): "held",
    ("rolling", "stop"): "stopped",
    ("rolling", "locate"): "rolling",
    ("held", "start"): "rolling",
    ("held", "roll"): "rolling",
    ("held", "hold"): "held",
    ("held", "stop"): "stopped",
    ("held", "locate"): "held",
    ("locating", "start"): "refused: locating; wait for it to end",
    ("locating", "roll"): "refused: locating; wait for it to end",
    ("locating", "hold"): "refused: locating; wait for it to end",
    ("locating", "stop"): "refused: locating; wait for it to end",
    ("locating", "locate"): "refused: locating; wait for it to end",
}


def next_state(state: Transport, request: TransportRequest) -> tuple[Transport, str | None]:
    """The state after a request, and why it was refused (None where it was not)."""
    answer = TRANSPORT[state, request]
    if answer.startswith("refused: "):
        return state, answer.removeprefix("refused: ")
    return answer, None  # type: ignore[return-value]
