"""What line check sends: something for every device of the library, and nothing that could do harm."""

from __future__ import annotations

import pytest

from devices.contract import LINE_CHECK, Report
from devices.conversation import Conversation
from devices.driver import HeardBody
from devices.encode import DeviceSettings
from devices.line_check import PROBES, body_to_words, harmless, harmless_of
from devices.osc.codec import encode_message
from profiles.library import list_profiles, load_profile
from profiles.verbs import CATALOGUE, Kind
from tests.support.drivers import ScriptedDriver
from tests.support.exchange import make_command, make_setup
from tests.support.houses import make_profile

MS = 1_000_000
GO = {"cue.go": {"send": ({"address": "/go"},)}}
ASKED = make_profile(
    "t/desk", verbs=GO, health={"send": {"address": "/ping"}, "reply": {"address": "/pong"}, "every_s": 5}
)
ANY_SETTING = DeviceSettings(values={"channel": 1, "device_id": 1, "user": "x", "show": "x", "workspace": "x"})


@pytest.mark.parametrize("id", [entry.id for entry in list_profiles()])
def test_every_device_of_the_library_can_be_checked_and_no_trigger_is_among_it(id: str) -> None:
    profile, _ = load_profile(id)
    assert profile is not None
    found = harmless(profile, ANY_SETTING)
    assert found.packets
    assert found.words
    assert found.see
    verb = CATALOGUE.get(found.verb)
    assert found.verb == LINE_CHECK if verb is None else verb.kind is Kind.PARAMETER


def test_the_health_question_comes_first_and_is_answered() -> None:
    found = harmless(ASKED)
    assert (found.verb, found.words, found.answers_ns) == (LINE_CHECK, "/ping", 1_000 * MS)


def test_what_the_profile_names_is_better_than_its_question() -> None:
    named = make_profile(
        "t/clock",
        verbs={"timer.message": {"send": ({"address": "/say", "args": ({"s": "{text}"},)},)}},
        health={"send": {"address": "/ping"}, "reply": {"address": "/pong"}},
        line_check={"ask": "timer.message", "args": {"text": "LINE CHECK"}, "see": "LINE CHECK"},
    )
    found = harmless(named)
    assert (found.verb, found.words, found.see) == ("timer.message", "timer.message text=LINE CHECK", "LINE CHECK")
    assert b"LINE CHECK" in found.packets[0].payload  # type: ignore[attr-defined]


@pytest.mark.parametrize(("family", "words"), [("osc", "/showcaller/line_check"), ("midi", "MIDI identity request")])
def test_a_probe_is_read_by_a_person(family: str, words: str) -> None:
    assert body_to_words(family, PROBES[family][0]) == words  # type: ignore[arg-type,index]
    assert body_to_words("text", b"VERSION") == "VERSION"
    assert body_to_words("text", PROBES["text"][0]) == "an empty line"
    assert body_to_words("midi", b"\x90\x01\x02") == "90 01 02"


def test_a_device_whose_settings_are_missing_is_left_out() -> None:
    needs = make_profile(
        "t/needs",
        settings={"word": {"type": "text"}},
        verbs=GO,
        health={"send": {"address": "/ping/{word}"}, "reply": {"address": "/pong"}},
    )
    setups = {"a": make_setup(ASKED), "b": make_setup(needs)}
    assert list(harmless_of(setups)) == ["a"]


def check(talk: Conversation, now_ns: int) -> None:
    found = harmless(talk.setup.profile)
    talk.send(make_command(found.verb, found.args, found.packets), found.packets[0], now_ns)  # type: ignore[arg-type]


def answers(talk: Conversation, driver: ScriptedDriver, at_ns: int) -> list[Report]:
    driver.coming.append(HeardBody(encode_message("/pong"), at_ns))
    return [each for each in talk.poll(at_ns) if isinstance(each, Report)]


@pytest.mark.parametrize("is_ghost", [True, False])
def test_the_answer_to_a_line_check_has_its_time(is_ghost: bool) -> None:
    driver = ScriptedDriver()
    talk = Conversation(make_setup(ASKED), driver, is_ghost=is_ghost)
    talk.poll(0)
    if not is_ghost:
        assert answers(talk, driver, 2 * MS)[0].latency_ns == 2 * MS  # of the watch's own question
    check(talk, 100 * MS)
    (report,) = answers(talk, driver, 107 * MS)
    assert (report.verb, report.latency_ns, report.asked) == (None, 7 * MS, True)
    (late,) = answers(talk, driver, 120 * MS)
    assert late.latency_ns is None, "nothing was asked any more"


def test_one_that_never_answered_does_not_lengthen_the_next() -> None:
    driver = ScriptedDriver()
    talk = Conversation(make_setup(ASKED), driver, is_ghost=True)
    talk.poll(0)
    check(talk, 100 * MS)
    check(talk, 9_000 * MS)
    (report,) = answers(talk, driver, 9_003 * MS)
    assert report.latency_ns == 3 * MS
