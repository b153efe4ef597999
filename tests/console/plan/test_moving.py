"""Cues moved in time: by music where they stand in bars, by time elsewhere, together, and taken back to the byte."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.plan.moving import Unit, and_later, move_cues, shift_by, shift_to
from console.plan.schedule import build_schedule
from console.show.cues import AtBar, AtTimecode
from console.show.edits import Edit, EditError, apply
from console.show.show import Show
from console.show.show_json import show_to_json
from tests.support.builders import CALLED, LOAD, after, at_bar, at_offset, make_cue, song_show
from tests.support.rich_show import rich_show

BEAT_NS, BAR_NS, FRAME_NS = 500_000_000, 2_000_000_000, 40_000_000

SHOW = song_show(
    make_cue("bars", "50", at=at_bar(3, 2)),
    make_cue("later", "51", at=at_bar(5)),
    make_cue("time", "52", at=at_offset(6.5)),
    make_cue("code", "53", at=AtTimecode(on="timecode", label="01:00:20:00")),
    make_cue("follows", "54", at=after("bars", 0.25)),
    make_cue("pressed", "55", at=CALLED),
    make_cue("loads", "56", at=LOAD),
)


def moments(show: Show) -> dict[str, int | None]:
    return {cue: ns for part in build_schedule(show).parts.values() for cue, (ns, _) in part.moments.items()}


def applied(show: Show, edit: Edit | None) -> Show:
    assert edit is not None
    changed, inverse = apply(show, edit)
    assert show_to_json(apply(changed, inverse)[0]) == show_to_json(show)
    return changed


@pytest.mark.parametrize(
    ("cue", "unit", "count", "by_ns"),
    [
        ("bars", "beat", 1, BEAT_NS),
        ("bars", "bar", -1, -BAR_NS),
        ("bars", "tick", 48, BEAT_NS // 10),
        ("time", "frame", 3, 3 * FRAME_NS),
        ("time", "beat", 2, 2 * BEAT_NS),
        ("code", "frame", -1, -FRAME_NS),
    ],
)
def test_a_cue_is_nudged_by_what_was_asked(cue: str, unit: Unit, count: int, by_ns: int) -> None:
    schedule, before = build_schedule(SHOW), moments(SHOW)
    after_ = moments(applied(SHOW, move_cues(schedule, SHOW, [cue], shift_by(schedule, SHOW, [cue], unit, count))))
    assert (after_[cue] or 0) - (before[cue] or 0) == by_ns
    assert {each for each in before if before[each] != after_[each]} <= {cue, "follows"}


def test_a_cue_in_bars_that_is_moved_by_frames_takes_the_nearest_tick() -> None:
    schedule = build_schedule(SHOW)
    changed = applied(SHOW, move_cues(schedule, SHOW, ["later"], shift_by(schedule, SHOW, ["later"], "frame", 1)))
    assert changed.cue_by_id["later"].at == at_bar(5, 1, 38)  # 40 ms of a tick of 1.0417 ms


def test_a_cue_is_brought_to_a_place_and_those_with_it_by_as_much_music() -> None:
    schedule = build_schedule(SHOW)
    shift = shift_to(schedule, SHOW, "bars", 10_000_000_000)
    changed = applied(SHOW, move_cues(schedule, SHOW, ["bars", "later", "follows", "pressed"], shift))
    assert changed.cue_by_id["bars"].at == at_bar(6)
    assert isinstance(changed.cue_by_id["later"].at, AtBar)
    assert changed.cue_by_id["later"].at == at_bar(7, 4)
    assert changed.cue_by_id["follows"] == SHOW.cue_by_id["follows"]  # carried by its leader
    assert changed.cue_by_id["pressed"] == SHOW.cue_by_id["pressed"]


def test_a_follower_alone_changes_how_long_it_waits() -> None:
    schedule = build_schedule(SHOW)
    shift = shift_by(schedule, SHOW, ["follows"], "beat", 1)
    changed = applied(SHOW, move_cues(schedule, SHOW, ["follows"], shift))
    assert changed.cue_by_id["follows"].at == after("bars", 0.75)
    with pytest.raises(EditError, match="would come before the one it follows"):
        move_cues(schedule, SHOW, ["follows"], shift_by(schedule, SHOW, ["follows"], "beat", -1))


def test_with_ripple_all_that_stands_behind_follows() -> None:
    schedule, before = build_schedule(SHOW), moments(SHOW)
    cues = and_later(schedule, SHOW, ["bars"])
    after_ = moments(applied(SHOW, move_cues(schedule, SHOW, cues, shift_by(schedule, SHOW, ["bars"], "bar", 1))))
    for cue, ns in before.items():
        stands = SHOW.cue_by_id[cue].starts_item or SHOW.cue_by_id[cue].at.on == "called"  # at its section, which stays
        moves = ns is not None and ns >= (before["bars"] or 0) and not stands
        assert after_[cue] == (ns + BAR_NS if moves and ns is not None else ns), cue


@pytest.mark.parametrize(("cue", "words"), [("pressed", "waits to be asked for"), ("loads", "runs as its item loads")])
def test_what_has_no_time_is_refused_in_words(cue: str, words: str) -> None:
    with pytest.raises(EditError, match=words):
        shift_by(build_schedule(SHOW), SHOW, [cue], "frame", 1)


def test_nothing_comes_before_its_item() -> None:
    schedule = build_schedule(SHOW)
    with pytest.raises(EditError, match="before its item begins"):
        move_cues(schedule, SHOW, ["bars"], shift_by(schedule, SHOW, ["bars"], "bar", -20))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_there_and_back_by_music_is_where_it_was(data: st.DataObject) -> None:
    show = data.draw(st.sampled_from((SHOW, rich_show())))
    cues = data.draw(st.lists(st.sampled_from([cue.id for cue in show.cues]), min_size=1, max_size=5, unique=True))
    unit = data.draw(st.sampled_from(("tick", "beat", "bar")))
    count = data.draw(st.integers(1, 4))
    schedule = build_schedule(show)
    try:
        changed = move_cues(schedule, show, cues, shift_by(schedule, show, cues, unit, count))
        if changed is None:
            return  # a tick is nothing to a label of whole frames
        there = applied(show, changed)
        again = build_schedule(there)
        back = applied(there, move_cues(again, there, cues, shift_by(again, there, cues, unit, -count)))
    except EditError:
        return
    bars = [cue for cue in cues if isinstance(show.cue_by_id[cue].at, AtBar)]
    assert [back.cue_by_id[cue].at for cue in bars] == [show.cue_by_id[cue].at for cue in bars]
