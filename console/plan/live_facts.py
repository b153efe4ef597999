"""What preflight knows of the evening itself: frozen values that somebody measured. Decided on in ``live_checks``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from console.plan.patch import Patch
from console.show.show import Show
from console.vocabulary import Snapshot

Measure = Literal["ports", "ways", "clock", "disks"]
"""What has to be measured at the machine; all else is in the engine's snapshot."""

PortStanding = Literal["ours", "free", "taken"]


@dataclass(frozen=True, slots=True)
class PortFact:
    """A UDP port at which something must come in. ``words`` say why it cannot be opened where it is *taken*."""

    port: int
    purpose: str
    standing: PortStanding
    words: str = ""


@dataclass(frozen=True, slots=True)
class WayFact:
    """The host of a live device as an address; ``words`` say why its name leads nowhere."""

    device: str
    host: str
    address: str | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class ClockFact:
    """Whether something sets this machine's clock, and by how much it is off; None: nobody here can say."""

    source: str
    synchronised: bool | None
    offset_ms: float | None = None


@dataclass(frozen=True, slots=True)
class DiskFact:
    """Room where the record and the journal are kept; None: not to be written there, and ``words`` say why."""

    folder: str
    free_bytes: int | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class WalkFact:
    """The last line check of the house: on which of its days, and how much of it was well, in words."""

    date: str  # 2026-09-19
    words: str
    is_well: bool  # every line answered or was seen


@dataclass(frozen=True)
class LiveFacts:
    """Everything measured. ``networks``: this machine's own, in CIDR form; None: not known on this system.

    What was not measured, because nobody asked for it, is empty. ``walked`` None: the house was never walked, or nobody
    keeps a record.
    """

    snapshot: Snapshot
    ports: tuple[PortFact, ...] = ()
    ways: tuple[WayFact, ...] = ()
    networks: tuple[str, ...] | None = None
    clock: ClockFact = ClockFact("", None)
    disks: tuple[DiskFact, ...] = ()
    walked: WalkFact | None = None


@dataclass(frozen=True)
class Evening:
    """The show and the house that the facts are about. ``simulated``: every device is."""

    show: Show
    patch: Patch
    modes: Mapping[str, str]  # of each device: live, ghost, off

    @property
    def is_simulated(self) -> bool:
        """True where no device is live, and nothing from outside is listened to."""
        return all(mode != "live" for mode in self.modes.values())

    def is_live(self, device: str) -> bool:
        """True where its bytes go to the device itself."""
        return self.modes.get(device) == "live"
