"""Handing commands over: whatever the cause, bytes leave through here, past the same guards and into one ledger."""

from __future__ import annotations

from collections.abc import Sequence

from console.engine.arming import ArmedSend
from console.engine.held_outputs import keep_back
from console.engine.inhibits import first_reason
from console.engine.ledger import Ledger
from console.engine.outbox import Dispatch, Tray
from console.engine.run_state import STEP, Cause, LatePacket, RunState
from devices.contract import Command, Packet


def hand_over(
    run: RunState,
    ledger: Ledger,
    tray: Tray,
    now_ns: int,
    due_ns: int,
    send: ArmedSend,
    packets: Sequence[Packet],
    moment_ns: int,
    cause: Cause,
    stream: str | None = None,
    value: float | None = None,
) -> None:
    """Lay one command's packets in the tray; packets with a delay count it from when the first one leaves.

    ``value``: of a step of a fade.
    """
    if run.held is not None and cause.origin != "safe":
        keep_back(run, ledger, tray, now_ns, send, moment_ns, cause, stream)
        return
    cue = run.show.cue_by_id.get(send.cue)
    once = cue is not None and cue.once_per_show
    command = Command(
        seq=run.next_seq(),
        device=send.device,
        role=send.role,
        verb=send.verb,
        args=send.args,
        packets=packets,
        due_ns=max(due_ns, cause.at_ns),
        cue_ns=moment_ns,
        item=cue.item if cue is not None else None,
        cue=send.cue or None,
        by=cause.by,
        trigger=cause.trigger,
        stream=stream,
        settles_ns=send.self_timed_ns,
    )
    run.recorded.add(send.cue)
    ledger.opened(command)
    run.expected.handed(command.seq, send, value)
    for packet in packets:
        if packet.delay_ns > 0:
            leaves_ns = max(command.due_ns, now_ns) + packet.delay_ns
            run.waiting.push(leaves_ns, STEP, send.cue, command.item, LatePacket(command, packet))
        else:
            tray.dispatches.append(Dispatch(command, packet, once))


def reason_to_stay(run: RunState, send: ArmedSend, now_ns: int, cause: Cause | None) -> str | None:
    """Why a send may not leave now, with the rule that keeps it; else None. Without a cause it is a jump that asks."""
    return first_reason(run, send, now_ns, cause)
