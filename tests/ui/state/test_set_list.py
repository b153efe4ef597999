"""What may be done with an item of the rundown, and why not."""

from __future__ import annotations

import pytest

from console.link.messages import Edited
from console.show.edits import Compound, Edit, apply, change, move, set_show
from console.vocabulary import Request, SetNext
from tests.support.builders import evening_show
from tests.support.snapshots import make_snapshot
from ui.actions import ACTION_BY_ID
from ui.state.desk import Desk

S = 1_000_000_000


def desk_with(picked: str | None, live: str = "song") -> Desk:
    show = evening_show()
    desk = Desk()
    desk.show, desk.revision, desk.linked = show, 0, True
    desk.take_edit(Edited(seq=1, by="x", revision=1, edit=set_show({"title": "x"}), undo="Change title"))
    desk.take_snapshot(make_snapshot(show, live, 8 * S), 0)
    desk.picked_item = picked
    return desk


def skip(name: str, *, skipped: bool) -> Edit:
    return Compound(name=name, edits=(change("item", "second", {"skipped": skipped}),))


def asked(action: str, desk: Desk) -> Request | Edit | str | None:
    """What an action would ask for now, or why it would not."""
    found = ACTION_BY_ID[action]
    words = found.why_not(desk)
    if words:
        return words
    return found.request(desk, 0) if found.request is not None else found.edit(desk) if found.edit is not None else None


@pytest.mark.parametrize(
    ("action", "picked", "expected"),
    [
        ("rundown.next", "second", SetNext(item="second")),
        ("rundown.next", "song", "Song is live"),
        ("rundown.next", "film", "Film has ended: locate to it to play it again"),
        ("rundown.next", None, "pick an item in the rundown first"),
        ("rundown.skip", "second", skip("Skip Second", skipped=True)),
        ("rundown.skip", "song", "Song is live and plays to its end: end it to cut it short"),
        ("rundown.up", "second", move("item", "second", 2)),
        ("rundown.up", "film", "Film stands at that end already"),
        ("rundown.down", "second", move("item", "second", 4)),
        ("rundown.down", "encore", "Encore stands at that end already"),
        ("edit.redo", None, "there is nothing to redo"),
    ],
)
def test_an_item_is_put_next_skipped_and_moved(action: str, picked: str | None, expected: Request | Edit | str) -> None:
    assert asked(action, desk_with(picked)) == expected


def test_what_is_skipped_is_taken_back_in() -> None:
    desk = desk_with("second")
    action = ACTION_BY_ID["rundown.skip"]
    edit = skip("Skip Second", skipped=True)
    assert desk.take_edit(Edited(seq=2, by="x", revision=2, edit=edit, undo="Skip"))
    assert action.is_on is not None
    assert action.is_on(desk)
    assert asked("rundown.next", desk) == "Second is skipped: take it back in first"
    assert asked("rundown.skip", desk) == skip("Take Second back in", skipped=False)


def test_names_of_undo_and_redo_come_with_every_change() -> None:
    desk = desk_with(None)
    assert (desk.undo_name, desk.redo_name) == ("Change title", "")
    assert ACTION_BY_ID["edit.undo"].why_not(desk) == ""
    assert desk.show is not None
    _, inverse = apply(evening_show(), set_show({"title": "x"}))
    assert desk.take_edit(Edited(seq=2, by="x", revision=2, edit=inverse, redo="Change title"))
    assert (desk.undo_name, desk.redo_name) == ("", "Change title")
    assert desk.show == evening_show()


def test_what_was_put_next_by_hand_is_given_back_to_the_running_order() -> None:
    desk = desk_with("second")
    assert desk.snapshot is not None
    desk.take_snapshot(desk.snapshot.model_copy(update={"next_item": "second", "next_by_hand": True}), 0)
    assert asked("rundown.next", desk) == SetNext(item=None)
