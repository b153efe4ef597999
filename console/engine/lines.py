"""The lines that hazards look at: who holds them high, what gauges read, and when either is too old to count.

A line that was never seen is low, and so is one that was not seen to be high for longer than the house allows, one
whose port is gone, and one whose holder has left. A gauge nobody has read blocks what it guards.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from console.show.cues import Scalar
from console.timebase.instants import s_to_ns
from devices.contract import Incoming, Value
from profiles.venue_lines import GaugeLimit, InputLine
from profiles.venue_profile import Venue

ZONE_PREFIX: Final = "zone:"
"""A zone without an input of its own is cleared by hand, as line ``zone:NAME``."""

MIDI_HIGH: Final = 64


@dataclass(frozen=True, slots=True)
class Heard:
    """The last word of a line that is high, or of a gauge: when, from whom, by hand or by wire, and the reading."""

    at_ns: int
    by: str
    by_hand: bool
    value: float = 1.0


@dataclass
class Lines:
    """The house's lines as they stand. ``zone_ns``: how long a zone counts that was cleared by hand."""

    declared: Mapping[str, InputLine] = field(default_factory=dict)
    zone_ns: int = s_to_ns(60)
    _heard: dict[str, Heard] = field(default_factory=dict)

    @classmethod
    def of_house(cls, venue: Venue) -> Lines:
        """Nothing was seen yet."""
        return cls({line.id: line for line in venue.inputs}, s_to_ns(venue.limits.zone_clear_s))

    # -- what a hazard looks at ----------------------------------------------------------------------------------------

    def lines_of(self, role: str) -> tuple[str, ...]:
        """The enable and dead-man lines of a role."""
        return tuple(line.id for line in self.declared.values() if role in line.roles)

    def lines_of_zone(self, zone: str) -> tuple[str, ...]:
        """The lines that watch a zone; one set by hand where the house has none."""
        watching = tuple(line.id for line in self.declared.values() if line.zone == zone)
        return watching or (f"{ZONE_PREFIX}{zone}",)

    def limits_on(self, role: str, args: Mapping[str, Scalar]) -> Iterator[tuple[InputLine, GaugeLimit]]:
        """The gauges that guard a role's act with these arguments."""
        for line in self.declared.values():
            for limit in line.limits:
                if role in limit.roles and all(args.get(name) == value for name, value in limit.when.items()):
                    yield line, limit

    def against(self, line: InputLine, limit: GaugeLimit, now_ns: int) -> str | None:
        """Why a gauge lets nothing leave, in words; None where it reads below the limit."""
        heard = self._heard.get(line.id)
        if heard is None:
            return f"{line.id} has no reading"
        if now_ns > heard.at_ns + s_to_ns(line.stale_s):
            return f"{line.id} not read for {(now_ns - heard.at_ns) // 1_000_000_000} s"
        if heard.value < limit.below:
            return None
        return f"{line.id} reads {heard.value:g} {line.unit}".rstrip() + f", the limit is {limit.below:g}"

    # -- how lines stand -----------------------------------------------------------------------------------------------

    def heard(self, line: str) -> Heard | None:
        """The last word of a line that is not low, however old."""
        return self._heard.get(line)

    def is_high(self, line: str, now_ns: int) -> bool:
        """True where a line was said to be high, and not too long ago."""
        until_ns = self.until_ns(line)
        return until_ns is not None and now_ns <= until_ns

    def stale_ns(self, line: str) -> int:
        """How long a line counts unless it is heard again."""
        declared = self.declared.get(line)
        return self.zone_ns if declared is None else s_to_ns(declared.stale_s)

    def until_ns(self, line: str) -> int | None:
        """When a line goes stale unless it is heard again; None for one that is low."""
        heard = self._heard.get(line)
        return None if heard is None else heard.at_ns + self.stale_ns(line)

    # -- how they move -------------------------------------------------------------------------------------------------

    def put(self, line: str, now_ns: int, value: float | None, by: str, *, by_hand: bool = False) -> bool:
        """A line was heard or set; None is low, or no reading. True where that changes how it stands."""
        before = self._heard.get(line) if self.is_high(line, now_ns) else None
        if value is None:
            self._heard.pop(line, None)
        else:
            self._heard[line] = Heard(now_ns, by, by_hand, value)
        return (None if before is None else before.value) != value

    def lower(self, lines: Iterable[str]) -> tuple[str, ...]:
        """These lines go low; returns those that were not."""
        return tuple(line for line in lines if self._heard.pop(line, None) is not None)

    def lower_port(self, port: str) -> tuple[str, ...]:
        """A MIDI port is gone: nobody knows what its lines are."""
        return self.lower([line.id for line in self.declared.values() if line.midi_port == port])

    def held_by_hand(self) -> tuple[str, ...]:
        """The lines a person or the machine holds."""
        return tuple(line for line, heard in self._heard.items() if heard.by_hand)

    def moved_by(self, incoming: Incoming) -> InputLine | None:
        """The line that a message from outside moves, or None."""
        for line in self.declared.values():
            by_osc = line.osc is not None and incoming.kind == "osc" and incoming.address == line.osc
            from_port = line.midi is not None and incoming.source == f"midi:{line.midi_port}"
            if by_osc or (from_port and incoming.address == line.midi):
                return line
        return None


def message_to_value(line: InputLine, incoming: Incoming) -> float | None:
    """What a message says of a line: 1.0 for high, a gauge's reading, None for low or for what is no reading."""
    said: Value = incoming.args[0] if incoming.args else False
    if isinstance(said, str) or not math.isfinite(said):
        return None
    if line.kind == "gauge":
        return None if isinstance(said, bool) else float(said)
    high = said >= MIDI_HIGH if incoming.kind == "midi" else said != 0
    if incoming.kind == "midi" and incoming.address.startswith("note/"):
        high = said > 0
    return 1.0 if high else None
