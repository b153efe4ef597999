from typing import Any

import pytest

from console.show.songs import Vamp
from tests.support.builders import song_show
from tests.support.fake_link import opened
from tests.support.snapshots import make_snapshot
from ui.state.desk import Desk
from ui.state.vamps import VampFace, vamp_face

S = 1_000_000_000
BRIDGE_NS = 16 * S  # bars 9 to 12 at 120 in 4/4


def face_at(pass_no: int | None, *, asked: bool = False, local_ns: int = 0, **vamp: Any) -> VampFace | None:
    show = song_show(vamp=Vamp(**{"planned_repeats": 3, **vamp}))
    desk = Desk()
    desk.take_opened(opened(show))
    snapshot = make_snapshot(show, "song", BRIDGE_NS + 3 * S, vamp_pass=pass_no)
    head = snapshot.playhead.model_copy(update={"vamp_exit_asked": asked})
    desk.take_snapshot(snapshot.model_copy(update={"playhead": head}), 0)
    return vamp_face(desk, local_ns)


def test_a_vamp_counts_its_passes_and_says_when_this_one_ends() -> None:
    assert face_at(2) == VampFace("bridge", "pass 2 of 3", asked=False, words="pass ends in 5.0")
    assert face_at(2, local_ns=S // 2) == VampFace("bridge", "pass 2 of 3", asked=False, words="pass ends in 4.5")
    assert face_at(5) == VampFace("bridge", "pass 5, 3 planned", asked=False, words="pass ends in 5.0")


@pytest.mark.parametrize(
    ("vamp", "words"),
    [
        ({}, "leaves in 5.0"),
        ({"exit": "bar"}, "leaves at the next bar"),
        ({"exit": "beat"}, "leaves at the next beat"),
        ({"exit": "quantum", "exit_quantum_bars": 2}, "leaves at the next 2-bar line"),
    ],
)
def test_an_exit_that_was_asked_is_said_with_where_it_will_be(vamp: dict[str, Any], words: str) -> None:
    assert face_at(3, asked=True, **vamp) == VampFace("bridge", "pass 3 of 3", asked=True, words=words)


def test_without_a_vamp_going_round_there_is_no_plate() -> None:
    assert face_at(None) is None
    assert vamp_face(Desk(), 0) is None
