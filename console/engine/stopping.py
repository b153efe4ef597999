"""Hold, stop, all stop, panic: from mild to final. (Show stop is ``show_stop``.)

*Hold* freezes positions, waits and fades. *Stop* ends what presses have left waiting in the item; fades and devices go
on as they were. *All stop* ends everything pending and fades where they stand; standbys stay. *Panic* is all stop and
the venue's safe list, ready since the house was loaded; again within a second it sends the hard list. Whatever order
the house gives them in, hazards go off first and a blackout comes last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from console.engine.arming import ArmedSend, arm_verb
from console.engine.cue_runner import give_up, pending_cues
from console.engine.fading import displace_fades, hold_fades, set_now, stop_fades
from console.engine.items import tell_transport
from console.engine.ledger import Ledger
from console.engine.outbox import Tray
from console.engine.run_state import (
    IN_SCORE,
    Cause,
    CueEnds,
    LatePacket,
    RunState,
    SendNow,
    StartCue,
    cause_of,
    say,
)
from console.engine.thawing import thaw
from console.engine.transport import TransportRequest, next_state
from console.plan.patch import SafeLine
from devices.contract import EncodeError
from profiles.verbs import find_verb

HARD_WITHIN_NS: Final = 1_000_000_000
DARKENS: Final = frozenset(("blackout", "ftb"))
"""Families of verbs that take the light or the picture away."""


@dataclass
class SafeLists:
    """Everything that must leave at once when things go wrong, encoded when the house is loaded."""

    soft: tuple[ArmedSend, ...]
    hard: tuple[ArmedSend, ...]
    show_stop: tuple[ArmedSend, ...]
    problems: tuple[str, ...]
    panicked_ns: int | None = None
    show_stop_asked_ns: int | None = None

    @classmethod
    def build(cls, run: RunState) -> SafeLists:
        """Encode the venue's lists; lines that cannot be sent become problems."""
        problems: list[str] = []
        soft = _in_safe_order(run, _arm_lines(run, run.patch.safe_list(hard=False), problems))
        hard = _in_safe_order(run, _arm_lines(run, run.patch.safe_list(hard=True), problems))
        return cls(soft, hard, _arm_lines(run, run.patch.show_stop_list, problems), tuple(problems))


def hold(run: RunState, tray: Tray, now_ns: int) -> str | None:
    """Freeze the playhead, every wait and every fade; releases of keys already pressed still leave."""
    refused = _move(run, "hold")
    if refused is None:
        if run.playhead is not None:
            run.playhead = run.playhead.stopped_at(now_ns)
        run.waiting.freeze(now_ns, lambda entry: not isinstance(entry.what, LatePacket))
        hold_fades(run, now_ns)
        tell_transport(run, tray, now_ns, "hold")
    return refused


def roll(run: RunState, tray: Tray, now_ns: int) -> str | None:
    """Move on; waits go on with what they had left. Without a live item it lifts a hold, and that is all."""
    if run.live_item is None and run.transport != "held":
        return "no item is live; run its first cue or locate to it"
    refused = _move(run, "roll")
    if refused is None:
        if run.playhead is not None and run.live_item is not None:
            if run.playhead.rate == 0:
                run.rolls_since_ns = now_ns
            run.playhead = run.playhead.rolling_from(now_ns, run.rehearsal.speed)
        else:
            run.transport = "stopped"
        thaw(run, now_ns)
        tell_transport(run, tray, now_ns, "roll")
    return refused


def stop(run: RunState, ledger: Ledger, tray: Tray, now_ns: int) -> str | None:
    """Stop the playhead; what a press has left waiting in the live item is given up.

    What the score has begun but not sent stands still with the playhead: it lies ahead of it, and a roll comes to it.
    """
    refused = _move(run, "stop")
    if refused is not None:
        return refused
    item = run.live_item
    if run.playhead is not None:
        run.playhead = run.playhead.stopped_at(now_ns)
    thaw(run, now_ns)
    if item is not None:
        gone = run.waiting.cancel(
            lambda entry: entry.item == item and (why := cause_of(entry)) is not None and why.origin not in IN_SCORE
        )
        give_up(run, ledger, tray, now_ns, gone, "stopped")
        pending = pending_cues(run)
        run.waiting.freeze(
            now_ns,
            lambda entry: (
                entry.item == item and entry.owner in pending and isinstance(entry.what, StartCue | SendNow | CueEnds)
            ),
        )
    tell_transport(run, tray, now_ns, "stop")
    return None


def all_stop(run: RunState, ledger: Ledger, tray: Tray, now_ns: int, words: str = "all stop") -> None:
    """Stop everything that is pending anywhere; fades stay where they are."""
    run.transport, _ = next_state(run.transport, "stop")
    if run.playhead is not None:
        run.playhead = run.playhead.stopped_at(now_ns)
    stop_fades(run, ledger, tray, now_ns)
    gone = run.waiting.cancel(lambda entry: not isinstance(entry.what, LatePacket))
    give_up(run, ledger, tray, now_ns, gone, words)
    run.ahead.clear()
    for asked in [each for late in run.asked_late.values() for each in late]:
        ledger.not_sent(run, tray, now_ns, asked, f"skipped: {words}")
    run.asked_late.clear()
    run.hazards.disarm_all()
    tell_transport(run, tray, now_ns, words)


def panic(run: RunState, lists: SafeLists, ledger: Ledger, tray: Tray, now_ns: int, by: str) -> None:
    """The safe list first, then everything else ends; a second press within a second sends the hard list."""
    again = lists.panicked_ns is not None and now_ns - lists.panicked_ns <= HARD_WITHIN_NS
    send_list(run, ledger, tray, now_ns, lists.hard if again else lists.soft, by, "panic, hard" if again else "panic")
    all_stop(run, ledger, tray, now_ns, "panic")
    run.panic = True
    lists.panicked_ns = now_ns
    say(run, tray, now_ns, "PANIC: no cue runs until it is released.", "error")


def _move(run: RunState, request: TransportRequest) -> str | None:
    run.transport, refused = next_state(run.transport, request)
    return refused


def _arm_lines(run: RunState, lines: tuple[SafeLine, ...], problems: list[str]) -> tuple[ArmedSend, ...]:
    sends: list[ArmedSend] = []
    for line in lines:
        try:
            sends += arm_verb(line.role, line.verb, line.args, run.show, run.patch, run.encoder, standbys=True)
        except EncodeError as error:
            problems.append(f"safe list: {line.role} {line.verb}: {error}")
    return tuple(sends)


def _in_safe_order(run: RunState, sends: tuple[ArmedSend, ...]) -> tuple[ArmedSend, ...]:
    """Hazards off, then the rest as the house has it, then what darkens."""

    def rank(send: ArmedSend) -> int:
        if run.patch.hazards.get(send.role, "none") != "none":
            return 0
        return 2 if find_verb(send.verb).family in DARKENS else 1

    return tuple(sorted(sends, key=rank))


def send_list(
    run: RunState, ledger: Ledger, tray: Tray, now_ns: int, sends: tuple[ArmedSend, ...], by: str, trigger: str
) -> None:
    """Everything on a list at once, to whoever is on show; no inhibit and no hold stands in its way."""
    cause = Cause(by, trigger, now_ns, "safe")
    for send in (each for each in sends if run.speaks(each)):
        displace_fades(run, ledger, tray, now_ns, send)
        set_now(run, ledger, tray, now_ns, now_ns, send, now_ns, cause)
