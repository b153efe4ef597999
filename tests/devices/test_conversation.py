"""One device, talked to: its pace, its login, what keeps it talking, and whose answer an answer is."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import pytest

from devices.contract import Health, Outcome, Report, Result, Severity
from devices.conversation import MATCH_NS, Conversation
from devices.driver import READY, HeardBody, Standing
from devices.encode import encode, settings_of_setup
from devices.io.outcome import Handed, SendOutcome
from devices.osc.codec import encode_message
from devices.pacing import MOST_HELD
from profiles.device_profile import DeviceProfile
from tests.support.drivers import ScriptedDriver
from tests.support.exchange import make_command, make_setup
from tests.support.houses import make_profile

S = 1_000_000_000
MS = 1_000_000
AWAY = Standing(Severity.BAD, "TCP to desk:3032: connection refused")
OPENING = Standing(Severity.UNKNOWN, "being looked up")
PING = encode_message("/ping")

LEVEL = {
    "fade": "stream",
    "rate_hz": 50,
    "send": ({"address": "/level/{strip}", "args": ({"f": "{db}"},)},),
}


def level(db: float, strip: str = "a") -> bytes:
    return encode_message(f"/level/{strip}", [("f", db)])


def talk(profile: DeviceProfile, **driver: Any) -> tuple[Conversation, ScriptedDriver]:
    scripted = ScriptedDriver(**driver)
    return Conversation(make_setup(profile), scripted), scripted


def tell(talk: Conversation, verb: str, now_ns: int, *, stream: str | None = None, seq: int = 1, **args: Any) -> Any:
    packets = encode(talk.setup.profile, verb, args, settings=settings_of_setup(talk.setup))
    command = make_command(verb, args, packets, stream=stream, seq=seq)
    return [talk.send(command, packet, now_ns) for packet in packets][-1]


def run(talk: Conversation, until_ns: int) -> list[Report | Health | Outcome]:
    """Poll at every appointment up to an instant."""
    said: list[Report | Health | Outcome] = []
    while talk.wake_ns is not None and talk.wake_ns <= until_ns:
        said += talk.poll(talk.wake_ns)
    return said


def outcomes(said: Sequence[Report | Health | Outcome]) -> list[tuple[int, Result, str]]:
    """What became of what was held: number, result, words."""
    return [(each.seq, each.result, each.words) for each in said if isinstance(each, Outcome)]


# --------------------------------------------------------------------------------------------- sending


def test_a_send_is_handed_over_at_once() -> None:
    to_desk, driver = talk(make_profile("t/desk", verbs={"level.set": LEVEL}))
    outcome = tell(to_desk, "level.set", 5, strip="a", db=-3.0)
    assert (outcome.result, outcome.sent_ns, outcome.device, outcome.words) == (Result.SENT, 5, "box", "")
    assert driver.sent == [(5, level(-3.0))]


def test_a_send_that_failed_says_why_and_is_held_against_the_device() -> None:
    to_desk, driver = talk(make_profile("t/desk", verbs={"level.set": LEVEL}))
    to_desk.poll(0)
    driver.outcomes.append(SendOutcome(Handed.FAILED, "UDP to desk: network is unreachable"))
    outcome = tell(to_desk, "level.set", 5, strip="a", db=-3.0)
    assert (outcome.result, outcome.words) == (Result.FAILED, "UDP to desk: network is unreachable")
    (health,) = run(to_desk, 5)
    assert isinstance(health, Health)
    assert (health.severity, health.words) == (Severity.BAD, "UDP to desk: network is unreachable")


def test_a_send_that_came_back_counts_as_sent_with_words() -> None:
    to_desk, driver = talk(make_profile("t/desk", verbs={"level.set": LEVEL}))
    driver.outcomes.append(SendOutcome(Handed.SENT, "UDP to desk: nothing listens there"))
    outcome = tell(to_desk, "level.set", 5, strip="a", db=-3.0)
    assert (outcome.result, outcome.words) == (Result.SENT, "UDP to desk: nothing listens there")


def test_a_full_port_keeps_the_newest_value_of_a_stream_and_fails_an_act() -> None:
    to_desk, driver = talk(make_profile("t/desk", verbs={"level.set": LEVEL}))
    to_desk.poll(0)
    driver.outcomes.append(SendOutcome(Handed.WOULD_BLOCK, "full"))
    assert tell(to_desk, "level.set", 10, stream="fade", seq=1, strip="a", db=-9.0).result is Result.HELD
    assert tell(to_desk, "level.set", 11, stream="fade", seq=2, strip="a", db=-8.0).result is Result.HELD
    assert driver.sent == []
    assert outcomes(run(to_desk, S)) == [(1, Result.THINNED, ""), (2, Result.SENT, "")]
    assert driver.bodies() == [level(-8.0)]
    driver.outcomes.append(SendOutcome(Handed.WOULD_BLOCK, "full"))
    outcome = tell(to_desk, "level.set", S, strip="a", db=0.0)
    assert (outcome.result, outcome.words) == (Result.FAILED, "full")


# -------------------------------------------------------------------------------------------- its pace


SLOW = make_profile(
    "t/slow",
    limits={"messages_per_s": 2},
    verbs={
        "level.set": LEVEL,
        "zone.off": {"send": ({"address": "/off/{zone}"},)},
        "cue.go": {"send": ({"address": "/go"},)},
    },
)


def test_a_fade_on_a_slow_device_is_thinned_and_ends_where_it_should() -> None:
    to_slow, driver = talk(SLOW)
    to_slow.poll(0)
    for step in range(101):  # two seconds at 50 Hz
        run(to_slow, step * 20 * MS)
        tell(to_slow, "level.set", step * 20 * MS, stream="fade", strip="a", db=-100.0 + step)
    run(to_slow, 10 * S)
    assert len(driver.sent) <= 6
    assert driver.bodies()[-1] == level(0.0)
    gaps = [later - earlier for (earlier, _), (later, _) in itertools.pairwise(driver.sent)]
    assert min(gaps) >= S // 2
    assert to_slow.wake_ns is None


def test_triggers_wait_their_turn_and_say_when_they_leave() -> None:
    to_slow, driver = talk(SLOW)
    to_slow.poll(0)
    told = [tell(to_slow, "cue.go", 0, seq=seq) for seq in range(5)]
    assert [outcome.result for outcome in told] == [Result.SENT] * 2 + [Result.HELD] * 3
    assert [outcome.sent_ns for outcome in told] == [0, 0, S, S, 2 * S]
    followed = [each for each in run(to_slow, 10 * S) if isinstance(each, Outcome)]
    assert [(each.seq, each.result, each.sent_ns) for each in followed] == [
        (2, Result.SENT, S),
        (3, Result.SENT, S),
        (4, Result.SENT, 2 * S),
    ]
    assert {each.words for each in followed} == {"waited its turn: the device is slow"}
    assert [at_ns for at_ns, _ in driver.sent] == [outcome.sent_ns for outcome in told]


def test_a_newer_value_of_a_parameter_takes_the_place_of_one_that_waits() -> None:
    to_slow, driver = talk(SLOW)
    to_slow.poll(0)
    for _ in range(2):
        tell(to_slow, "cue.go", 0)
    waits = [tell(to_slow, "zone.off", seq, seq=seq, zone=zone) for seq, zone in ((1, "1"), (2, "2"), (3, "1"))]
    assert [(outcome.result, outcome.sent_ns) for outcome in waits] == [(Result.HELD, S)] * 3
    late = "waited its turn: the device is slow"
    assert outcomes(run(to_slow, 10 * S)) == [
        (1, Result.THINNED, "a newer value took its place while it waited"),
        (3, Result.SENT, late),
        (2, Result.SENT, late),
    ]
    assert driver.bodies()[2:] == [encode_message("/off/1"), encode_message("/off/2")]


def test_nothing_waits_for_a_device_that_goes_away() -> None:
    to_slow, driver = talk(SLOW)
    to_slow.poll(0)
    for seq in range(4):
        tell(to_slow, "cue.go", 0, seq=seq)
    driver.standing = AWAY
    driver.outcomes.append(SendOutcome(Handed.FAILED, AWAY.words))
    assert tell(to_slow, "cue.go", 1).words == AWAY.words
    why = f"never left: {AWAY.words}, while it waited its turn"
    assert outcomes(run(to_slow, S // 2)) == [(2, Result.FAILED, why), (3, Result.FAILED, why)]
    driver.standing, driver.sessions = READY, 2
    to_slow.wake_ns = S
    run(to_slow, 10 * S)
    assert len(driver.sent) == 2, "its backlog does not follow it"


def test_what_was_meant_for_the_connection_before_is_answered_too() -> None:
    to_slow, driver = talk(SLOW)
    to_slow.poll(0)
    for seq in range(3):
        tell(to_slow, "cue.go", 0, seq=seq)
    driver.sessions += 1
    why = "never left: the connection was made anew while it waited its turn"
    assert outcomes(to_slow.poll(1)) == [(2, Result.FAILED, why)]
    run(to_slow, 10 * S)
    assert len(driver.sent) == 2


def test_a_send_that_fails_when_its_turn_comes_is_answered_as_failed() -> None:
    to_slow, driver = talk(SLOW)
    to_slow.poll(0)
    for seq in range(3):
        tell(to_slow, "cue.go", 0, seq=seq)
    driver.outcomes.append(SendOutcome(Handed.FAILED, "no route"))
    assert outcomes(run(to_slow, 10 * S)) == [(2, Result.FAILED, "no route")]


def test_who_gives_up_or_closes_answers_for_what_waits() -> None:
    to_slow, driver = talk(SLOW)
    to_slow.poll(0)
    for seq in range(4):
        tell(to_slow, "cue.go", 0, seq=seq)
    why = "never left: the run ended while it waited its turn"
    assert outcomes(to_slow.give_up(5)) == [(2, Result.FAILED, why), (3, Result.FAILED, why)]
    tell(to_slow, "cue.go", 6, seq=9)
    to_slow.close("why not")
    assert outcomes(to_slow.take_followed()) == [(9, Result.FAILED, "why not")]
    assert (to_slow.take_followed(), len(driver.sent)) == ([], 2)


def test_one_at_a_time_the_next_command_waits_for_the_answer() -> None:
    profile = make_profile(
        "t/graphics", flags={"one_at_a_time": True}, verbs={"cue.go": {"send": ({"address": "/go"},)}}
    )
    to_graphics, driver = talk(profile)
    to_graphics.poll(0)
    for now_ns in (10, 20, 30):
        tell(to_graphics, "cue.go", now_ns)
    assert [at_ns for at_ns, _ in driver.sent] == [10]
    driver.coming.append(HeardBody(encode_message("/done"), 500))
    to_graphics.poll(500)
    assert [at_ns for at_ns, _ in driver.sent] == [10, 500]
    run(to_graphics, 10 * S)
    assert [at_ns for at_ns, _ in driver.sent] == [10, 500, 500 + S], "no answer: it goes on after a second"


def test_a_question_waits_its_turn_like_everything_else() -> None:
    profile = make_profile(
        "t/graphics",
        flags={"one_at_a_time": True},
        verbs={"cue.go": {"send": ({"address": "/go"},)}},
        health={"send": {"address": "/ping"}, "reply": {"address": "/pong"}, "every_s": 5, "timeout_s": 1},
    )
    driver = ScriptedDriver()
    to_graphics = Conversation(make_setup(profile), driver, stagger_ns=20)
    to_graphics.poll(0)
    tell(to_graphics, "cue.go", 10)
    to_graphics.poll(20)
    assert driver.bodies() == [encode_message("/go")]
    driver.coming.append(HeardBody(encode_message("/done"), 30))
    to_graphics.poll(30)
    assert driver.bodies() == [encode_message("/go"), PING]


def test_what_waits_for_a_full_port_goes_when_it_has_room_again() -> None:
    to_slow, driver = talk(SLOW)
    to_slow.poll(0)
    for seq in range(4):
        tell(to_slow, "cue.go", 0, seq=seq)
    driver.outcomes += [SendOutcome(Handed.WOULD_BLOCK, "full")] * 3
    late = "waited its turn: the device is slow"
    assert outcomes(run(to_slow, 10 * S)) == [(2, Result.SENT, late), (3, Result.SENT, late)], "in their order"
    assert len(driver.sent) == 4


def test_more_than_can_ever_be_wanted_is_refused() -> None:
    to_slow, _driver = talk(SLOW)
    to_slow.poll(0)
    told = [tell(to_slow, "cue.go", 0) for _ in range(MOST_HELD + 3)]
    assert [outcome.result for outcome in told] == [Result.SENT] * 2 + [Result.HELD] * MOST_HELD + [Result.FAILED]
    assert "messages wait already" in told[-1].words


# ------------------------------------------------------------------------ login, keep-alive, questions


def served(**fields: Any) -> DeviceProfile:
    return make_profile("t/served", verbs={"cue.go": {"send": ({"address": "/go"},)}}, **fields)


def test_login_and_keep_alive_are_sent_anew_in_every_session() -> None:
    profile = served(
        login={"send": ({"address": "/connect"}, {"address": "/reply", "delay_ms": 100})},
        keep_alive={"send": ({"address": "/alive"},), "every_s": 5},
    )
    to_desk, driver = talk(profile, standing=OPENING, sessions=0)
    run(to_desk, 0)
    assert driver.sent == []
    driver.standing, driver.sessions = READY, 1
    to_desk.wake_ns = S
    run(to_desk, 12 * S)
    connect, reply, alive = (encode_message(address) for address in ("/connect", "/reply", "/alive"))
    assert driver.sent == [(S, connect), (S, alive), (S + 100 * MS, reply), (6 * S, alive), (11 * S, alive)]
    driver.sent.clear()
    driver.standing = AWAY
    to_desk.wake_ns = 13 * S
    run(to_desk, 29 * S)
    assert driver.sent == [], "nobody is kept alive who is away"
    driver.standing, driver.sessions = READY, 2
    to_desk.wake_ns = 30 * S
    run(to_desk, 31 * S)
    assert driver.bodies() == [connect, alive, reply]


def test_a_keep_alive_is_no_sign_of_health() -> None:
    to_desk, _driver = talk(served(keep_alive={"send": ({"address": "/alive"},), "every_s": 5}))
    said = run(to_desk, 30 * S)
    assert [each.severity for each in said if isinstance(each, Health)] == [Severity.UNKNOWN]


ASKED = served(
    health={"send": {"address": "/ping"}, "reply": {"address": "/pong"}, "every_s": 5, "timeout_s": 1, "misses": 3}
)


def test_an_answer_gives_health_and_the_latency_of_the_way() -> None:
    to_desk, driver = talk(ASKED)
    run(to_desk, 0)
    assert driver.sent == [(0, PING)]
    driver.coming.append(HeardBody(encode_message("/pong"), 3 * MS))
    to_desk.wake_ns = 3 * MS
    said = run(to_desk, 3 * MS)
    assert said == [Report("box", 3 * MS, None, {}, 3 * MS, asked=True), Health("box", Severity.GOOD, "", 3 * MS)]


def test_noise_is_no_answer() -> None:
    to_desk, driver = talk(ASKED)
    run(to_desk, 0)
    driver.coming.append(HeardBody(b"\x00\x01garbage", MS))
    driver.coming.append(HeardBody(encode_message("/other"), MS))
    assert to_desk.poll(MS) == []


def test_the_first_question_can_be_shifted_against_those_of_other_devices() -> None:
    driver = ScriptedDriver()
    to_desk = Conversation(make_setup(ASKED), driver, stagger_ns=40 * MS)
    run(to_desk, S)
    assert driver.sent[0] == (40 * MS, PING)


def test_a_setting_the_house_left_out_is_said_in_the_health() -> None:
    profile = served(
        settings={"show": {"type": "text"}},
        health={"send": {"address": "/show/{show}/ping"}, "reply": {"address": "/pong"}},
    )
    to_desk, driver = talk(profile)
    (health,) = run(to_desk, 0)
    assert isinstance(health, Health)
    assert health.severity is Severity.MAJOR
    assert "show is missing" in health.words
    assert driver.sent == []


# ---------------------------------------------------------------------------------- whose answer it is


PLAYER = make_profile(
    "t/player",
    verbs={
        "clip.play": {"send": ({"address": "/cue/{clip}/start"},)},
        "transport.play": {"send": ({"address": "/cue/{session}/start"},)},
    },
    reports=(
        {"receive": {"address": "/reply/{clip}"}, "verb": "clip.play"},
        {"receive": {"address": "/reply/{session}"}, "verb": "transport.play"},
    ),
)


@pytest.mark.parametrize(
    ("verb", "args"), [("transport.play", {"session": "7"}), ("clip.play", {"clip": "7", "layer": "main"})]
)
def test_of_two_readings_the_one_that_was_asked_for_is_reported(verb: str, args: dict[str, Any]) -> None:
    to_player, driver = talk(PLAYER)
    tell(to_player, verb, 0, **args)
    driver.coming.append(HeardBody(encode_message("/reply/7"), 4 * MS))
    (report,) = (each for each in to_player.poll(4 * MS) if isinstance(each, Report))
    assert (report.verb, report.latency_ns) == (verb, 4 * MS)


def test_an_answer_to_nothing_of_ours_has_no_latency() -> None:
    to_player, driver = talk(PLAYER)
    tell(to_player, "transport.play", 0, session="7")
    driver.coming.append(HeardBody(encode_message("/reply/8"), MS))
    driver.coming.append(HeardBody(encode_message("/reply/7"), 2 * MATCH_NS))
    reports = [each for each in (*to_player.poll(MS), *to_player.poll(2 * MATCH_NS)) if isinstance(each, Report)]
    assert [(report.verb, report.latency_ns) for report in reports] == [("clip.play", None), ("clip.play", None)]


# ---------------------------------------------------------------------------------------------- ghosts


def test_a_ghost_is_neither_kept_alive_nor_asked_and_so_never_wakes_anybody() -> None:
    driver = ScriptedDriver(proves=True)
    to_ghost = Conversation(make_setup(ASKED), driver, is_ghost=True)
    (health,) = run(to_ghost, 3600 * S)
    assert isinstance(health, Health)
    assert (health.severity, health.words) == (Severity.GOOD, "a ghost stands in")
    assert driver.sent == []
    assert to_ghost.wake_ns is None


def test_closing_closes_the_driver() -> None:
    to_desk, driver = talk(ASKED)
    to_desk.close()
    assert driver.closed


def test_what_a_desk_tells_by_several_midi_messages_is_one_report() -> None:
    profile = make_profile(
        "t/nrpn",
        transports=[{"kind": "midi_tcp", "port": 51325}],
        flags={"echo_to_others": True},
        settings={"channel": {"type": "int", "default": 1}},
        verbs={"level.set": {"args": {"strip": {"type": "int"}}, "send": [{"nrpn": "{strip}", "value": "{db}"}]}},
    )
    to_desk, driver = talk(profile)
    to_desk.poll(0)
    messages = ("b0 63 02", "b0 62 2c", "b0 06 00", "b0 26 05")
    driver.coming += [HeardBody(bytes.fromhex(message), 10 + n) for n, message in enumerate(messages)]
    (report,) = (each for each in to_desk.poll(20) if isinstance(each, Report))
    assert (report.verb, report.args, report.received_ns) == ("level.set", {"strip": "300", "db": 5.0}, 13)
