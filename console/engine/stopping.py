"""Hold, stop, all stop, panic, show stop: from mild to final.

*Hold* freezes positions and pressed waits. *Stop* ends the item's pending waits; devices keep their state. *All stop*
ends everything pending and freezes fades; standbys stay. *Panic* is all stop and the venue's safe list, ready since
the house was loaded; again within a second it sends the hard list. *Show stop* takes two steps and never blacks out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from console.engine.arming import ArmedSend, arm_verb
from console.engine.items import tell_transport
from console.engine.ledger import Ledger
from console.engine.outbox import Tray
from console.engine.run_state import Cause, CueEnds, LatePacket, RunState, say, shifted
from console.engine.sending import hand_over
from console.engine.transport import TransportRequest, next_state
from console.plan.patch import SafeLine
from devices.contract import EncodeError

HARD_WITHIN_NS: Final = 1_000_000_000
CONFIRM_WITHIN_NS: Final = 10_000_000_000


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
        soft = _arm_lines(run, run.patch.safe_list(hard=False), problems)
        hard = _arm_lines(run, run.patch.safe_list(hard=True), problems)
        return cls(soft, hard, _arm_lines(run, run.patch.show_stop_list, problems), tuple(problems))


def hold(run: RunState, tray: Tray, now_ns: int) -> str | None:
    """Freeze the playhead and every wait; releases of keys already pressed still leave."""
    refused = _move(run, "hold")
    if refused is None:
        if run.playhead is not None:
            run.playhead = run.playhead.stopped_at(now_ns)
        run.waiting.freeze(now_ns, lambda entry: not isinstance(entry.what, LatePacket))
        tell_transport(run, tray, now_ns, "hold")
    return refused


def roll(run: RunState, tray: Tray, now_ns: int) -> str | None:
    """Move on; waits go on with what they had left."""
    if run.playhead is None or run.live_item is None:
        return "no item is live; GO its first cue or locate to it"
    refused = _move(run, "roll")
    if refused is None:
        run.playhead = run.playhead.rolling_from(now_ns, run.rate)
        thaw(run, now_ns)
        tell_transport(run, tray, now_ns, "roll")
    return refused


def stop(run: RunState, tray: Tray, now_ns: int) -> str | None:
    """Stop the playhead; what waits in the live item is given up."""
    refused = _move(run, "stop")
    if refused is not None:
        return refused
    item = run.live_item
    if run.playhead is not None:
        run.playhead = run.playhead.stopped_at(now_ns)
    run.waiting.cancel(lambda entry: entry.item == item and not isinstance(entry.what, LatePacket | CueEnds))
    thaw(run, now_ns)
    tell_transport(run, tray, now_ns, "stop")
    return None


def all_stop(run: RunState, tray: Tray, now_ns: int) -> None:
    """Stop everything that is pending anywhere; fades stay where they are."""
    run.transport, _ = next_state(run.transport, "stop")
    if run.playhead is not None:
        run.playhead = run.playhead.stopped_at(now_ns)
    run.waiting.cancel(lambda entry: not isinstance(entry.what, LatePacket))
    thaw(run, now_ns)
    _freeze_fades(run, now_ns)
    run.running.clear()
    run.asked_late.clear()
    tell_transport(run, tray, now_ns, "all stop")


def panic(run: RunState, lists: SafeLists, ledger: Ledger, tray: Tray, now_ns: int, by: str) -> None:
    """The safe list first, then everything else ends; a second press within a second sends the hard list."""
    again = lists.panicked_ns is not None and now_ns - lists.panicked_ns <= HARD_WITHIN_NS
    _send_list(run, ledger, tray, now_ns, lists.hard if again else lists.soft, by, "panic, hard" if again else "panic")
    all_stop(run, tray, now_ns)
    run.panic = True
    lists.panicked_ns = now_ns
    say(run, tray, now_ns, "PANIC: GO is refused until panic is released.", "error")


def show_stop(
    run: RunState, lists: SafeLists, ledger: Ledger, tray: Tray, now_ns: int, by: str, *, confirm: bool
) -> str | None:
    """House light up, PA mute, screen message; only when confirmed within ten seconds of the first step."""
    if not confirm:
        lists.show_stop_asked_ns = now_ns
        say(run, tray, now_ns, "Show stop asked: confirm within 10 s, or leave it.", "warning")
        return None
    asked_ns = lists.show_stop_asked_ns
    if asked_ns is None or now_ns - asked_ns > CONFIRM_WITHIN_NS:
        return "ask for show stop first, then confirm within 10 s"
    lists.show_stop_asked_ns = None
    _send_list(run, ledger, tray, now_ns, lists.show_stop, by, "show stop")
    all_stop(run, tray, now_ns)
    say(run, tray, now_ns, "SHOW STOP", "error")
    return None


def thaw(run: RunState, now_ns: int) -> None:
    """Waits and fades go on with what they had left."""
    held_for_ns = run.waiting.thaw(now_ns, shifted)
    if held_for_ns == 0:
        return
    for key, fade in run.fades.items():
        run.fades[key] = replace(fade, start_ns=fade.start_ns + held_for_ns, cue_ns=fade.cue_ns + held_for_ns)
    run.desired.shift_fades(held_for_ns)
    for cue, running in run.running.items():
        run.running[cue] = replace(running, ends_ns=running.ends_ns + held_for_ns)


def _move(run: RunState, request: TransportRequest) -> str | None:
    run.transport, refused = next_state(run.transport, request)
    return refused


def _freeze_fades(run: RunState, now_ns: int) -> None:
    """A frozen fade leaves its parameter at the value it has now, so that a later fade starts from there."""
    for key, fade in list(run.fades.items()):
        run.desired.freeze(fade.send, now_ns)
        del run.fades[key]


def _arm_lines(run: RunState, lines: tuple[SafeLine, ...], problems: list[str]) -> tuple[ArmedSend, ...]:
    sends: list[ArmedSend] = []
    for line in lines:
        try:
            sends.extend(arm_verb(line.role, line.verb, line.args, run.show, run.patch, run.encoder))
        except EncodeError as error:
            problems.append(f"safe list: {line.role} {line.verb}: {error}")
    return tuple(sends)


def _send_list(
    run: RunState, ledger: Ledger, tray: Tray, now_ns: int, sends: tuple[ArmedSend, ...], by: str, trigger: str
) -> None:
    cause = Cause(by, trigger, now_ns)
    for send in sends:
        run.desired.set(send, now_ns)
        hand_over(run, ledger, tray, now_ns, send, send.packets, now_ns, cause)
