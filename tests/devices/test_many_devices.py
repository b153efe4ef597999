"""Two hundred devices, one a black hole and one that comes and goes: nobody else is served later for it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from devices.contract import Health, Result, Severity
from devices.encode import encode, settings_of_setup
from devices.ghosts.core import GhostCore
from devices.ghosts.faults import Dead, Fault, Lossy
from devices.ghosts.memory import GhostDriver
from devices.outlet import MOST_A_TURN, DeviceOutlet
from profiles.device_setup import DeviceSetup
from profiles.library import load_profile
from tests.support.exchange import make_command, make_setup

S = 1_000_000_000
HOLE, FLAPPING = "d000", "d100"
PLAYED_S = 60


class Alone:
    """Nothing is shared: every driver of this house is in memory."""

    def descriptors(self) -> tuple[int, ...]:
        return ()

    def ports_held(self) -> tuple[int, ...]:
        return ()

    def quiet(self) -> None:
        """Nobody rings."""

    def close(self) -> None:
        """Nothing is open."""


class CountingDriver(GhostDriver):
    """Watched like a real device, and counts how often it is looked after."""

    proves = False

    def __init__(self, device: str, core: GhostCore, served: Counter[str]) -> None:
        super().__init__(core)
        self._device = device
        self._served = served

    def service(self, now_ns: int) -> None:
        self._served[self._device] += 1
        super().service(now_ns)


def faults_of(device: str) -> list[Fault]:
    """Silence for ever, or two seconds of every four away."""
    if device == HOLE:
        return [Lossy(share=1.0)]
    windows = range(10, PLAYED_S, 4) if device == FLAPPING else ()
    return [Dead(from_ns=start * S, until_ns=(start + 2) * S) for start in windows]


def test_of_two_hundred_the_others_never_wait_for_two() -> None:
    profile, _ = load_profile("behringer/x32")
    assert profile is not None
    setups = [replace(make_setup(profile), id=f"d{n:03d}") for n in range(200)]
    served: Counter[str] = Counter()

    def open_live(setup: DeviceSetup) -> GhostDriver:
        core = GhostCore(profile, settings_of_setup(setup))
        core.set_faults(faults_of(setup.id))
        return CountingDriver(setup.id, core, served)

    outlet = DeviceOutlet(setups, open_live=open_live, premises=Alone())
    (packet,) = encode(profile, "mute.set", {"strip": "ch/1", "on": True})
    grades: dict[str, list[Severity]] = {setup.id: [] for setup in setups}
    now_ns, next_go_ns, most, turns = 0, 10 * S, 0, 0
    while now_ns < PLAYED_S * S:
        served.clear()
        turns += 1
        for said in outlet.poll(now_ns):
            if isinstance(said, Health):
                grades[said.device].append(said.severity)
        most = max(most, len(served))
        if now_ns == next_go_ns:
            served.clear()
            for setup in setups:
                command = make_command("mute.set", {"strip": "ch/1", "on": True}, [packet], device=setup.id)
                outcome = outlet.send(command, packet, now_ns)
                assert outcome.sent_ns == now_ns
                assert outcome.result is Result.SENT or setup.id == FLAPPING
            assert not served, "a send looks after nobody"
            next_go_ns += S
        wake_ns = outlet.wake_at_ns()
        assert wake_ns is not None
        now_ns = min(max(wake_ns, now_ns + 1), next_go_ns)
    well = {device: seen for device, seen in grades.items() if device not in (HOLE, FLAPPING)}
    assert {tuple(seen) for seen in well.values()} == {(Severity.UNKNOWN, Severity.GOOD)}
    assert grades[HOLE][-1] is Severity.BAD
    assert grades[FLAPPING].count(Severity.BAD) >= 10
    assert grades[FLAPPING].count(Severity.GOOD) >= 2
    assert most <= MOST_A_TURN, "though all were told at one instant, and are asked about it at one"
    assert turns < 5 * PLAYED_S * len(setups), "a flapping one asks for no more turns than the rest"
    outlet.close()
