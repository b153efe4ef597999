"""An independent peer: liblo's oscdump reads what we encode, its oscsend writes what we decode."""

import math
import select
import shutil
import socket
import subprocess
import time
from contextlib import suppress

import pytest

from devices.osc.codec import OscMessage, decode_packet, encode_bundle, encode_message
from tests.support.ports import free_port

pytestmark = [
    pytest.mark.rig,
    pytest.mark.skipif(
        shutil.which("oscdump") is None or shutil.which("oscsend") is None,
        reason="oscdump or oscsend is not installed (Debian: liblo-tools)",
    ),
]


ALL_TAGS = [
    ("i", 1),
    ("f", 0.5),
    ("s", "go x"),
    ("T", True),
    ("F", False),
    ("N", None),
    ("I", None),
    ("h", -5),
    ("d", 0.25),
    ("c", "q"),
    ("S", "sy"),
    ("m", b"\x00\x90\x3c\x7f"),
    ("b", b"abc"),
    ("t", 1),
]


@pytest.fixture
def receiver():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as port:
        port.bind(("127.0.0.1", 0))
        port.settimeout(10)
        yield port


@pytest.fixture
def dumped():
    """Sends packets to a real oscdump and gives back the lines it prints, without their times."""
    number = free_port()
    with (
        subprocess.Popen(["oscdump", "-L", str(number)], stdout=subprocess.PIPE, text=True) as oscdump,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender,
    ):
        sender.connect(("127.0.0.1", number))

        def knock() -> None:
            # Nobody listens yet: a connected socket is told so, and tries again.
            with suppress(ConnectionRefusedError):
                sender.send(encode_message("/knock"))

        def lines(packet: bytes) -> list[str]:
            knock()
            deadline = time.monotonic() + 10
            while not select.select([oscdump.stdout], [], [], 0.02)[0]:
                assert time.monotonic() < deadline, "oscdump did not answer within 10 s"
                knock()
            sender.send(packet)
            sender.send(encode_message("/end"))
            printed = iter(lambda: oscdump.stdout.readline().split(" ", 1)[1].strip(), "/end")
            return [line for line in printed if line != "/knock"]

        try:
            yield lines
        finally:
            oscdump.terminate()


def test_oscdump_reads_every_tag(dumped):
    assert dumped(encode_message("/a/b", ALL_TAGS)) == [
        "/a/b ifsTFNIhdcSmbt 1 0.500000 \"go x\" #T #F Nil Infinitum -5 0.250000 'q' 'sy "
        "MIDI [0x00 0x90 0x3c 0x7f] [3b 0x61 0x62 0x63] 00000000.00000001"
    ]


def test_oscdump_reads_bundles(dumped):
    inner = encode_bundle([encode_message("/b", [("f", -1.5)]), encode_message("/c")])
    assert dumped(encode_bundle([encode_message("/a", [("i", 7)]), inner])) == ["/a i 7", "/b f -1.500000", "/c"]


def test_we_read_what_oscsend_writes(receiver):
    port = str(receiver.getsockname()[1])
    types_and_values = ["ifshdcSmTFNI", "1", "0.5", "go x", "-5", "0.25", "q", "sy", "00903c7f"]
    subprocess.run(["oscsend", "127.0.0.1", port, "/a/b", *types_and_values], check=True, timeout=10)
    assert decode_packet(receiver.recv(65536)) == (
        OscMessage(
            "/a/b",
            (1, 0.5, "go x", -5, 0.25, "q", "sy", b"\x00\x90\x3c\x7f", True, False, None, math.inf),
            "ifshdcSmTFNI",
        ),
    )


def test_we_read_an_oscsend_without_arguments(receiver):
    subprocess.run(["oscsend", "127.0.0.1", str(receiver.getsockname()[1]), "/go"], check=True, timeout=10)
    assert decode_packet(receiver.recv(65536)) == (OscMessage("/go"),)
