"""A hand takes a department from the score: what stays, what GO comes to, and what is said."""

from __future__ import annotations

import pytest

from console.engine.hand import HAND
from console.vocabulary import Bypass, MoveStandby, Rejoin, Take
from tests.support.builders import after, at_bar, evening_show, light, make_cue
from tests.support.engine_rig import EngineRig
from tests.support.song_rig import ZERO_S, outcomes, press, started, to_bar, words


def test_taken_by_hand_the_score_sends_nothing_go_steps_the_list_and_the_ruler_goes_on() -> None:
    """CO-08."""
    rig = started(at_bar_line=2)
    assert rig.ask(Take()) is None
    sent = len(rig.sent)
    to_bar(rig, 6)
    assert len(rig.sent) == sent
    snapshot = rig.engine.snapshot(rig.now_ns, rig.wall)
    assert (snapshot.playhead.bar, snapshot.playhead.state) == (6, "rolling")
    assert [(each.target, each.by) for each in snapshot.taken] == [(None, "operator")]
    assert outcomes(rig, "song-verse") == ["skipped: taken by hand"]
    stepped = []
    for _ in range(4):
        assert press(rig) is None
        rig.wait(0.3)
        stepped.append(rig.sent[-1].command.cue)
    assert stepped == ["song-verse", "song-clip", "song-bridge", "song-call"]
    assert {d.command.by for d in rig.sent[sent:]} == {"operator"}
    sent = len(rig.sent)
    assert rig.ask(Rejoin()) is None
    to_bar(rig, 15)
    assert [d.command.cue for d in rig.sent[sent:]] == [
        "song-after"
    ]  # which comes a second behind the clip that was pressed


def test_a_cue_whose_moment_has_passed_can_still_be_run_until_the_department_joins_again() -> None:
    rig = started(at_bar_line=4)
    rig.ask(Take(department="LX"))
    assert rig.engine.standbys.standing["dept:LX"] == "song-verse"
    to_bar(rig, 7)
    assert rig.engine.standbys.standing["dept:LX"] == "song-verse"
    assert press(rig, "dept:LX") is None
    assert outcomes(rig, "song-verse") == ["skipped: taken by hand", "sent"]
    rig = started(at_bar_line=4)
    rig.ask(Take(department="LX"))
    to_bar(rig, 7)
    rig.ask(Rejoin(department="LX"))
    assert rig.engine.standbys.standing["dept:LX"] == "song-call"
    assert "song-verse" in rig.engine.run.done


def test_one_department_is_taken_and_the_others_play_on() -> None:
    rig = started(at_bar_line=4)
    rig.ask(Take(department="LX", by="remote:lx"))
    to_bar(rig, 8)
    assert rig.verbs(cue="song-verse") == []
    assert len(rig.verbs(cue="song-clip")) == 2
    assert len(rig.verbs(cue="song-after")) == 1
    taken = rig.engine.snapshot(rig.now_ns, rig.wall).taken
    assert [(each.target, each.by, each.since_ns) for each in taken] == [("LX", "remote:lx", round((ZERO_S + 6) * 1e9))]
    assert "TAKEN: LX. Its cues leave by a press only." in words(rig)


def test_in_a_taken_department_followers_come_with_the_press_of_their_leader() -> None:
    lead = make_cue("lead", "1.9", at_bar(6), light("60"))
    follow = make_cue("follow", "1.91", after("lead", 1.0), light("61"))
    rig = started(lead, follow, at_bar_line=5.5)
    rig.ask(Take(department="LX"))
    to_bar(rig, 8)
    assert outcomes(rig, "follow") == ["skipped: taken by hand"]
    press(rig, "dept:LX")
    rig.wait(2)
    assert [due_s for due_s, _, _ in rig.verbs(cue="lead")] == [pytest.approx(ZERO_S + 14)]
    assert [due_s for due_s, _, _ in rig.verbs(cue="follow")] == [pytest.approx(ZERO_S + 15 - 0.02)]
    assert rig.engine.standbys.standing["dept:LX"] == "song-bridge"  # the follower is passed over


def test_standby_moves_over_the_cues_of_the_score_while_they_are_taken() -> None:
    rig = started(at_bar_line=2)
    rig.ask(Take(department="LX"))
    assert rig.engine.standbys.standing["dept:LX"] == "song-verse"
    rig.ask(MoveStandby(list="dept:LX"))
    assert rig.engine.standbys.standing["dept:LX"] == "song-bridge"
    rig.ask(MoveStandby(list="dept:LX", by_rows=-2))
    assert rig.engine.standbys.standing["dept:LX"] == "song-intro"
    assert rig.ask(MoveStandby(list="dept:LX", by_rows=-1)) == "that is the end of the list"


def test_a_load_by_the_rundown_is_kept_back_and_a_load_by_hand_is_not() -> None:
    rig = EngineRig(evening_show())
    rig.ask(Take(department="SND"))
    press(rig)
    rig.wait(21)  # the film is over, the song loads
    assert outcomes(rig, "song-load") == ["skipped: taken by hand"]
    assert press(rig, "dept:SND") is None
    assert outcomes(rig, "song-load")[-1] == "sent"


def test_every_state_answers_every_request() -> None:
    assert len(HAND) == 16
    rig = started(at_bar_line=2)
    assert rig.ask(Rejoin()) == "it is joined already"
    assert rig.ask(Rejoin(department="LX")) == "it is joined already"
    assert rig.ask(Take(department="LX")) is None
    assert rig.ask(Take(department="LX")) == "it is taken already"
    assert rig.ask(Take()) is None  # the rest of the show
    assert rig.ask(Take()) == "it is taken already"
    assert rig.ask(Take(department="SND")) == "it is taken already"
    assert rig.ask(Rejoin(department="SND")) is None  # all others stay with the hand
    assert sorted(each.target or "" for each in rig.engine.snapshot(rig.now_ns, rig.wall).taken) == [
        "CAM",
        "LX",
        "PYRO",
        "VID",
    ]
    assert rig.ask(Rejoin()) is None
    assert not rig.engine.run.hand.taken
    assert rig.ask(Take(department="FX")) == "the show has no department 'FX'"
    assert rig.ask(Rejoin(department="FX")) == "the show has no department 'FX'"
    assert rig.ask(Bypass(target="lx-main", on=False)) == "it is in line already"
    assert rig.ask(Bypass(target="lx-main")) is None
    assert rig.ask(Bypass(target="lx-main")) == "it is bypassed already"
    assert rig.ask(Bypass(target="moon")) == "there is no device or department 'moon'"
