"""The command line in a home of its own, and small shows and houses on disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from console.show.show import Show
from console.show.show_json import show_to_json
from tests.support.command_line import CommandLine, settle_home

HALL = """
id = "hall"
name = "Small Hall"
time_zone = "Europe/London"
rate = "25"
devices = [
  { id = "desk", profile = "etc/eos", host = "127.0.0.1" },
  { id = "foh", profile = "behringer/x32", host = "127.0.0.1" },
  { id = "screens", profile = "resolume/arena", host = "127.0.0.1", port = 7000 },
  { id = "screens-b", profile = "resolume/arena", host = "127.0.0.1", port = 7001 },
  { id = "graphics", profile = "casparcg/server", host = "127.0.0.1" },
  { id = "tracks", profile = "generic/osc", host = "127.0.0.1" },
]
roles = [
  { id = "lighting.main", main = "desk" },
  { id = "audio.foh", main = "foh" },
  { id = "audio.playback", main = "tracks" },
  { id = "video.server", main = "screens", parallel = ["screens-b"] },
  { id = "video.graphics", main = "graphics" },
]
absent = [
  { role = "sfx.pyro", policy = "skip", reason = "no pyro in this house" },
  { role = "camera.cueing", policy = "skip_with_warning", reason = "no camera cards here" },
]
[safe]
soft = [{ role = "audio.foh", verb = "scene.recall", args = { scene = 1 } }]
show_stop = [{ role = "audio.foh", verb = "scene.recall", args = { scene = 2 } }]
"""
"""A house of shipped profiles only."""


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """``call("times", "half-light")``."""
    home = tmp_path / "home"
    settle_home(home, monkeypatch)
    return CommandLine(home, capsys)


@pytest.fixture
def hall(tmp_path: Path) -> Path:
    """The file of the small hall."""
    path = tmp_path / "hall.toml"
    path.write_text(HALL, encoding="utf-8")
    return path


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[Show], Path]:
    """Writes a show to a file."""

    def save(show: Show) -> Path:
        path = tmp_path / f"{show.id}.json"
        path.write_text(show_to_json(show), encoding="utf-8")
        return path

    return save
