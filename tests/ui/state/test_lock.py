import pytest

from tests.support.builders import evening_show
from tests.support.snapshots import make_snapshot
from ui.actions import ACTION_BY_ID, ACTIONS
from ui.needs import needs_editing
from ui.state.desk import Desk
from ui.state.lock import LOCKED, STAYS, is_unlocking, stays


def locked_desk() -> Desk:
    show = evening_show()
    desk = Desk(show=show, linked=True, mode="edit")
    desk.take_snapshot(make_snapshot(show), 0)
    assert desk.snapshot is not None
    desk.locked_run = desk.snapshot.run
    return desk


def test_every_action_that_stays_is_one() -> None:
    assert {each for each in STAYS if each not in ACTION_BY_ID} == set()


def test_the_lock_refuses_everything_but_what_is_live_in_words() -> None:
    desk = locked_desk()
    refused = {action.id for action in ACTIONS if action.why_not(desk) == LOCKED}
    assert refused == {action.id for action in ACTIONS if not stays(action)}
    assert {"mode.edit", "show.open", "house.load", "app.quit", "edit.undo", "page.house", "view.lit"} <= refused
    live = {"panic", "show_stop", "transport.hold", "hazard.arm", "hand.take", "vamp.exit", "rundown.skip", "lock.turn"}
    assert not live & refused
    assert "locked" in needs_editing(desk)


def test_another_run_is_not_locked() -> None:
    desk = locked_desk()
    assert desk.snapshot is not None
    desk.take_snapshot(desk.snapshot.model_copy(update={"run": "another"}), 0)
    assert not desk.is_locked
    assert ACTION_BY_ID["mode.edit"].why_not(desk) == ""


@pytest.mark.parametrize(("typed", "unlocks"), [("unlock", True), (" UNLOCK ", True), ("", False), ("unloc", False)])
def test_only_the_word_unlocks(typed: str, unlocks: bool) -> None:
    assert is_unlocking(typed) == unlocks
