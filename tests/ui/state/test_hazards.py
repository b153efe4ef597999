import pytest

from console.show.show import Show
from console.vocabulary import ArmState
from tests.support.builders import at_bar, make_cue, song_show, step
from tests.support.fake_link import opened
from tests.support.snapshots import make_snapshot
from ui.state.desk import Desk
from ui.state.hazards import Hazard, Need, desk_hazards, in_hand

S = 1_000_000_000


def flame(cue: str, number: str, bar: int | None, **fields: object) -> object:
    at = {} if bar is None else {"at": at_bar(bar)}
    fire = step("effect.fire", device="flame-1")
    given = {"hazard": "high", "arm": ("operator", "pyro"), "arm_window_s": 10.0, "label": "Flame", **fields}
    return make_cue(cue, number, *at.values(), *(() if bar is None else (fire,)), role="sfx.pyro", **given)  # type: ignore[arg-type]


SHOW: Show = song_show(flame("near", "9.1", 7), flame("far", "9.2", 13), flame("pressed", "9.3", None))  # type: ignore[arg-type]
NEAR_NS, FAR_NS = 12 * S, 24 * S  # bars 7 and 13 at 120 in 4/4


def hazards(
    position_ns: int, *armed: ArmState, state: str = "rolling", standby: str = "song-call"
) -> tuple[Hazard, ...]:
    desk = Desk()
    desk.take_opened(opened(SHOW))
    snapshot = make_snapshot(SHOW, "song", position_ns, state=state, standby=standby, armed=armed)  # type: ignore[arg-type]
    desk.take_snapshot(snapshot, 0)
    return desk_hazards(desk, 0)


def waiting(cue: str, *given: str, lines: tuple[str, ...] = (), expires_ns: int | None = None) -> ArmState:
    missing = tuple(f"arm by {role}" for role in ("operator", "pyro") if role not in given)
    return ArmState(cue=cue, given=given, missing=(*missing, *lines), expires_ns=expires_ns)


def test_a_hazard_is_calm_until_its_arming_window_and_near_within_it() -> None:
    for seconds, near in ((10.1, False), (10.0, True), (0.5, True)):
        (hazard,) = hazards(NEAR_NS - round(seconds * S), waiting("near"))
        assert (hazard.is_near, hazard.in_ns) == (near, round(seconds * S))
        assert (hazard.name, hazard.when) == ("PYRO 9.1  Flame", "bar 7.1")


def test_whoever_arms_early_makes_it_near() -> None:
    (hazard,) = hazards(0, waiting("far", "operator"))
    assert hazard.is_near
    assert not hazard.is_armed


def test_the_needs_are_the_roles_in_the_cues_order_then_what_the_engine_says_is_against_it() -> None:
    (hazard,) = hazards(0, waiting("near", "pyro", lines=("pyro-enable low", "stage not clear")))
    assert hazard.needs == (
        Need("operator", given=False, role="operator"),
        Need("armed by pyro", given=True, role="pyro"),
        Need("pyro-enable low", given=False),
        Need("stage not clear", given=False),
    )
    (armed,) = hazards(0, waiting("near", "operator", "pyro", expires_ns=40 * S))
    assert armed.is_armed
    assert armed.left_ns == 36 * S  # the run began four seconds of count-in ago


def test_a_press_brings_a_hazard_near_when_it_is_in_standby_and_nothing_else_does() -> None:
    (hazard,) = hazards(0, waiting("pressed"))
    assert (hazard.in_ns, hazard.is_near) == (None, False)
    (hazard,) = hazards(0, waiting("pressed"), standby="pressed")
    assert hazard.is_near


@pytest.mark.parametrize("state", ["held", "stopped"])
def test_while_nothing_moves_no_hazard_is_due(state: str) -> None:
    (hazard,) = hazards(NEAR_NS - S, waiting("near"), state=state)
    assert (hazard.in_ns, hazard.is_near) == (None, False)


def test_the_soonest_stands_first_and_what_nobody_can_time_last() -> None:
    found = hazards(0, waiting("pressed"), waiting("far"), waiting("near"))
    assert [hazard.cue for hazard in found] == ["near", "far", "pressed"]


def test_the_card_goes_to_the_near_one_that_is_not_armed_then_to_the_picked_one() -> None:
    def in_hand_of(position_ns: int, *armed: ArmState, picked: str | None = None) -> str | None:
        found = in_hand(hazards(position_ns, *armed), picked)
        return None if found is None else found.cue

    assert in_hand_of(0, waiting("near"), waiting("far")) is None
    assert in_hand_of(0, waiting("near"), waiting("far"), picked="far") == "far"
    assert in_hand_of(NEAR_NS - S, waiting("near"), waiting("far"), picked="far") == "near"
    both = (waiting("near", "operator", "pyro"), waiting("far", "operator"))
    assert in_hand_of(NEAR_NS - S, *both) == "far"  # what is armed needs no hand
    assert in_hand_of(NEAR_NS - S, both[0], waiting("far")) == "near"
    assert in_hand_of(0, waiting("far"), waiting("pressed")) == "pressed"
    assert in_hand_of(0) is None


def test_a_hazard_the_window_does_not_know_is_told_as_the_engine_tells_it() -> None:
    (hazard,) = hazards(0, ArmState(cue="gone", given=("a",), missing=("arm by b", "x low")))
    assert hazard.name == "gone"
    assert [need.words for need in hazard.needs] == ["armed by a", "x low"]
