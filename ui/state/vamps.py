"""The vamp that is going round: which pass, whether its exit was asked, and when it is left. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from console.show.songs import Vamp
from ui.state.desk import Desk
from ui.state.words import countdown_text

_LEAVES: Final = {
    "bar": "leaves at the next bar",
    "beat": "leaves at the next beat",
    "section_end": "leaves at its end",
}


@dataclass(frozen=True, slots=True)
class VampFace:
    """What the plate says: "Talk vamp", "pass 2 of 3", and what V would do, or that it has been asked."""

    name: str
    passes: str
    asked: bool
    words: str


def vamp_face(desk: Desk, local_ns: int) -> VampFace | None:
    """The vamp under the playhead; None while none goes round."""
    head = desk.snapshot.playhead if desk.snapshot is not None else None
    if head is None or head.item is None or head.vamp_pass is None or desk.schedule is None:
        return None
    times = next((each for each in desk.schedule.items[head.item].vamps if each.section.id == head.section), None)
    if times is None or times.vamp is None:
        return None
    position_ns = desk.position_ns(local_ns)
    left_ns = None if position_ns is None else max(times.end_ns - position_ns, 1)
    passes = _passes(head.vamp_pass, times.vamp.planned_repeats)
    if head.vamp_exit_asked:
        to_exit_ns = _left_ns(head.vamp_exit_ns, position_ns)
        words = _leaving(times.vamp, left_ns) if to_exit_ns is None else f"leaves in {countdown_text(to_exit_ns)}"
    else:
        words = f"pass ends in {countdown_text(left_ns)}{_exit_by(_left_ns(head.vamp_exit_by_ns, position_ns))}"
    return VampFace(times.section.name, passes, head.vamp_exit_asked, words)


def _left_ns(place_ns: int | None, position_ns: int | None) -> int | None:
    return None if place_ns is None or position_ns is None else place_ns - position_ns


def _exit_by(left_ns: int | None) -> str:
    """Until when an exit can still be asked in this pass with nothing behind it late; then what comes will be."""
    if left_ns is None:
        return ""
    return f", exit by {countdown_text(left_ns)}" if left_ns > 0 else ", an exit now is late"


def _passes(pass_no: int, planned: int) -> str:
    return f"pass {pass_no} of {planned}" if pass_no <= planned else f"pass {pass_no}, {planned} planned"


def _leaving(vamp: Vamp, left_ns: int | None) -> str:
    """An exit at the section's end can be counted down; of the others the engine alone knows the place."""
    if vamp.exit == "section_end" and left_ns is not None:
        return f"leaves in {countdown_text(left_ns)}"
    if vamp.exit == "quantum":
        return f"leaves at the next {vamp.exit_quantum_bars or 1}-bar line"
    return _LEAVES[vamp.exit]


def live_section_name(desk: Desk) -> str | None:
    """What the section is called that the playhead is in; None where it is in none."""
    if desk.snapshot is None or desk.show is None or desk.snapshot.playhead.section is None:
        return None
    section = desk.show.section_by_id.get(desk.snapshot.playhead.section)
    return section.name if section is not None else None
