import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.launch import LaunchError, StartedEngine


@pytest.fixture
def place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="sc-") as name:  # short: a socket's path takes 107 bytes
        yield Path(name)


def wait_for_end(engine: StartedEngine) -> None:
    assert engine._process is not None
    engine._process.wait(20)


def test_an_engine_that_ends_at_once_is_told_with_its_last_words(place: Path) -> None:
    code = "import sys; print('starting'); print('no such show: x'); sys.exit(1)"
    engine = StartedEngine([sys.executable, "-c", code], place / "e.sock", place / "logs" / "engine.log")
    assert engine.try_attach() is None
    wait_for_end(engine)
    with pytest.raises(LaunchError, match="the engine ended with code 1: no such show: x"):
        engine.try_attach()


def test_a_command_that_is_not_there_is_told(place: Path) -> None:
    engine = StartedEngine([str(place / "nothing")], place / "e.sock", place / "engine.log")
    with pytest.raises(LaunchError, match="cannot be started"):
        engine.try_attach()


@pytest.mark.parametrize(
    ("running", "outlives", "lives"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_an_engine_outlives_its_window_only_while_a_show_runs_in_it(
    place: Path, running: bool, outlives: bool, lives: bool
) -> None:
    code = "import signal; signal.pause()"
    engine = StartedEngine([sys.executable, "-c", code], place / "e.sock", place / "e.log", outlives=outlives)
    assert engine.try_attach() is None
    assert engine.try_attach() is None
    process = engine._process
    assert process is not None
    engine.leave(show_is_running=running)
    assert (process.poll() is None) is lives
    if lives:
        process.kill()
        process.wait(20)
    engine.leave(show_is_running=False)


def test_qt_is_not_imported_for_what_needs_no_window() -> None:
    code = "import sys, ui.__main__; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_without_a_display_a_window_is_refused_in_one_line() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "ui", "open", "half-light", "--venue", "halcyon-dome"],
        env={"PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert len(run.stderr.splitlines()) == 1
    assert "display" in run.stderr
