"""What devices say of themselves: the third of the three values desired, expected, reported.

Keyed as ``expected`` is. A parameter *drifts* where its device, by its own word, stands elsewhere than our sends should
have put it: somebody touched a fader, or a command was lost. What is on its way does not drift.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, MutableMapping
from dataclasses import replace
from typing import Final, NamedTuple

from console.engine.expected import DeviceKey
from devices.contract import Args, Health, Report

MOST_KEPT: Final = 20_000
"""More parameters than any house has: what says more of itself than that is not listened to any longer."""


class Reading(NamedTuple):
    """A device's last word on one of its parameters."""

    verb: str
    args: Args  # as far as the device said them
    received_ns: int


class Reported:
    """The last word on every parameter, and which of them stand elsewhere than they should."""

    def __init__(self) -> None:
        self._readings: dict[DeviceKey, Reading] = {}
        self._drifting: dict[str, dict[DeviceKey, None]] = {}

    def heard(self, key: DeviceKey, report: Report, verb: str) -> None:
        """A device has spoken of a parameter."""
        if key in self._readings or len(self._readings) < MOST_KEPT:
            self._readings[key] = Reading(verb, report.args, report.received_ns)

    def get(self, key: DeviceKey | None) -> Reading | None:
        """The last word on a parameter; None where the device never spoke of it."""
        return None if key is None else self._readings.get(key)

    def mark(self, key: DeviceKey, *, drifts: bool) -> None:
        """It stands elsewhere than it should, or no longer does."""
        if drifts:
            self._drifting.setdefault(key[0], {})[key] = None
        elif key in self._drifting.get(key[0], ()):
            del self._drifting[key[0]][key]

    def drifting(self, device: str) -> Collection[DeviceKey]:
        """The parameters of a device that stand elsewhere than they should."""
        return self._drifting.get(device, {}).keys()

    def all_drifting(self) -> Iterator[DeviceKey]:
        """The parameters of every device that stand elsewhere than they should."""
        return (key for keys in self._drifting.values() for key in keys)

    def forget(self, device: str) -> None:
        """It was away: what it said before is of another time."""
        self._readings = {key: reading for key, reading in self._readings.items() if key[0] != device}
        self._drifting.pop(device, None)

    def listed(self) -> Mapping[DeviceKey, Reading]:
        """All of them, by key."""
        return dict(self._readings)


def heard_lately(healths: MutableMapping[str, Health], report: Report) -> None:
    """A sign of life keeps a device's last-heard true between changes of its health."""
    known = healths.get(report.device)
    if known is not None:
        healths[report.device] = replace(known, last_heard_ns=report.received_ns)
