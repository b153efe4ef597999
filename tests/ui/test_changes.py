"""Changes go out one after another, each made of the show as it then stands; several cues are picked as one."""

from __future__ import annotations

import pytest

from console.link.messages import Edited, EditFrame, EditRefused, UndoFrame, Welcome
from console.show.edits import Edit, change_cue, remove, set_show
from console.wiring.edit_desk import EditDesk
from tests.support.builders import evening_show
from tests.support.editing_link import EditingLink
from tests.support.engine_rig import EngineRig
from tests.support.fake_link import opened
from tests.ui.conftest import Rig
from ui.state.desk import Desk


def more(desk: Desk) -> Edit:
    """One letter more in a label, whatever it is by then."""
    assert desk.show is not None
    return change_cue("song-verse", {"label": desk.show.cue_by_id["song-verse"].label + "!"})


def label(rig: Rig) -> str:
    assert rig.link.show is not None
    return rig.link.show.cue_by_id["song-verse"].label


def test_the_second_change_waits_for_the_first_and_is_made_of_what_came_of_it(rig: Rig) -> None:
    rig.open()
    rig.link.answer()
    before = label(rig)
    for _ in range(3):
        rig.window.changes.ask(more)
    assert len(rig.link.edits) == 1
    rig.link.answer()
    assert [revision for _, revision in rig.link.edits] == [0, 1, 2]
    assert label(rig) == f"{before}!!!"


def test_a_refusal_is_told_and_what_should_have_followed_is_not_asked(rig: Rig) -> None:
    rig.open()
    rig.window.changes.ask(lambda _desk: remove("department", "lx"))
    rig.window.changes.ask(more)
    rig.link.answer()
    assert len(rig.link.edits) == 1
    assert rig.desk.lines[-1].words.startswith("Not changed: ")
    rig.window.changes.ask(more)
    rig.link.answer()
    assert label(rig).endswith("!")


def test_what_makes_no_edit_holds_nothing_up(rig: Rig) -> None:
    rig.open()
    rig.window.changes.ask(lambda _desk: None)
    rig.window.changes.ask(more)
    rig.link.answer()
    assert label(rig).endswith("!")


def test_a_change_of_another_window_lets_nothing_of_ours_go_early(rig: Rig) -> None:
    rig.open()
    rig.window.changes.ask(more)
    rig.window.changes.ask(more)
    rig.link.tell(Edited(seq=1, by="other", revision=1, edit=set_show({"title": "Else"})))
    assert len(rig.link.edits) == 1


def test_a_lost_link_forgets_what_waits(rig: Rig) -> None:
    show = rig.open()
    rig.window.changes.ask(more)
    rig.window.changes.ask(more)
    rig.link.lose()
    again = EditingLink(welcome=Welcome(pid=2, opened=opened(show)))
    rig.bridge.attach(again)
    assert again.edits == []
    rig.window.changes.ask(more)
    assert (len(rig.link.edits), len(again.edits)) == (1, 1)


def test_undo_and_redo_go_through_the_same_queue(rig: Rig) -> None:
    rig.open()
    rig.link.answer()
    before = label(rig)
    rig.window.changes.ask(more)
    rig.link.answer()
    rig.window.run_action("edit.undo")
    rig.link.answer()
    assert label(rig) == before
    rig.window.run_action("edit.redo")
    rig.link.answer()
    assert label(rig) == f"{before}!"


def test_the_pretended_far_end_answers_as_the_engines_desk_does() -> None:
    show = evening_show()
    link, engine, told = EditingLink(), EngineRig(show), list[Edited | EditRefused]()
    link.tell(opened(show))
    desk = EditDesk(engine.engine, None, lambda _ticket, answer: told.append(answer), lambda: engine.now_ns)
    frames: list[EditFrame | UndoFrame] = [
        EditFrame(id=1, edit=change_cue("song-verse", {"label": "A"}), revision=0, by="me"),
        EditFrame(id=2, edit=change_cue("song-verse", {"label": "B"}), revision=0, by="me"),  # stale
        EditFrame(id=3, edit=remove("department", "lx"), revision=1, by="me"),  # others point at it
        UndoFrame(id=4, revision=1, by="me"),
        UndoFrame(id=5, revision=2, by="me"),  # nothing left
        UndoFrame(id=6, revision=2, redo=True, by="me"),
    ]
    for frame in frames:
        desk.ask(0, frame)
        while desk.has_work:
            desk.work()
        if isinstance(frame, EditFrame):
            link.send_edit(frame.edit, frame.revision, edit_id=frame.id, by=frame.by)
        else:
            link.send_undo(frame.revision, redo=frame.redo, edit_id=frame.id, by=frame.by)
    link.receive()
    link.answer()
    ours = link.receive()
    assert [
        each.model_copy(update={"current": None}) if isinstance(each, EditRefused) else each for each in told
    ] == ours


@pytest.mark.parametrize("from_list", [True, False])
def test_several_rows_are_picked_and_outlined_alike(rig: Rig, from_list: bool) -> None:
    rig.open()
    page, both = rig.window.page, ("song-verse", "song-clip")
    if from_list:
        page.cues.table.selectRow(page.cues.model.row_of(both[0]) or 0)
        page.cues.select(both[0], both)
        page.cues._on_selection_changed()
    else:
        rig.window._pick_cue(both[0], both)
    assert set(rig.desk.picked) == set(both)
    assert rig.desk.selected == both[0]
    assert page.timeline._picked == set(both)
    assert len(page.cues.table.selectionModel().selectedRows()) == 2


def test_what_is_picked_and_not_in_the_list_shown_stays_picked(rig: Rig) -> None:
    rig.open()
    rig.window._pick_cue("song-verse")
    rig.window._on_list_chosen("house")
    rig.window._pick_cue("song-verse")
    assert rig.desk.picked == ("song-verse",)
