"""Every OSC packet the sample show can send, in both houses, read by liblo: an implementation apart from ours."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.engine.arming import ArmedSend
from console.engine.engine import Engine, House
from console.engine.stopping import SafeLists
from console.samples.library import sample_path
from console.show.show_file import read_show
from console.wiring.joining import Joined, join_show
from devices.bundling import MOST_BYTES, bundled
from devices.encode import health_packet, keep_alive_packets, login_packets, settings_of_setup
from devices.osc.codec import OscMessage, decode_packet
from devices.wire_packet import WirePacket
from profiles.venue_library import load_venue
from tests.support.oscdump import OscDump

pytestmark = pytest.mark.rig


@pytest.fixture
def oscdump(tmp_path: Path) -> Iterator[OscDump]:
    if reason := OscDump.missing():
        pytest.skip(reason)
    with OscDump(tmp_path / "oscdump") as reader:
        yield reader


def join_sample(venue_id: str) -> Joined:
    show, venue = read_show(sample_path("half-light")).show, load_venue(venue_id)[0]
    assert venue is not None
    return join_show(show, venue)


def all_packets(joined: Joined) -> Iterator[WirePacket]:
    """Of every cue, armed for every choice's default; of the safe lists; and what keeps the devices talking."""
    run = Engine(joined.show, House(joined.patch, joined.encoder), "run", "rehearsal", 0).run
    lists = SafeLists.build(run)
    sends = [send for armed in run.armed.values() for send in armed.sends]
    for send in (*sends, *lists.soft, *lists.hard, *lists.show_stop):
        yield from _packets_of(send)
    for setup in joined.patch.devices.values():
        settings = settings_of_setup(setup)
        question = health_packet(setup.profile, settings)
        yield from (*login_packets(setup.profile, settings), *keep_alive_packets(setup.profile, settings))
        yield from () if question is None else (question,)


def _packets_of(send: ArmedSend) -> Iterator[WirePacket]:
    """As armed; of a fade of ours, with each of its values too."""
    for packet in send.packets:
        assert isinstance(packet, WirePacket)
        yield packet
        if send.fade is not None:
            yield from (packet.with_value(point.value) for point in send.fade.points)


def in_print(message: OscMessage) -> str:
    """The line oscdump has for a message."""
    values = []
    for tag, value in zip(message.tags, message.args, strict=True):
        if tag == "f":
            values.append(f"{value:f}")
        else:
            values.append(f'"{value}"' if tag == "s" else str(value))
    return " ".join([message.address, message.tags, *values]).rstrip()


@pytest.mark.parametrize(("venue", "at_least"), [("halcyon-dome", 640), ("gaslight-exchange", 490)])
def test_liblo_reads_every_packet_of_the_sample_show(oscdump: OscDump, venue: str, at_least: int) -> None:
    bodies = [packet.body for packet in all_packets(join_sample(venue)) if packet.transport.startswith("osc")]
    messages = [message for body in bodies for message in decode_packet(body)]
    assert {tag for message in messages for tag in message.tags} <= set("ifs"), "in_print knows no others"
    assert len(bodies) >= at_least
    assert oscdump.read(bodies) == [in_print(message) for message in messages]


def test_liblo_reads_the_sample_show_in_bundles_message_by_message(oscdump: OscDump) -> None:
    packets = [packet for packet in all_packets(join_sample("halcyon-dome")) if packet.transport == "osc_udp"]
    bundles = [wire for wire, count in bundled(packets, MOST_BYTES) if count > 1]
    assert 10 < len(bundles) < len(packets) / 10
    messages = [message for wire in bundles for message in decode_packet(wire.body)]
    assert oscdump.read(wire.body for wire in bundles) == [in_print(message) for message in messages]
