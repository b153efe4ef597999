"""What a rehearsal wants played on ghosts, as the ghosts play it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from console.timebase import NS_PER_MS, s_to_ns
from console.vocabulary import (
    DeadFault,
    FaultsPlayed,
    GarbageFault,
    LossyFault,
    Notice,
    OutputSwitched,
    PlayedFault,
    Request,
    SlowFault,
    Snapshot,
    TouchFault,
)
from devices.ghosts.faults import Dead, Fault, Garbage, Lossy, Slow, Touch, Undo
from devices.outlet import DeviceOutlet


class FaultDesk:
    """Plays on the ghosts of an outlet what the engine has granted. An audience of the loop."""

    def __init__(self, outlet: DeviceOutlet, zero_ns: int) -> None:
        self._outlet = outlet
        self._zero_ns = zero_ns
        self._played: set[str] = set()

    def play(self, device: str, faults: Iterable[PlayedFault], at_ns: int) -> None:
        """Play these on one device from that instant on, and no others."""
        self._played.add(device)
        played = [played_to_fault(each, at_ns, seed) for seed, each in enumerate(faults)]
        self._outlet.set_faults(device, played)

    def tell(self, requests: Sequence[Request], notices: Sequence[Notice]) -> None:
        """Do what was granted; a device that is no ghost any more has no faults either."""
        del requests
        for notice in notices:
            if isinstance(notice, FaultsPlayed):
                self.play(notice.device, notice.faults, self._zero_ns + notice.at_ns)
            elif isinstance(notice, OutputSwitched) and notice.mode != "ghost" and notice.device in self._played:
                self.play(notice.device, (), self._zero_ns + notice.at_ns)

    def catch_up(self, snapshot: Snapshot | None) -> None:
        """Nothing is left for later."""


def played_to_fault(played: PlayedFault, at_ns: int, seed: int) -> Fault:
    """The same from an instant on; ``seed`` keeps two of a kind from drawing the same lots."""
    until_ns = None if played.for_s is None else at_ns + s_to_ns(played.for_s)
    match played:
        case DeadFault():
            return Dead(from_ns=at_ns, until_ns=until_ns)
        case SlowFault(ms=ms):
            return Slow(from_ns=at_ns, until_ns=until_ns, by_ns=ms * NS_PER_MS)
        case LossyFault(percent=percent):
            return Lossy(from_ns=at_ns, until_ns=until_ns, share=percent / 100, seed=seed)
        case GarbageFault(percent=percent):
            return Garbage(from_ns=at_ns, until_ns=until_ns, share=percent / 100, seed=seed)
        case TouchFault(verb=None, after_s=after_s):
            return Undo(from_ns=at_ns, until_ns=until_ns, after_ns=s_to_ns(after_s))
        case TouchFault(verb=verb, args=args, after_s=after_s, every_s=every_s):
            return Touch(
                from_ns=at_ns + s_to_ns(after_s),
                until_ns=until_ns,
                verb=verb or "",
                args=args,
                every_ns=None if every_s is None else s_to_ns(every_s),
            )
