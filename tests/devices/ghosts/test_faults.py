"""Faults are values with a time: the same drill is the same again, in memory and behind a port."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from devices.contract import EncodeError, Health, Result, Severity, Value
from devices.decode import decode_reply
from devices.encode import encode
from devices.ghosts.core import GhostCore
from devices.ghosts.faults import Dead, Fault, Garbage, Lossy, Slow, Spoiler, Touch, Undo, noise
from devices.ghosts.hand import moved
from devices.ghosts.house import aim_at_ghost, open_ghost
from devices.osc.codec import encode_message
from devices.registry import open_devices
from profiles.device_profile import DeviceProfile
from profiles.device_setup import DeviceSetup
from profiles.library import load_profile
from profiles.verbs import CATALOGUE
from tests.support.exchange import Exchange, make_setup, send_all

S = 1_000_000_000
ASK = encode_message("/ch/05/mix/fader")
INFO = encode_message("/xinfo")


def mixer() -> DeviceProfile:
    profile, _ = load_profile("behringer/x32")
    assert profile is not None
    return profile


def answers(faults: list[Fault], *, count: int = 100, now_ns: int = 0) -> list[tuple[int, bytes] | None]:
    """What an X32 ghost says to so many questions: ns and bytes each, None where nothing came."""
    ghost = GhostCore(mixer())
    ghost.set_faults(faults)
    said = (ghost.receive(ASK, now_ns) for _ in range(count))
    return [(each[0].delay_ns, each[0].body) if each else None for each in said]


def test_a_dead_one_hears_and_says_nothing_for_as_long_as_it_is_dead() -> None:
    ghost = GhostCore(mixer())
    ghost.set_faults([Dead(from_ns=2 * S, until_ns=4 * S)])
    assert [bool(ghost.receive(INFO, s * S)) for s in range(1, 6)] == [True, False, False, True, True]
    assert ghost.served["health"] == 3
    assert [bool(ghost.death(s * S)) for s in range(1, 6)] == [False, True, True, False, False]


def test_a_slow_one_says_the_same_later() -> None:
    assert answers([Slow(by_ns=300)], count=2) == [(300, body) for _, body in filter(None, answers([], count=2))]
    assert answers([Slow(by_ns=300), Slow(by_ns=50, from_ns=1)], count=1, now_ns=1)[0][0] == 350  # type: ignore[index]


def test_a_lossy_one_loses_its_share_and_the_same_ones_again() -> None:
    lost = [place for place, each in enumerate(answers([Lossy(share=0.2, seed=7)], count=1000)) if each is None]
    assert 300 < len(lost) < 420, "a fifth of what it hears, and a fifth of what it says"
    assert lost == [n for n, each in enumerate(answers([Lossy(share=0.2, seed=7)], count=1000)) if each is None]
    assert lost != [n for n, each in enumerate(answers([Lossy(share=0.2, seed=8)], count=1000)) if each is None]
    assert None not in answers([Lossy(share=0.0)])
    assert set(answers([Lossy(share=1.0)])) == {None}


def test_garbage_is_as_long_as_the_truth_and_means_nothing() -> None:
    profile = mixer()
    (plain,) = answers([], count=1)
    spoilt = answers([Garbage(seed=3)])
    assert plain is not None
    for each in spoilt:
        assert each is not None
        assert len(each[1]) == len(plain[1])
        assert decode_reply(profile, each[1]) == ()
    assert len(set(spoilt)) == len(spoilt)
    assert noise(1, 2, 0) == b""
    assert noise(1, 2, 100) == noise(1, 2, 100) != noise(1, 3, 100)


def test_a_hand_comes_at_its_time_and_sets_what_it_touches() -> None:
    ghost = GhostCore(mixer())
    fader = {"strip": "ch/5", "db": -10.0}
    ghost.set_faults([Touch(from_ns=5 * S, verb="level.set", args=fader)])
    assert (ghost.wake_at_ns(0), ghost.hands(5 * S - 1)) == (5 * S, [])
    (said,) = ghost.hands(5 * S)
    assert said.body == encode(mixer(), "level.set", fader)[0].body
    assert ghost.value_of("level.set", fader) == fader
    assert (ghost.wake_at_ns(5 * S), ghost.hands(6 * S)) == (None, [])


def test_a_hand_that_fidgets_stops_when_its_time_is_over() -> None:
    spoiler = Spoiler([Touch(from_ns=10, until_ns=40, every_ns=10, verb="cue.go")])
    assert [len(spoiler.touches(now)) for now in (9, 10, 15, 20, 39, 40, 100)] == [0, 1, 0, 1, 1, 0, 0]
    assert spoiler.wake_at_ns(100) is None


def test_a_hand_needs_something_to_touch() -> None:
    with pytest.raises(EncodeError, match=r"cue\.fire"):
        GhostCore(mixer()).set_faults([Touch(verb="cue.fire", args={"cue": "1"})])


Open = Callable[..., tuple[Exchange, DeviceSetup]]


@pytest.fixture
def opened() -> Iterator[Open]:
    closing: list[Callable[[], None]] = []

    def start(faults: list[Fault], *, in_memory: bool) -> tuple[Exchange, DeviceSetup]:
        setup = make_setup(mixer())
        far = []
        if in_memory:
            setup = replace(setup, mode="ghost")
        else:
            ghost = open_ghost(setup, port=0)
            ghost.core.set_faults(faults)
            far.append(ghost)
            closing.append(ghost.close)
            setup = aim_at_ghost(setup, ghost.port)
        outlet = open_devices([setup])
        closing.append(outlet.close)
        if in_memory:
            outlet.set_faults("box", faults)
        return Exchange(outlet, far, now_ns=0), setup

    yield start
    for close in closing:
        close()


@pytest.mark.parametrize("in_memory", [True, False])
def test_a_hand_at_the_device_is_reported(opened: Open, in_memory: bool) -> None:
    hand = Touch(from_ns=7 * S, verb="level.set", args={"strip": "ch/5", "db": -10.0})
    exchange, _ = opened([hand], in_memory=in_memory)
    exchange.until(lambda: exchange.reports("level.set"))
    assert exchange.now_ns == 7 * S
    assert exchange.reports("level.set")[0].args == hand.args


@pytest.mark.parametrize("in_memory", [True, False])
def test_a_device_dies_and_is_back(opened: Open, in_memory: bool) -> None:
    exchange, setup = opened([Dead(from_ns=20 * S, until_ns=60 * S)], in_memory=in_memory)
    exchange.until(lambda: exchange.said and exchange.health("box").severity is Severity.GOOD)
    exchange.until(lambda: exchange.health("box").severity is Severity.BAD)
    assert 20 * S <= exchange.now_ns < 45 * S
    (packet,) = encode(setup.profile, "level.set", {"strip": "ch/5", "db": 0.0})
    (outcome,) = send_all(exchange, "level.set", {"strip": "ch/5", "db": 0.0}, [packet])
    assert (outcome.result is Result.FAILED) == in_memory, "a datagram cannot know"
    exchange.until(lambda: exchange.health("box").severity is Severity.GOOD)
    assert 60 * S <= exchange.now_ns < 75 * S
    grades = [each.severity for each in exchange.said if isinstance(each, Health)]
    assert grades[-1] is Severity.GOOD


def test_one_lost_datagram_is_forgiven_and_a_flood_of_noise_is_survived(opened: Open) -> None:
    exchange, _ = opened([Lossy(share=0.05, seed=1), Garbage(share=0.05, seed=2)], in_memory=False)
    exchange.move(300)
    grades = {each.severity for each in exchange.said if isinstance(each, Health)}
    assert Severity.GOOD in grades
    assert Severity.MAJOR in grades, "some questions went unanswered"
    assert Severity.BAD not in grades


def test_a_hand_undoes_what_the_device_is_told_a_while_behind_the_last_word() -> None:
    ghost = GhostCore(mixer())
    ghost.set_faults([Undo(after_ns=2 * S)])
    for s, db in ((1, -10.0), (2, 0.0)):
        ghost.receive(encode(mixer(), "level.set", {"strip": "ch/5", "db": db})[0].body, s * S)
    assert (ghost.wake_at_ns(2 * S), ghost.hands(4 * S - 1)) == (4 * S, [])
    (said,) = ghost.hands(4 * S)
    assert said.body == encode(mixer(), "level.set", {"strip": "ch/5", "db": -20.0})[0].body
    assert (ghost.wake_at_ns(4 * S), ghost.hands(9 * S)) == (None, [])
    ghost.set_faults([])
    ghost.receive(encode(mixer(), "level.set", {"strip": "ch/5", "db": -5.0})[0].body, 10 * S)
    assert ghost.wake_at_ns(10 * S) is None


@pytest.mark.parametrize(
    ("verb", "args", "others"),
    [
        ("level.set", {"strip": "ch/1", "db": -60.0}, [{"strip": "ch/1", "db": 0.0}]),
        ("mute.set", {"strip": "ch/1", "on": True}, [{"strip": "ch/1", "on": False}]),
        ("opacity.set", {"layer": "main", "level": 1.0}, [{"layer": "main", "level": 0.0}]),
        ("opacity.set", {"layer": "main", "level": 0.5}, [{"layer": "main", "level": 0.0}]),
        ("scene.recall", {"playback": "main", "scene": 5}, [{"playback": "main", "scene": 6}]),
        (
            "cue.fire",
            {"playback": "main", "list": 1, "cue": "10"},
            [{"playback": "main", "list": 2, "cue": "10"}, {"playback": "main", "list": 1, "cue": "11"}],
        ),
        ("cue.fire", {"playback": "main", "cue": "A"}, []),
    ],
)
def test_a_hand_moves_one_value_at_a_time(verb: str, args: dict[str, Value], others: list[dict[str, Value]]) -> None:
    assert list(moved(CATALOGUE[verb], args)) == others
