"""What is not saved: its mark, saving through another process, the copy for a bad day, and the question at the end."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from console.link.messages import Edited
from console.show.edits import Edit, apply, change_cue
from console.show.show import Show
from tests.support.builders import evening_show
from tests.support.fake_link import opened
from tests.support.snapshots import make_snapshot
from tests.ui.conftest import Rig
from ui.keeping import Keeping
from ui.saver import Saver
from ui.state.desk import Desk
from ui.timers import once_timer

SHOW = evening_show()
RENAME = change_cue("song-verse", {"label": "Verse one"})

WRITES = "import sys; open(sys.argv[1], 'a').write(' '.join(sys.argv[2:]) + '\\n'); print('saved')"
FAILS = "import sys; print('showcaller: the disk is full: save elsewhere', file=sys.stderr); sys.exit(1)"


def desk_of(show: Show = SHOW, *, file: str = "/shows/test.json", saved: int = 0, revision: int = 0) -> Desk:
    desk = Desk()
    desk.take_opened(opened(show, revision=revision))
    look(desk, saved, file)
    return desk


def look(desk: Desk, saved: int, file: str = "/shows/test.json", **moment: object) -> None:
    assert desk.show is not None
    stands = make_snapshot(desk.show, "song", 0, **moment)  # type: ignore[arg-type]
    marked = {"saved_revision": saved, "show_file": file, "revision": desk.revision}
    desk.take_snapshot(stands.model_copy(update=marked), 0)


def edit(desk: Desk, change: Edit) -> Edit:
    """Make it, and say how it is taken back."""
    assert desk.show is not None
    _, inverse = apply(desk.show, change)
    assert desk.take_edit(Edited(seq=1, by="me", revision=desk.revision + 1, edit=change))
    return inverse


def test_the_mark_is_true_through_edits_undo_and_saves() -> None:
    desk = desk_of()
    assert not desk.is_unsaved
    back = edit(desk, RENAME)
    assert desk.is_unsaved
    edit(desk, back)
    assert not desk.is_unsaved, "it is as its file has it"
    edit(desk, RENAME)
    look(desk, 3)
    assert not desk.is_unsaved
    edit(desk, change_cue("song-verse", {"label": "Verse two"}))
    assert desk.is_unsaved


def test_a_window_that_comes_later_takes_what_is_not_saved_for_unsaved() -> None:
    assert desk_of(saved=2, revision=3).is_unsaved
    assert not desk_of(saved=3, revision=3).is_unsaved


@pytest.fixture
def make_keeping(tmp_path: Path) -> Callable[..., Keeping]:
    def make(desk: Desk, script: str = WRITES) -> Keeping:
        command = (sys.executable, "-c", script, str(tmp_path / "said"))
        return Keeping(desk, Saver(command), tmp_path / "copies")

    return make


def said(tmp_path: Path) -> list[str]:
    return (tmp_path / "said").read_text().splitlines()


def test_a_save_is_another_process_and_its_end_is_told(
    make_keeping: Callable[..., Keeping], tmp_path: Path, qtbot: QtBot
) -> None:
    desk = desk_of()
    desk.seat = "Ida"
    keeping = make_keeping(desk)
    with qtbot.waitSignal(keeping.saved) as saved:
        keeping.save(None)
    assert saved.args == [Path("/shows/test.json")]
    with qtbot.waitSignal(keeping.saved) as saved:
        keeping.save(tmp_path / "other.json")
    assert saved.args == [tmp_path / "other.json"]
    assert said(tmp_path) == ["--by Ida", f"{tmp_path / 'other.json'} --over --by Ida"]


def test_what_went_wrong_is_told_in_its_words(make_keeping: Callable[..., Keeping], qtbot: QtBot) -> None:
    keeping = make_keeping(desk_of(), FAILS)
    with qtbot.waitSignal(keeping.told) as told:
        keeping.save(None)
    assert told.args == ["Not saved: the disk is full: save elsewhere", False]
    lost = Keeping(desk_of(), Saver(("/no/such/program",)), None)
    with qtbot.waitSignal(lost.told) as told:
        lost.save(None)
    assert told.args is not None
    assert told.args[0].startswith("Not saved: /no/such/program cannot be started")


def test_a_copy_is_kept_once_for_each_change_and_never_while_it_rolls(
    make_keeping: Callable[..., Keeping], tmp_path: Path, qtbot: QtBot
) -> None:
    desk = desk_of()
    keeping = make_keeping(desk)
    look(desk, 0, state="held")
    keeping.copy()
    assert not (tmp_path / "said").exists(), "nothing is unsaved"
    edit(desk, RENAME)
    look(desk, 0)
    keeping.copy()
    assert not (tmp_path / "said").exists(), "it rolls"
    look(desk, 0, state="held")
    for _ in range(2):
        keeping.copy()
        qtbot.waitUntil(lambda: not keeping._saver.is_busy)
    assert said(tmp_path) == [f"{tmp_path / 'copies' / 'test.json'} --over --copy"]


def test_a_copy_of_another_day_is_found_and_goes_with_the_next_save(
    make_keeping: Callable[..., Keeping], tmp_path: Path, qtbot: QtBot
) -> None:
    desk = desk_of()
    keeping = make_keeping(desk)
    assert keeping.left_over() is None
    copy = tmp_path / "copies" / "test.json"
    copy.parent.mkdir()
    copy.write_text("{}")
    assert keeping.left_over() == copy
    with qtbot.waitSignal(keeping.saved):
        keeping.save(None)
    assert not copy.exists()


# -- the window --------------------------------------------------------------------------------------------------------


def unsaved_window(rig: Rig, file: str = "/shows/test.json", state: str = "held") -> list[object]:
    rig.open(SHOW, make_snapshot(SHOW, "song", 0))
    edit(rig.desk, RENAME)
    look(rig.desk, 0, file, state=state)
    rig.window.show_now()
    rig.window._show_enabled()
    asked: list[object] = []
    rig.window.save_asked.connect(asked.append)
    rig.window.left_unsaved.connect(lambda: asked.append("left"))
    return asked


def answer(rig: Rig, button: str) -> None:
    def press() -> None:
        (box,) = rig.window.findChildren(QMessageBox)
        next(each for each in box.findChildren(QPushButton) if each.text() == button).click()

    once_timer(rig.window, 0, press).start()


def test_the_title_says_that_it_is_not_saved(rig: Rig) -> None:
    unsaved_window(rig)
    assert rig.window.isWindowModified()
    look(rig.desk, 1)
    rig.window._show_enabled()
    assert not rig.window.isWindowModified()


def test_ctrl_s_saves_in_the_shows_own_file(rig: Rig) -> None:
    asked = unsaved_window(rig)
    rig.window.actions_by_id["show.save"].trigger()
    assert asked == [None]


@pytest.mark.parametrize(
    ("button", "asked", "closed"),
    [("Stay", [], False), ("Leave without saving", ["left"], True), ("Save", [None], False)],
)
def test_a_window_that_closes_asks_first(rig: Rig, button: str, asked: list[object], closed: bool) -> None:
    seen = unsaved_window(rig)
    rig.window.asks_to_save = True
    answer(rig, button)
    assert rig.window.close() is closed
    assert seen == asked
    assert rig.window.closes_when_saved is (button == "Save")
    rig.window.asks_to_save = False


def test_while_the_show_rolls_nothing_is_asked_for_the_engine_stays(rig: Rig) -> None:
    seen = unsaved_window(rig, state="rolling")
    rig.window.asks_to_save = True
    assert rig.window.close()
    assert seen == []
