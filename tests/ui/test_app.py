import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QSize
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.link.messages import Welcome
from tests.support.builders import evening_show
from tests.support.fake_link import FakeLink, opened
from tests.support.snapshots import make_snapshot
from ui.app import GIVE_UP_TRIES, Seat, first_size
from ui.bridge import Link
from ui.launch import LaunchError, WindowPlan
from ui.memory import Memory
from ui.state.shelf import HouseMove, Opening, Recent
from ui.theme.colours import LIT


@dataclass
class FakeLauncher:
    """Gives out the links it holds, one a try; None where the engine is still coming up."""

    links: list[FakeLink | str | None] = field(default_factory=list)
    left: list[bool] = field(default_factory=list)
    tries: int = 0
    save_command: tuple[str, ...] = (sys.executable, "-c", "print('saved')")

    def try_attach(self) -> Link | None:
        self.tries += 1
        link = self.links.pop(0) if self.links else None
        if isinstance(link, str):
            raise LaunchError(link)
        return link

    def leave(self, *, show_is_running: bool) -> None:
        self.left.append(show_is_running)


@dataclass
class Place:
    seat: Seat
    launcher: FakeLauncher
    recent: Recent
    settings: QSettings


@pytest.fixture
def place(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Place]:
    launcher = FakeLauncher()
    recent = Recent(tmp_path / "recent.json")
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    seat = Seat(qapp, launcher, recent, settings)
    yield Place(seat, launcher, recent, settings)
    seat.window.close()
    seat.leave()
    seat.deleteLater()


def test_a_running_engines_show_is_taken_up(place: Place) -> None:
    place.launcher.links = [FakeLink(welcome=Welcome(pid=1, opened=opened(evening_show())))]
    place.seat.start(WindowPlan())
    assert place.seat.window.windowTitle() == "Test[*] – Showcaller"


def test_a_show_asked_for_is_asked_of_the_engine_and_remembered(place: Place) -> None:
    link = FakeLink()
    place.launcher.links = [link]
    place.seat.start(WindowPlan(Opening("half-light", "halcyon-dome")))
    assert link.openings == [("half-light", "halcyon-dome")]
    assert place.recent.load() == ()  # not before it is open
    link.on_arrival = place.seat._bridge.read
    link.tell(opened(evening_show()))
    assert place.recent.load() == (Opening("half-light", "halcyon-dome"),)
    place.seat.window.opening_asked.emit(Opening("other", "theatre"))
    assert link.openings[-1] == ("other", "theatre")


def test_a_house_that_was_loaded_is_remembered_with_the_show_it_was_loaded_for(place: Place) -> None:
    in_arena = opened(evening_show()).model_copy(update={"show_name": "half-light", "venue_name": "halcyon-dome"})
    link = FakeLink(welcome=Welcome(pid=1, opened=in_arena))
    place.launcher.links = [link]
    place.seat.start(WindowPlan())
    place.seat.window.house_asked.emit(HouseMove("tour/field.toml", simulated=True))
    assert (link.openings, link.ghosts, link.kinds) == ([(None, "tour/field.toml")], ["all"], ["rehearsal"])
    assert place.recent.load() == ()
    link.on_arrival = place.seat._bridge.read
    link.tell(in_arena.model_copy(update={"venue_name": "tour/field.toml"}))
    assert place.recent.load() == (Opening("half-light", "tour/field.toml", simulated=True),)


def test_who_is_simulated_is_asked_with_the_show(place: Place) -> None:
    link = FakeLink()
    place.launcher.links = [link]
    place.seat.start(WindowPlan(Opening("half-light", "halcyon-dome", simulated=True)))
    for simulated in (False, None):
        place.seat.window.opening_asked.emit(Opening("half-light", "halcyon-dome", simulated=simulated))
    assert link.ghosts == ["all", (), None]


def test_what_is_being_opened_is_said_until_it_is_open_or_the_engine_goes(place: Place) -> None:
    link = FakeLink()
    place.launcher.links = [link]
    place.seat.start(WindowPlan(Opening("half-light", "halcyon-dome")))
    welcome = place.seat.window.welcome
    assert welcome._second.text() == "Opening Ondine Farrow & The Tidal Index: Half-Light, Live in Halcyon Dome…"
    assert not welcome.form.isVisible()
    link.on_arrival = place.seat._bridge.read
    link.lose("killed")
    assert welcome.form.isVisible()
    assert welcome._words.text() == "Not opened: killed"


def test_the_demo_is_nobodys_last_show(place: Place) -> None:
    place.launcher.links = [FakeLink()]
    place.seat.start(WindowPlan(Opening("half-light", "halcyon-dome"), remember=False))
    place.seat._bridge.show_opened.emit(opened(evening_show()))
    assert place.recent.load() == ()


def test_an_engine_that_is_coming_up_is_waited_for(place: Place, qtbot: QtBot) -> None:
    link = FakeLink()
    place.launcher.links = [None, None, link]
    place.seat.start(WindowPlan(Opening("half-light", "halcyon-dome")))
    qtbot.waitUntil(lambda: bool(link.openings), timeout=2000)
    assert place.launcher.tries == 3


def test_an_engine_that_cannot_start_is_told_in_words(place: Place) -> None:
    place.launcher.links = ["the engine ended with code 2: no such option"]
    place.seat.start(WindowPlan())
    assert place.seat.window.welcome._words.text() == "the engine ended with code 2: no such option"


def test_waiting_for_an_engine_has_an_end(place: Place) -> None:
    place.seat.start(WindowPlan())
    for _ in range(GIVE_UP_TRIES):
        place.seat.attach()
    assert "did not come up" in place.seat.window.welcome._words.text()


def test_an_engine_that_is_lost_is_found_again(place: Place, qtbot: QtBot) -> None:
    first = FakeLink(welcome=Welcome(pid=1, opened=opened(evening_show())))
    second = FakeLink(welcome=Welcome(pid=2, opened=opened(evening_show(title="Again"))))
    place.launcher.links = [first, second]
    place.seat.start(WindowPlan())
    first.on_arrival = place.seat._bridge.read
    first.lose("killed")
    qtbot.waitUntil(lambda: place.seat.window.windowTitle() == "Again[*] – Showcaller", timeout=2000)


def test_the_other_light_is_another_window_on_the_same_desk(place: Place, qtbot: QtBot) -> None:
    show = evening_show()
    link = FakeLink(welcome=Welcome(pid=1, opened=opened(show)))
    place.launcher.links = [link]
    place.seat.start(WindowPlan())
    link.on_arrival = place.seat._bridge.read
    link.tell(make_snapshot(show, "song", 0))
    before = place.seat.window
    before.actions_by_id["view.lit"].trigger()
    after = place.seat.window
    assert after is not before
    assert after.isVisible()
    assert not before.isVisible()
    assert after.windowTitle() == "Test[*] – Showcaller"
    assert place.settings.value("room") == LIT.name
    link.tell(make_snapshot(show, "song", 1_000_000_000))
    assert after.page.head.transport.accessibleDescription() == "Transport: Rolling"


def test_the_engine_is_told_whether_a_show_is_running(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    for state, running in (("rolling", True), ("stopped", False)):
        show = evening_show()
        link, launcher = FakeLink(welcome=Welcome(pid=1, opened=opened(show))), FakeLauncher()
        launcher.links = [link]
        settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        seat = Seat(qapp, launcher, Recent(tmp_path / "recent.json"), settings)
        seat.start(WindowPlan())
        link.on_arrival = seat._bridge.read
        link.tell(make_snapshot(show, "song", 0, state=state))  # type: ignore[arg-type]
        seat.window.close()
        seat.leave()
        seat.deleteLater()
        assert launcher.left == [running]
        assert link.closed


@pytest.mark.parametrize(
    ("room", "size"),
    [((1280, 720), (1280, 720)), ((1366, 728), (1366, 728)), ((1920, 1040), (1600, 900)), ((1080, 1920), (1080, 900))],
)
def test_a_first_window_is_no_larger_than_its_screen(room: tuple[int, int], size: tuple[int, int]) -> None:
    assert first_size(QSize(*room)).toTuple() == size


def test_the_last_show_does_not_push_out_the_one_that_is_open(place: Place) -> None:
    link = FakeLink(welcome=Welcome(pid=1, opened=opened(evening_show())))
    place.launcher.links = [link]
    place.seat.start(WindowPlan(Opening("half-light", "halcyon-dome"), is_asked=False))
    assert link.openings == []


class ListedMemory(Memory):
    """Writes down what it is told, and whether the window had the show by then."""

    def __init__(self) -> None:
        self.told: list[tuple[str, bool]] = []
        self.has_show = lambda: False

    def load(self) -> None:
        self.told.append(("load", self.has_show()))

    def settle(self) -> None:
        self.told.append(("settle", self.has_show()))


def test_memory_is_told_before_a_show_is_loaded_and_when_it_stands(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    memory = ListedMemory()
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    seat = Seat(qapp, FakeLauncher(), Recent(tmp_path / "recent.json"), settings, memory)
    memory.has_show = lambda: seat._desk.show is not None
    link = FakeLink(welcome=Welcome(pid=1, opened=opened(evening_show())))
    seat._launcher.links = [link]  # type: ignore[attr-defined]
    seat.start(WindowPlan())
    qtbot.waitUntil(lambda: len(memory.told) == 2)
    assert memory.told == [("load", False), ("settle", True)]
    seat.window.close()
    seat.leave()
    seat.deleteLater()


def test_memory_that_is_settled_is_collected_again() -> None:
    probe = """
import gc
from ui.memory import Memory
memory = Memory()
memory.load()
kept = [[number] for number in range(5000)]
print(gc.isenabled())
memory.settle()
print(gc.isenabled(), gc.get_freeze_count() > 5000)
del kept
memory.load()
print(gc.get_freeze_count())
"""
    said = subprocess.run([sys.executable, "-c", probe], capture_output=True, check=True, text=True).stdout
    assert said.split() == ["False", "True", "True", "0"]
