"""Putting right: what stands elsewhere than the show wants it is sent again, by name, or because its device is back.

Through the one send path, in cue order, a few at a time and behind whatever is due. By the chase rules: *yes* is sent,
*ask* only where somebody asked for it by name, *never* never; no trigger, no hazard, no once-use. What a later cue has
taken over meanwhile is let go.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from console.engine.differences import Target, targets
from console.engine.fading import displace_fades
from console.engine.ledger import Ledger
from console.engine.left_over import LeftOver, may_put_right, members_behind
from console.engine.outbox import Tray
from console.engine.run_state import Cause, RunState, SendNow, say
from console.engine.sending import hand_over, reason_to_stay
from devices.contract import Health, Severity
from profiles.verbs import Chase

AT_ONCE: Final = 6
"""Sends in one step of the engine: between two of them a press goes first."""

AWAY: Final = (Severity.BAD, Severity.FATAL)


@dataclass
class PuttingRight:
    """What is left over, what still waits to be sent, and the devices that are away."""

    left: LeftOver = field(default_factory=LeftOver)
    _waiting: deque[tuple[Target, Cause]] = field(default_factory=deque)
    _away: set[str] = field(default_factory=set)

    def ask(self, run: RunState, cause: Cause, concerned: Callable[[Target], bool], *, asked: bool) -> int:
        """Line up what stands elsewhere; ``asked``: somebody named it, so *ask* parameters too. Returns how many."""
        chosen = [
            each
            for each in self.left.listed(run)
            if concerned(each) and may_put_right(run, each, cause.by) and (asked or each.send.chase is Chase.YES)
        ]
        chosen = sorted(chosen, key=lambda each: not each.is_group)  # a group before its members
        if any(each.is_group for each in chosen):
            chosen += members_behind(run, chosen, targets(run))
        waiting = {each.send.device_key for each, _ in self._waiting}
        self._waiting += ((each, cause) for each in chosen if each.send.device_key not in waiting)
        return len(chosen)

    def send_some(self, run: RunState, ledger: Ledger, tray: Tray, now_ns: int) -> None:
        """Send the next few, unless something else leaves in this step.

        The outlet's word for these brings the next step at once.
        """
        if run.panic:
            self._waiting.clear()
        if tray.dispatches:
            return
        while self._waiting and len(tray.dispatches) < AT_ONCE:
            target, cause = self._waiting.popleft()
            if run.desired.get(target.key) == target.wanted and may_put_right(run, target, cause.by):
                _send(run, ledger, tray, now_ns, target, cause)

    def give_up(self) -> None:
        """All stop: nothing more is sent."""
        self._waiting.clear()

    def health(self, run: RunState, tray: Tray, now_ns: int, health: Health) -> None:
        """A device is away, or back: then it gets the state it should have, and never what it missed on the way."""
        device = health.device
        setup = run.patch.devices.get(device)
        if setup is None:
            return
        tells = setup.profile.health is not None and setup.health.watch
        if not health.carries or (tells and health.severity in AWAY):
            self._away.add(device)
            return
        if device not in self._away or (tells and health.severity not in (Severity.GOOD, Severity.MINOR)):
            return
        self._away.discard(device)
        run.expected.forget(device)
        run.reported.forget(device)
        cause = Cause("engine", f"{device} is back", now_ns)
        count = self.ask(run, cause, lambda target: target.send.device == device, asked=False)
        if count:
            say(run, tray, now_ns, f"{setup.name} is back: {count} of its values are sent again")


def _send(run: RunState, ledger: Ledger, tray: Tray, now_ns: int, target: Target, cause: Cause) -> None:
    send = target.send
    against = reason_to_stay(run, send, now_ns, None) or run.hand.keeps(send.device, send.department, cause.by)
    if against is not None:
        ledger.not_sent(run, tray, now_ns, SendNow(send, now_ns - send.offset_ns, cause), against)
        return
    displace_fades(run, ledger, tray, now_ns, send)
    if send.device_key is not None:
        run.hand.apart.discard(send.device_key)
    packets = send.packets if send.fade is None else tuple(each.with_value(send.fade.target) for each in send.packets)
    hand_over(run, ledger, tray, now_ns, now_ns, send, packets, now_ns, cause)
