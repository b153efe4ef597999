"""What the window does itself: one module an area, each a function from the surface to its deeds by action id.

An action that asks the engine, or changes the show, needs no deed: it stands whole in its table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ui.deeds import console_deeds, cue_deeds, first_deeds, inspecting, looking, running, timing
from ui.deeds.surface import Surface

AREAS = (
    looking.deeds,
    running.deeds,
    console_deeds.deeds,
    first_deeds.deeds,
    inspecting.deeds,
    cue_deeds.deeds,
    timing.deeds,
)


def local_deeds(surface: Surface) -> Mapping[str, Callable[[], object]]:
    """All of them. Raises ``ValueError`` where two areas claim one action."""
    made: dict[str, Callable[[], object]] = {}
    for area in AREAS:
        for action_id, deed in area(surface).items():
            if action_id in made:
                raise ValueError(f"action {action_id} is done in two places: keep one of them")
            made[action_id] = deed
    return made
