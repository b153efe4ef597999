import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from console.show.show import Show
from tests.support.builders import evening_show
from tests.support.fake_link import opened
from tests.support.snapshots import make_snapshot
from ui.models.cue_list_model import Column, CueListModel
from ui.models.message_model import MessageModel
from ui.models.rundown_model import RundownModel
from ui.state.desk import MOST_LINES, Desk, Line

S = 1_000_000_000


@pytest.fixture
def show() -> Show:
    return evening_show()


@pytest.fixture
def desk(show: Show) -> Desk:
    desk = Desk()
    desk.take_opened(opened(show))
    desk.take_snapshot(make_snapshot(show, "song", 6 * S), 0)
    return desk


def test_the_cue_list_model_is_a_model(desk: Desk, qtmodeltester: ModelTester) -> None:
    model = CueListModel()
    model.show_list(desk)
    qtmodeltester.check(model, force_py=True)
    desk.list_shown = "dept:LX"
    model.show_list(desk)
    qtmodeltester.check(model, force_py=True)


def test_the_rundown_model_is_a_model(desk: Desk, qtmodeltester: ModelTester) -> None:
    model = RundownModel()
    model.show_desk(desk)
    qtmodeltester.check(model, force_py=True)


def test_the_message_model_is_a_model_and_forgets_the_oldest(qtmodeltester: ModelTester) -> None:
    model = MessageModel()
    for n in range(MOST_LINES - 1):
        model.add(Line(n * S, "note", f"line {n}"))
    qtmodeltester.check(model, force_py=True)
    for n in range(MOST_LINES - 1, MOST_LINES + 2):
        model.add(Line(n * S, "note", f"line {n}"))
    assert model.rowCount() == MOST_LINES
    assert model.index(0, 0).data() == "0:02  line 2"
    model.clear()
    assert model.rowCount() == 0


def test_only_rows_whose_mark_changed_are_told(qtbot: QtBot, show: Show, desk: Desk) -> None:
    model = CueListModel()
    model.show_list(desk)
    told: list[int] = []

    def note(first: QModelIndex, _last: QModelIndex) -> None:
        told.append(first.row())

    model.dataChanged.connect(note)
    desk.take_snapshot(make_snapshot(show, "song", 9 * S), 0)
    model.show_marks(desk.marks)
    changed = {model.cue_at(row) for row in told}
    assert changed == {"song-verse", "song-clip", "song-after", "song-bridge"}
    told.clear()
    model.show_marks(dict(desk.marks))
    assert told == []


def test_only_items_that_read_differently_are_told(qtbot: QtBot, show: Show, desk: Desk) -> None:
    model = RundownModel()
    model.show_desk(desk)
    told: list[int] = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    desk.take_snapshot(make_snapshot(show, "song", 8 * S), 0)
    model.show_desk(desk)
    assert told == []
    desk.take_snapshot(make_snapshot(show, "talk", 0), 0)
    model.show_desk(desk)
    assert told == [1, 2, 3]


def test_a_row_is_read_out_whole(desk: Desk) -> None:
    model = CueListModel()
    model.show_list(desk)
    row = model.row_of("song-start")
    assert row is not None
    spoken = model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Done, 1.2, SND, Tracks 1, called"
    rundown = RundownModel()
    rundown.show_desk(desk)
    assert rundown.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "Song, Live, planned 0:20, started 0:20"


def test_heads_cannot_be_picked(desk: Desk) -> None:
    model = CueListModel()
    model.show_list(desk)
    assert model.cue_at(0) is None
    assert model.flags(model.index(0, Column.LABEL)) == Qt.ItemFlag.NoItemFlags
    assert model.cue_at(1) == "film-start"
    assert model.row_of("nowhere") is None
