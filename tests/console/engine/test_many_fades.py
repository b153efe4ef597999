"""Many fades at once: their steps leave a few at a time, and whatever else is due goes before the rest of them."""

from __future__ import annotations

from collections.abc import Sequence

from console.engine.engine import FADES_AT_ONCE, InboxItem
from console.engine.outbox import Outbox
from console.vocabulary import Fire, Hold, Roll
from devices.contract import Outcome, Result
from tests.support.builders import CALLED, after, light, make_cue, song_show, step
from tests.support.engine_rig import NOON, ZERO_NS, EngineRig, s

FADES = 40
HZ = 50  # the mixer's
FADERS = make_cue(
    "faders",
    "9.1",
    CALLED,
    *(step("level.set", strip=f"ch/{n}", db=0.0, fade_s=1.0) for n in range(1, FADES + 1)),
    role="audio.foh",
)


def turns(rig: EngineRig, now_ns: int, inbox: Sequence[InboxItem] = ()) -> list[list[str]]:
    """What each step of the engine at one instant sends, as the loop would turn: until nothing is left to do."""
    sent: list[list[str]] = []
    pending = [*inbox]
    while True:
        outbox: Outbox = rig.engine.step(now_ns, NOON, pending)
        sent.append([each.command.verb for each in outbox.dispatches])
        pending = [Outcome(e.command.seq, e.command.device, now_ns, Result.SENT) for e in outbox.dispatches]
        if not pending and (outbox.wake_at_ns is None or outbox.wake_at_ns > now_ns):
            return [each for each in sent if each]


def fading(*more: object) -> EngineRig:
    """A rig a little before the tenth step of forty fades."""
    rig = EngineRig(song_show(FADERS, *more))  # type: ignore[arg-type]
    assert rig.ask(Fire(cue="faders")) is None
    rig.wait(9.5 / HZ)
    return rig


def test_steps_that_are_due_together_leave_a_few_at_a_time() -> None:
    sent = turns(fading(), ZERO_NS + s(10 / HZ))
    assert max(len(each) for each in sent) == FADES_AT_ONCE < FADES == sum(len(each) for each in sent)
    assert {verb for each in sent for verb in each} == {"level.set"}


def test_a_cue_that_is_due_with_them_leaves_first_and_alone() -> None:
    rig = fading(make_cue("beside", "9.2", after("faders", 10 / HZ + 0.020), light("1")))  # the desk takes 20 ms
    assert turns(rig, ZERO_NS + s(10 / HZ))[:2] == [["cue.fire"], ["level.set"] * FADES_AT_ONCE]


def test_a_press_that_comes_between_them_is_not_kept_waiting_by_the_rest() -> None:
    rig = fading(make_cue("beside", "9.2", CALLED, light("1")))
    now_ns = ZERO_NS + s(10 / HZ)
    first = rig.engine.step(now_ns, NOON, [])
    assert [each.command.verb for each in first.dispatches] == ["level.set"] * FADES_AT_ONCE
    pressed = rig.engine.step(now_ns + 1, NOON, [Fire(id=9, cue="beside")])
    assert [each.command.verb for each in pressed.dispatches] == ["cue.fire"]


def test_every_fade_has_all_its_steps_and_ends_exactly_even_where_it_was_held() -> None:
    rig = fading()
    assert rig.ask(Hold()) is None
    held = len(rig.verbs(verb="level.set"))
    rig.wait(5.0)
    assert len(rig.verbs(verb="level.set")) == held
    assert rig.ask(Roll()) is None
    rig.wait(2.0)
    assert len(rig.verbs(verb="level.set")) == FADES * (HZ + 1)
    assert not rig.engine.run.fades
    last = {each.command.args["strip"]: each.packet for each in rig.sent if each.command.verb == "level.set"}
    assert len(last) == FADES
    assert all(packet == packet.with_value(0.0) for packet in last.values())
