"""Cues moved in time by hand: what the timeline's mouse asks for."""

from __future__ import annotations

from collections.abc import Callable

from ui.deeds.surface import Surface
from ui.state.time_edits import drag_edit


def deeds(surface: Surface) -> dict[str, Callable[[], object]]:
    """By action id."""
    timeline = surface.page.timeline

    def drag(cue: str, to_ns: int) -> None:
        surface.change(lambda desk: drag_edit(desk, cue, to_ns))

    def ripple() -> None:
        surface.desk.ripples = not surface.desk.ripples

    timeline.cue_dragged.connect(drag)
    return {
        "time.ripple": ripple,
        "zoom.picked": timeline.zoom_to_picked,
        "zoom.section": timeline.zoom_to_section,
    }
