"""The ledger: one row per command with due, sent and outcome; one row for a cue that sent nothing, with the reason.

Rows are made when the outlet has answered, from the command itself, so that the as-run and the wire cannot disagree.
Streams (fade steps, quarter frames) have a row at their start and one at their end with the count. What devices say to
it comes later, in notices that quote the row's number (``confirming``).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from console.engine.confirming import Confirmations
from console.engine.outbox import Tray
from console.engine.run_state import Cause, RunState, SendNow
from console.vocabulary import LedgerRow
from devices.contract import Args, Command, Outcome, Result

KEPT: Final = 2_000
"""Commands whose bytes can still be looked at; of a stream its first and its last."""


@dataclass
class _Stream:
    """A stream that is going: how many commands were handed over, how many the outlet has answered."""

    handed: int = 0
    answered: int = 0
    closing: bool = False
    last: tuple[Command, Outcome] | None = None


@dataclass
class Ledger:
    """Commands whose outcome is still to come, and streams that are still going."""

    _open: dict[int, Command] = field(default_factory=dict)
    _streams: dict[str, _Stream] = field(default_factory=dict)
    _held: set[int] = field(default_factory=set)  # at the outlet, and answered later
    sent_by_device: dict[str, int] = field(default_factory=dict)
    confirming: Confirmations = field(default_factory=Confirmations)
    kept: deque[Command] = field(default_factory=lambda: deque(maxlen=KEPT))

    def opened(self, command: Command) -> None:
        """A command is handed over: its row waits for the outlet's word."""
        self._open[command.seq] = command
        if command.stream is not None:
            self._streams.setdefault(command.stream, _Stream()).handed += 1

    @property
    def is_settled(self) -> bool:
        """True while nothing is held at the outlet, and no device has still to say what became of a command."""
        return not self._held and self.confirming.next_ns() is None

    def settled(self, run: RunState, outcome: Outcome, tray: Tray) -> None:
        """The outlet's word for a command's first packet makes its row; later packets of it add nothing.

        One that is held has no row yet: another word follows when it has left, or never will.
        """
        if outcome.result is Result.HELD:
            self._held.add(outcome.seq)
            return
        self._held.discard(outcome.seq)
        if outcome.result is Result.SENT:
            self.sent_by_device[outcome.device] = self.sent_by_device.get(outcome.device, 0) + 1
        command = self._open.pop(outcome.seq, None)
        if command is None:
            return
        if command.stream is None:
            self.kept.append(command)
            tray.notices.later(partial(_row, run, command, outcome, 1, self._confirmed(run, command, outcome)))
            return
        stream = self._streams[command.stream]
        stream.answered += 1
        stream.last = (command, outcome)
        if stream.answered == 1:
            self.kept.append(command)
            tray.notices.later(
                partial(_row, run, command, outcome, 1, self._confirmed(run, command, outcome, over=False))
            )
        if stream.closing:
            self._close(run, command.stream, tray)

    def stream_over(self, run: RunState, stream: str, tray: Tray) -> None:
        """A stream has handed over its last: the closing row, with the count, follows the last outcome."""
        if stream in self._streams:
            self._streams[stream].closing = True
            self._close(run, stream, tray)

    def _close(self, run: RunState, name: str, tray: Tray) -> None:
        stream = self._streams[name]
        if stream.answered < stream.handed:
            return
        if stream.last is not None:
            confirmed = self._confirmed(run, *stream.last)
            if stream.answered > 1:
                self.kept.append(stream.last[0])
                tray.notices.later(partial(_row, run, *stream.last, stream.answered, confirmed))
        del self._streams[name]

    def _confirmed(self, run: RunState, command: Command, outcome: Outcome, *, over: bool = True) -> str:
        """What a row says of its device's word: nothing yet, nothing ever, or nothing since nothing left."""
        if outcome.result not in (Result.SENT, Result.THINNED):
            return ""
        return self.confirming.sent(run, command, outcome, over=over)

    def nothing_sent(
        self, run: RunState, tray: Tray, now_ns: int, cue: str, moment_ns: int, cause: Cause, outcome: str, **told: str
    ) -> None:
        """The row of a cue (or one of its sends) that sends nothing. ``told``: role, device, command."""
        run.recorded.add(cue)
        found = run.show.cue_by_id.get(cue)
        tray.notices.append(
            LedgerRow(
                at_ns=run.at(now_ns),
                seq=run.next_seq(),
                item=found.item if found else None,
                cue=cue,
                role=told.get("role", found.role if found else None),
                device=told.get("device"),
                command=told.get("command", ""),
                cue_s=_seconds(run.at(moment_ns)),
                due_s=_seconds(run.at(max(moment_ns, cause.at_ns))),
                sent_s=None,
                late_us=None,
                outcome=outcome,
                by=cause.by,
                trigger=cause.trigger,
            )
        )

    def not_sent(self, run: RunState, tray: Tray, now_ns: int, what: SendNow, outcome: str) -> None:
        """The row of one send that did not leave."""
        send = what.send
        told = {"role": send.role, "device": send.device, "command": command_words(send.verb, send.args)}
        moment_ns = what.moment_ns + send.offset_ns
        self.nothing_sent(run, tray, now_ns, send.cue, moment_ns, what.cause, outcome, **told)


def command_words(verb: str, args: Args) -> str:
    """``cue.fire list=1 cue=10``: what the as-run prints for a command."""
    return " ".join([verb, *(f"{name}={value}" for name, value in args.items())])


def _row(run: RunState, command: Command, outcome: Outcome, count: int, confirmed: str) -> LedgerRow:
    sent = outcome.result in (Result.SENT, Result.THINNED)
    words = outcome.result.value if not outcome.words else f"{outcome.result.value}: {outcome.words}"
    return LedgerRow(
        at_ns=run.at(outcome.sent_ns),
        seq=command.seq,
        item=command.item,
        cue=command.cue,
        role=command.role,
        device=command.device,
        command=command_words(command.verb, command.args),
        cue_s=_seconds(run.at(command.cue_ns)),
        due_s=_seconds(run.at(command.due_ns)),
        sent_s=_seconds(run.at(outcome.sent_ns)) if sent else None,
        late_us=(outcome.sent_ns - command.due_ns) // 1000 if sent else None,
        outcome=words,
        by=command.by,
        trigger=command.trigger,
        count=count,
        confirmed=confirmed,
    )


def _seconds(ns: int) -> float:
    return ns / 1_000_000_000
