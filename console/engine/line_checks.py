"""What line check remembers: what may be sent to each device, which answer is waited for, what is ticked; and, of
every device, how long its answers took. ``line_checking`` decides."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from console.plan.latencies import After, Latency, learned
from console.plan.spread import Spread, spread_of
from console.vocabulary import LineTicked
from devices.contract import Harmless, Report
from profiles.device_setup import DeviceSetup

KEPT: Final = 400
"""Answers of one device that count: those of the last while, so that a mended network is soon believed."""

HarmlessOf = Mapping[str, Harmless]
"""What line check sends, by device."""

AFTERS: Final[tuple[After, ...]] = ("question", "command")


@dataclass(slots=True)
class AwaitedAnswer:
    """Something sent to a device by line check. ``verb`` as it was sent; ``ticked``: a person was faster."""

    seq: int
    role: str
    verb: str
    words: str
    until_ns: int | None  # None: it has no answer to give
    ticked: bool = False


@dataclass
class LineChecks:
    """One run's line check and measurements."""

    harmless: HarmlessOf = field(default_factory=dict)
    awaited: dict[str, AwaitedAnswer] = field(default_factory=dict)  # by device: what was sent last
    ticks: dict[str, LineTicked] = field(default_factory=dict)  # by line
    _times: dict[tuple[str, After], deque[int]] = field(default_factory=dict)

    def next_ns(self) -> int | None:
        """When an answer that is waited for is overdue."""
        return min((each.until_ns + 1 for each in self.awaited.values() if each.until_ns is not None), default=None)

    def measure(self, report: Report) -> None:
        """Keep how long an answer took, where it is one."""
        if report.latency_ns is not None:
            after: After = "question" if report.asked else "command"
            self._times.setdefault((report.device, after), deque(maxlen=KEPT)).append(report.latency_ns)

    def latencies(self, devices: Mapping[str, DeviceSetup]) -> dict[str, Latency]:
        """What the answers of each device come to."""
        found = {}
        for device in dict.fromkeys(device for device, _after in self._times):
            spreads = {after: self._spread(device, after) for after in AFTERS}
            known = {after: spread for after, spread in spreads.items() if spread is not None}
            latency = learned(devices[device].profile, known) if device in devices else None
            if latency is not None:
                found[device] = latency
        return found

    def _spread(self, device: str, after: After) -> Spread | None:
        return spread_of(each / 1_000_000 for each in self._times.get((device, after), ()))
