"""The C programs do what their heads say. What they are for, speed, is never tested."""

import shutil
import socket
import subprocess
from collections.abc import Iterator

import pytest

from tests.bench.figures import Block, block
from tests.bench.measures import interleaved
from tests.bench.programs import BenchError, Binaries, compile_all, end, start_ready
from tests.bench.stopwatch import arrivals, latencies
from tests.bench.subjects import CSender, ProcessRelay, Relay, c_relay, python_relay
from tests.support.ports import free_port

pytestmark = pytest.mark.skipif(shutil.which("gcc") is None, reason="gcc is not installed (Debian: gcc, libc6-dev)")

PERIOD_NS = 1_000_000


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Binaries:
    return compile_all(tmp_path_factory.mktemp("bench"))


@pytest.fixture(params=["C", "Python"])
def relay(request: pytest.FixtureRequest, built: Binaries) -> Iterator[ProcessRelay]:
    subject = c_relay(built.reference) if request.param == "C" else python_relay()
    yield subject
    subject.stop()


def test_the_sender_sends_every_number_once_and_none_before_it_is_due(built: Binaries) -> None:
    sender = CSender(built.reference)
    port = free_port()
    sender.start(port, 50, PERIOD_NS)
    came = arrivals(built.probe, port, 50, sender.go, 1.0)
    dues = sender.dues()
    assert [payload for _, payload in came] == list(dues)
    assert came[0][1] == b"/bench\x00\x00,i\x00\x00\x00\x00\x00\x00"
    # Reading two clocks one after the other leaves the mapping between them a few microseconds wide.
    assert all(arrival_ns >= dues[payload] - 100_000 for arrival_ns, payload in came)


def test_a_relay_passes_every_byte(relay: ProcessRelay) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        wire.bind(("127.0.0.1", 0))
        wire.settimeout(5.0)
        in_port = relay.start(wire.getsockname()[1])
        for payload in (b"", b"\x00", bytes(range(256)) * 5):
            wire.sendto(payload, ("127.0.0.1", in_port))
            assert wire.recv(65_536) == payload


def test_every_trigger_of_a_relay_is_answered_after_it_was_sent(built: Binaries, relay: ProcessRelay) -> None:
    out_port = free_port()
    in_port = relay.start(out_port)
    taken = latencies(built.probe, in_port, out_port, 20, (PERIOD_NS, PERIOD_NS), relay.payloads)
    assert len(taken) == 20
    assert min(taken) > 0


def test_a_flood_is_sends_its_kinds_in_turn(built: Binaries) -> None:
    kinds = [b"\x2f\x61\x00\x00", b"\x2f\x62\x00\x00", b"\x00"]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        wire.bind(("127.0.0.1", 0))
        wire.settimeout(5.0)
        words = [built.reference, "flood", wire.getsockname()[1], 20_000, *(kind.hex() for kind in kinds)]
        flood = start_ready([str(word) for word in words])
        came = [wire.recv(96) for _ in range(60)]
        end(flood)
    assert came == kinds * 20


def test_a_listener_ends_by_itself_when_nothing_comes(built: Binaries) -> None:
    assert arrivals(built.probe, free_port(), 5, dict, 1.0) == []


def test_wrong_words_are_refused(built: Binaries) -> None:
    for binary in (built.reference, built.probe):
        refused = subprocess.run([binary, "dance"], capture_output=True, text=True, check=False)
        assert refused.returncode == 2
        assert refused.stderr.startswith(f"usage: {binary.name} ")


def test_a_taken_port_is_told_and_ends_the_probe(built: Binaries) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(BenchError, match="was not ready"):
            arrivals(built.probe, taken.getsockname()[1], 1, dict, 1.0)


def test_blocks_are_interleaved_and_rows_keep_the_order() -> None:
    turns: list[str] = []
    relays: list[Relay] = [ProcessRelay("first"), ProcessRelay("second")]

    def measure(subject: Relay) -> Block:
        turns.append(subject.name)
        return block([1000 * len(turns)], 1)

    rows = interleaved(relays, 2, measure, lambda _: None)
    assert turns == ["first", "second", "first", "second"]
    assert [(each.name, each.p50_us) for each in rows] == [("first", 2.0), ("second", 3.0)]


def test_a_subject_that_gives_no_values_ends_the_bench_with_its_name() -> None:
    with pytest.raises(BenchError, match="mute: no percentile of nothing"):
        interleaved([ProcessRelay("mute")], 1, lambda _: block([], 1), lambda _: None)
