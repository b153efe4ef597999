"""The desk between remotes and the engine: who is answered, who is told, what a flood costs, and what the lamp says."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.remote.namespace import ACTIONS
from console.show.cues import OnMessage
from console.show.edits import apply, change_cue
from console.show.show import FreeList, Show
from console.vocabulary import Answered, CueChanged, HealthChanged
from devices.osc.codec import encode_bundle
from devices.osc.listener import MESSAGE_LIMIT, READ_LIMIT
from profiles.remote_control import RemoteControl, RemoteTrigger
from tests.support.builders import light, make_cue, song_show
from tests.support.osc_bytes import osc
from tests.support.remote_rig import TABLET, FilledPort, RemoteRig

HOT = make_cue("hot", "1", OnMessage(on="message", source="osc", address="/hot"), light("9"), item=None, list="hot")
SHOW: Show = song_show(HOT).model_copy(update={"lists": (FreeList(id="hot", title="Hot"),)})


@pytest.fixture
def rig() -> Iterator[RemoteRig]:
    made = RemoteRig(show=SHOW)
    yield made
    made.close()


def answers(rig: RemoteRig) -> list[tuple[object, ...]]:
    return [args for _, address, args in rig.port.replies if address == "/showcaller/answer"]


def test_each_request_is_answered_to_its_sender_and_to_nobody_else(rig: RemoteRig) -> None:
    rig.port.put("/showcaller/standby/next", 1)
    rig.port.put("/showcaller/standby/next", 0)
    rig.port.put("/showcaller/vamp/exit", sender=("127.0.0.1", 9002))
    rig.run_to(0.1)
    assert rig.port.replies == [
        (TABLET, "/showcaller/answer", ("/showcaller/standby/next", "done", "")),
        (("127.0.0.1", 9002), "/showcaller/answer", ("/showcaller/vamp/exit", "refused", "no item is live")),
    ]
    ids = [notice.request for notice in rig.notices if isinstance(notice, Answered)]
    assert ids == [-1, -2], "below zero, where no window counts"


def test_cues_that_wait_for_a_message_still_do(rig: RemoteRig) -> None:
    rig.port.put("/hot", 1)
    rig.run_to(0.1)
    assert [each.command.cue for each in rig.outlet.sent if each.command.cue == "hot"] == ["hot"]
    assert rig.port.replies == [], "only the namespace is answered"


def test_a_pad_presses_go_and_the_gap_holds_for_it() -> None:
    house = RemoteControl(port=53100, triggers=(RemoteTrigger(osc="/pad", do="go"),))
    rig = RemoteRig(house, SHOW)
    rig.port.put("/pad", 1.0)
    rig.port.put("/pad", 0.0)
    rig.port.put("/pad", 1.0)
    rig.run_to(0.1)
    (first, second) = rig.said(Answered)
    assert (first.by, first.name, first.refused) == ("remote:127.0.0.1", "go", None)
    assert second.refused is not None
    assert "the gap is set to" in second.refused
    rig.close()


def test_a_subscriber_is_told_in_small_portions_until_it_leaves(rig: RemoteRig) -> None:
    rig.port.put("/showcaller/subscribe", 10.0, 9005)
    rig.run_to(2.0)
    told = {address: args for receiver, address, args in rig.port.replies if receiver == ("127.0.0.1", 9005)}
    assert told["/showcaller/state/transport"] == ("stopped",)
    assert told["/showcaller/state/go_armed"] == (1,)
    rig.port.put("/showcaller/unsubscribe", 10.0, 9005)
    rig.run_to(2.1)
    count = len(rig.port.replies)
    rig.run_to(4.0)
    assert len(rig.port.replies) == count
    rig.port.put("/showcaller/subscribe", "often")
    rig.run_to(4.1)
    assert answers(rig)[-1][1] == "refused"


def test_a_sender_that_asks_too_often_is_left_out_but_never_when_it_stops_the_show(rig: RemoteRig) -> None:
    for _ in range(400):
        rig.port.put("/showcaller/standby/next")
    for _ in range(3):
        rig.port.put("/showcaller/all_stop")
    rig.run_to(1.5)
    asked = [notice.name for notice in rig.notices if isinstance(notice, Answered)]
    assert 100 <= asked.count("move_standby") < 200
    assert asked.count("all_stop") == 3
    lamp = [notice.words for notice in rig.notices if isinstance(notice, HealthChanged) and notice.device == "remote"]
    assert lamp[0] == "listens on 127.0.0.1 port 53100"
    assert lamp[1].startswith("127.0.0.1 asks too often: ")


def test_nonsense_is_answered_at_first_and_then_only_counted(rig: RemoteRig) -> None:
    for _ in range(200):
        rig.port.put("/showcaller/nonsense")
    rig.run_to(0.5)
    refused = rig.said(Answered)
    assert 20 <= len(refused) <= 30
    assert len(answers(rig)) == len(refused)


def test_a_number_that_was_edited_is_known_a_moment_later(rig: RemoteRig) -> None:
    run = rig.engine.run
    run.show, _ = apply(run.show, change_cue("song-call", {"number": "88.5"}))
    rig.run_to(1.0)
    rig.port.put("/showcaller/standby/88.5")
    rig.run_to(1.1)
    assert answers(rig) == [("/showcaller/standby/88.5", "done", "")]


def test_a_stranger_stands_at_the_lamp_once(rig: RemoteRig) -> None:
    rig.run_to(1.5)
    for _ in range(50):
        rig.port.put("/showcaller/go", sender=("10.9.9.9", 5))
    rig.run_to(9.0)
    for _ in range(50):
        rig.port.put("/showcaller/go", sender=("10.9.9.9", 5))
    for second in range(10, 40):
        rig.run_to(second)
    lamp = [notice.words for notice in rig.notices if isinstance(notice, HealthChanged) and notice.device == "remote"]
    assert lamp == [
        "listens on 127.0.0.1 port 53100",
        "10.9.9.9 is not let in: 50 packets; see [remote] allow",
        "listens on 127.0.0.1 port 53100",
    ]
    assert not rig.said(Answered)


FLOODS = {
    "unknown": [osc("/noise", 1.0)],
    "malformed": [b"#bundle\0rubbish!", osc("/showcaller/go")[:-2]],
    "nonsense": [osc("/showcaller/nonsense", 3)],
    "known": [osc("/showcaller/vamp/exit", 1)],
    "cues": [osc("/hot", 1)],
    "bundles": [encode_bundle([osc("/showcaller/standby/next")] * 16)],
    "huge": [encode_bundle([osc("/showcaller/standby/next")] * 300)],
    "all": [osc("/noise"), osc("/showcaller/vamp/exit"), b"/", osc("/hot"), osc("/showcaller/what")],
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_without_end_delays_no_cue(flood: str) -> None:
    def played(port: FilledPort) -> RemoteRig:
        rig = RemoteRig(show=SHOW, port=port)
        rig.port.put("/showcaller/go")
        rig.run_to(20.0 if flood == "unknown" else 6.0)
        rig.close()
        return rig

    calm, flooded = played(FilledPort()), played(FilledPort(cycle(FLOODS[flood])))
    ours = [each for each in flooded.outlet.sent if each.command.cue != "hot"]
    assert [each.command.cue for each in ours] == [each.command.cue for each in calm.outlet.sent]
    assert {each.late_ns for each in ours} == {0}
    assert flooded.loop.faults == {}
    reads = (flooded.clock.now_ns() - flooded.zero_ns) // 1_000_000
    assert flooded.port.received <= READ_LIMIT * (reads + 1), "32 a millisecond"
    assert max(flooded.inboxes) <= MESSAGE_LIMIT + 16, "four messages, or a bundle behind three"
    started = [notice for notice in flooded.notices if isinstance(notice, CueChanged) and notice.cue == "hot"]
    assert bool(started) is (flood in ("cues", "all"))


WORDS = st.lists(
    st.sampled_from(["showcaller", *ACTIONS, "subscribe", "unsubscribe", "song", "1.1", "{cue}", "*"]), max_size=3
)
ARGS = st.lists(st.one_of(st.text(max_size=8), st.integers(-(2**31), 2**31 - 1), st.floats(width=32)), max_size=3)
MESSAGES = st.builds(lambda words, args: osc("/" + "/".join(words), *args), WORDS, ARGS)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.binary(max_size=80), MESSAGES), max_size=12))
def test_whatever_comes_in_breaks_nothing(datagrams: list[bytes]) -> None:
    house = RemoteControl(port=53100, triggers=(RemoteTrigger(osc="/{a}/{b}", do="fire {b}"),))
    rig = RemoteRig(house, SHOW)
    for datagram in datagrams:
        rig.port.put_bytes(datagram)
    rig.run_to(0.5)
    rig.close()
    assert rig.loop.faults == {}
    assert all(notice.refused is None or notice.refused.isprintable() for notice in rig.said(Answered))
