"""Before a run begins: live devices are given a moment to be reached, and what they are is known before a byte leaves.

Otherwise what the first item loads would be sent into connections that are still being made.
"""

from __future__ import annotations

import select
import time
from collections.abc import Callable, Collection, Sequence
from typing import Final

from console.ports import InboxItem
from devices.contract import Health, Outcome, Report
from devices.outlet import DeviceOutlet

LIMIT_S: Final = 1.0
"""A device that is on is reached within milliseconds, a MIDI port within a tenth; the show does not wait for others."""

LOOK_S: Final = 0.005


def settle(
    outlet: DeviceOutlet, now_ns: Callable[[], int], limit_s: float = LIMIT_S
) -> tuple[Health | Report | Outcome, ...]:
    """Wait until no device is being opened any more, at most ``limit_s`` seconds: what was said meanwhile.

    Returns at once where nothing is live.
    """
    said = [*outlet.poll(now_ns())]
    deadline_s = time.monotonic() + limit_s
    while outlet.opening() and (left_s := deadline_s - time.monotonic()) > 0:
        select.select(outlet.descriptors(), [], [], min(left_s, LOOK_S))
        said += outlet.poll(now_ns())
    return tuple(said)


class Heard:
    """What was said before the loop began, as the first thing that comes in."""

    def __init__(self, said: Collection[InboxItem]) -> None:
        self._said: tuple[InboxItem, ...] = tuple(said)

    def descriptors(self) -> Collection[int]:
        """None: it is read in the first turn."""
        return ()

    def blocked(self) -> Collection[int]:
        """None."""
        return ()

    def wake_at_ns(self) -> int | None:
        """Never by itself."""
        return None

    def read(self, now_ns: int) -> Sequence[InboxItem]:
        """All of it, once."""
        said, self._said = self._said, ()
        return said
