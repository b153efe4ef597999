"""One command on its way to one device, outside any run: tried until the device takes it, then listened after.

Pure but for the outlet it is given; time is an argument.
"""

from __future__ import annotations

from collections import deque
from typing import Final

from console.engine.arming import ArmedSend
from console.engine.ledger import command_words
from console.timebase import NS_PER_MS, NS_PER_S
from devices.contract import Command, Health, Outcome, Outlet, Report, Result, Severity

OPEN_NS: Final = 3 * NS_PER_S
"""How long a device may take to be reached."""

RETRY_NS: Final = 20 * NS_PER_MS
"""Between two tries while the way to a device is being opened."""

LISTEN_NS: Final = 300 * NS_PER_MS
ANSWER_NS: Final = 1 * NS_PER_S
"""How long word may come that it was in vain; and from a device that can speak, that it was not."""


class Errand:
    """One device: its command on the way, and what came of it."""

    def __init__(self, send: ArmedSend, seq: int, now_ns: int, *, speaks: bool) -> None:
        """``seq`` tells errands apart at the outlet; ``speaks``: an answer may come."""
        self._send = send
        self._listen_ns = ANSWER_NS if speaks else LISTEN_NS
        self._begun_ns = now_ns
        self._left = deque(send.packets)
        self._command = Command(
            seq=seq,
            device=send.device,
            role=send.role,
            verb=send.verb,
            args=send.args,
            packets=send.packets,
            due_ns=now_ns,
            cue_ns=now_ns,
            item=None,
            cue=None,
            by="operator",
            trigger="line check",
        )
        self._first_ns: int | None = None  # when its first packet left
        self._off = False
        self._refusals: set[str] = set()  # words while the way was being opened: no news afterwards
        self._answer: Report | None = None
        self._trouble = ""

    @property
    def failed(self) -> bool:
        """True where the command did not leave whole, or nobody was there to take it."""
        return bool(self._left or self._trouble)

    def push(self, outlet: Outlet, now_ns: int) -> None:
        """Send what is due; what the device does not take yet is tried again until the time for it is over."""
        while self._left and now_ns >= self._due_ns:
            outcome = outlet.send(self._command, self._left[0], now_ns)
            if outcome.result in (Result.FAILED, Result.OFF):
                self._off = outcome.result is Result.OFF
                self._trouble = "the device is switched off in this house" if self._off else outcome.words
                self._refusals.add(outcome.words)
                return
            self._trouble = "" if outcome.result is Result.HELD else outcome.words
            self._left.popleft()
            self._first_ns = outcome.sent_ns if self._first_ns is None else self._first_ns

    def hear(self, word: Report | Health | Outcome) -> None:
        """What the device said, or what was found out about it or its command, since that was handed over."""
        if word.device != self._send.device or self._first_ns is None:
            return
        if isinstance(word, Outcome):
            if word.seq == self._command.seq and word.result is Result.FAILED:
                self._trouble = word.words
        elif isinstance(word, Report):
            if self._answer is None or self._answer.verb is None:
                self._answer = word
        elif word.severity in (Severity.BAD, Severity.FATAL) and word.words not in self._refusals:
            self._trouble = word.words

    def wake_ns(self, now_ns: int) -> int | None:
        """When it wants to be looked at again; None where it is over."""
        if self._left:
            given_up = self._off or now_ns >= self._due_ns + OPEN_NS
            return None if given_up else max(now_ns + RETRY_NS, self._due_ns)
        until_ns = (self._first_ns or 0) + self._listen_ns
        heard = self._answer is not None and self._answer.verb is not None
        return None if heard or self._trouble or now_ns >= until_ns else until_ns

    def row(self) -> tuple[str, str, str]:
        """Device, command, what happened."""
        return self._send.device, command_words(self._send.verb, dict(self._send.args)), self._words()

    def _words(self) -> str:
        if self._left:
            return f"not sent: {self._trouble}"
        if self._trouble:
            return f"sent in vain: {self._trouble}"
        if self._answer is None:
            return "sent"
        if self._answer.verb is None:
            return "sent, and the device answers"
        return f"sent, and the device says {command_words(self._answer.verb, dict(self._answer.args))}"

    @property
    def _due_ns(self) -> int:
        """When its next packet is to leave."""
        return self._begun_ns if self._first_ns is None else self._first_ns + self._left[0].delay_ns
