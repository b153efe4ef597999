"""A command outside any run: tried while the way is being opened, listened after, and told as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from console.cli.errand import ANSWER_NS, LISTEN_NS, OPEN_NS, RETRY_NS, Errand
from console.engine.arming import ArmedSend
from devices.contract import Command, Health, Outcome, OutputMode, Packet, Report, Result, Severity
from profiles.verbs import Chase

ZERO_NS = 5_000_000_000


@dataclass(frozen=True)
class Bytes:
    """A packet that has nothing to fade."""

    text: str
    delay_ns: int = 0

    def with_value(self, value: float) -> Packet:
        return self


@dataclass
class Door:
    """An outlet that takes packets once it is open."""

    opens_ns: int = 0
    result: Result = Result.SENT
    words: str = ""
    waits_ns: int = 0
    taken: list[tuple[int, Packet]] = field(default_factory=list)

    def send(self, command: Command, packet: Packet, now_ns: int) -> Outcome:
        if now_ns < self.opens_ns:
            return Outcome(command.seq, command.device, now_ns, Result.FAILED, "is being opened")
        if self.result is not Result.OFF:
            self.taken.append((now_ns - ZERO_NS, packet))
        return Outcome(command.seq, command.device, now_ns + self.waits_ns, self.result, self.words)

    def bundles(self, device: str) -> bool:
        return False

    def send_together(self, sends: Sequence[tuple[Command, Packet]], now_ns: int) -> Sequence[Outcome]:
        raise AssertionError("an errand has one packet at a time")

    def set_mode(self, device: str, mode: OutputMode) -> None:
        raise AssertionError("nobody asked for it")

    def poll(self, now_ns: int) -> Sequence[Report | Health]:
        return ()

    def give_up(self, now_ns: int) -> Sequence[Outcome]:
        return ()

    def wake_at_ns(self) -> int | None:
        return None


PRESS, RELEASE = Bytes("press"), Bytes("release", 40_000_000)


def errand(*packets: Packet, speaks: bool = False) -> Errand:
    send = ArmedSend(
        cue="",
        step=0,
        device="desk",
        role="lighting.main",
        department="ANY",
        verb="cue.go",
        args={"playback": "main"},
        show_args={"playback": "main"},
        packets=packets or (PRESS,),
        offset_ns=0,
        lead_ns=0,
        key=None,
        device_key=None,
        chase=Chase.NEVER,
        hazard="none",
    )
    return Errand(send, 1, ZERO_NS, speaks=speaks)


def run(errand: Errand, door: Door, *said: tuple[int, Report | Health]) -> int:
    """Drive it as it asks; returns when it was over, in ns."""
    now_ns = ZERO_NS
    words = sorted(said, key=lambda each: each[0])
    while True:
        errand.push(door, now_ns)
        while words and words[0][0] <= now_ns - ZERO_NS:
            errand.hear(words.pop(0)[1])
        wake_ns = errand.wake_ns(now_ns)
        if wake_ns is None:
            return now_ns - ZERO_NS
        now_ns = min([wake_ns, *(ZERO_NS + at_ns for at_ns, _ in words)])


def told(errand: Errand) -> str:
    return errand.row()[2]


def report(verb: str | None = None, device: str = "desk") -> Report:
    return Report(device, ZERO_NS, verb, {"playback": "main"} if verb else {})


def test_a_command_that_leaves_is_listened_after():
    one, door = errand(), Door()
    assert run(one, door) == LISTEN_NS
    assert door.taken == [(0, PRESS)]
    assert (one.failed, one.row()) == (False, ("desk", "cue.go playback=main", "sent"))


def test_a_device_that_can_speak_is_given_longer():
    assert run(errand(speaks=True), Door()) == ANSWER_NS


def test_a_way_that_is_being_opened_is_tried_again():
    one, door = errand(), Door(opens_ns=ZERO_NS + 5 * RETRY_NS - 1)
    assert run(one, door) == 5 * RETRY_NS + LISTEN_NS
    assert door.taken == [(5 * RETRY_NS, PRESS)]
    assert told(one) == "sent"


def test_a_way_that_does_not_open_is_given_up():
    one, door = errand(), Door(opens_ns=ZERO_NS + OPEN_NS * 2)
    assert run(one, door) == OPEN_NS
    assert (one.failed, told(one)) == (True, "not sent: is being opened")


def test_a_device_that_is_switched_off_is_not_waited_for():
    one = errand()
    assert run(one, Door(result=Result.OFF)) == 0
    assert (one.failed, told(one)) == (True, "not sent: the device is switched off in this house")


def test_a_release_comes_after_its_press():
    one, door = errand(PRESS, RELEASE), Door()
    run(one, door)
    assert door.taken == [(0, PRESS), (40_000_000, RELEASE)]


def test_a_command_of_which_only_a_part_left_has_failed():
    one, door = errand(PRESS, RELEASE), Door()
    one.push(door, ZERO_NS)
    door.opens_ns = ZERO_NS * 100
    run(one, door)
    assert (one.failed, told(one)) == (True, "not sent: is being opened")


def test_a_device_that_repeats_the_verb_ends_the_wait():
    one = errand(speaks=True)
    assert run(one, Door(), (7_000_000, report()), (9_000_000, report("cue.go")), (10_000_000, report())) == 9_000_000
    assert told(one) == "sent, and the device says cue.go playback=main"


def test_a_sign_of_life_is_told_as_that():
    one = errand(speaks=True)
    assert run(one, Door(), (7_000_000, report())) == ANSWER_NS
    assert told(one) == "sent, and the device answers"


def test_what_others_say_or_was_said_before_is_no_answer():
    one = errand(speaks=True)
    door = Door(opens_ns=ZERO_NS + RETRY_NS)
    run(one, door, (0, report("cue.go")), (RETRY_NS * 2, report("cue.go", device="mixer")))
    assert told(one) == "sent"


def test_nobody_there_is_found_out():
    one = errand()
    gone = Health("desk", Severity.BAD, "nothing listens there")
    assert run(one, Door(), (2_000_000, gone)) == 2_000_000
    assert (one.failed, told(one)) == (True, "sent in vain: nothing listens there")


def test_what_was_said_while_the_way_was_opened_is_no_news():
    one, door = errand(), Door(opens_ns=ZERO_NS + RETRY_NS)
    run(one, door, (RETRY_NS * 2, Health("desk", Severity.BAD, "is being opened")))
    assert told(one) == "sent"


def test_a_slow_device_is_no_trouble():
    one = errand()
    door = Door(result=Result.HELD, words="waits its turn: the device is slow", waits_ns=3_000_000)
    run(one, door, (3_000_000, Outcome(1, "desk", ZERO_NS, Result.SENT, "waited its turn: the device is slow")))
    assert (one.failed, told(one)) == (False, "sent")


def test_a_device_that_dies_before_its_turn_comes_is_trouble():
    one = errand()
    door = Door(result=Result.HELD, waits_ns=3_000_000)
    run(one, door, (1, Outcome(7, "desk", ZERO_NS, Result.FAILED, "another's")), (2, lost()))
    assert (one.failed, told(one)) == (True, "sent in vain: never left: it is gone")


def lost() -> Outcome:
    return Outcome(1, "desk", ZERO_NS, Result.FAILED, "never left: it is gone")
