"""What ``showcaller play`` is asked for, read from the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from console.vocabulary import Faults, RunKind

DEMO_SHOW: Final = "half-light"
DEMO_VENUE: Final = "halcyon-dome"
DEMO_ITEM: Final = "song-harbour-signals"
"""Where the demo begins: a minute of film and a walk-on would be a slow welcome."""


@dataclass(frozen=True, slots=True)
class PlayArgs:
    """One headless run. Names are as typed: a show or venue by file or id, places as P of the command line.

    ``speed`` is show seconds a second, above 0; None: as fast as it goes. ``ghosts`` are roles whose devices are
    simulated; without any, every device is as the venue has it.
    """

    show: str
    venue: str
    item: str | None = None
    from_place: str | None = None
    to_place: str | None = None
    speed: float | None = 1.0
    go_auto: bool = False
    ghosts: tuple[str, ...] | Literal["all"] = ()
    as_run: Path | None = None
    run_kind: RunKind = "rehearsal"
    faults: Faults = ()


def demo_play_args(faults: Faults = ()) -> PlayArgs:
    """The sample concert in the sample arena, every device a ghost, the machine at the keys."""
    return PlayArgs(show=DEMO_SHOW, venue=DEMO_VENUE, from_place=DEMO_ITEM, go_auto=True, ghosts="all", faults=faults)
