"""Handing commands over: whatever the cause, bytes leave through here, past the same guards and into one ledger."""

from __future__ import annotations

from collections.abc import Sequence

from console.engine.arming import ArmedSend
from console.engine.ledger import Ledger
from console.engine.outbox import Dispatch, Tray
from console.engine.run_state import STEP, Cause, LatePacket, RunState
from devices.contract import Command, Packet

NO_HAZARD_BY = {"load": "an item's load", "loop": "a repeat", "jump": "a jump"}


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
    """Why a send may not leave now: inhibited by the live item or the house, or a hazard that must not; else None.

    Without a cause it is a jump that asks.
    """
    live = run.live_item
    inhibits = run.times(live).item.inhibits if live is not None else ()
    for name in (send.role, send.department, send.hazard if send.hazard != "none" else ""):
        if name and name in inhibits:
            return f"inhibited: {live} inhibits {name}"
    limit_hz = run.patch.strobe_hz_max
    rate_hz = send.args.get("rate_hz")
    if limit_hz is not None and isinstance(rate_hz, int | float) and rate_hz > limit_hz:
        return f"inhibited: {rate_hz:g} Hz is over this house's strobe limit of {limit_hz:g} Hz"
    if send.hazard == "none":
        return None
    origin = "jump" if cause is None else cause.origin
    if origin in NO_HAZARD_BY:
        return f"inhibited: a hazard never leaves by {NO_HAZARD_BY[origin]}"
    missing = run.hazards.missing(run.show.cue_by_id[send.cue], now_ns, cause, high=send.hazard == "high")
    return f"inhibited: {', '.join(missing)}" if missing else None
