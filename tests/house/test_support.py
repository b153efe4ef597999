"""The suite's own watchers see what they are there to see."""

import logging
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.support import leaks
from tests.support.golden import Golden
from tests.support.logs import ExpectedLogs


def test_a_running_timer_is_named_with_the_line_that_started_it(qtbot: QtBot) -> None:
    before = leaks.note_standing()
    timer = QTimer()
    timer.start(60_000)
    (leak,) = leaks.find_leaks(before)
    assert "QTimer started at test_support.py:" in leak
    assert not timer.isActive()


def test_a_stopped_timer_is_no_leak(qtbot: QtBot) -> None:
    before = leaks.note_standing()
    timer = QTimer()
    timer.start(60_000)
    timer.stop()
    assert leaks.find_leaks(before) == []


def test_a_window_left_open_is_named_and_taken_down(qtbot: QtBot) -> None:
    before = leaks.note_standing()
    window = QWidget()
    window.setObjectName("forgotten")
    (leak,) = leaks.find_leaks(before)
    assert "QWidget 'forgotten'" in leak
    assert leaks.note_standing() == before


def test_a_thread_left_running_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaks, "JOIN_S", 0.0)
    before = leaks.note_standing()
    done = threading.Event()
    thread = threading.Thread(target=done.wait, name="forgotten")
    thread.start()
    found = leaks.find_leaks(before)
    done.set()
    thread.join()
    assert found == ["thread 'forgotten' still runs; stop and join it"]


def test_an_unexpected_warning_and_an_unmet_expectation_are_faults() -> None:
    watch = ExpectedLogs()
    watch.emit(logging.makeLogRecord({"name": "x", "levelno": logging.WARNING, "levelname": "WARNING", "msg": "lost"}))
    assert len(watch.faults()) == 1
    watch.expect("^lost$")
    assert watch.faults() == []
    watch.expect("lost", level=logging.ERROR)
    assert watch.faults() == ["no ERROR matched 'lost'"]


def test_an_expected_warning_passes(expected_logs: ExpectedLogs) -> None:
    expected_logs.expect("port .* went away")
    logging.getLogger("devices").warning("port %s went away", "A")


def test_golden_shows_what_differs(tmp_path) -> None:
    Golden(tmp_path, update=True).check_text("a/b.txt", "one\ntwo\n")
    golden = Golden(tmp_path)
    golden.check_text("a/b.txt", "one\ntwo\n")
    with pytest.raises(pytest.fail.Exception, match=r"(?s)-two.*\+three"):
        golden.check_text("a/b.txt", "one\nthree\n")
    with pytest.raises(pytest.fail.Exception, match="differs from byte 4"):
        golden.check_bytes("a/b.txt", b"one\nTwo\n")
    with pytest.raises(pytest.fail.Exception, match="only line ends"):
        golden.check_text("a/b.txt", "one\r\ntwo\r\n")
    with pytest.raises(pytest.fail.Exception, match="missing"):
        golden.check_text("c.txt", "")
