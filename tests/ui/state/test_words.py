import pytest

from console.show.cues import AtClock, Called, Cue
from tests.support.builders import after, at_bar, at_offset
from ui.state.words import (
    CUE_MARKS,
    HAND_MARKS,
    HEALTH_MARKS,
    ITEM_MARKS,
    MODE_MARKS,
    TRANSPORT_MARKS,
    ago_text,
    clock_text,
    countdown_text,
    over_under_text,
    when_text,
)

S = 1_000_000_000


@pytest.mark.parametrize(
    ("ns", "text"),
    [
        (None, "–:––"),
        (0, "0:00"),
        (59_999_999_999, "0:59"),
        (61 * S, "1:01"),
        (3725 * S, "1:02:05"),
        (-5 * S, "−0:05"),
        (-400_000_000, "0:00"),
    ],
)
def test_clocks(ns: int | None, text: str) -> None:
    assert clock_text(ns) == text


@pytest.mark.parametrize(
    ("ns", "text"),
    [(None, ""), (0, "now"), (-S, "now"), (1, "0.1"), (3_040_000_000, "3.1"), (9_999_999_999, "10.0"), (10 * S, "0:10"),
     (10 * S + 1, "0:11"), (61 * S, "1:01")],
)  # fmt: skip
def test_countdowns_never_promise_less_than_is_left(ns: int | None, text: str) -> None:
    assert countdown_text(ns) == text


def test_over_and_under_have_a_sign_and_a_word() -> None:
    assert over_under_text(12 * S) == ("+0:12", "over")
    assert over_under_text(-30 * S) == ("−0:30", "under")
    assert over_under_text(999_999_999) == ("0:00", "on time")
    assert over_under_text(None) == ("–", "over or under")


def test_when_a_device_was_heard() -> None:
    assert [ago_text(ns) for ns in (None, 400_000_000, 12 * S, 240 * S)] == [
        "never heard",
        "heard 0.4 s ago",
        "heard 12 s ago",
        "heard 4 min ago",
    ]


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (Called(on="called"), "called"),
        (at_bar(41), "bar 41.1"),
        (at_bar(41, 3, 240), "bar 41.3.240"),
        (at_offset(-10), "start −10 s"),
        (at_offset(0, "load"), "load"),
        (at_offset(1.5, "section", "song/verse"), "verse +1.5 s"),
        (after("x", 2), "continue +2 s"),
        (after("x", 0, "end"), "follow"),
        (AtClock(on="clock", time="20:15:00"), "20:15:00"),
    ],
)
def test_when_a_cue_runs(at: object, text: str) -> None:
    assert when_text(Cue.model_validate({"id": "a", "number": "1", "at": at})) == text


@pytest.mark.parametrize("marks", [CUE_MARKS, HAND_MARKS, ITEM_MARKS, TRANSPORT_MARKS, HEALTH_MARKS, MODE_MARKS])
def test_states_are_told_apart_without_colour(marks: dict[str, object]) -> None:
    pairs = [(mark.word, mark.shape) for mark in marks.values()]  # type: ignore[attr-defined]
    assert len({word for word, _ in pairs}) == len(pairs)
    assert len({shape for _, shape in pairs}) == len(pairs)


def test_only_what_has_stopped_or_failed_is_red() -> None:
    red = {mark.word for marks in (CUE_MARKS, HAND_MARKS, ITEM_MARKS, TRANSPORT_MARKS, HEALTH_MARKS, MODE_MARKS)
           for mark in marks.values() if mark.tone == "stop"}  # fmt: skip
    assert red == {"Failed", "Fault", "Down"}
