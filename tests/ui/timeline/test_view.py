"""Between two pictures of a view that is dragged the keys have their turn; the last picture always comes."""

import pytest
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.link.messages import OpenShow, VenueCard
from console.show.show_json import show_to_line
from tests.support.builders import song_show
from ui.state.desk import Desk
from ui.theme.colours import DARK
from ui.timeline.view import TimelineView

LONG_MS = 3_600_000


class Counted(TimelineView):
    """Counts its pictures."""

    pictures = 0

    def _paint_layer(self) -> QPixmap:
        self.pictures += 1
        return super()._paint_layer()


@pytest.fixture
def view(qtbot: QtBot) -> Counted:
    desk = Desk()
    venue = VenueCard(id="hall", name="Hall", zone="UTC", devices=())
    desk.take_opened(OpenShow(show=show_to_line(song_show()), revision=0, venue=venue, run="r", run_kind="rehearsal"))
    made = Counted(DARK)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show_show(desk)
    made.show()
    qtbot.waitUntil(lambda: made.pictures > 0)
    return made


def scroll(view: Counted, by: int) -> None:
    bar = view.horizontalScrollBar()
    bar.setValue(bar.value() + by)
    QApplication.processEvents()


def test_a_view_scrolled_on_within_the_pause_is_painted_after_it(view: Counted, qtbot: QtBot) -> None:
    view._pause.start(LONG_MS)
    before = view.pictures
    for _ in range(5):
        scroll(view, 40)
    assert view.pictures == before
    view._pause.start(0)
    qtbot.waitUntil(lambda: view.pictures == before + 1)


def test_a_view_at_rest_is_painted_at_once(view: Counted) -> None:
    view._pause.stop()
    before = view.pictures
    scroll(view, 40)
    assert view.pictures == before + 1


def test_a_playhead_that_moves_within_the_pause_waits_for_the_picture(view: Counted, qtbot: QtBot) -> None:
    view.set_follow(False)
    view._pause.start(LONG_MS)
    before = view.pictures
    scroll(view, 40)
    view.move_playhead("song", 1_000_000_000, rolling=True)
    QApplication.processEvents()
    assert view.pictures == before
    view._pause.start(0)
    qtbot.waitUntil(lambda: view.pictures == before + 1)
