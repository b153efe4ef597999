"""The console script: opens the window where one is asked for, hands everything else to the command line.

Qt is imported only on the way to a window, so that ``showcaller check`` in a container needs no display library.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

from console import cli
from console.cli.play_args import DEMO_ITEM
from console.vocabulary import fault_to_text


def main(argv: Sequence[str] | None = None) -> int:
    """Exit codes: 0 well, 1 the show or venue is at fault, 2 the call is."""
    call = cli.plan_call(argv)
    if call.window is None or not has_display():
        return cli.main(
            argv, make_pdf
        )  # without a display the demo plays in the terminal, and a window is refused in words
    return _open_window(call)


def make_pdf(html: str, file: Path, *, title: str) -> int:
    """The command line's paper. Raises OSError, or ImportError where Qt is not there."""
    from ui.paper import html_to_pdf

    return html_to_pdf(html, file, title=title)


def has_display() -> bool:
    """True where a window can be shown."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _open_window(call: cli.Call) -> int:
    import platformdirs

    from ui.app import run_window
    from ui.launch import StartedEngine, WindowPlan
    from ui.state.shelf import Opening, Recent

    state = Path(platformdirs.user_state_dir("showcaller"))
    with warnings.catch_warnings():  # that there is no XDG_RUNTIME_DIR is nothing an operator could act on
        warnings.simplefilter("ignore")
        runtime = Path(platformdirs.user_runtime_dir("showcaller"))
    opening = None
    if call.show is not None and call.venue is not None:
        opening = Opening(call.show, call.venue, call.simulated, call.run_kind)
    if call.window == "demo":
        path = runtime / f"demo-{os.getpid()}.sock"  # its own engine, whatever else is running
        command = [*_engine_command(path), "--ghost", "all", "--go", "auto", "--from", DEMO_ITEM, "--ends-alone"]
        command += [word for name, fault in call.faults for word in ("--fault", f"{name}={fault_to_text(fault)}")]
        launcher = StartedEngine(command, path, state / "demo-engine.log", outlives=False)
        return run_window(WindowPlan(opening, remember=False), launcher)
    path = runtime / "engine.sock"
    launcher = StartedEngine(_engine_command(path), path, state / "engine.log")
    last = next(iter(Recent(state / "recent.json").load()), None)
    return run_window(WindowPlan(opening or last, is_asked=opening is not None), launcher)


def _engine_command(path: Path) -> list[str]:
    return [sys.executable, "-m", "console.cli", "engine", "--socket", str(path)]


if __name__ == "__main__":
    sys.exit(main())
