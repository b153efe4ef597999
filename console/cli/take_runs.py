"""What runs each ``takes`` command. Modules are imported when their command is called: help stays quick."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from console.cli.page import Page
from console.vocabulary import Ghosts


def _print(page: Page) -> int:
    sys.stdout.write(page.text)
    return page.code


def _list(args: Namespace) -> int:
    from console.cli.take_pages import run_take_list

    return _print(run_take_list(args.folder, as_json=args.json))


def _show(args: Namespace) -> int:
    from console.cli.take_pages import run_take_show

    return _print(run_take_show(args.take, args.show, as_json=args.json))


def _compare(args: Namespace) -> int:
    from console.cli.take_pages import run_take_compare

    return _print(run_take_compare(args.show, args.takes, args.item, as_csv=args.csv, as_json=args.json))


def _notes(args: Namespace) -> int:
    from console.cli.paper import Written
    from console.cli.take_pages import run_take_notes

    ticks = [(number, done) for number, done in ((args.tick, True), (args.untick, False)) if number is not None]
    return _print(
        run_take_notes(
            args.takes,
            department=args.department,
            only_open=args.open,
            ticks=ticks,
            as_csv=args.csv,
            written=Written(args.html, args.pdf),
            paper=args.paper,
        )
    )


def _replay(args: Namespace) -> int:
    from console.cli.take_replay import ReplayArgs, run_take_replay

    ghosts: Ghosts = "all" if "all" in args.ghost else tuple(args.ghost)
    speed = None if args.max else args.speed
    return run_take_replay(ReplayArgs(args.take, args.show, args.venue, speed, ghosts, args.output, args.as_run))


def _adopt(args: Namespace) -> int:
    from console.cli.take_adopt import run_take_adopt

    return _print(run_take_adopt(args.take, args.show, args.cue, args.grid, args.write))


def _learn(args: Namespace) -> int:
    from console.cli.take_adopt import run_take_learn

    return _print(run_take_learn(args.show, args.cue, args.takes, args.grid, args.write))


def _import(args: Namespace) -> int:
    from console.cli.take_adopt import run_take_import

    return _print(run_take_import(args.log, args.show, args.file))


TAKE_RUNS: Final[Mapping[str, Callable[[Namespace], int]]] = MappingProxyType(
    {
        "takes list": _list,
        "takes show": _show,
        "takes compare": _compare,
        "takes notes": _notes,
        "takes replay": _replay,
        "takes adopt": _adopt,
        "takes learn": _learn,
        "takes import": _import,
    }
)
"""By the names of ``take_commands.TAKE_COMMANDS``."""
