"""A list in two steps: the first press confirms the standby, the second runs it."""

from __future__ import annotations

from console.show.show import Rules
from console.vocabulary import Go, GoKeyUp, Locate, MoveStandby, Panic, ReleasePanic, SetStandby, StandbyConfirmed
from tests.support.builders import song_show
from tests.support.engine_rig import EngineRig


def rig_in_two(*lists: str) -> EngineRig:
    return EngineRig(song_show(rules=Rules(go_in_two=lists)))


def press(rig: EngineRig, of_list: str = "show") -> str | None:
    rig.wait(0.3)
    refused = rig.ask(Go(list=of_list))
    rig.ask(GoKeyUp())
    return refused


def confirmed(rig: EngineRig) -> tuple[str, ...]:
    return rig.engine.snapshot(rig.now_ns, rig.wall).confirmed


def test_the_first_press_calls_and_sends_nothing_the_second_runs() -> None:
    rig = rig_in_two("show")
    rig.wait(0.1)
    rig.sent.clear()
    assert press(rig) is None
    assert (rig.sent, confirmed(rig)) == ([], ("show",))
    told = [each for each in rig.notices if isinstance(each, StandbyConfirmed)]
    assert [(each.list, each.cue, each.by) for each in told] == [("show", "song-start", "operator")]
    assert press(rig) is None
    assert rig.cues_sent() == ["song-start"]
    assert confirmed(rig) == ()  # the next standby has to be confirmed anew


def test_the_guard_stands_between_the_two_presses() -> None:
    rig = rig_in_two("show")
    rig.wait(1)
    assert rig.ask(Go()) is None
    assert rig.ask(Go()) == "the key has not come up since the last press"
    rig.ask(GoKeyUp())
    assert rig.ask(Go()) == "pressed 0 ms after the last press; the gap is set to 200 ms"
    assert confirmed(rig) == ("show",)


def test_moving_the_standby_clears_it_and_so_does_a_panic() -> None:
    rig = rig_in_two("show")
    for clear in (
        MoveStandby(by_rows=1),
        SetStandby(cue="song-start"),
        SetStandby(cue="song-start"),
        Locate(item="song", position_ns=0),
    ):
        press(rig)
        assert confirmed(rig) == ("show",)
        rig.ask(clear)
        assert confirmed(rig) == ()
    press(rig)
    rig.ask(Panic())
    rig.ask(ReleasePanic())
    assert confirmed(rig) == ()


def test_other_lists_go_in_one_and_take_the_confirmation_along() -> None:
    rig = rig_in_two("show")
    press(rig)
    assert press(rig, "dept:SND") is None  # the same cue, from a list of one step
    assert rig.cues_sent()[-1] == "song-start"
    assert confirmed(rig) == ()
