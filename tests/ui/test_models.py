import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from console.link.messages import Edited
from console.show.cue_editing import insert_behind
from console.show.edits import Compound, Edit, change_cue, remove
from console.show.show import Show
from tests.support.builders import big_show, evening_show, make_cue
from tests.support.fake_link import opened
from tests.support.snapshots import make_snapshot
from ui.models.cue_list_model import Column, CueListModel
from ui.models.message_model import MessageModel
from ui.models.rundown_model import RundownModel
from ui.state.cue_filter import text_to_filter
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


def test_ten_thousand_rows_are_a_model_and_an_edit_tells_only_what_it_changed(qtmodeltester: ModelTester) -> None:
    show, desk, model = big_show(), Desk(), CueListModel()
    desk.take_opened(opened(show))
    model.show_list(desk)
    qtmodeltester.check(model, force_py=True)
    told: list[str] = []
    model.modelReset.connect(lambda: told.append("reset"))
    model.rowsInserted.connect(lambda _p, first, last: told.append(f"came {first}-{last}"))
    model.rowsRemoved.connect(lambda _p, first, last: told.append(f"went {first}-{last}"))
    model.dataChanged.connect(lambda first, last: told.append(f"changed {first.row()}-{last.row()}"))

    def edit(*edits: Edit) -> list[str]:
        told.clear()
        desk.take_edit(Edited(seq=1, by="operator", revision=desk.revision + 1, edit=Compound(edits=edits)))
        model.show_list(desk)
        return [*told]

    cue = desk.show.cues[5000] if desk.show is not None else None
    assert cue is not None
    row = model.row_of(cue.id)
    assert row is not None
    assert edit(change_cue(cue.id, {"label": "Other"})) == [f"changed {row}-{row}"]
    assert desk.show is not None
    compound, new = insert_behind(desk.show, cue.id)
    assert edit(*compound.edits)[:1] == [f"came {model.row_of(new)}-{model.row_of(new)}"]
    place = model.row_of(new)
    assert edit(remove("cue", new)) == [f"went {place}-{place}"]


def test_a_cue_that_moves_one_row_is_told_as_a_move() -> None:
    talk = [make_cue(f"t{n}", str(n), item="talk") for n in (5, 6, 7)]
    base = evening_show()
    show = base.model_copy(update={"cues": (*base.cues, *talk)})
    desk, model, moved = Desk(), CueListModel(), list[tuple[int, int]]()
    desk.take_opened(opened(show))
    model.show_list(desk)
    model.rowsMoved.connect(lambda _a, first, _l, _b, to: moved.append((first, to)))
    before = model.row_of("t5") or 0
    for cue, number, expected in (("t5", "8", (before, before + 3)), ("t5", "4", (before + 2, before))):
        desk.take_edit(
            Edited(seq=1, by="operator", revision=desk.revision + 1, edit=change_cue(cue, {"number": number}))
        )
        model.show_list(desk)
        assert moved.pop() == expected
    assert [model.cue_at(before + n) for n in range(3)] == ["t5", "t6", "t7"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dept:cam", {"song-after", "second-after", "encore-after"}),
        ("tracks 1", {"song-start"}),
        ("dept:snd is:done", {"song-load", "song-start"}),
        ("is:", None),
        ("nothing like it", set()),
    ],
)
def test_a_filter_keeps_what_fits_under_its_heads(desk: Desk, text: str, found: set[str] | None) -> None:
    model = CueListModel()
    model.show_list(desk)
    every = model.rowCount()
    model.show_filter(text_to_filter(text))
    shown = {cue for row in range(model.rowCount()) if (cue := model.cue_at(row)) is not None}
    if found is None:
        assert model.rowCount() == every
    else:
        assert shown == found
    model.show_filter(text_to_filter(""))
    assert model.rowCount() == every


def test_a_filter_by_state_follows_the_marks(show: Show, desk: Desk) -> None:
    model = CueListModel()
    model.show_list(desk)
    model.show_filter(text_to_filter("is:done"))
    before = model.rowCount()
    desk.take_snapshot(make_snapshot(show, "song", 9 * S), 0)
    model.show_marks(desk.marks)
    assert model.rowCount() > before


def test_folded_items_keep_their_heads_and_are_looked_into_by_a_filter(desk: Desk) -> None:
    model = CueListModel()
    model.show_list(desk)
    model.show_folded(frozenset({"song"}))
    assert model.row_of("song-verse") is None
    assert model.row_of("second-verse") is not None
    assert "song" in {model.head_at(row) for row in range(model.rowCount())}
    model.show_filter(text_to_filter("1.4"))
    assert model.row_of("song-verse") is not None
