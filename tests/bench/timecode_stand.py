"""Timecode out as the console sends it, up to the call of the MIDI port; there, the instant is taken down.

    python -m tests.bench.timecode_stand SHOW HOUSE ITEM SECONDS

Everything but the port is the console's own: engine, loop, outlet and pace, in real time. A port would not do: what a
JACK client is given arrives on the server's grid of milliseconds, and ALSA's sequencer is not on every machine.
Writes one line for each message: INSTANT_NS MESSAGE_HEX.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from console.engine.engine import Engine, House
from console.engine.timecode_out import TimecodeLine
from console.loop.clocks import RealClock
from console.loop.loop import Loop
from console.loop.realtime import prepare
from console.loop.sources import OutletSource
from console.loop.waiters import RealWaiter
from console.record.journal import Unkept
from console.rehearsal.machine import AutoEngine
from console.rehearsal.passage import Passage
from console.show.show_file import read_show
from console.timebase.instants import s_to_ns
from console.timebase.positions import Position
from console.wiring.joining import join_show
from devices.driver import READY, Driver, HeardBody
from devices.io.midi_system import MidiSystem
from devices.io.outcome import SENT, SendOutcome
from devices.outlet import DeviceOutlet
from devices.registry import Premises, open_driver
from devices.timecode import MtcEncoder, timecode_device, timecode_setup
from devices.wire_packet import WirePacket
from profiles.device_setup import DeviceSetup
from profiles.timecode import frame_rate
from profiles.venue_library import load_venue


class StampDriver:
    """In place of the MIDI port: always open, and takes down when each message was handed to it."""

    standing = READY
    sessions = 1
    proves = False

    def __init__(self) -> None:
        self.stamps: list[tuple[int, bytes]] = []

    def service(self, now_ns: int) -> None:
        """Nothing to open."""

    def wake_at_ns(self) -> int | None:
        return None

    def send(self, packet: WirePacket, now_ns: int) -> SendOutcome:
        self.stamps.append((time.monotonic_ns(), packet.payload))
        return SENT

    def receive(self, now_ns: int) -> Sequence[HeardBody]:
        return ()

    def descriptors(self) -> Sequence[int]:
        return ()

    def close(self) -> None:
        """Nothing was opened."""


def main(words: Sequence[str]) -> int:
    """Play the item for so long, then write the stamps."""
    show_file, house_file, item, seconds = words
    venue, problems = load_venue(house_file)
    if venue is None or venue.timecode is None or not venue.timecode.outs:
        print(f"no house with timecode out in {house_file}: {problems}", file=sys.stderr)
        return 1
    out = venue.timecode.outs[0]
    profiles = Path(house_file).parent / "profiles"
    joined = join_show(read_show(Path(show_file)).show, venue, profiles)
    port = StampDriver()
    clock = RealClock(ZoneInfo(venue.time_zone))
    premises = Premises(clock.now_ns, MidiSystem())

    def open_live(setup: DeviceSetup) -> Driver:
        return port if setup.id == timecode_device(out) else open_driver(setup, premises)

    setups = [*joined.patch.devices.values(), timecode_setup(out)]
    outlet = DeviceOutlet(setups, open_live=open_live, premises=premises)
    line = TimecodeLine(MtcEncoder(timecode_device(out)), frame_rate(out.rate))
    house = House(joined.patch, joined.encoder, (line,))
    engine = Engine(joined.show, house, "bench", "rehearsal", clock.now_ns())
    passage = Passage(Position(item, 0), Position(item, s_to_ns(float(seconds))), starts_at_item=True)
    played = AutoEngine(engine, None, passage)
    waiter = RealWaiter(clock)
    sources = [OutletSource(outlet, outlet.descriptors)]
    loop = Loop(played, clock=clock, waiter=waiter, outlet=outlet, journal=Unkept(), sources=sources)
    played.on_over = loop.stop
    prepare()
    loop.run()
    outlet.close()
    waiter.close()
    for stamp_ns, message in port.stamps:
        print(stamp_ns, message.hex())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
