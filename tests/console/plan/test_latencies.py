"""What is made of measurements and of tries with a flash or a clap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.plan.latencies import After, Latency, TryError, entered, learned, text_to_tries
from console.plan.spread import Spread, spread_of
from tests.support.houses import make_profile

PLAIN = make_profile("t/plain", verbs={"cue.go": {"send": ({"address": "/go"},)}})
DONE = make_profile("t/done", verbs={"cue.go": {"send": ({"address": "/go"},)}}, flags={"echo_when_done": True})
ECHO = Spread(40.0, 38.0, 45.0, 12)
ASKED = Spread(6.0, 5.0, 7.0, 30)


@pytest.mark.parametrize(
    ("spreads", "wanted"),
    [
        ({"command": ECHO, "question": ASKED}, Latency("acts", Spread(37.0, 35.0, 42.0, 12))),
        ({"command": ECHO}, Latency("acts", ECHO)),
        ({"question": ASKED}, Latency("answers", ASKED)),
        ({}, None),
    ],
)
def test_a_word_that_leaves_when_it_is_done_is_a_latency_less_the_way_back(
    spreads: dict[After, Spread], wanted: Latency | None
) -> None:
    assert learned(DONE, spreads) == wanted


def test_any_other_answer_is_called_what_it_is() -> None:
    assert learned(PLAIN, {"command": ECHO, "question": ASKED}) == Latency("answers", ASKED)
    found = learned(PLAIN, {"command": ECHO})
    assert found == Latency("answers", ECHO)
    assert found.words == "answer time, there and back: not when it acts"


def test_tries_are_milliseconds_or_frames_and_their_middle_counts() -> None:
    assert text_to_tries("42, 40.5ms,3f", "25") == (42.0, 40.5, 120.0)
    assert text_to_tries("3f", "29.97df") == pytest.approx((100.1,))
    found = entered(text_to_tries("80 84 300 82 81", "25"))
    assert found is not None
    assert (found.kind, found.spread.median, found.spread.count) == ("entered", 82.0, 5)
    assert entered(()) is None


@pytest.mark.parametrize("word", ["soon", "-3", "nan", "inf", "99999", "f", "3f3"])
def test_a_slip_is_told_with_what_to_write(word: str) -> None:
    with pytest.raises(TryError, match=r"is no delay: write milliseconds \(42 or 40.5\) or frames"):
        text_to_tries(word, "25")


@given(st.lists(st.floats(0, 1e4), min_size=1, max_size=40))
def test_the_spread_lies_within_the_samples_in_order(samples: list[float]) -> None:
    found = spread_of(samples)
    assert found is not None
    assert min(samples) <= found.p10 <= found.median <= found.p90 <= max(samples)
    assert found.count == len(samples)


@given(st.floats(0, 100), st.lists(st.floats(-1, 1), min_size=11, max_size=11), st.floats(0, 1e4))
def test_a_wild_one_among_many_moves_the_middle_no_further_than_the_others_reach(
    middle: float, noise: list[float], wild: float
) -> None:
    found = spread_of([*(middle + each for each in noise), wild])
    assert found is not None
    assert abs(found.median - middle) <= 1.0 + 1e-9
