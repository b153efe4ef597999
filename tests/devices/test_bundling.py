"""What leaves for one device at one instant leaves as OSC bundles, where the device takes them."""

from __future__ import annotations

import select
import socket
from collections import deque
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.bundling import MOST_BYTES, bundle_bytes, bundled
from devices.contract import Command, OutputMode, Result
from devices.conversation import Conversation
from devices.io.outcome import Handed, SendOutcome
from devices.osc.codec import decode_packet, encode_message
from devices.osc.framing import SlipDecoder
from devices.registry import open_devices
from devices.wire_packet import FRAMERS, Route, WirePacket
from profiles.device_profile import DeviceProfile
from tests.support.drivers import ScriptedDriver
from tests.support.exchange import make_command, make_setup
from tests.support.houses import make_profile

UDP = Route("osc_udp", 8000, "none")


def takes_bundles(**fields: object) -> DeviceProfile:
    return make_profile(
        "test/bundler",
        **{
            "flags": {"bundles": True},
            "verbs": {"cue.go": {"send": ({"address": "/go"},)}},
            **fields,
        },
    )


def packet(address: str, *args: tuple[str, object], route: Route = UDP) -> WirePacket:
    body = encode_message(address, args)  # type: ignore[arg-type]
    return WirePacket(body, FRAMERS[route.framing](body), 0, route)


def sends(count: int) -> list[tuple[Command, WirePacket]]:
    made = [packet(f"/cue/{number}") for number in range(count)]
    return [(make_command("cue.go", {}, [each], seq=number), each) for number, each in enumerate(made)]


def addresses(datagram: bytes) -> list[str]:
    return [message.address for message in decode_packet(datagram)]


def test_two_messages_written_out() -> None:
    ((wire, count),) = bundled([packet("/a", ("i", 1)), packet("/b")], MOST_BYTES)
    head = "2362756e646c6500 0000000000000001"
    assert wire.payload == bytes.fromhex(head + "0000000c 2f610000 2c690000 00000001 00000008 2f620000 2c000000")
    assert (count, wire.delay_ns) == (2, 0)


def test_a_message_alone_is_itself() -> None:
    alone = packet("/a")
    assert bundled([alone], MOST_BYTES) == [(alone, 1)]


@given(st.lists(st.integers(0, 700), max_size=40), st.integers(64, MOST_BYTES))
def test_every_message_leaves_once_in_order_in_as_few_bundles_as_hold_them(lengths: list[int], most: int) -> None:
    packets = [packet("/m", ("s", f"{n}:" + "x" * length)) for n, length in enumerate(lengths)]
    wires = bundled(packets, most)
    assert sum(count for _, count in wires) == len(packets)
    assert [message.args for wire, _ in wires for message in decode_packet(wire.body)] == [
        decode_packet(each.body)[0].args for each in packets
    ]
    for wire, count in wires:
        assert count == 1 or len(wire.body) <= most
        assert all(message.time_tag in (None, 1) for message in decode_packet(wire.body))
    for (before, count), (after, _) in pairwise(wires):
        first = decode_packet(after.body)[0]
        more = len(encode_message(first.address, [("s", first.args[0])])) + 4
        assert (16 + 4 + len(before.body) if count == 1 else len(before.body)) + more > most


def test_a_stream_frames_the_bundle_not_its_messages() -> None:
    slip = Route("osc_tcp_slip", 8000, "slip")
    ((wire, _),) = bundled([packet("/a", route=slip), packet("/b", route=slip)], MOST_BYTES)
    (frame,) = SlipDecoder().feed(wire.payload)
    assert isinstance(frame, bytes)
    assert addresses(frame) == ["/a", "/b"]


def test_a_device_is_sent_bundles_where_its_profile_says_so_and_as_long_as_it_says() -> None:
    assert bundle_bytes(takes_bundles(), "osc_udp") == MOST_BYTES
    assert bundle_bytes(takes_bundles(limits={"max_packet_bytes": 512}), "osc_udp") == 512
    assert bundle_bytes(takes_bundles(flags={}), "osc_udp") == 0
    text = make_profile(
        "test/lines",
        transports=({"kind": "text_lf", "port": 1},),
        flags={"bundles": True},
        verbs={"cue.go": {"send": ({"line": "GO"},)}},
    )
    assert bundle_bytes(text, "text_lf") == 0
    with pytest.raises(ValueError, match="say one"):
        takes_bundles(flags={"bundles": True, "no_bundles": True})


def test_each_command_of_a_bundle_has_its_own_outcome_at_one_instant() -> None:
    driver = ScriptedDriver()
    talk = Conversation(make_setup(takes_bundles()), driver)
    outcomes = talk.send_together(sends(3), 77)
    assert [(each.seq, each.sent_ns, each.result) for each in outcomes] == [(n, 77, Result.SENT) for n in range(3)]
    assert [addresses(body) for body in driver.bodies()] == [["/cue/0", "/cue/1", "/cue/2"]]


def test_a_bundle_that_fails_fails_for_each_and_for_no_other_bundle() -> None:
    driver = ScriptedDriver(outcomes=deque([SendOutcome(Handed.FAILED, "no route")]))
    talk = Conversation(make_setup(takes_bundles(limits={"max_packet_bytes": 48})), driver)
    outcomes = talk.send_together(sends(4), 5)
    assert [(each.result, each.words) for each in outcomes] == [(Result.FAILED, "no route")] * 2 + [
        (Result.SENT, "")
    ] * 2
    assert [addresses(body) for body in driver.bodies()] == [["/cue/2", "/cue/3"]]


def test_a_device_that_counts_its_messages_gets_them_one_by_one() -> None:
    setup = make_setup(takes_bundles(limits={"messages_per_s": 10}))
    assert Conversation(setup, ScriptedDriver()).bundle_bytes == 0


def test_live_and_ghost_alike_get_one_packet() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("127.0.0.1", 0))
        setup = make_setup(takes_bundles(), port=receiver.getsockname()[1])
        outlet = open_devices([setup])
        try:
            assert outlet.bundles("box")
            both = [(make_command("cue.go", {}, [packet("/go")], seq=seq), packet("/go")) for seq in (1, 2)]
            assert [each.result for each in outlet.send_together(both, 5)] == [Result.SENT] * 2
            assert select.select([receiver], [], [], 1)[0]
            assert addresses(receiver.recv(2000)) == ["/go", "/go"]
            assert not select.select([receiver], [], [], 0)[0]
            outlet.set_mode("box", OutputMode.GHOST)
            outlet.send_together(both, 6)
            assert [(each.now_ns, each.verb) for each in outlet.ghost("box").heard] == [(6, "cue.go")] * 2
            outlet.set_mode("box", OutputMode.OFF)
            assert not outlet.bundles("box")
            assert [each.result for each in outlet.send_together(both, 7)] == [Result.OFF] * 2
        finally:
            outlet.close()
