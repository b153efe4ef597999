"""Which window a call asks for, so that nothing of Qt is imported for any other."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from console.cli.errors import CommandError
from console.cli.parser import parse
from console.cli.play_args import DEMO_SHOW, DEMO_VENUE
from console.vocabulary import Faults, RunKind


@dataclass(frozen=True, slots=True)
class Call:
    """``welcome``: the last show, or a page to choose from. ``demo`` and ``open`` name a show and a house.

    None: no window; ``console.cli.main`` answers the call, its mistakes and ``--help`` included.
    """

    window: Literal["welcome", "demo", "open"] | None
    show: str | None = None
    venue: str | None = None
    simulated: bool | None = None  # True: every device a ghost; None: as the engine was started
    run_kind: RunKind | None = None
    faults: Faults = ()  # of the demo's ghosts


def plan_call(argv: Sequence[str] | None = None) -> Call:
    """What window a call asks for. Prints nothing and raises nothing; without ``argv``, that of the program."""
    try:
        asked = parse(sys.argv[1:] if argv is None else argv)
    except CommandError:
        return Call(None)
    if asked.help is not None:
        return Call(None)
    match asked.command:
        case "":
            return Call("welcome")
        case "demo":
            return Call("demo", DEMO_SHOW, DEMO_VENUE, faults=tuple(asked.args.faults))
        case "open":
            simulated = True if asked.args.ghost == "all" else None
            return Call("open", asked.args.show, asked.args.venue, simulated, asked.args.run)
        case _:
            return Call(None)
