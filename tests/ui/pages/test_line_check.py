"""Shift+F6: the walk by real keys and clicks, and what the list and the card say of it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.link.messages import VenueCard
from console.show.show import Show
from console.vocabulary import CheckDevice, Confirmed, LedgerRow, LineCard, LineTicked, TickLine
from tests.support.builders import evening_show
from tests.support.fake_link import opened
from tests.support.snapshots import make_snapshot
from tests.ui.conftest import Rig
from ui.pages.line_check.page import LineCheckPage

DESK = {"department": "LX", "profile": "etc/eos", "address": "10.20.10.21:3032", "see": "it answers", "answers": True}
CARDS = (
    LineCard(line="lx", name="Lighting desk", role="lighting.main", sends="/eos/ping", wire=("2f 65 6f 73",), **DESK),
    LineCard(line="lx-b", name="Lighting desk, backup", sends="/eos/ping", wire=("2f 65 6f 73",), **DESK),
    LineCard(line="replay", name="Replay", department="VID", sends="/showcaller/line_check", see="a line in its log"),
    LineCard(line="pyro", name="Pyro", department="PYRO", hazard="sfx.pyro"),
    LineCard(line="TC in: 10 s locked", name="TC in: 10 s locked", device=False),
)


@pytest.fixture
def page(rig: Rig) -> LineCheckPage:
    show = evening_show()
    house = VenueCard(id="dome", name="Dome", lines=CARDS)
    rig.link.tell(opened(show).model_copy(update={"venue": house}))
    rig.link.tell(make_snapshot(show))
    rig.window.run_action("page.line_check")
    page = rig.window.page.book.page("line_check")
    assert isinstance(page, LineCheckPage)
    rig.window.activateWindow()
    QApplication.processEvents()
    return page


def tick(line: str, result: str = "answered", **fields: Any) -> LineTicked:
    by = fields.pop("by", line)
    return LineTicked.model_validate(
        {"at_ns": 1, "line": line, "result": result, "by": by, "wall": "2026-09-19T14:00", **fields}
    )


def row(device: str, **fields: Any) -> LedgerRow:
    given = {"sent_s": 1.0, "outcome": "sent", "by": "operator", "trigger": "line check", "command": "line.check"}
    blank = {"item": None, "cue": None, "role": "", "cue_s": 1.0, "due_s": 1.0, "late_us": 0}
    return LedgerRow.model_validate({"at_ns": 1, "seq": 7, "device": device, **blank, **given, **fields})


def states(page: LineCheckPage) -> list[str]:
    return [page.table.item(place, 2).text() for place in range(page.table.rowCount())]  # type: ignore[union-attr]


def asked(rig: Rig) -> list[str]:
    return [each.device for each in rig.sent if isinstance(each, CheckDevice)]


def ticked(rig: Rig) -> list[tuple[str, str, str]]:
    return [(each.line, each.result, each.note) for each in rig.sent if isinstance(each, TickLine)]


def press(page: LineCheckPage, qtbot: QtBot, key: Qt.Key) -> None:
    qtbot.keyClick(page.table, key)


def test_the_first_line_stands_large_with_the_exact_words_and_bytes(page: LineCheckPage) -> None:
    assert page.line == "lx"
    assert page.card.name.text() == "Lighting desk"
    assert page.card.sends.text() == "Sends  /eos/ping"
    assert page.card.wire.text() == "2f 65 6f 73"
    assert "10.20.10.21:3032" in page.card.where.text()
    assert states(page) == ["To walk", "To walk", "To walk", "Its crew's", "To walk"]


def test_enter_sends_and_what_answers_is_walked_past(rig: Rig, page: LineCheckPage, qtbot: QtBot) -> None:
    press(page, qtbot, Qt.Key.Key_Return)
    assert asked(rig) == ["lx"]
    rig.link.tell(row("lx"), tick("lx", answer_ms=4.24))
    assert page.line == "lx-b"
    assert asked(rig) == ["lx", "lx-b"], "the next one that can answer is asked at once"
    rig.link.tell(row("lx-b"), tick("lx-b", answer_ms=5.0))
    assert page.line == "replay"
    assert asked(rig) == ["lx", "lx-b"], "this one needs a person"
    assert states(page)[:3] == ["Answered", "Answered", "To walk"]
    assert page.table.item(0, 3).text() == "4.2 ms"  # type: ignore[union-attr]


def test_silence_stays_and_says_so(rig: Rig, page: LineCheckPage, qtbot: QtBot) -> None:
    press(page, qtbot, Qt.Key.Key_Enter)
    rig.link.tell(row("lx"))
    late = {"item": None, "cue": None, "role": "lighting.main", "words": "no answer in its time"}
    rig.link.tell(Confirmed.model_validate({"at_ns": 2, "seq": 7, "device": "lx", "result": "unconfirmed", **late}))
    assert page.line == "lx"
    assert states(page)[0] == "No answer"
    assert page.card.state.text() == "No answer  no answer in its time"


def test_y_n_and_s_tick_and_go_on_with_the_note(rig: Rig, page: LineCheckPage, qtbot: QtBot) -> None:
    page.table.setCurrentCell(2, 1)
    page.card.note.setFocus()
    qtbot.keyClicks(page.card.note, "dark since noon")
    qtbot.keyClick(page.card.note, Qt.Key.Key_Return)  # back to the walk
    assert page.table.hasFocus()
    press(page, qtbot, Qt.Key.Key_N)
    rig.link.tell(tick("replay", "not_seen", note="dark since noon", by="Ana"))
    press(page, qtbot, Qt.Key.Key_S)
    rig.link.tell(tick("pyro", "skipped"))
    press(page, qtbot, Qt.Key.Key_Y)
    rig.link.tell(tick("TC in: 10 s locked", "seen"))
    assert ticked(rig) == [
        ("replay", "not_seen", "dark since noon"),
        ("pyro", "skipped", ""),
        ("TC in: 10 s locked", "seen", ""),
    ]
    assert states(page)[2:] == ["Not seen", "Skipped", "Seen"]
    assert page.table.item(2, 3).text() == "Ana · dark since noon"  # type: ignore[union-attr]
    assert page.summary.text() == "1 of 5 well, 1 not seen, 2 to walk"
    assert page.card.note.text() == ""
    assert "stop" not in rig.kinds, "S is skip here"


def test_buttons_do_what_the_keys_do(rig: Rig, page: LineCheckPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.card.send, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.card.buttons["seen"], Qt.MouseButton.LeftButton)
    assert (asked(rig)[0], ticked(rig)) == ("lx", [("lx", "seen", "")])


def test_space_stays_go_and_s_is_stop_while_the_show_rolls(rig: Rig, page: LineCheckPage, qtbot: QtBot) -> None:
    rig.key(Qt.Key.Key_Space, at=page.table)
    rig.key(Qt.Key.Key_Space, down=False)
    assert rig.kinds == ["go", "go_key_up"]
    show = rig.desk.show
    assert isinstance(show, Show)
    rig.link.tell(make_snapshot(show, show.items[0].id, state="rolling"))
    QApplication.processEvents()
    press(page, qtbot, Qt.Key.Key_S)
    press(page, qtbot, Qt.Key.Key_Return)
    assert ticked(rig) == []
    assert asked(rig) == []


def test_a_refusal_is_said_above_the_line(rig: Rig, page: LineCheckPage, qtbot: QtBot) -> None:
    rig.link.refusals["check_device"] = "outputs are held: release them first"
    press(page, qtbot, Qt.Key.Key_Return)
    rig.bridge.read()
    assert page.refusal.text() == "outputs are held: release them first"


def test_a_hazard_is_sent_nothing_and_another_command_is_chosen_by_hand(
    rig: Rig, page: LineCheckPage, qtbot: QtBot
) -> None:
    page.table.setCurrentCell(3, 1)
    assert "its own crew checks it" in page.card.sends.text()
    assert not page.card.send.isEnabled()
    assert not page.card.other.isEnabled()
    page.table.setCurrentCell(2, 1)
    page.card.other.setFocus()
    qtbot.keyClicks(page.card.other, "replay.mark name=test")
    qtbot.keyClick(page.card.other, Qt.Key.Key_Return)
    assert rig.sent[-1].model_dump(include={"device", "verb", "args"}) == {
        "device": "replay",
        "verb": "replay.mark",
        "args": {"name": "test"},
    }
    page.card.other.setText("replay.mrak")
    qtbot.keyClick(page.card.other, Qt.Key.Key_Return)
    assert "there is no verb 'replay.mrak'" in page.refusal.text()


def test_ghosts_are_told_from_devices(rig: Rig, page: LineCheckPage) -> None:
    rig.link.tell(tick("lx", simulated=True, answer_ms=0.0))
    assert states(page)[0] == "Ghost only"
    assert page.summary.text() == "0 of 5 well, 1 on ghosts, 4 to walk"


def test_a_house_without_lines_says_so(rig: Rig) -> None:
    rig.open()
    rig.window.run_action("page.line_check")
    page = rig.window.page.book.page("line_check")
    assert isinstance(page, LineCheckPage)
    assert (page.card.name.text(), page.line) == ("No lines to walk", None)
