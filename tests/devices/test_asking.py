"""Questions about what a device was told: after the command, once more where nothing came, and never beside it."""

from __future__ import annotations

from typing import Any

from devices.asking import AFTER_NS, AFTER_STREAM_NS, AGAIN_NS, GAP_NS, Asker
from devices.encode import NO_SETTINGS, encode
from profiles.library import load_profile
from tests.support.exchange import make_command
from tests.support.osc_bytes import parse

X32: Any = load_profile("behringer/x32")[0]
S = 1_000_000_000


def tell(asker: Asker, now_ns: int, verb: str = "level.set", stream: str | None = None, **args: Any) -> int | None:
    packets = encode(X32, verb, args)
    return asker.told(make_command(verb, args, packets, stream=stream), now_ns)


def asked(asker: Asker, until_ns: int) -> list[tuple[int, str]]:
    """When what was asked, up to an instant."""
    found = []
    while (wake_ns := asker.wake_at_ns()) is not None and wake_ns <= until_ns:
        question = asker.due(wake_ns)
        if question is not None:
            found.append((wake_ns, parse(question.packet.payload)[0]))
    return found


def test_a_question_follows_its_command_and_is_asked_once_more() -> None:
    asker = Asker(X32, NO_SETTINGS)
    assert tell(asker, 0, strip="ch/1", db=0.0) == AFTER_NS
    assert asked(asker, S) == [(AFTER_NS, "/ch/01/mix/fader"), (AFTER_NS + AGAIN_NS, "/ch/01/mix/fader")]
    assert asker.wake_at_ns() is None


def test_an_answer_ends_the_asking() -> None:
    asker = Asker(X32, NO_SETTINGS)
    tell(asker, 0, strip="ch/1", db=0.0)
    asker.heard("level.set", {"strip": "ch/1", "db": -3.0})  # before it was asked: no answer of its
    assert len(asked(asker, AFTER_NS)) == 1
    asker.heard("level.set", {"strip": "ch/2", "db": -3.0})
    asker.heard("level.set", {"strip": "ch/1", "db": -3.0})
    assert asked(asker, S) == []


def test_of_a_stream_the_end_is_asked_about() -> None:
    asker = Asker(X32, NO_SETTINGS)
    for step in range(5):
        tell(asker, step * 25_000_000, stream="fade:1", strip="ch/1", db=float(-step))
    assert asked(asker, AFTER_STREAM_NS + 4 * 25_000_000) == [(AFTER_STREAM_NS + 4 * 25_000_000, "/ch/01/mix/fader")]


def test_questions_keep_a_distance() -> None:
    asker = Asker(X32, NO_SETTINGS)
    for channel in (1, 2, 3):
        tell(asker, 0, "mute.set", strip=f"ch/{channel}", on=True)
    assert [at_ns for at_ns, _ in asked(asker, AGAIN_NS)] == [AFTER_NS, AFTER_NS + GAP_NS, AFTER_NS + 2 * GAP_NS]


def test_a_device_that_takes_its_time_is_asked_when_it_is_there() -> None:
    asker = Asker(X32, NO_SETTINGS)
    args = {"strip": "ch/1", "db": 0.0}
    asker.told(make_command("level.set", args, encode(X32, "level.set", args), settles_ns=2 * S), 0)
    assert asker.wake_at_ns() == 2 * S


def test_what_has_no_question_is_not_asked() -> None:
    asker = Asker(X32, NO_SETTINGS)
    assert tell(asker, 0, "scene.recall", scene=5) is None
    assert asker.wake_at_ns() is None
    tell(asker, 0, strip="ch/1", db=0.0)
    asker.clear()
    assert asker.wake_at_ns() is None
