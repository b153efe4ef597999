"""Keeps the way of a press warm: while the loop rests, a cue of a show of its own is fired every few milliseconds.

A processor that has rested for some milliseconds has lost the code and the tables of that way from its caches: a
trigger after a pause took 0.5 ms from packet to packet, the same one again and again 0.15 ms. What is fired here goes
the whole way, in turn as a packet and as a request of a window; it arrives at the loopback port that it is fired from.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from itertools import cycle
from typing import Final

from console.engine.engine import Engine, House
from console.link.codec import Malformed, encode, for_engine
from console.link.messages import RequestFrame
from console.ports import Clock, InboxItem
from console.rehearsal.machine import AutoEngine
from console.show.show import Show
from console.vocabulary import Fire
from console.wiring.joining import join_show
from devices.io.udp import UdpListener
from devices.osc.listener import OscListener
from devices.registry import open_devices
from profiles.venue_profile import Venue

_log = logging.getLogger(__name__)

LOOPBACK: Final = "127.0.0.1"
ADDRESS: Final = "/cue/fire"
"""What generic/osc makes of the cue's verb, and what the cue waits for: each packet is the trigger of the next."""

SHOW: Final = Show.model_validate(
    {
        "id": "warmth",
        "title": "Warmth",
        "departments": [{"id": "LX", "name": "lighting"}],
        "roles": [{"id": "lighting.main", "department": "LX", "verbs": ["cue.fire"]}],
        "lists": [{"id": "warmth", "title": "Warmth"}],
        "cues": [
            {
                "id": "warm",
                "number": "1",
                "list": "warmth",
                "role": "lighting.main",
                "at": {"on": "message", "source": "osc", "address": ADDRESS},
                "steps": [{"verb": "cue.fire", "args": {"list": 1, "cue": "1"}}],
            }
        ],
    }
)


class Warmth:
    """An engine and an outlet beside those of the show; they share nothing with them but the code."""

    def __init__(self, clock: Clock) -> None:
        """Raises PortError where no loopback port is free."""
        self.fired = {"packet": 0, "request": 0}  # how often, by what
        self._clock = clock
        self._listener = OscListener(UdpListener(LOOPBACK, 0))
        device = {"id": "warm", "profile": "generic/osc", "host": LOOPBACK, "port": self.port}
        venue = Venue.model_validate(
            {
                "id": "warmth",
                "name": "Warmth",
                "time_zone": "UTC",
                "rate": "25",
                "devices": [device],
                "roles": [{"id": "lighting.main", "main": "warm"}],
            }
        )
        joined = join_show(SHOW, venue)
        now_ns = clock.now_ns()
        self._outlet = open_devices(joined.patch.devices.values(), clock_ns=clock.now_ns)
        self._outlet.poll(now_ns)
        self._engine = AutoEngine(
            Engine(SHOW, House(joined.patch, joined.encoder), "warmth", "rehearsal", now_ns), None
        )
        self._frame = encode(RequestFrame(request=Fire(cue="warm")))
        self._decoder = for_engine()
        self._ways = cycle(("request", "packet"))
        self._outcomes: list[InboxItem] = []
        self._failed = False

    @property
    def port(self) -> int:
        """The loopback port that it fires at."""
        return self._listener.port.address[1]

    def exercise(self) -> None:
        """Fire once. Takes some 0.1 ms; what goes wrong is logged, and ends the exercise for good."""
        if self._failed:
            return
        try:
            self._fire()
        except Exception:  # noqa: BLE001  whatever happens here has nothing to do with the show
            self._failed = True
            _log.exception("the way of a press is not kept warm any more")

    def close(self) -> None:
        """Close its ports. Harmless twice."""
        self._failed = True
        self._listener.close()
        self._outlet.close()

    def _fire(self) -> None:
        now_ns, wall = self._clock.now_ns(), self._clock.wall()
        heard: Sequence[InboxItem] = self._listener.read(now_ns)
        way = next(self._ways)
        if way == "request" or not heard:
            way, heard = "request", self._asked()
        outbox = self._engine.step(now_ns, wall, [*self._outcomes, *heard])
        self._outcomes = [self._outlet.send(each.command, each.packet, now_ns) for each in outbox.dispatches]
        self.fired[way] += len(outbox.dispatches)

    def _asked(self) -> Sequence[InboxItem]:
        """The cue as a window would fire it."""
        frames = self._decoder.feed(self._frame)
        return [frame.request for frame in frames if not isinstance(frame, Malformed) and frame.kind == "request"]
