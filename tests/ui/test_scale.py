"""100 to 200 %: what has room, what is kept, and an application drawn anew on the same engine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QSize

from tests.support.snapshots import make_snapshot
from tests.support.tree import ROOT
from tests.ui.conftest import Rig
from ui.scale import STEPS, kept_scale, largest_scale, stepped

LEAST = QSize(1080, 700)


@pytest.mark.parametrize(
    ("percent", "by", "then"), [(100, 1, 125), (100, -1, 100), (200, 1, 200), (175, 1, 200), (150, -1, 125)]
)
def test_a_step_stays_within_the_ends(percent: int, by: int, then: int) -> None:
    assert stepped(percent, by) == then


@pytest.mark.parametrize(
    ("room", "most"),
    [((1280, 720), 100), ((1920, 1080), 150), ((2560, 1440), 200), ((3840, 2160), 200), ((800, 600), 100)],
)
def test_no_more_than_the_screen_has_room_for(room: tuple[int, int], most: int) -> None:
    assert largest_scale(QSize(*room), LEAST) == most


@pytest.mark.parametrize(("kept", "percent"), [(150, 150), ("175", 175), ("90", 100), ("", 100), ("x", 100)])
def test_what_was_kept_is_a_step_or_the_first(tmp_path: Path, kept: object, percent: int) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    settings.setValue("scale", kept)
    assert kept_scale(settings) == percent
    assert percent in STEPS


def test_a_rolling_show_is_not_interrupted_by_drawing_anew(rig: Rig) -> None:
    show = rig.open()
    rig.link.tell(make_snapshot(show, "song", 0))
    asked: list[int] = []
    rig.window.scale_asked.connect(asked.append)
    rig.window.run_action("scale.larger")
    assert asked == []
    assert "stop or hold first" in rig.desk.lines[-1].words
    rig.link.tell(make_snapshot(show, "song", 0, state="stopped"))
    rig.window.run_action("scale.larger")
    rig.window.run_action("scale.smaller")
    assert asked == [1, -1]


PROBE = """
import sys
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from console.link.messages import Welcome
from tests.support.builders import evening_show
from tests.support.fake_link import FakeLink, opened
from ui import app
from ui.launch import WindowPlan
from ui.timers import once_timer

app.largest_scale = lambda room, window: 200  # the screen of this platform is small


class Launcher:
    save_command = ("true",)

    def try_attach(self):
        return FakeLink(welcome=Welcome(pid=1, opened=opened(evening_show())))

    def leave(self, *, show_is_running):
        print("left the engine")


class Seat(app.Seat):
    def start(self, plan):
        super().start(plan)
        is_open, is_tall = self._desk.show is not None, self.window.page.go_bar.go.grab().height() >= 96
        print(self.window.devicePixelRatioF(), is_open, self._desk.mode, is_tall)
        self._desk.mode = "edit"
        ratio = self.window.devicePixelRatioF()
        ends = (lambda: self.window.close()) if ratio == 1.5 else (lambda: self.window.scale_asked.emit(1))
        self.window.asks_to_save = False
        self._probe = once_timer(self, 20, ends)
        self._probe.start()


app.Seat = Seat
print(app.run_window(WindowPlan(), Launcher()))
"""


def test_another_scale_is_another_application_on_the_same_engine(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "XDG_STATE_HOME": str(tmp_path),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", PROBE], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.splitlines() == [
        "1.0 True rehearsal True",
        "1.25 True edit True",
        "1.5 True edit True",
        "left the engine",
        "0",
    ], done.stderr
    assert done.returncode == 0
