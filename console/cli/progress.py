"""Progress of a headless run: a line for what an operator wants to know, and one that is rewritten on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TextIO

from console.cli.code_watch import CodeWatch
from console.show.show import Show
from console.vocabulary import (
    Answered,
    Confirmed,
    HealthChanged,
    ItemChanged,
    LedgerRow,
    Notice,
    Request,
    Said,
    Snapshot,
)

REWRITE: Final = "\r\x1b[2K"
BAR_CELLS: Final = 24
TOLD: Final = ("confirmed", "contradicted", "unconfirmed")


class Progress:
    """An audience of the loop that writes to a terminal or a log. Keeps the count that the summary needs."""

    def __init__(self, show: Show, out: TextIO) -> None:
        self._show = show
        self._out = out
        self._live = out.isatty()
        self._rewriting = False
        self.rows = 0
        self.sent = 0
        self.not_sent: dict[str, int] = {}
        self.told: dict[str, int] = {}  # what devices said to what was sent
        self.worst_late_us = 0
        self.faults: list[str] = []
        self._code = CodeWatch(self._line)

    def tell(self, requests: Sequence[Request], notices: Sequence[Notice]) -> None:
        """Count the ledger; say what begins, what is refused, what goes wrong."""
        del requests
        for notice in notices:
            match notice:
                case LedgerRow():
                    self._count(notice)
                case Confirmed():
                    self.told[notice.result] = self.told.get(notice.result, 0) + 1
                case ItemChanged(life="live"):
                    item = self._show.item_by_id[notice.item]
                    self._line(f"{_clock(notice.at_ns)}  {item.title}")
                case Said(severity="note"):
                    pass
                case Said():
                    self._line(f"{_clock(notice.at_ns)}  {notice.severity}: {notice.words}")
                case Answered() if notice.refused is not None:
                    self._line(f"{_clock(notice.at_ns)}  {notice.name} refused: {notice.refused}")
                case HealthChanged() if notice.severity in ("bad", "fatal"):
                    self._line(f"{_clock(notice.at_ns)}  {notice.device}: {notice.words}")

    def catch_up(self, snapshot: Snapshot | None) -> None:
        """How outside timecode stands, when that changes; on a terminal, where the playhead is and what comes next."""
        if snapshot is None:
            return
        self._code.catch_up(snapshot)
        if not self._live:
            return
        head = snapshot.playhead
        title = self._show.item_by_id[head.item].title if head.item in self._show.item_by_id else "before the show"
        place = f"bar {head.bar}.{head.beat}" if head.bar is not None else ""
        done = sum(1 for item in snapshot.items if item.life == "ended")
        bar = "█" * (BAR_CELLS * done // max(1, len(snapshot.items)))
        text = (
            f"{_clock(snapshot.now_ns)}  {bar:·<{BAR_CELLS}}  {title}  {place}  {head.timecode}  {self._next(snapshot)}"
        )
        self._out.write(REWRITE + text[:118])
        self._out.flush()
        self._rewriting = True

    def close(self) -> None:
        """Leave the terminal on a fresh line."""
        if self._rewriting:
            self._out.write(REWRITE)
            self._rewriting = False

    def summary(self, show_s: float, real_s: float) -> str:
        """What the run came to, in a few lines."""
        lines = [
            f"{_clock(round(show_s * 1e9))} of show in {real_s:.1f} s: "
            f"{self.sent} sent, latest {self.worst_late_us / 1000:.1f} ms after due"
        ]
        if self.told:
            said = ", ".join(f"{self.told[word]} {word}" for word in TOLD if word in self.told)
            lines.append(f"{said}; the others went to devices that cannot tell")
        lines += [f"{count} × {outcome}" for outcome, count in sorted(self.not_sent.items())]
        return "\n".join(lines)

    def _count(self, row: LedgerRow) -> None:
        self.rows += 1
        if row.sent_s is not None:
            self.sent += 1
            self.worst_late_us = max(self.worst_late_us, row.late_us or 0)
            return
        self.not_sent[row.outcome] = self.not_sent.get(row.outcome, 0) + 1
        if row.outcome.startswith("failed"):
            self.faults.append(f"{row.cue}: {row.outcome}")

    def _next(self, snapshot: Snapshot) -> str:
        for each in snapshot.upcoming:
            if each.in_ns is not None:
                cue = self._show.cue_by_id[each.cue]
                return f"next {cue.number} {cue.label} in {max(0, each.in_ns) / 1e9:.0f} s"
        return ""

    def _line(self, text: str) -> None:
        self.close()
        self._out.write(text + "\n")
        self._out.flush()


def _clock(ns: int) -> str:
    seconds = max(0, ns) // 1_000_000_000
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
