"""What the chips say of what a hand is on, and what they and the menus offer."""

import pytest

from console.vocabulary import Bypass, InHand, Rejoin, SkipNext, StandDown, Take
from tests.support.builders import evening_show
from tests.support.fake_link import opened
from tests.support.snapshots import device, make_snapshot
from ui.actions import ACTION_BY_ID
from ui.state.desk import Desk
from ui.state.hands import hand_faces, next_to_skip, within_reach_of_bypass, within_reach_of_take

S = 1_000_000_000


def desk_with(**hands: tuple[InHand, ...]) -> Desk:
    show = evening_show()
    desk = Desk()
    desk.take_opened(opened(show))
    snapshot = make_snapshot(show, "song", 6 * S, devices=[device("lx-main")])
    desk.take_snapshot(snapshot.model_copy(update=hands), 0)
    return desk


def on(target: str | None, since_s: int = 20) -> tuple[InHand, ...]:
    return (InHand(target=target, by="operator", since_ns=since_s * S),)


def test_nothing_is_said_where_no_hand_is() -> None:
    assert hand_faces(Desk(), 0) == ()
    assert hand_faces(desk_with(), 0) == ()


def test_a_chip_says_what_whose_and_since_when_and_offers_the_way_back() -> None:
    (face,) = hand_faces(desk_with(taken=on("LX")), S // 2)
    assert (face.mark.word, face.mark.shape, face.label, face.by) == ("Taken", "hand", "LX", "operator")
    assert face.since == "0:10"  # the show clock stands at 30 s
    assert [words for words, _ in face.offers] == ["Rejoin at the next cue", "Rejoin now", "Rejoin gliding, 3 s"]
    assert face.offers[1][1] == Rejoin(department="LX", how="now")
    (face,) = hand_faces(desk_with(taken=on(None)), 0)
    assert face.label == "whole show"
    (face,) = hand_faces(desk_with(bypassed=on("lx-main")), 0)
    assert face.offers[0] == ("In line at the next cue", Bypass(target="lx-main", on=False))
    (face,) = hand_faces(desk_with(stood_down=on("song-verse")), 0)
    assert (face.label, face.offers) == ("1.4", (("Reinstate", StandDown(target="song-verse", on=False)),))
    (face,) = hand_faces(desk_with(to_skip=on("song-verse")), 0)
    assert face.offers == (("Run it after all", SkipNext(cue="song-verse", on=False)),)


def test_what_can_be_taken_and_bypassed_is_listed_with_what_is() -> None:
    desk = desk_with(taken=on("LX"), bypassed=on("lx-main"))
    reaches = {reach.label: reach.offers for reach in within_reach_of_take(desk)}
    assert reaches["Whole show"] == (("Take whole show", Take()),)
    assert len(reaches["LX  lighting: taken"]) == 3
    assert reaches["SND  sound"] == (("Take SND", Take(department="SND")),)
    bypass = {reach.label: reach.offers for reach in within_reach_of_bypass(desk)}
    assert len(bypass["lx-main: bypassed"]) == 3
    assert bypass["LX"] == (("Bypass LX", Bypass(target="LX")),)
    assert within_reach_of_take(Desk()) == within_reach_of_bypass(Desk()) == ()


def test_what_comes_next_is_skipped_and_pressed_again_what_comes_behind_it() -> None:
    first = next_to_skip(desk_with())
    assert first is not None
    second = next_to_skip(desk_with(to_skip=on(first)))
    assert second not in (None, first)
    assert next_to_skip(Desk()) is None
    desk = desk_with(to_skip=on(first))
    assert desk.marks[first] == "to_skip"
    keep = ACTION_BY_ID["cue.keep"].request
    assert keep is not None
    assert keep(desk, 0) == SkipNext(cue=first, on=False)


@pytest.mark.parametrize(
    ("action", "taken", "words"),
    [
        ("hand.rejoin", (), "nothing is taken by hand"),
        ("hand.rejoin_now", on("LX"), ""),
        ("hand.rejoin", on(None), ""),
        ("cue.keep", on(None), "nothing is to be skipped"),
    ],
)
def test_actions_say_why_they_cannot_be_used(action: str, taken: tuple[InHand, ...], words: str) -> None:
    assert ACTION_BY_ID[action].why_not(desk_with(taken=taken)) == words


def test_a_cue_that_is_stood_down_is_marked_and_reinstated_by_the_same_key() -> None:
    action = ACTION_BY_ID["cue.stand_down"]
    assert action.request is not None
    assert action.is_on is not None
    desk = desk_with()
    desk.selected = "second-verse"
    assert action.request(desk, 0) == StandDown(target="second-verse")
    desk = desk_with(stood_down=on("second-verse"))
    desk.selected = "second-verse"
    assert action.is_on(desk)
    assert desk.marks["second-verse"] == "stood_down"
    assert action.request(desk, 0) == StandDown(target="second-verse", on=False)
