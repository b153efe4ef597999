"""The console script: opens the window where one is asked for, hands everything else to the command line.

Qt is imported only on the way to a window, so that ``showcaller check`` in a container needs no display library.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

DEMO_SHOW: Final = "half-light"
DEMO_VENUE: Final = "halcyon-dome"

_WINDOW_COMMANDS: Final = ("demo", "open")
_HELP: Final = ("-h", "--help")


def main(argv: Sequence[str] | None = None) -> int:
    """Exit codes: 0 well, 1 the show or venue is at fault, 2 the call is."""
    args = list(sys.argv[1:] if argv is None else argv)
    wants_window = not args or (args[0] in _WINDOW_COMMANDS and not any(arg in _HELP for arg in args))
    if wants_window and args[:1] == ["demo"] and not _has_display():
        wants_window = False  # the demo plays in the terminal then
    if not wants_window:
        from console import cli

        return cli.main(args)
    if not _has_display():
        print("there is no display for the window: run showcaller play, or set DISPLAY", file=sys.stderr)  # noqa: T201
        return 2
    return _open_window(args)


def _open_window(args: Sequence[str]) -> int:
    import platformdirs

    from ui.app import run_window
    from ui.launch import EngineProcess, WindowPlan
    from ui.state.shelf import Opening, Recent

    state = Path(platformdirs.user_state_dir("showcaller"))
    runtime = Path(platformdirs.user_runtime_dir("showcaller"))
    if args[:1] == ["demo"]:
        path = runtime / f"demo-{os.getpid()}.sock"
        command = [sys.executable, "-m", "ui", "engine", "--socket", str(path), "--ghost", "all"]
        launcher = EngineProcess(command, path, state / "demo-engine.log", outlives=False)
        return run_window(WindowPlan(Opening(DEMO_SHOW, DEMO_VENUE), remember=False), launcher)
    path = runtime / "engine.sock"
    command = [sys.executable, "-m", "ui", "engine", "--socket", str(path)]
    launcher = EngineProcess(command, path, state / "engine.log")
    if not args:
        return run_window(WindowPlan(next(iter(Recent(state / "recent.json").load()), None)), launcher)
    asked = _parse_open(args[1:])
    return run_window(WindowPlan(Opening(asked.show, asked.venue)), launcher)


def _parse_open(args: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="showcaller open", description="Open a show in a house.")
    parser.add_argument("show", metavar="SHOW", help="a show file, or the id of a shipped show")
    parser.add_argument("--venue", required=True, metavar="V", help="a venue file, or the id of a shipped venue")
    return parser.parse_args(args)


def _has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


if __name__ == "__main__":
    sys.exit(main())
