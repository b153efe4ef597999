"""Outputs held: after a crash the show is where it should be, and nothing leaves until somebody says so.

What would have left is tracked and has its row. Released, each parameter's last value leaves by the chase rules; a
trigger, a hazard or a once-use that came up meanwhile never does. Panic and show stop pass at any time.
"""

from __future__ import annotations

from console.engine.arming import ArmedSend
from console.engine.ledger import Ledger
from console.engine.outbox import Tray
from console.engine.run_state import Cause, HeldBack, RunState, SendNow, say
from console.vocabulary import OutputsHeld

WORDS = "held: outputs are held"


def hold_outputs(run: RunState, tray: Tray, now_ns: int) -> None:
    """From now on nothing leaves."""
    run.held = HeldBack()
    tray.notices.append(OutputsHeld(at_ns=run.at(now_ns), held=True))
    say(run, tray, now_ns, "OUTPUTS HELD: position restored, nothing is sent until they are released.", "warning")


def keep_back(
    run: RunState,
    ledger: Ledger,
    tray: Tray,
    now_ns: int,
    send: ArmedSend,
    moment_ns: int,
    cause: Cause,
    stream: str | None,
) -> None:
    """A command that does not leave: tracked, with one row; a stream has one for all of it."""
    if run.held is None:
        return
    if send.key is not None:
        run.held.sends.pop((send.device, send.key), None)  # the last of them comes last
        run.held.sends[send.device, send.key] = send
    if stream is None or stream not in run.held.streams:
        ledger.not_sent(run, tray, now_ns, SendNow(send, moment_ns - send.offset_ns, cause), WORDS)
    if stream is not None:
        run.held.streams.add(stream)


def held_sends(run: RunState) -> tuple[ArmedSend, ...]:
    """What was kept back and is still to be said, in the order it was asked, to devices that are spoken to."""
    return tuple(send for send in run.held.sends.values() if run.speaks(send)) if run.held is not None else ()
