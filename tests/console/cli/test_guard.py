"""The last resort: whatever a command does, a line and an exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from console.cli.errors import CommandError
from console.cli.guard import INTERRUPTED, READER_GONE, guarded
from console.cli.logs import log_file
from tests.support.command_line import settle_home
from tests.support.logs import ExpectedLogs
from tests.support.tree import ROOT


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settle_home(tmp_path, monkeypatch)
    return tmp_path


def _raise(error: BaseException) -> int:
    raise error


def test_a_fault_of_the_call_is_one_line_with_its_code(capsys: pytest.CaptureFixture[str]):
    assert guarded(lambda: _raise(CommandError("song.json:\n  is no\tshow\x1b[2J", 1))) == 1
    assert capsys.readouterr() == ("", "showcaller: song.json: is no show\\x1b[2J\n")


def test_a_mistake_of_our_own_is_one_line_and_a_traceback_in_the_log(
    capsys: pytest.CaptureFixture[str], expected_logs: ExpectedLogs
):
    expected_logs.expect("unexpected")
    assert guarded(lambda: _raise(KeyError("cue\n17"))) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "KeyError" in err
    assert str(log_file()) in err
    written = log_file().read_text(encoding="utf-8")
    assert "Traceback" in written
    assert "in _raise" in written


def test_a_log_that_cannot_be_written_is_said_and_borne(
    home: Path, capsys: pytest.CaptureFixture[str], expected_logs: ExpectedLogs
):
    expected_logs.expect("unexpected")
    (home / "XDG_STATE_HOME").write_text("a file where a folder should be")
    assert guarded(lambda: _raise(RuntimeError("boom"))) == 3
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "cannot be written" in err


def test_no_log_is_made_where_nothing_went_wrong():
    assert guarded(lambda: 0) == 0
    assert not log_file().exists()


def test_ctrl_c_is_one_line(capsys: pytest.CaptureFixture[str]):
    assert guarded(lambda: _raise(KeyboardInterrupt())) == INTERRUPTED
    assert capsys.readouterr().err == "showcaller: stopped by Ctrl-C\n"


def test_a_reader_who_has_had_enough_gets_no_complaint():
    program = subprocess.Popen(
        [sys.executable, "-m", "console.cli", "times", "half-light", "--csv"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert program.stdout is not None
    program.stdout.close()
    _, err = program.communicate(timeout=60)
    assert (program.returncode, err) == (READER_GONE, b"")


def test_text_for_a_pipe_is_whole_and_plain():
    done = subprocess.run(
        [sys.executable, "-m", "console.cli", "check", "half-light", "--venue", "halcyon-dome"],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout.startswith(b"PASS  ")
    assert b"\x1b" not in done.stdout


def test_a_terminal_without_our_signs_gets_escapes():
    done = subprocess.run(
        [sys.executable, "-m", "console.cli", "check", "half-light", "--venue", "gaslight-exchange"],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\u2192 the later cue wins" in done.stdout


def test_a_file_name_that_is_no_text_is_escaped(home: Path):
    path = os.fsencode(home) + b"/show\xff.json"
    with open(path, "wb") as file:  # noqa: PTH123 - pathlib knows no names in bytes
        file.write(b"{")
    done = subprocess.run(
        [sys.executable, "-m", "console.cli", "check", path, "--venue", "halcyon-dome", "--json"],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert json.loads(done.stdout)["problems"][0]["where"].endswith("show\udcff.json:1:2")
