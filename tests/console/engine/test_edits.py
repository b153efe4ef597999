"""Edits while the show runs: what follows from the show follows, what is live and next stays."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.engine.engine import House
from console.show.edits import Edit, change, change_cue, insert, move, remove, remove_item, set_show
from console.show.show import Show
from console.show.show_json import show_to_json
from console.show.songs import Vamp
from console.vocabulary import ExitVamp, Fire, Go, GoKeyUp, Locate, Request, SetChoice, SetStandby, StartItem, Stop
from tests.support.any_edits import edits
from tests.support.builders import (
    CALLED,
    LOAD,
    after,
    at_bar,
    at_offset,
    evening_show,
    light,
    make_cue,
    song_show,
    step,
)
from tests.support.derived import check_derived, check_track
from tests.support.engine_rig import EngineRig, s
from tests.support.rich_show import rich_house, rich_show

RICH = rich_show()
RICH_HOUSE = rich_house(RICH)
BEGINNINGS: dict[str, tuple[Request | float, ...]] = {
    "before": (),
    "song": (StartItem(item="song"), 6.0),
    "vamp": (StartItem(item="song"), 23.0),
    "second pass": (StartItem(item="song"), 30.0),
    "leaving": (StartItem(item="song"), 30.0, ExitVamp()),
    "stopped": (StartItem(item="song"), 6.0, Stop()),
    "talk": (StartItem(item="talk"), 2.0),
    "chosen": (SetChoice(choice="winner", value="b"), StartItem(item="song"), 2.0),
}


FOLLOWED = song_show(make_cue("hand", "1.90", CALLED), make_cue("behind", "1.91", after("hand", 5.0)))


def begun(show: Show, how: tuple[Request | float, ...], house: House | None = None) -> EngineRig:
    rig = EngineRig(show, house=house)
    for each in how:
        if isinstance(each, float):
            rig.wait(each)
        else:
            assert rig.ask(each) is None
            rig.ask(GoKeyUp())
    return rig


@settings(max_examples=80)
@given(st.data(), st.sampled_from(sorted(BEGINNINGS)))
def test_after_any_edits_the_engine_is_what_a_fresh_one_would_be(data: st.DataObject, how: str) -> None:
    rig = begun(RICH, BEGINNINGS[how], RICH_HOUSE)
    for _ in range(data.draw(st.integers(1, 4))):
        run = rig.engine.run
        before = show_to_json(run.show)
        inverse_of = len(rig.engine.history.done)
        refused = rig.edit(data.draw(edits(run.show)))
        if refused is not None:
            assert show_to_json(run.show) == before
            assert len(rig.engine.history.done) == inverse_of
        check_derived(rig.engine)
        check_track(run, rig.now_ns)
        rig.wait(data.draw(st.sampled_from([0.0, 1.0, 7.0])))


def as_run(rig: EngineRig) -> list[tuple[Any, ...]]:
    return [(row.cue, row.command, row.cue_s, row.due_s, row.sent_s, row.outcome) for row in rig.rows()]


def test_unrelated_edits_change_nothing_of_what_leaves() -> None:
    quiet, edited = (begun(evening_show(), (Go(), 20.5, Go(), 1.0)) for _ in range(2))
    unrelated: tuple[Edit, ...] = (
        change_cue("second-verse", {"at": at_bar(6), "label": "moved"}),
        insert(make_cue("new", "2.45", at_bar(7), item="second")),
        remove("cue", "encore-after"),
        change("song", "encore", {"tempi": [{"bar": 1, "beat": 1, "bpm": 90}]}),
        change_cue("song-verse", {"notes": "later in this very song"}),
        move("item", "encore", 3),
        set_show({"title": "Another"}),
    )
    for edit in unrelated:
        assert edited.edit(edit) is None
        for rig in (quiet, edited):
            rig.wait(1.5)
    for rig in (quiet, edited):
        rig.wait(18)
    of_song = [
        [row for row in as_run(rig) if row[0] is not None and row[0].startswith(("film", "song"))]
        for rig in (quiet, edited)
    ]
    assert of_song[0] == of_song[1]
    assert len(of_song[0]) > 7
    check_derived(edited.engine)


def test_a_cue_of_the_playing_song_moves_while_it_lies_ahead() -> None:
    rig = begun(song_show(), (Go(), 6.0))  # bar 2
    assert rig.edit(change_cue("song-verse", {"at": at_bar(7)})) is None
    assert rig.edit(insert(make_cue("new", "1.45", at_bar(6)))) is None
    assert rig.edit(remove("cue", "song-bridge")) is None
    rig.wait(30)
    left = {cue: rig.row(cue).cue_s for cue in ("song-verse", "new", "song-clip", "song-after")}
    assert left == {"song-verse": 16.05, "new": 14.05, "song-clip": 12.05, "song-after": 13.05}
    assert not any(row.cue == "song-bridge" for row in rig.rows())


def test_a_cue_put_behind_the_playhead_does_not_run() -> None:
    rig = begun(song_show(), (Go(), 14.0))
    assert rig.edit(insert(make_cue("new", "1.45", at_bar(2)))) is None
    assert rig.edit(change_cue("song-bridge", {"at": at_bar(3)})) is None
    rig.wait(40)
    assert {"new", "song-bridge"}.isdisjoint(rig.cues_sent())
    assert rig.row("new").outcome.startswith("skipped")


def test_a_cue_that_has_run_does_not_run_again_where_it_is_moved_ahead() -> None:
    rig = begun(song_show(), (Go(), 14.0))
    assert rig.edit(change_cue("song-intro", {"at": at_bar(8)})) is None
    rig.wait(40)
    assert sum(dispatch.command.cue == "song-intro" for dispatch in rig.sent) == 1


def test_a_cue_put_within_its_lead_leaves_at_once() -> None:
    rig = begun(song_show(), (Go(), 6.0))
    late = make_cue("new", "1.45", at_offset(2.05, "downbeat"), advance_ms=100)
    assert rig.edit(insert(late)) is None
    row = rig.row("new")
    assert (row.cue_s, row.due_s) == (6.1, 6.0)


@pytest.mark.parametrize(
    ("how", "edit", "words"),
    [
        ((), change_cue("song-start", {"label": "x"}), "1.2 is in standby in list show: move the standby first"),
        ((Go(), 4.5), change_cue("song-intro", {"label": "x"}), "1.3 is running: wait until it is over"),
        ((Go(), Fire(cue="hand"), 1.0), change_cue("behind", {"label": "x"}), "1.91 is on its way: wait until"),
        ((Go(), Fire(cue="hand"), 1.0), remove("cue", "behind"), "1.91 is on its way"),
        ((SetStandby(cue="hand"),), change_cue("behind", {"label": "x"}), "1.91 runs with the cue in standby in list"),
        ((Go(), 6.0), change("song", "song", {"count_in_bars": 1}), "Song is live: its song stays as it is"),
        ((Go(), 6.0), change("item", "song", {"skipped": True}), "Song is live and plays to its end: end it"),
        ((Go(), 6.0), change("item", "song", {"inhibits": ["LX"]}), "Song is live: change it when it has ended"),
        ((Go(), 6.0), remove_item(FOLLOWED, "song"), "Song is live: end it before it is removed"),
        ((Go(), 6.0), change("role", "audio.foh", {"hazard": "low"}), "the roles change what every cue sends: stop"),
        ((Go(), 6.0), set_show({"rate": "30"}), "the rates change what every cue sends: stop the show first"),
    ],
)
def test_what_is_live_and_next_is_frozen_and_named(how: tuple[Request | float, ...], edit: Edit, words: str) -> None:
    rig = begun(FOLLOWED, how)
    refused = rig.edit(edit)
    assert refused is not None
    assert refused.startswith(words)
    check_derived(rig.engine)


def test_the_song_under_a_playhead_that_stands_still_may_change() -> None:
    rig = begun(song_show(), (Locate(item="song", position_ns=s(10), roll=False),))
    assert rig.edit(change("song", "song", {"tempi": [{"bar": 1, "beat": 1, "bpm": 60}]})) is None
    check_derived(rig.engine)
    check_track(rig.engine.run, rig.now_ns)
    assert rig.engine.run.position_at(rig.now_ns) == s(10)


def test_roles_change_while_nothing_moves() -> None:
    rig = begun(RICH, (), RICH_HOUSE)
    assert rig.edit(change("role", "audio.foh", {"hazard": "high"})) is None
    assert rig.edit(change("choice", "winner", {"values": ["x", "y"], "default": "y"})) is None
    assert rig.engine.run.choices == {"winner": "y"}
    check_derived(rig.engine)


def test_undo_gives_the_bytes_back_and_repeats_no_trigger() -> None:
    rig = begun(evening_show(), (Go(), 20.5, Go(), 16.0))
    before = show_to_json(rig.engine.run.show)
    assert rig.edit(remove("cue", "song-after")) is None
    assert rig.edit(change_cue("second-verse", {"label": "x"})) is None
    history = rig.engine.history
    for _ in range(2):
        past = history.next_of("undo")
        assert past is not None
        assert rig.edit(past.edit, way="undo") is None
    assert show_to_json(rig.engine.run.show) == before
    assert history.next_of("undo") is None
    redo = history.next_of("redo")
    assert redo is not None
    assert redo.name == "Remove cue 1.6"
    assert rig.edit(redo.edit, way="redo") is None
    assert rig.engine.run.revision == 5
    rig.wait(30)
    assert sum(dispatch.command.cue == "song-after" for dispatch in rig.sent) == 1


def test_undo_reaches_a_hundred_changes_back() -> None:
    rig = EngineRig(song_show())
    for number in range(105):
        assert rig.edit(change_cue("song-verse", {"label": str(number)})) is None
    assert len(rig.engine.history.done) == 100


def test_a_load_cue_put_into_a_loaded_item_does_not_leave_by_itself() -> None:
    rig = begun(evening_show(), (Go(), 20.5))
    assert rig.engine.run.lives["song"] == "loaded"
    new = make_cue("new", "1.05", LOAD, step("scene.recall", scene=9), role="audio.foh")
    assert rig.edit(insert(new)) is None
    rig.wait(1)
    assert "new" not in rig.cues_sent()


def test_a_cue_that_counts_back_from_a_start_is_aimed_anew() -> None:
    back = make_cue("back", "1.01", at_offset(-8.0), light("9"))
    rig = begun(evening_show(), (Go(), 2.0))
    assert rig.edit(insert(back.model_copy(update={"item": "second", "number": "2.01"}))) is None
    rig.ask(StartItem(item="song"))
    rig.wait(30)
    assert rig.edit(change_cue("back", {"at": at_offset(-2.0).model_dump()})) is None
    check_derived(rig.engine)


def test_a_new_cue_inside_a_vamp_waits_for_no_second_pass() -> None:
    rig = begun(song_show(vamp=Vamp(planned_repeats=3)), (Go(), 29.0))  # pass 2 began at 28 s
    assert rig.engine.run.folding.pass_no == 2
    assert rig.edit(insert(make_cue("once", "1.75", at_bar(11)))) is None
    assert rig.edit(insert(make_cue("every", "1.76", at_bar(11), every_pass=True))) is None
    rig.wait(16)
    assert rig.engine.run.folding.pass_no == 4
    every = [dispatch for dispatch in rig.sent if dispatch.command.cue == "every"]
    assert [round(dispatch.command.cue_ns / 1e9 - 1000, 3) for dispatch in every] == [32.05, 40.05]
    assert "once" not in rig.cues_sent()
