"""A window on a link that is not there, with a clock that only the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.show.show import Show
from console.vocabulary import Request, Snapshot
from tests.support.builders import evening_show
from tests.support.editing_link import EditingLink
from tests.support.fake_link import opened
from tests.support.snapshots import make_snapshot
from ui.bridge import Bridge
from ui.main_window import MainWindow
from ui.state.desk import Desk
from ui.state.shelf import ShowCard, VenueCard
from ui.theme.colours import DARK
from ui.theme.sheet import apply_theme

SHELF = (
    (ShowCard("half-light", "Half-Light", "40 items"), ShowCard("other", "Other", "1 item")),
    (VenueCard("arena", "Arena", "22 devices"), VenueCard("theatre", "Theatre", "20 devices")),
    (),
)


@dataclass
class Rig:
    """The window and what a test may do to it."""

    window: MainWindow
    desk: Desk
    bridge: Bridge
    link: EditingLink
    now_ns: int = 1_000_000_000

    @property
    def sent(self) -> list[Request]:
        """What was asked of the engine, oldest first."""
        return self.link.sent

    @property
    def kinds(self) -> list[str]:
        """The kinds of what was asked."""
        return [request.kind for request in self.link.sent]

    def open(self, show: Show | None = None, snapshot: Snapshot | None = None) -> Show:
        """The engine opens a show and says how it stands."""
        show = show or evening_show()
        self.link.tell(opened(show))
        self.link.tell(snapshot or make_snapshot(show))
        return show

    def key(self, key: Qt.Key, *, down: bool = True, repeated: bool = False, at: QWidget | None = None) -> None:
        """A key goes down (or comes up) at the widget with the focus, as Qt would deliver it."""
        kind = QEvent.Type.KeyPress if down else QEvent.Type.KeyRelease
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", repeated)
        QApplication.sendEvent(at or self.window.focusWidget() or self.window, event)


@pytest.fixture
def rig(qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rig]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))  # what the window keeps is not the user's
    apply_theme(qapp, DARK)
    desk, bridge, link = Desk(), Bridge(), EditingLink()
    made: list[Rig] = []
    window = MainWindow(DARK, desk, bridge, lambda: made[0].now_ns if made else 0, lambda: SHELF)
    made.append(Rig(window, desk, bridge, link))
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    link.on_arrival = bridge.read
    bridge.attach(link)
    yield made[0]
    bridge.detach()
    window.close()
    window.deleteLater()
    bridge.deleteLater()
