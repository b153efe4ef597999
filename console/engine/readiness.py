"""Who of the devices that an item speaks to has answered lately. It names them some time ahead; it holds nobody up.

*Lately* is the profile's own measure, which the watch of each device goes by: so many questions in a row. Simulated
devices are ready, and what has no way to answer is named apart. The devices of an item are found once a show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from console.engine.run_state import RunState
from console.timebase import NS_PER_S
from console.vocabulary import ItemState, Snapshot, Unready
from devices.contract import Health, OutputMode, Severity
from profiles.device_setup import DeviceSetup

AHEAD_NS: Final = 600 * NS_PER_S
"""An item that is to start within ten minutes is near: time enough to walk to a rack."""

WELL: Final = (Severity.GOOD, Severity.MINOR)


@dataclass
class Readiness:
    """Keeps which devices each item speaks to, until the show is edited or another device takes over."""

    _of: tuple[object, ...] = ()
    _devices: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def unready(
        self,
        run: RunState,
        now: Snapshot,
        healths: Mapping[str, Health],
        modes: Mapping[str, OutputMode],
    ) -> tuple[Unready, ...]:
        """Items that are near, as a snapshot has them, and not all of whose devices have answered."""
        standing = (run.show, *(active.device for active in run.active.values()))
        if standing != self._of:
            self._of, self._devices = standing, {}
        found: list[Unready] = []
        for item in now.items:
            if not _is_near(item, now.next_item, now.now_ns):
                continue
            spoken_to = self._devices.get(item.item)
            if spoken_to is None:
                spoken_to = self._devices[item.item] = devices_of(run, item.item)
            used = [device for device in spoken_to if device not in run.hand.bypassed]
            silent, untold = judge(used, run.patch.devices, healths, modes)
            if silent:
                found.append(Unready(item=item.item, devices=silent, untold=untold))
        return tuple(found)


def devices_of(run: RunState, item: str) -> tuple[str, ...]:
    """The devices that an item's cues speak to, in running order."""
    sends = (send.device for cue in run.schedule.by_item[item] for send in run.sends_of(cue))
    return tuple(dict.fromkeys(sends))


def judge(
    devices: Iterable[str],
    setups: Mapping[str, DeviceSetup],
    healths: Mapping[str, Health],
    modes: Mapping[str, OutputMode],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those that have not answered lately or are switched off, and those that have no way to say."""
    silent, untold = [], []
    for device, mode in _not_simulated(devices, modes):
        health = healths.get(device)
        severity = Severity.UNKNOWN if health is None else health.severity
        setup = setups[device]
        if mode is not OutputMode.OFF and severity in WELL:
            continue
        can_tell = setup.profile.health is not None and setup.health.watch
        if mode is not OutputMode.OFF and severity is Severity.UNKNOWN and not can_tell:
            untold.append(device)
        else:
            silent.append(device)
    return tuple(silent), tuple(untold)


def _not_simulated(devices: Iterable[str], modes: Mapping[str, OutputMode]) -> Iterator[tuple[str, OutputMode]]:
    for device in devices:
        mode = modes.get(device, OutputMode.LIVE)
        if mode is not OutputMode.GHOST:
            yield device, mode


def _is_near(item: ItemState, next_item: str | None, now_ns: int) -> bool:
    """True from ten minutes before it starts until it ends, and for what comes next however far away."""
    if item.life in ("live", "loaded") or item.item == next_item:
        return True
    return item.life == "planned" and item.start_ns is not None and item.start_ns - now_ns <= AHEAD_NS
