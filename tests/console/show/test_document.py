"""The models themselves: what a fader's bottom looks like, what a copy forgets, how long a cue is."""

from __future__ import annotations

import math

import pytest
from pydantic import ValidationError

from console.show.cues import ChoiceTable, OnMessage, Point, Step
from console.show.show import Show
from tests.support.builders import at_bar, light, make_cue, song_show, step


def test_minus_infinity_survives_json_as_text() -> None:
    table = ChoiceTable(choice="mics", table={"open": 0.0, "shut": -math.inf})
    fade = Step(
        verb="level.set", args={"strip": "ch/1", "db": table}, points=(Point(offset_s=2, value=-math.inf),), fade_s=None
    )
    raw = fade.model_dump(mode="json")
    assert raw["args"]["db"]["table"] == {"open": 0.0, "shut": "-inf"}
    assert raw["points"][0]["value"] == "-inf"
    assert Step.model_validate(raw) == fade
    assert Step.model_validate_json(fade.model_dump_json()) == fade


@pytest.mark.parametrize("value", [math.inf, math.nan])
def test_no_other_number_beyond_numbers_is_taken(value: float) -> None:
    with pytest.raises(ValidationError, match="no number to send"):
        Step(verb="level.set", args={"db": value})
    with pytest.raises(ValidationError, match="no number to send"):
        Point(offset_s=0, value=value)
    with pytest.raises(ValidationError, match="finite"):
        make_cue("a", "1", pre_wait_s=value)


def test_constants_keep_their_type() -> None:
    args = {"flag": True, "whole": 1, "real": 1.0, "text": "1"}
    read = OnMessage(on="message", source="osc", address="/x", args=tuple(args.values())).model_dump(mode="json")[
        "args"
    ]
    assert [type(value) for value in read] == [bool, int, float, str]


def test_copies_forget_what_the_old_show_looked_up() -> None:
    show = song_show()
    assert "song-clip" in show.cue_by_id
    assert show.followers["song-clip"]
    fewer = show.model_copy(update={"cues": show.cues[:2]})
    assert list(fewer.cue_by_id) == ["song-load", "song-start"]
    assert fewer.followers == {}
    assert list(fewer.cues_by_item) == ["song"]


def test_documents_are_frozen_and_take_nothing_unknown() -> None:
    show = song_show()
    with pytest.raises(ValidationError, match="frozen"):
        show.title = "Other"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="sparkle"):
        Show.model_validate({"id": "x", "title": "X", "sparkle": 1})


def test_a_cue_is_as_long_as_its_longest_step() -> None:
    early = Step(verb="clip.play", args={"clip": "A"}, offset_s=1.0, length_s=2.5)
    points = Step(verb="level.set", points=(Point(offset_s=1, value=0), Point(offset_s=4, value=-10)))
    assert make_cue("a", "1", at_bar(1), early, light("1", 2.0)).length_s == 3.5
    assert make_cue("a", "1", at_bar(1), early, points).length_s == 4
    assert make_cue("a", "1", at_bar(1), step("cue.go")).length_s == 0


def test_called_or_auto_goes_by_the_moment_unless_said() -> None:
    assert make_cue("a", "1").is_called
    assert not make_cue("a", "1", at_bar(1)).is_called
    assert make_cue("a", "1", at_bar(1), mode="called").is_called
    assert not make_cue("a", "1", mode="auto").is_called
