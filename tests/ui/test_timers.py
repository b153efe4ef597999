from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from ui.timers import make_timer


def test_a_timer_is_precise_owned_and_stopped_until_started(qtbot: QtBot) -> None:
    owner = QObject()
    timer = make_timer(owner, 40, lambda: None)
    assert timer.timerType() == Qt.TimerType.PreciseTimer
    assert timer.parent() is owner
    assert (timer.interval(), timer.isActive(), timer.isSingleShot()) == (40, False, False)


def test_a_timer_made_once_fires_once(qtbot: QtBot) -> None:
    owner = QObject()
    fired: list[None] = []
    timer = make_timer(owner, 0, lambda: fired.append(None), once=True)
    with qtbot.waitSignal(timer.timeout):
        timer.start()
    assert fired == [None]
    assert not timer.isActive()
