"""The show list: by planned moment, those without one behind the cue whose number comes before theirs."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from console.plan.schedule import LOAD_NS, build_schedule, number_order
from console.show.cues import InGroup
from console.show.show import Show
from tests.support.builders import (
    CALLED,
    LOAD,
    after,
    at_bar,
    big_show,
    light,
    make_cue,
    make_show,
    make_song,
    song_show,
)
from tests.support.rich_show import rich_show


def test_a_cue_without_a_moment_stands_behind_its_number_and_is_not_of_the_load() -> None:
    show = song_show(
        make_cue("hand", "1.35", CALLED),
        make_cue("hand-2", "1.351", CALLED),
        make_cue("very-first", "0.5", CALLED),
    )
    schedule = build_schedule(show)
    order = schedule.by_item["song"]
    assert order[0] == "very-first"
    place = order.index("song-intro")
    assert order[place + 1 : place + 3] == ("hand", "hand-2")
    assert schedule.cue_times["very-first"].planned_ns == -4_000_000_000
    assert schedule.cue_times["song-load"].planned_ns == LOAD_NS


def test_followers_of_what_has_a_position_have_one_and_those_of_a_press_do_not() -> None:
    times = build_schedule(rich_show()).cue_times
    assert times["song-after"].position_ns == 9_000_000_000
    assert times["off"].position_ns == times["down"].position_ns + 1_000_000_000  # type: ignore[operator]
    assert [times[cue].position_ns for cue in ("then", "slow", "one", "two")] == [None] * 4


def test_groups_and_sequences_place_their_children_and_end_with_the_last() -> None:
    show = song_show(
        make_cue("row", "1.9", at_bar(3), role=None, group="sequence", pre_wait_s=1.0),
        make_cue("a", "1.91", InGroup(on="group"), light("1", 2.0), parent="row"),
        make_cue("both", "1.92", InGroup(on="group"), role=None, group="together", parent="row"),
        make_cue("b", "1.921", InGroup(on="group"), light("2", 3.0), parent="both", pre_wait_s=0.5),
        make_cue("c", "1.93", InGroup(on="group"), light("3"), parent="row"),
        make_cue("end", "1.94", after("row", 1.0, "end"), light("4")),
    )
    times = build_schedule(show).cue_times
    at_s = {cue: times[cue].position_ns / 1e9 for cue in ("row", "a", "both", "b", "c", "end")}  # type: ignore[operator]
    assert at_s == {"row": 5.0, "a": 5.0, "both": 7.0, "b": 7.5, "c": 10.5, "end": 11.5}


@st.composite
def lists(draw: st.DrawFn) -> Show:
    numbers = draw(st.lists(st.integers(1, 400), min_size=1, max_size=14, unique=True))
    ats = st.one_of(st.just(CALLED), st.just(LOAD), st.integers(1, 16).map(at_bar))
    cues = tuple(make_cue(f"c{n}", f"{n // 10}.{n % 10}1", draw(ats)) for n in numbers)
    return make_show(*cues, songs=(make_song(),), items=song_show().items)


@settings(max_examples=80, deadline=None)
@given(lists())
def test_the_list_is_whole_in_the_order_of_moments_and_each_hand_cue_behind_its_number(show: Show) -> None:
    schedule = build_schedule(show)
    order = schedule.order
    assert sorted(order) == sorted(cue.id for cue in show.cues)
    planned = [schedule.cue_times[cue].planned_ns for cue in order if schedule.cue_times[cue].position_ns is not None]
    assert all(before <= after_ for before, after_ in pairwise(planned))
    by_number = sorted(show.cues, key=number_order)
    for before, cue in pairwise(by_number):
        if cue.at == CALLED:
            assert order.index(before.id) == order.index(cue.id) - 1


def test_a_big_show_is_laid_out_whole() -> None:
    show = big_show(500)
    assert len(build_schedule(show).order) == 500
