"""A playback deck that sends MIDI timecode to an engine on the virtual clock: it rolls, jumps, and misbehaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

from console.engine.engine import House
from console.engine.timecode_chase import CodeInput
from console.engine.timecode_out import TimecodeLine
from console.plan.patch import build_patch
from console.show.show import Show
from console.vocabulary import ChaseState, Said
from devices.encode import ProfileEncoder
from devices.midi.code_source import MtcSource
from devices.midi.mtc import full_frame, quarter_frame
from profiles.timecode import frame_rate, frames_to_label, label_to_frames, parse_timecode
from profiles.venue_profile import TimecodeIn
from tests.support.engine_rig import EngineRig
from tests.support.houses import PROFILES, make_venue

NS_PER_S = 1_000_000_000


def code_rig(
    show: Show,
    *sources: str,
    rate: str = "25",
    freewheel: int = 12,
    jam: int = 5,
    grain_ns: int | None = None,
    outs: tuple[TimecodeLine, ...] = (),
) -> EngineRig:
    """An engine in a house with these sources of timecode, one called ``deck`` unless told."""
    venue = make_venue()
    patch = build_patch(show, venue, PROFILES)
    inputs = tuple(CodeInput(name, frame_rate(rate), freewheel, jam) for name in sources or ("deck",))
    house = House(patch, ProfileEncoder(patch.devices), outs, inputs)
    return EngineRig(show, venue, house=house, grain_ns=grain_ns)


@dataclass
class Deck:
    """Stands at ``code_s`` of code, in seconds of real time past label midnight."""

    rig: EngineRig
    name: str = "deck"
    rate: str = "25"
    code_s: Fraction = Fraction(0)
    source: MtcSource = field(init=False)

    def __post_init__(self) -> None:
        self.source = MtcSource(TimecodeIn(id=self.name, kind="mtc", midi_port=self.name, rate=self.rate))

    def put(self, label: str, *, tell: bool = False) -> Deck:
        """Jump to a label, with a full frame or without a word."""
        rate = frame_rate(self.rate)
        frames = label_to_frames(parse_timecode(label, rate))
        self.code_s = Fraction(frames) / rate.exact
        if tell:
            self.send(full_frame(frames_to_label(frames, rate)))
        return self

    def roll(
        self,
        seconds: float,
        *,
        speed: float = 1.0,
        late_ns: Callable[[int], int] = lambda _: 0,
        lost: Callable[[int], bool] = lambda _: False,
        times: int = 1,
        beside: Deck | None = None,
    ) -> None:
        """Send quarter frames for so long, and another deck's beside them.

        ``late_ns``, ``lost``: asked of each count; ``times``: each so often.
        """
        rate = frame_rate(self.rate)
        per_s = 4 * rate.mtc_rate.exact
        begun_ns, begun_s = self.rig.now_ns, self.code_s
        exact_speed = Fraction(speed).limit_denominator(1000)
        end_s = begun_s + Fraction(seconds).limit_denominator(1_000_000) * exact_speed
        count = ceil(begun_s * per_s)
        while count / per_s < end_s:
            due_ns = begun_ns + round((count / per_s - begun_s) / exact_speed * NS_PER_S)
            if not lost(count):
                self._wait_ns(max(self.rig.now_ns, due_ns + late_ns(count)))
                for _ in range(times):
                    self.send(quarter_frame(count, rate).message)
                if beside is not None:
                    beside.send(quarter_frame(count + round((beside.code_s - begun_s) * per_s), rate).message)
            count += 1
        self._wait_ns(max(self.rig.now_ns, begun_ns + round(seconds * NS_PER_S)))
        self.code_s = end_s
        if beside is not None:
            beside.code_s += end_s - begun_s

    def send(self, message: bytes) -> None:
        """One message, now."""
        said = self.source.feed(message, self.rig.now_ns)
        if said is not None:
            self.rig.hear(said)

    def _wait_ns(self, at_ns: int) -> None:
        self.rig.wait((at_ns - self.rig.now_ns) / NS_PER_S)


def chase_of(rig: EngineRig) -> ChaseState:
    """How the chase stands."""
    chase = rig.engine.snapshot(rig.now_ns, rig.wall).chase
    assert chase is not None
    return chase


def position_s(rig: EngineRig) -> float:
    """Where the playhead stands, in seconds from bar 1."""
    return rig.engine.run.position_at(rig.now_ns) / NS_PER_S


def said(rig: EngineRig) -> list[str]:
    """Everything told to be read."""
    return [notice.words for notice in rig.notices if isinstance(notice, Said)]
