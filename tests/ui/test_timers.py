from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from ui.timers import FRAME_MS, frame_timer, once_timer


def test_a_frame_timer_is_precise_owned_and_stopped_until_started(qtbot: QtBot) -> None:
    owner = QObject()
    timer = frame_timer(owner, lambda: None)
    assert timer.timerType() == Qt.TimerType.PreciseTimer
    assert timer.parent() is owner
    assert (timer.interval(), timer.isActive(), timer.isSingleShot()) == (FRAME_MS, False, False)


def test_a_once_timer_fires_once(qtbot: QtBot) -> None:
    owner = QObject()
    fired: list[None] = []
    timer = once_timer(owner, 0, lambda: fired.append(None))
    with qtbot.waitSignal(timer.timeout):
        timer.start()
    assert fired == [None]
    assert not timer.isActive()
