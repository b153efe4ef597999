"""What stands above everything else, and what ends it. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from ui.state.desk import Desk
from ui.state.words import Tone


@dataclass(frozen=True, slots=True)
class BannerFace:
    """A title in big words, a line under it, all of its lines, and the action that ends it."""

    title: str
    words: str
    action: str
    tone: Tone
    lines: tuple[str, ...] = ()


def banner_face(desk: Desk) -> BannerFace | None:
    """A show stop before held outputs; None while neither stands."""
    snapshot = desk.snapshot
    if snapshot is None:
        return None
    if snapshot.resume_list is not None:
        ways = {"Comes back": " comes back", "By hand": " by hand"}
        parts = [
            f"{way}: {', '.join(line.removesuffix(end) for line in snapshot.resume_list if line.endswith(end))}"
            for way, end in ways.items()
            if any(line.endswith(end) for line in snapshot.resume_list)
        ]
        words = " · ".join(parts) or "Nothing of the show stood where it struck"
        return BannerFace("SHOW STOP", words, "show.resume", "stop", snapshot.resume_list)
    if snapshot.outputs_held:
        words = "Position restored. Nothing is sent; cues are tracked, and their state leaves when outputs are released"
        return BannerFace("OUTPUTS HELD", words, "outputs.release", "caution")
    return None
