"""What each device was told last, and what became of it. Bounded for each device; no Qt."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from console.show.show import Show
from console.timebase.instants import NS_PER_S
from console.vocabulary import CommandBytes, Confirmed, LedgerRow, Notice
from ui.state.blocks import Block, packet_blocks
from ui.state.ledger_marks import row_state
from ui.state.table_rows import TableRow
from ui.state.words import CUE_MARKS, Mark, clock_text

MOST_EACH: Final = 40
"""Commands kept for a device."""

_SAID: Final = {
    "sent": "left; its device may still speak",
    "confirmed": "by the device's own word",
    "unconfirmable": "left; this device has no word to say of it",
    "unconfirmed": "left; the device could have spoken, and did not",
    "contradicted": "the device stands elsewhere",
    "failed": "did not leave",
    "inhibited": "kept back by a rule",
    "skipped": "not sent",
}


@dataclass(frozen=True, slots=True)
class Told:
    """One ledger row of a device; ``confirmed`` is the word that came later."""

    row: LedgerRow
    confirmed: Confirmed | None = None

    @property
    def key(self) -> str:
        """Tells it from the others; a stream has a row at its start and one at its end."""
        return f"{self.row.seq}/{self.row.count}"

    @property
    def state(self) -> str:
        """A key of ``words.CUE_MARKS``."""
        return self.confirmed.result if self.confirmed is not None else row_state(self.row)

    @property
    def mark(self) -> Mark:
        """The state as word and shape."""
        return CUE_MARKS[self.state]


@dataclass
class DeviceLog:
    """The last commands of every device, of this run."""

    _told: dict[str, deque[Told]] = field(default_factory=dict)

    def take(self, notice: Notice) -> None:
        """A fact; most are none of ours."""
        if isinstance(notice, LedgerRow) and notice.device is not None:
            self._told.setdefault(notice.device, deque(maxlen=MOST_EACH)).append(Told(notice))
        elif isinstance(notice, Confirmed):
            rows = self._told.get(notice.device, deque())
            for place, told in enumerate(rows):
                if told.row.seq == notice.seq:
                    rows[place] = replace(told, confirmed=notice)

    def clear(self) -> None:
        """Another run."""
        self._told.clear()

    def of(self, device: str | None) -> tuple[Told, ...]:
        """What a device was told, newest first."""
        return tuple(reversed(self._told.get(device or "", ())))


def command_rows(log: DeviceLog, device: str | None, show: Show | None) -> tuple[TableRow, ...]:
    """The device's last commands as rows: mark, when, cue, command, lateness. Newest first."""
    return tuple(
        TableRow(
            key=told.key,
            cells=(
                told.mark.word,
                clock_text(told.row.at_ns),
                _cue_number(told.row, show),
                told.row.command + (f" × {told.row.count}" if told.row.count > 1 else ""),
                late_text(told.row.late_us),
            ),
            mark=told.mark,
            hint=told.row.outcome,
        )
        for told in log.of(device)
    )


def command_blocks(told: Told, show: Show | None, found: CommandBytes | None, words: str) -> Iterator[Block]:
    """All about one command. ``found``: its bytes once they were told; ``words``: why there are none."""
    row = told.row
    yield Block("title", row.command)
    kind = {"caution": "caution", "stop": "stop"}.get(told.mark.tone, "text")
    yield Block(kind, f"{told.mark.word}: {_outcome_words(told)}", "Became")  # type: ignore[arg-type]
    if found is not None:
        yield from packet_blocks(found.packets)
    elif words:
        yield Block("dim", words, "Bytes")
    if row.count > 1:
        yield Block("fact", f"{row.count} sends; the bytes are those of the last", "Stream")
    yield Block("fact", f"{_cue_words(row, show)}, {row.trigger} by {row.by}", "Because of")
    yield Block("fact", f"{row.due_s:.3f} s, for the moment {row.cue_s:.3f} s", "Due")
    if row.sent_s is not None:
        yield Block("fact", f"{row.sent_s:.4f} s, {late_text(row.late_us)} against due", "Sent")
    if told.confirmed is not None and row.sent_s is not None:
        after_ms = max(told.confirmed.at_ns - row.sent_s * NS_PER_S, 0) / 1e6
        yield Block("fact", f"{after_ms:.1f} ms after it was sent", "Answered")


def late_text(late_us: int | None) -> str:
    """``+0.12 ms``; empty where nothing left."""
    return "" if late_us is None else f"{late_us / 1000:+.2f} ms".replace("-", "\u2212")


def _outcome_words(told: Told) -> str:
    if told.confirmed is not None and told.confirmed.words:
        return told.confirmed.words
    if told.state in ("failed", "inhibited", "skipped"):
        return told.row.outcome.partition(": ")[2] or told.row.outcome
    return _SAID[told.state]


def _cue_number(row: LedgerRow, show: Show | None) -> str:
    cue = show.cue_by_id.get(row.cue or "") if show is not None else None
    return cue.number if cue is not None else "–"


def _cue_words(row: LedgerRow, show: Show | None) -> str:
    cue = show.cue_by_id.get(row.cue or "") if show is not None else None
    return f"{cue.number} {cue.label}".strip() if cue is not None else "none: sent by itself"
