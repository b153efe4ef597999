"""A table of rows: a good model for Qt, tells only what changed, and keeps what is picked."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ui.models.row_model import RowModel
from ui.row_table import RowTable
from ui.state.table_rows import TableRow
from ui.state.words import Mark
from ui.theme.colours import DARK

OK = Mark("OK", "disc", "plain")


def rows(*keys: str, word: str = "a") -> list[TableRow]:
    return [TableRow(key, ("OK", key, word), OK, (1.0, 3.0, 2.0), f"about {key}") for key in keys]


def table(qtbot: QtBot) -> RowTable:
    made = RowTable("Things", ("State", "Name", "Word"), {0: 60, 2: 120}, 1, DARK)
    qtbot.addWidget(made)
    made.resize(400, 200)
    return made


@pytest.mark.parametrize("keys", [(), ("one",), ("one", "two", "three")])
def test_it_is_a_model(qtmodeltester: ModelTester, keys: tuple[str, ...]) -> None:
    model = RowModel(("State", "Name", "Word"))
    model.show_rows(rows(*keys))
    qtmodeltester.check(model, force_py=True)


def test_only_rows_that_read_differently_are_told(qtbot: QtBot) -> None:
    model = RowModel(("State", "Name", "Word"))
    model.show_rows(rows("one", "two"))
    told: list[int] = []

    def note(first: QModelIndex, _last: QModelIndex) -> None:
        told.append(first.row())

    model.dataChanged.connect(note)
    model.show_rows(rows("one", "two"))
    assert told == []
    model.show_rows([*rows("one"), *rows("two", word="b")])
    assert told == [1]
    assert model.index(1, 2).data() == "b"


def test_a_row_is_read_out_whole_and_has_a_hint() -> None:
    model = RowModel(("State", "Name", "Word"))
    model.show_rows(rows("one"))
    index = model.index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "OK, one, a"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "about one"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Name"


def test_what_is_picked_stays_picked_while_rows_come_and_go(qtbot: QtBot) -> None:
    made = table(qtbot)
    told: list[object] = []
    made.key_picked.connect(told.append)
    made.show_rows(rows("one", "two"))
    made.pick("two")
    made.show_rows(rows("new", "one", "two"))
    assert made.picked == "two"
    assert made.currentIndex().row() == 2
    assert told == ["two"]
    made.pick("nowhere")
    assert made.picked is None


def test_keys_move_through_it_and_it_paints(qtbot: QtBot) -> None:
    made = table(qtbot)
    made.show_rows(rows("one", "two"))
    made.show()
    made.pick("one")
    qtbot.keyClick(made, Qt.Key.Key_Down)
    assert made.picked == "two"
    assert not made.grab().isNull()
