"""The command line: one module a command, and ``main`` that sends a call to it."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from console.cli.call import Call, plan_call
from console.cli.commands import RUNS
from console.cli.guard import guarded
from console.cli.paper import Paper
from console.cli.parser import parse

__all__ = ["Call", "main", "plan_call"]


def main(argv: Sequence[str] | None = None, paper: Paper | None = None) -> int:
    """Answer a call that opens no window; ``argv`` without the program's name. Returns the exit code, never raises.

    ``paper`` makes the PDFs that are asked for; without it they are refused in words.
    """
    return guarded(lambda: _answer(sys.argv[1:] if argv is None else argv, paper))


def _answer(argv: Sequence[str], paper: Paper | None) -> int:
    asked = parse(argv)
    if asked.help is not None:
        sys.stdout.write(asked.help)
        return 0
    asked.args.paper = paper
    return RUNS[asked.command](asked.args)
