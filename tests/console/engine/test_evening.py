"""An evening from the operator's chair: load, GO, live, end, on a virtual clock."""

from __future__ import annotations

import pytest

from console.show.cues import InGroup
from console.vocabulary import EndItem, Fire, Go, GoKeyUp, Hold, Load, Roll, SetStandby, StartItem, Stop
from tests.support.builders import CALLED, after, at_offset, evening_show, light, make_cue, song_show, step
from tests.support.engine_rig import ZERO_NS, EngineRig, s


def press(rig: EngineRig, name: str = "show") -> str | None:
    """GO with the key let go afterwards, a second after the last one."""
    rig.wait(1)
    refused = rig.ask(Go(list=name))
    rig.ask(GoKeyUp())
    return refused


def test_first_item_loads_and_nothing_leaves_before_a_press() -> None:
    rig = EngineRig(evening_show())
    rig.wait(600)
    assert rig.engine.run.lives["film"] == "loaded"
    assert rig.sent == []


def test_the_end_of_the_last_item_with_cues_loads_the_next_and_starts_the_talk() -> None:
    rig = EngineRig(evening_show())
    press(rig)
    rig.wait_until(21.05)
    assert rig.verbs(cue="song-load") == [(21.05, "foh", "scene.recall")]
    assert rig.engine.run.lives["song"] == "loaded"
    press(rig)
    rig.wait(37)
    assert rig.engine.run.lives["talk"] == "live"
    assert rig.engine.run.lives["second"] == "loaded"  # the talk has no cues and delays nothing


def test_track_light_and_picture_meet_at_the_count_in() -> None:
    rig = EngineRig(song_show())
    press(rig)
    rig.wait(40)
    # Pressed at 1 s: tracks 50 ms, count-in 4 s, so the downbeat is seen at 5.05 s.
    assert rig.verbs(cue="song-start") == [(1.0, "tracks", "transport.play")]
    assert rig.verbs(cue="song-intro") == [(5.03, "lx-main", "cue.fire")]
    assert rig.row("song-intro").cue_s == 5.05
    assert rig.verbs(cue="song-clip") == [(12.9865, "vid-b", "clip.play"), (13.0, "vid-a", "clip.play")]


def test_nothing_leaves_early_and_the_ledger_has_every_cue() -> None:
    rig = EngineRig(evening_show())
    for wait_s in (0, 21, 40, 40):
        rig.wait(wait_s)
        press(rig)
    rig.wait(60)
    played = {cue.id for cue in rig.show.cues if cue.item in ("film", "song", "second", "encore")}
    assert {row.cue for row in rig.rows()} == played
    assert all(row.late_us == 0 for row in rig.rows() if row.sent_s is not None)


def test_a_called_cue_that_nobody_pressed_is_recorded_as_not_called() -> None:
    rig = EngineRig(song_show())
    press(rig)
    rig.wait(60)
    assert rig.row("song-call").outcome == "skipped: not called before its item ended"


def test_go_runs_its_standby_once_and_moves_on() -> None:
    rig = EngineRig(song_show())
    assert rig.engine.standbys.standing["show"] == "song-start"
    press(rig)
    assert rig.engine.standbys.standing["show"] == "song-call"
    assert rig.engine.standbys.standing["dept:LX"] == "song-call"
    press(rig)
    assert rig.engine.standbys.standing["show"] is None
    assert press(rig) == "nothing is in standby in list 'show'"
    assert rig.verbs(cue="song-call") == [(2.0, "lx-main", "cue.fire")]


@pytest.mark.parametrize(("gap_s", "refused"), [(0.1, True), (0.2, False), (5.0, False)])
def test_the_go_guard_keeps_its_gap(gap_s: float, *, refused: bool) -> None:
    rig = EngineRig(song_show())
    rig.ask(Go())
    rig.ask(GoKeyUp())
    rig.wait(gap_s)
    assert (rig.ask(Go()) is not None) == refused


def test_a_held_key_is_one_press() -> None:
    rig = EngineRig(song_show())
    assert rig.ask(Go()) is None
    rig.wait(5)
    assert rig.ask(Go()) == "the key has not come up since the last press"
    rig.ask(GoKeyUp())
    assert rig.ask(Go()) is None


def test_an_auto_cue_put_in_standby_by_hand_fires_now_and_not_again_in_this_pass() -> None:
    rig = EngineRig(song_show())
    press(rig)
    rig.ask(SetStandby(cue="song-bridge"))
    press(rig)
    rig.wait(40)
    assert rig.verbs(cue="song-bridge") == [(2.0, "lx-main", "cue.fire")]


def test_moving_a_standby_never_sends() -> None:
    rig = EngineRig(evening_show())
    for cue in ("encore-start", "second-call", "film-start"):
        rig.ask(SetStandby(cue=cue))
        rig.wait(5)
    assert rig.sent == []


def test_an_item_starts_by_its_own_go_even_if_it_was_never_loaded() -> None:
    rig = EngineRig(evening_show())
    rig.ask(SetStandby(cue="second-start"))
    press(rig)
    rig.wait(1)
    assert [verb for _, _, verb in rig.verbs()] == ["scene.recall", "transport.play"]
    assert rig.engine.run.lives == {
        "film": "loaded",
        "song": "planned",
        "talk": "ended",
        "second": "live",
        "encore": "planned",
    }


def test_load_by_request_happens_once() -> None:
    rig = EngineRig(evening_show())
    assert rig.ask(Load(item="song")) is None
    assert rig.ask(Load(item="song")) == "it is loaded already, once per run"
    assert rig.ask(Load(item="nothing")) == "the rundown has no item 'nothing'"
    assert len(rig.verbs(cue="song-load")) == 1


def test_ending_an_item_by_hand_loads_the_next() -> None:
    rig = EngineRig(evening_show())
    press(rig)
    rig.wait(3)
    assert rig.ask(EndItem(item="film")) is None
    assert rig.engine.run.lives["song"] == "loaded"
    assert rig.ask(EndItem(item="film")) == "it has ended already"
    assert rig.ask(StartItem(item="talk")) is None
    assert rig.engine.run.live_item == "talk"


def test_a_start_by_hand_passes_over_the_starting_cue_and_takes_the_standby_along() -> None:
    rig = EngineRig(evening_show())
    assert rig.engine.standbys.standing["show"] == "film-start"
    assert rig.ask(StartItem(item="song")) is None
    assert rig.engine.standbys.standing["show"] == "song-call"
    assert rig.row("song-start").outcome == "skipped: its item was started without it"
    assert any(notice.kind == "said" and "did not run: Song" in notice.words for notice in rig.notices)
    press(rig)
    assert rig.verbs(cue="song-call") == [(1.0, "lx-main", "cue.fire")]
    assert rig.engine.run.started_ns["song"] == ZERO_NS


def test_a_starting_cue_passed_over_can_still_be_run_and_begins_its_item_again() -> None:
    rig = EngineRig(evening_show())
    rig.ask(StartItem(item="song"))
    rig.wait(2)
    assert rig.ask(Fire(cue="song-start")) is None
    rig.wait(1)
    assert rig.verbs(cue="song-start") == [(2.0, "tracks", "transport.play")]
    assert rig.engine.run.started_ns["song"] == ZERO_NS + s(2.05)


def test_an_item_started_again_by_hand_gets_its_standby_back() -> None:
    rig = EngineRig(evening_show())
    rig.ask(StartItem(item="song"))
    rig.ask(StartItem(item="second"))
    assert rig.engine.standbys.standing["show"] == "second-call"
    rig.ask(StartItem(item="song"))
    assert rig.engine.standbys.standing["show"] == "song-call"


def test_hold_freezes_the_score_and_pressed_waits() -> None:
    follower = make_cue("wait", "1.95", after("song-call", 3.0), light("50"))
    rig = EngineRig(song_show(follower))
    press(rig)
    press(rig)  # song-call at 2 s; its follower is due at 5 − 0.02 s
    rig.wait(1)
    rig.ask(Hold())
    rig.wait(100)
    sent = len(rig.sent)
    rig.ask(Roll())
    rig.wait(40)
    assert len(rig.sent) > sent
    assert rig.verbs(cue="wait") == [(104.98, "lx-main", "cue.fire")]
    assert rig.verbs(cue="song-intro") == [(105.03, "lx-main", "cue.fire")]


def test_stop_gives_up_what_waits_in_the_item_and_devices_keep_their_state() -> None:
    rig = EngineRig(song_show(make_cue("wait", "1.95", after("song-call", 3.0), light("50"))))
    press(rig)
    press(rig)
    sent = len(rig.sent)
    rig.ask(Stop())
    rig.wait(60)
    assert len(rig.sent) == sent


def test_followers_count_from_start_or_end() -> None:
    rig = EngineRig(
        song_show(
            make_cue("long", "1.91", CALLED, light("1", 4.0)),
            make_cue("from-start", "1.92", after("long", 1.0), light("2")),
            make_cue("from-end", "1.93", after("long", 1.0, "end"), light("3")),
            make_cue("before-end", "1.94", after("long", -1.0, "end"), light("4")),
        )
    )
    rig.ask(Fire(cue="long"))
    rig.wait(10)
    assert [(row.cue, row.due_s) for row in rig.rows()[1:]] == [
        ("long", 0.0),  # 20 ms of latency have no lead: a press has no notice
        ("from-start", 0.98),
        ("before-end", 2.98),
        ("from-end", 4.98),
    ]


@pytest.mark.parametrize(("kind", "moments"), [("together", [0.0, 0.48]), ("sequence", [0.0, 2.48])])
def test_a_group_is_one_press_over_several_cues(kind: str, moments: list[float]) -> None:
    group = make_cue("group", "1.9", CALLED, role=None, group=kind)
    first = make_cue("a", "1.91", InGroup(on="group"), light("1", 2.0), parent="group")
    second = make_cue("b", "1.92", InGroup(on="group"), light("2"), parent="group", pre_wait_s=0.5)
    rig = EngineRig(song_show(group, first, second))
    rig.ask(Fire(cue="group"))
    rig.wait(10)
    assert [due_s for due_s, _, _ in rig.verbs(device="lx-main")] == moments


def test_a_cue_that_counts_back_from_a_called_start_comes_at_the_earliest_with_the_load() -> None:
    show = evening_show()
    standby = make_cue("ready", "2.01", at_offset(-10.0), step("camera.standby"), role="camera.cueing", item="second")
    show = show.model_copy(update={"cues": (*show.cues, standby)})
    rig = EngineRig(show)
    press(rig)
    rig.wait(21)
    press(rig)
    rig.wait(80)
    start_s = rig.row("second-load").cue_s
    # The talk is planned at 30 s: ten seconds before its end is twenty after the load.
    assert rig.row("ready").cue_s == pytest.approx(start_s + 20.0, abs=1e-6)
