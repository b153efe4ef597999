import pytest

from console.vocabulary import ArmState
from tests.support.builders import evening_show
from tests.support.fake_link import opened
from tests.support.snapshots import make_snapshot
from ui.state.desk import Desk
from ui.state.go import REFUSAL_NS, KeysFace, go_face, keys_face

S = 1_000_000_000


def desk_with(**moment: object) -> Desk:
    show = evening_show()
    desk = Desk()
    desk.take_opened(opened(show))
    desk.take_snapshot(make_snapshot(show, "song", 6 * S, **moment), 0)  # type: ignore[arg-type]
    return desk


@pytest.mark.parametrize(
    ("moment", "look", "words"),
    [
        ({}, "ready", "Space runs LX 1.8"),
        ({"go_armed": False}, "resting", "let go of the key"),
        ({"panic": True}, "locked", "locked by panic"),
        ({"standbys": {"show": None}}, "off", "nothing in standby"),
        ({"armed": [ArmState(cue="song-call", given=(), missing=("pyro",))]}, "unarmed", "not armed"),
        ({"armed": [ArmState(cue="song-call", given=("pyro",), missing=())]}, "ready", "Space runs LX 1.8"),
    ],
)
def test_the_button_says_whether_a_press_would_run_something(moment: dict[str, object], look: str, words: str) -> None:
    face = go_face(desk_with(**moment), 0)
    assert (face.look, face.words) == (look, words)


def test_it_says_that_space_is_text_while_a_field_has_the_caret() -> None:
    desk = desk_with()
    desk.text_has_caret = True
    assert go_face(desk, 0).look == "typing"


def test_a_refusal_stays_to_be_seen_and_then_goes() -> None:
    desk = desk_with()
    assert go_face(desk, S, ("too soon", S)).reason == "Refused: too soon"
    assert go_face(desk, S + REFUSAL_NS - 1, ("too soon", S)).look == "refused"
    assert go_face(desk, S + REFUSAL_NS, ("too soon", S)).look == "ready"


def test_without_an_engine_it_is_off() -> None:
    assert go_face(Desk(), 0).words == "no show is open"
    desk = desk_with()
    desk.lose_link()
    assert go_face(desk, 0).words == "engine not heard"


def at_keys(machine: bool | None) -> Desk:
    desk = desk_with()
    assert desk.snapshot is not None
    desk.take_snapshot(desk.snapshot.model_copy(update={"machine": machine}), 0)
    return desk


def test_with_the_machine_at_the_keys_a_press_would_run_the_standby_but_need_not() -> None:
    assert (go_face(at_keys(True), 0).look, go_face(at_keys(True), 0).words) == ("machine", "Space runs LX 1.8")
    assert go_face(at_keys(False), 0).look == "ready"
    assert go_face(at_keys(True), 0, ("too soon", 0)).look == "refused"


def test_who_presses_is_said_only_where_a_machine_stands_by() -> None:
    assert keys_face(Desk()) is None
    assert keys_face(at_keys(None)) is None
    assert keys_face(at_keys(True)) == KeysFace(machine=True, words="The machine presses", key_words="M: you press")
    assert keys_face(at_keys(False)) == KeysFace(machine=False, words="You press", key_words="M: the machine")
