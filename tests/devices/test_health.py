"""How a device is, as questions, answers and silence say it: nothing is green that has not answered."""

from __future__ import annotations

import pytest

from devices.contract import Severity
from devices.driver import READY, Standing
from devices.health import FAILING_NS, HealthWatch, WatchRule, watch_rule
from profiles.venue_profile import HealthOverride
from tests.support.houses import make_profile

S = 1_000_000_000
ASKED = WatchRule(asks=True, every_ns=5 * S, timeout_ns=S, misses=3)
BEATS = WatchRule(asks=False, every_ns=2 * S, timeout_ns=S, misses=3)
HEALTH = {"send": {"address": "/ping"}, "reply": {"address": "/pong"}, "every_s": 4, "timeout_s": 0.5, "misses": 2}


def make_watch(rule: WatchRule | None, *, proves: bool = False) -> HealthWatch:
    watch = HealthWatch("desk", rule, proves=proves, still_words="cannot be asked")
    watch.began(0, 0)
    return watch


def grade(watch: HealthWatch, now_ns: int) -> Severity | None:
    health = watch.judge(now_ns, READY)
    return None if health is None else health.severity


def ask(watch: HealthWatch) -> int:
    """The question that is due, asked when it is due."""
    due_ns = watch.asks_at_ns()
    assert due_ns is not None
    assert watch.wake_at_ns() == due_ns
    watch.asked(due_ns)
    return due_ns


def test_asking_makes_nothing_good_and_an_answer_does() -> None:
    watch = make_watch(ASKED)
    ask(watch)
    assert grade(watch, 0) is Severity.UNKNOWN
    assert watch.answered(40) == 40
    assert grade(watch, 40) is Severity.GOOD
    assert grade(watch, 50) is None, "said once"
    assert watch.asks_at_ns() == 5 * S


def test_one_question_unanswered_is_doubt_and_three_are_away() -> None:
    watch = make_watch(ASKED)
    ask(watch)
    watch.answered(10)
    assert grade(watch, 10) is Severity.GOOD
    for expected in (Severity.MAJOR, None, Severity.BAD):
        asked_ns = ask(watch)
        assert watch.wake_at_ns() == asked_ns + S
        assert grade(watch, asked_ns + S - 1) is None
        assert grade(watch, asked_ns + S) is expected
    assert watch.asks_at_ns() == asked_ns + 5 * S, "in doubt it asks at once, once away at leisure"
    ask(watch)
    watch.answered(asked_ns + 6 * S)
    health = watch.judge(asked_ns + 6 * S, READY)
    assert health is not None
    assert (health.severity, health.last_heard_ns) == (Severity.GOOD, asked_ns + 6 * S)


def test_any_word_of_the_device_answers_whether_it_lives() -> None:
    watch = make_watch(ASKED)
    ask(watch)
    assert grade(watch, S) is Severity.MAJOR
    watch.heard(S + 5)
    assert grade(watch, S + 5) is Severity.GOOD


def test_an_answer_to_no_question_has_no_latency() -> None:
    watch = make_watch(ASKED)
    assert watch.answered(7) is None


def test_the_house_may_say_after_how_much_silence_a_device_is_away() -> None:
    watch = make_watch(WatchRule(asks=True, every_ns=S, timeout_ns=S, misses=3, deaf_after_ns=30 * S))
    ask(watch)
    watch.answered(0)
    grades = []
    for _ in range(40):
        asked_ns = ask(watch)
        grades.append((asked_ns + S, grade(watch, asked_ns + S)))
    told = [(at, said) for at, said in grades if said is not None]
    assert [said for _, said in told] == [Severity.MAJOR, Severity.BAD]
    assert 30 * S <= told[1][0] < 32 * S


def test_a_device_that_speaks_unasked_is_judged_by_its_silence() -> None:
    watch = make_watch(BEATS)
    assert watch.asks_at_ns() is None
    assert grade(watch, 0) is Severity.UNKNOWN
    watch.heard(S)
    assert grade(watch, S) is Severity.GOOD
    assert watch.wake_at_ns() == 4 * S
    assert grade(watch, 4 * S) is Severity.MAJOR
    assert watch.wake_at_ns() == 8 * S
    assert grade(watch, 8 * S) is Severity.BAD
    assert watch.wake_at_ns() is None
    watch.heard(9 * S)
    assert grade(watch, 9 * S) is Severity.GOOD


@pytest.mark.parametrize(("proves", "expected"), [(False, Severity.UNKNOWN), (True, Severity.GOOD)])
def test_what_cannot_be_asked_stays_unknown_unless_the_way_itself_is_proof(proves: bool, expected: Severity) -> None:
    watch = make_watch(None, proves=proves)
    assert grade(watch, 0) is expected
    assert watch.wake_at_ns() is None


def test_a_way_out_of_order_is_told_before_anything_else() -> None:
    watch = make_watch(ASKED)
    ask(watch)
    watch.answered(5)
    health = watch.judge(6, Standing(Severity.FATAL, "MIDI port 'X' is not there"))
    assert health is not None
    assert (health.severity, health.words) == (Severity.FATAL, "MIDI port 'X' is not there")
    watch.ended()
    assert watch.asks_at_ns() is None
    assert watch.wake_at_ns() is None, "nobody is asked while there is no way"


def test_a_new_session_begins_without_knowing() -> None:
    watch = make_watch(ASKED)
    ask(watch)
    watch.answered(5)
    assert grade(watch, 5) is Severity.GOOD
    watch.ended()
    watch.began(9 * S, 9 * S)
    assert grade(watch, 9 * S) is Severity.UNKNOWN


def test_a_failed_send_counts_until_it_is_old_or_the_device_is_heard() -> None:
    watch = make_watch(None)
    assert grade(watch, 0) is Severity.UNKNOWN
    watch.failed(10, "UDP to 10.0.0.1:8000: network is unreachable")
    assert watch.wake_at_ns() == 10 + FAILING_NS
    health = watch.judge(10, READY)
    assert health is not None
    assert (health.severity, health.words) == (Severity.BAD, "UDP to 10.0.0.1:8000: network is unreachable")
    assert grade(watch, 10 + FAILING_NS) is Severity.UNKNOWN
    watch.failed(11 + FAILING_NS, "refused")
    watch.heard(12 + FAILING_NS)
    assert grade(watch, 12 + FAILING_NS) is None


def test_the_rule_is_the_profiles_with_the_houses_words() -> None:
    profile = make_profile("test/asked", health=HEALTH)
    assert watch_rule(profile, HealthOverride()) == WatchRule(True, 4 * S, S // 2, 2)
    assert watch_rule(profile, HealthOverride(every_s=1, deaf_after_s=9)) == WatchRule(True, S, S // 2, 2, 9 * S)
    assert watch_rule(profile, HealthOverride(watch=False)) is None
    assert watch_rule(make_profile("test/mute"), HealthOverride()) is None
    beats = make_profile("test/beats", health={key: value for key, value in HEALTH.items() if key != "send"})
    rule = watch_rule(beats, HealthOverride())
    assert rule is not None
    assert not rule.asks
