"""A cue runs once a press and once a pass: groups, chains, items begun again, choices and messages."""

from __future__ import annotations

import pytest

from console.show.cues import InGroup, OnMessage
from console.show.rundown import Item
from console.show.songs import Vamp
from console.vocabulary import (
    Back,
    EndItem,
    ExitVamp,
    Fire,
    Go,
    GoKeyUp,
    Load,
    Locate,
    SetChoice,
    SetStandby,
    StartItem,
)
from devices.contract import Incoming
from tests.support.builders import (
    CALLED,
    LOAD,
    after,
    at_bar,
    evening_show,
    light,
    make_cue,
    make_show,
    song_show,
    step,
)
from tests.support.engine_rig import EngineRig
from tests.support.rich_show import rich_house, rich_show

ZERO_S = 4.05


def press(rig: EngineRig) -> None:
    rig.wait(1)
    assert rig.ask(Go()) is None
    rig.ask(GoKeyUp())


def go(cue: str, number: str, at: object, **fields: object):  # type: ignore[no-untyped-def]
    return make_cue(cue, number, at, step("cue.go"), **fields)  # type: ignore[arg-type]


def waiting(cue: str, source: str, address: str, *args: int):  # type: ignore[no-untyped-def]
    return go(cue, "1.99", OnMessage(on="message", source=source, address=address, args=args))  # type: ignore[arg-type]


def sent_s(rig: EngineRig, cue: str) -> list[float]:
    return [due_s for due_s, _, _ in rig.verbs(cue=cue)]


def test_a_group_pressed_again_runs_its_children_and_followers_again() -> None:
    group = make_cue("group", "1.9", CALLED, role=None, group="together")
    child = go("child", "1.91", InGroup(on="group"), parent="group", pre_wait_s=0.5)
    rig = EngineRig(song_show(group, child, go("then", "1.92", after("group", 1.0))))
    for _ in range(2):
        rig.ask(Fire(cue="group"))
        rig.wait(5)
    assert sent_s(rig, "child") == [0.493, 5.493]
    assert sent_s(rig, "then") == [0.993, 5.993]


def test_a_group_on_a_bar_that_is_pressed_early_takes_its_children_along() -> None:
    group = make_cue("group", "1.9", at_bar(5), role=None, group="together")
    rig = EngineRig(song_show(group, go("child", "1.91", InGroup(on="group"), parent="group")))
    press(rig)
    rig.ask(Fire(cue="group"))
    rig.wait(40)
    assert sent_s(rig, "child") == [1.0]


def test_a_disabled_group_takes_its_children_along_and_a_chain_goes_on_past_a_disabled_cue() -> None:
    rig = EngineRig(
        song_show(
            make_cue("group", "1.9", at_bar(2), role=None, group="together", disabled=True),
            go("child", "1.91", InGroup(on="group"), parent="group"),
            go("first", "1.92", CALLED),
            go("off", "1.93", after("first", 1.0), disabled=True),
            go("last", "1.94", after("off", 1.0)),
        )
    )
    press(rig)
    rig.ask(Fire(cue="first"))
    rig.wait(40)
    assert rig.row("child").outcome == "skipped: in 1.9: disabled"
    assert sent_s(rig, "last") == [2.993]


def test_a_follower_that_needs_a_long_lead_makes_its_leader_begin_early() -> None:
    show = song_show(
        go("press", "1.9", CALLED),
        go("leader", "1.91", after("press", 5.0)),
        make_cue("slow", "1.92", after("leader", 0.1), step("zone.off", zone="floor"), role="lighting.audience"),
    )
    audience = show.roles[0].model_copy(update={"id": "lighting.audience", "verbs": ("zone.off",)})
    rig = EngineRig(show.model_copy(update={"roles": (*show.roles, audience)}))
    rig.ask(Fire(cue="press"))
    rig.wait(10)
    assert sent_s(rig, "leader") == [4.993]
    assert sent_s(rig, "slow") == [4.9]  # 5.1 s − 200 ms


def test_an_every_pass_cue_run_by_hand_is_done_for_this_pass_alone() -> None:
    each = go("each", "1.9", at_bar(11), every_pass=True)
    rig = EngineRig(song_show(each, vamp=Vamp(planned_repeats=3)))
    rig.ask(Go())
    rig.ask(GoKeyUp())
    rig.wait_until(ZERO_S + 16 + 8 + 1)  # bar 9 of pass 2
    rig.ask(SetStandby(cue="each"))
    press(rig)
    rig.wait_until(ZERO_S + 16 + 24 + 1)
    rig.ask(ExitVamp())
    rig.wait(30)
    moments = [ZERO_S + 16 + 4 - 0.007, ZERO_S + 16 + 8 + 2, ZERO_S + 16 + 16 + 4 - 0.007, ZERO_S + 16 + 24 + 4 - 0.007]
    assert [round(each, 3) for each in sent_s(rig, "each")] == [round(each, 3) for each in moments]


def test_the_start_cue_pressed_again_begins_the_item_again_without_its_load() -> None:
    rig = EngineRig(song_show())
    press(rig)
    rig.wait(20)
    rig.ask(SetStandby(cue="song-start"))
    press(rig)
    rig.wait(40)
    assert sent_s(rig, "song-start") == [1.0, 22.0]
    assert len(sent_s(rig, "song-verse")) == 2
    assert len(sent_s(rig, "song-load")) == 1
    assert sent_s(rig, "song-intro") == [5.03, 26.03]


def test_locate_to_the_top_then_go_starts_the_item_in_step_with_its_tracks() -> None:
    rig = EngineRig(song_show())
    rig.ask(Locate(item="song", position_ns=-4_000_000_000))
    assert rig.engine.standbys.standing["show"] == "song-start"
    press(rig)
    rig.wait(6)
    assert rig.row("song-intro").cue_s == 5.05


def test_a_talk_of_called_cues_stands_by_with_the_first_after_a_locate() -> None:
    rig = EngineRig(rich_show(), house=rich_house(rich_show()))
    rig.ask(Locate(item="talk", position_ns=0))
    assert rig.engine.standbys.standing["show"] == "talk-1"
    press(rig)
    assert rig.engine.standbys.standing["show"] == "talk-2"


def test_a_locate_leaves_the_load_of_another_item_alone() -> None:
    show = evening_show()
    late_load = make_cue("late-load", "2.001", LOAD.model_copy(update={"seconds": 5.0}), light("9"), item="second")
    rig = EngineRig(show.model_copy(update={"cues": (*show.cues, late_load)}))
    rig.ask(StartItem(item="song"))
    rig.ask(Load(item="second"))
    rig.wait(1)
    rig.ask(Locate(item="song", position_ns=3_000_000_000, roll=True))
    rig.wait(8)
    assert sent_s(rig, "late-load") == [4.98]


def test_a_press_survives_a_locate_in_the_same_breath() -> None:
    rig = EngineRig(song_show())
    press(rig)
    outbox = rig.engine.step(
        rig.now_ns, rig.wall, [Fire(id=90, cue="song-bridge"), Locate(id=91, item="song", position_ns=0)]
    )
    assert "song-bridge" in [each.command.cue for each in outbox.dispatches]


def test_a_cue_beyond_the_end_of_its_item_counts_from_the_real_end() -> None:
    rig = EngineRig(rich_show(), house=rich_house(rich_show()))
    rig.ask(StartItem(item="song"))
    rig.wait(10)
    rig.ask(EndItem(item="song"))
    rig.wait(10)
    assert sent_s(rig, "tail") == [11.993]


def test_an_item_that_does_not_count_is_passed_over_by_load_and_standby() -> None:
    show = evening_show()
    items = tuple(i.model_copy(update={"counts": False}) if i.id == "song" else i for i in show.items)
    rig = EngineRig(show.model_copy(update={"items": items}))
    press(rig)
    assert rig.engine.standbys.standing["show"] == "second-start"
    rig.wait(25)
    assert rig.engine.run.lives["song"] == "planned"
    assert rig.engine.run.lives["second"] == "loaded"


def test_a_choice_and_a_message_fire_each_time_they_come() -> None:
    rig = EngineRig(rich_show(), house=rich_house(rich_show()))
    for value in ("a", "b", "a"):
        rig.ask(SetChoice(choice="winner", value=value))
    for _ in range(2):
        rig.hear(Incoming("osc", "osc", "/hear", (), rig.now_ns))
    assert (len(sent_s(rig, "won-a")), len(sent_s(rig, "heard"))) == (2, 2)


@pytest.mark.parametrize(
    ("args", "runs"), [((1,), 1), ((1.0,), 1), ((True,), 1), ((0,), 0), ((0.0,), 0), ((False,), 0), ((0, 5), 1)]
)
@pytest.mark.parametrize(("kind", "address"), [("osc", "/hear"), ("midi", "cc/1/64"), ("midi", "note/1/36")])
def test_what_is_let_go_is_no_press(kind: str, address: str, args: tuple[int | float, ...], runs: int) -> None:
    rig = EngineRig(song_show(waiting("free", kind, address)))
    press(rig)
    rig.hear(Incoming("outside", kind, address, args, rig.now_ns))
    assert len(sent_s(rig, "free")) == runs


def test_a_cue_may_ask_for_the_release_itself() -> None:
    rig = EngineRig(song_show(waiting("free", "osc", "/hear", 0)))
    press(rig)
    for value in (1, 0):
        rig.hear(Incoming("outside", "osc", "/hear", (value,), rig.now_ns))
    assert len(sent_s(rig, "free")) == 1


def test_a_choice_set_midway_holds_for_what_is_to_come_and_for_the_state() -> None:
    rig = EngineRig(rich_show(), house=rich_house(rich_show()))
    rig.ask(StartItem(item="song"))
    rig.ask(SetChoice(choice="winner", value="b"))
    rig.wait(24)
    assert [each.command.args["cue"] for each in rig.sent if each.command.cue == "look"] == ["72"]
    assert len(sent_s(rig, "only-b")) == 1
    rig.ask(SetChoice(choice="winner", value="a"))
    rig.ask(Locate(item="song", position_ns=15_000_000_000))
    assert [each.command.args["cue"] for each in rig.sent if each.command.cue == "look"] == ["72", "71"]


def test_two_cues_at_one_moment_leave_in_the_order_of_the_list() -> None:
    # The clip speaks to a slower player as well, so its cue begins 13.5 ms before that of the tracks.
    show = song_show(
        make_cue("first", "1.90", at_bar(3), step("transport.play", session="x"), role="audio.playback"),
        make_cue("second", "1.91", at_bar(3), step("clip.play", clip="x"), role="video.server"),
    )
    rig = EngineRig(show)
    press(rig)
    rig.wait(12)
    order = [(d.command.cue, d.command.device) for d in rig.sent if d.command.cue in ("first", "second")]
    assert order == [("second", "vid-b"), ("first", "tracks"), ("second", "vid-a")]


def test_back_and_go_run_a_cue_again_once() -> None:
    rig = EngineRig(song_show())
    press(rig)
    press(rig)
    assert rig.ask(Back()) is None
    press(rig)
    rig.wait(5)
    assert sent_s(rig, "song-call") == [2.0, 3.0]


def test_without_a_starting_cue_any_press_starts_its_item_at_zero() -> None:
    items = (Item(id="talk", kind="talk", title="Talk", planned_s=30),)
    rig = EngineRig(
        make_show(make_cue("a", "1", CALLED, item="talk"), make_cue("b", "2", CALLED, item="talk"), items=items)
    )
    press(rig)
    assert rig.engine.run.live_item == "talk"
    assert rig.engine.run.position_at(rig.now_ns) == 0
    press(rig)
    assert rig.engine.run.position_at(rig.now_ns) == 1_000_000_000
