"""Cues that a hand passes over, once or for the run, and what the second key of *back* puts up again."""

from __future__ import annotations

from console.engine.run_state import StartCue
from console.show.show import FreeList
from console.show.songs import Vamp
from console.vocabulary import (
    Back,
    EndItem,
    Fire,
    Locate,
    Panic,
    Reassert,
    SetStandby,
    SkipNext,
    StandDown,
)
from tests.support.builders import CALLED, after, at_bar, light, make_cue, song_show, step
from tests.support.engine_rig import EngineRig
from tests.support.song_rig import outcomes, press, to_bar


def calls_rig() -> EngineRig:
    """A song with three called looks at its start, and a called start; the first bar has begun."""
    calls = [make_cue(f"call-{n}", f"1.0{n}", CALLED, light(f"5{n}")) for n in (1, 2, 3)]
    rig = EngineRig(song_show(*calls))
    rig.ask(SetStandby(cue="song-start"))
    press(rig)
    to_bar(rig, 2)
    rig.ask(SetStandby(cue="call-1"))
    return rig


# -- skip next ---------------------------------------------------------------------------------------------------------


def test_the_standby_is_skipped_once_and_go_runs_the_next() -> None:
    rig = calls_rig()
    assert rig.ask(SkipNext()) is None
    assert rig.engine.standbys.standing["show"] == "call-2"
    snapshot = rig.engine.snapshot(rig.now_ns, rig.wall)
    assert [(each.target, each.by) for each in snapshot.to_skip] == [("call-1", "operator")]
    assert outcomes(rig, "call-1") == []
    press(rig)
    assert rig.sent[-1].command.cue == "call-2"
    assert outcomes(rig, "call-1") == ["skipped: by hand"]
    assert rig.engine.snapshot(rig.now_ns, rig.wall).to_skip == ()


def test_a_skip_is_taken_back_until_it_happens() -> None:
    rig = calls_rig()
    rig.ask(SkipNext())
    rig.ask(SkipNext())
    assert rig.engine.standbys.standing["show"] == "call-3"
    assert rig.ask(SkipNext(on=False)) is None  # the last that was marked
    assert rig.engine.standbys.standing["show"] == "call-2"
    assert rig.ask(SkipNext(on=False, cue="call-1")) is None
    assert rig.engine.standbys.standing["show"] == "call-1"
    assert rig.ask(SkipNext(on=False)) == "nothing is to be skipped in list 'show'"
    press(rig)
    assert rig.sent[-1].command.cue == "call-1"


def test_an_auto_cue_is_skipped_when_its_moment_comes() -> None:
    rig = calls_rig()
    assert rig.ask(SkipNext(cue="song-verse")) is None
    upcoming = [up.cue for up in rig.engine.snapshot(rig.now_ns, rig.wall).upcoming]
    assert "song-verse" in upcoming  # it is seen
    to_bar(rig, 8)
    assert outcomes(rig, "song-verse") == ["skipped: by hand"]
    assert rig.ask(SkipNext(cue="song-verse")) == "1.4 has run, or was passed over, already"


def test_of_a_cue_of_every_pass_one_is_skipped() -> None:
    each = make_cue("each", "1.9", at_bar(9), light("61"), every_pass=True)
    rig = EngineRig(song_show(each, vamp=Vamp(planned_repeats=3)))
    press(rig)
    to_bar(rig, 10)
    assert rig.ask(SkipNext(cue="each")) is None
    to_bar(rig, 19)
    assert outcomes(rig, "each") == ["sent", "skipped: by hand", "sent"]


def test_a_press_on_the_cue_itself_takes_the_skip_back() -> None:
    rig = calls_rig()
    rig.ask(SkipNext())
    rig.ask(Fire(cue="call-1"))
    assert outcomes(rig, "call-1") == ["sent"]
    assert not rig.engine.run.hand.skips


def test_skips_are_answered_in_every_state() -> None:
    rig = calls_rig()
    assert rig.ask(SkipNext(cue="moon")) == "no cue 'moon'"
    assert rig.ask(SkipNext(list="moon")) == "there is no list 'moon'"
    assert rig.ask(SkipNext(cue="call-1")) is None
    assert rig.ask(SkipNext(cue="call-1")) == "it is to be skipped already"
    assert rig.ask(SkipNext(cue="call-2", on=False)) == "it is coming already"
    rig.ask(EndItem(item="song"))
    assert outcomes(rig, "call-1") == ["skipped: by hand"]
    assert rig.ask(SkipNext()) == "nothing is in standby in list 'show'"


# -- stand down --------------------------------------------------------------------------------------------------------


def test_a_cue_that_is_stood_down_does_not_run_whatever_asks_and_says_so() -> None:
    rig = calls_rig()
    for target in ("call-1", "song-verse"):
        assert rig.ask(StandDown(target=target)) is None
    assert rig.engine.standbys.standing["show"] == "call-2"
    rig.ask(SetStandby(cue="call-1"))
    assert press(rig) == "1.01 is stood down for this run"
    assert rig.ask(Fire(cue="call-1")) == "1.01 is stood down for this run"
    to_bar(rig, 8)
    assert outcomes(rig, "song-verse") == ["skipped: stood down for this run"]
    assert "song-verse" not in [up.cue for up in rig.engine.snapshot(rig.now_ns, rig.wall).upcoming]
    rig.ask(Locate(item="song", position_ns=15_000_000_000))
    assert not rig.verbs(cue="song-verse")
    assert rig.ask(StandDown(target="call-1", on=False)) is None
    assert rig.ask(Fire(cue="call-1")) is None
    assert not rig.engine.run.show.cue_by_id["song-verse"].disabled  # the show is as it was


def test_departments_and_lists_are_stood_down_as_one() -> None:
    hot = make_cue("hot", "1", CALLED, light("70"), item=None, list="hot")
    for target in ("LX", "dept:LX"):
        rig = EngineRig(song_show(hot, lists=(FreeList(id="hot", title="Hot"),)))
        press(rig)
        assert rig.ask(StandDown(target=target)) is None
        to_bar(rig, 8)
        assert not rig.verbs(cue="song-verse")
        assert rig.verbs(cue="song-clip")
        assert press(rig, "dept:LX") == "nothing is in standby in list 'dept:LX'"
        assert rig.ask(StandDown(target=target, on=False)) is None
        assert rig.engine.standbys.standing["dept:LX"] == "song-call"
    rig = EngineRig(song_show(hot, lists=(FreeList(id="hot", title="Hot"),)))
    rig.ask(StandDown(target="hot"))
    assert rig.ask(Fire(cue="hot")) == "1 is stood down for this run"
    rig.ask(StandDown(target="show"))
    assert rig.ask(Fire(cue="song-call")) == "1.8 is stood down for this run"
    assert [each.target for each in rig.engine.snapshot(rig.now_ns, rig.wall).stood_down] == ["hot", "show"]


def test_what_waits_of_a_cue_that_is_stood_down_stays() -> None:
    later = step("cue.fire", cue="9").model_copy(update={"offset_s": 2.0})
    rig = EngineRig(song_show(make_cue("two", "1.9", CALLED, light("8"), later)))
    rig.ask(Fire(cue="two"))
    rig.ask(StandDown(target="two"))
    rig.wait(3)
    assert outcomes(rig, "two") == ["sent", "skipped: stood down for this run"]


def test_standing_down_is_answered_in_every_state() -> None:
    rig = EngineRig(song_show())
    assert rig.ask(StandDown(target="moon")) == "there is no cue, department or list 'moon'"
    assert rig.ask(StandDown(target="song-call", on=False)) == "it is standing already"
    rig.ask(StandDown(target="song-call"))
    assert rig.ask(StandDown(target="song-call")) == "it is stood down already"


# -- the state before --------------------------------------------------------------------------------------------------


def test_what_the_last_press_changed_is_put_up_again_as_it_stood_before() -> None:
    rig = calls_rig()
    press(rig)
    rig.wait(0.3)
    press(rig)
    sent = len(rig.sent)
    rig.ask(Back())
    assert rig.engine.standbys.standing["show"] == "call-2"
    assert rig.ask(Reassert()) is None
    assert [(d.command.cue, d.command.trigger) for d in rig.sent[sent:]] == [("call-1", "before 1.02")]
    rig.wait(0.3)
    press(rig)
    assert rig.sent[-1].command.cue == "call-2"


def test_a_later_cues_value_stays() -> None:
    rig = calls_rig()
    press(rig)
    to_bar(rig, 6)  # the verse has taken the look over
    sent = len(rig.sent)
    assert rig.ask(Reassert()) is None
    assert len(rig.sent) == sent


def test_no_trigger_no_once_use_and_nothing_that_is_to_be_asked_for_leaves() -> None:
    cues = (
        make_cue("once", "1.01", CALLED, light("51"), once_per_show=True),
        make_cue("go", "1.02", CALLED, step("cue.go"), light("52")),
        make_cue("clip", "1.03", CALLED, step("clip.play", clip="x"), role="video.server"),
        make_cue("clip-2", "1.04", CALLED, step("clip.play", clip="y"), role="video.server"),
    )
    rig = EngineRig(song_show(*cues))
    for cue in ("once", "go", "clip", "clip-2"):
        rig.ask(Fire(cue=cue))
        rig.engine.standbys.last_run["show"] = cue
        if cue in ("go", "clip-2"):
            sent = len(rig.sent)
            assert rig.ask(Reassert()) is None
            assert len(rig.sent) == sent
    words = [notice.words for notice in rig.notices if notice.kind == "said"]
    assert any("video.server clip.play" in line for line in words)


def test_what_the_press_left_waiting_is_given_up() -> None:
    rig = EngineRig(
        song_show(
            make_cue("lead", "1.01", CALLED, light("51")), make_cue("late", "1.02", after("lead", 2.0), light("52"))
        )
    )
    rig.ask(SetStandby(cue="lead"))
    press(rig)
    rig.wait(1)
    rig.ask(Reassert())
    assert not [entry for entry in rig.engine.run.waiting.entries() if isinstance(entry.what, StartCue)]
    rig.wait(3)
    assert outcomes(rig, "late") == ["skipped: taken back"]


def test_before_a_hot_cue_stood_what_the_score_has() -> None:
    hot = make_cue("hot", "1", CALLED, light("70"), item=None, list="hot")
    rig = EngineRig(song_show(hot, lists=(FreeList(id="hot", title="Hot"),)))
    assert rig.ask(Reassert(list="hot")) == "nothing has run in list 'hot' yet"
    press(rig)
    to_bar(rig, 6)
    press(rig, "hot")
    assert rig.ask(Reassert(list="hot")) is None
    assert rig.sent[-1].command.cue == "song-verse"
    rig.ask(Panic())
    assert rig.ask(Reassert(list="hot")) == "panic: release it first"


def test_the_first_cue_of_all_has_nothing_before_it() -> None:
    rig = EngineRig(song_show(make_cue("first", "0.1", CALLED, light("51"))))
    rig.ask(SetStandby(cue="first"))
    press(rig)
    sent = len(rig.sent)
    assert rig.ask(Reassert()) is None
    assert len(rig.sent) == sent
    assert [notice.words for notice in rig.notices if notice.kind == "said"][-1] == (
        "Nothing stood before 0.1 at: lighting.main main"
    )
