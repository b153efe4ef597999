"""What became of a cue's commands, as one mark: what is worst of them counts. No Qt.

*Sent* only means that the bytes left. Confirmed is a cue whose devices have all said so by their own words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from console.vocabulary import Confirmed, CueChanged, LedgerRow, Notice

WORST_FIRST: Final = (
    "contradicted",
    "failed",
    "unconfirmed",
    "sent",
    "unconfirmable",
    "confirmed",
    "inhibited",
    "off",
    "skipped",
)


@dataclass
class LedgerMarks:
    """The commands of each cue since it last began; the closing row of a stream stands in for its first."""

    marks: dict[str, str] = field(default_factory=dict)  # cue -> one of WORST_FIRST
    _rows: dict[str, dict[tuple[str | None, str], tuple[int, str]]] = field(default_factory=dict)
    _words: dict[str, str] = field(default_factory=dict)  # cue -> what its device said instead

    def take(self, notice: Notice) -> None:
        """A fact; most are none of ours."""
        if isinstance(notice, CueChanged) and notice.life == "running":
            self._rows.pop(notice.cue, None)
            self.marks.pop(notice.cue, None)
            self._words.pop(notice.cue, None)
        elif isinstance(notice, LedgerRow) and notice.cue is not None and notice.device is not None:
            rows = self._rows.setdefault(notice.cue, {})
            rows[notice.device, notice.command] = (notice.seq, row_state(notice))
            self._mark(notice.cue)
        elif isinstance(notice, Confirmed) and notice.cue is not None:
            rows = self._rows.get(notice.cue, {})
            for key, (seq, _) in rows.items():
                if seq == notice.seq:
                    rows[key] = (seq, notice.result)
                    if notice.words:
                        self._words[notice.cue] = f"{notice.device}: {notice.words}"
                    self._mark(notice.cue)
                    return

    def words(self, cue: str) -> str:
        """What a device said that did not confirm; empty where all is well or nothing was said."""
        return self._words.get(cue, "")

    def clear(self) -> None:
        """Another run."""
        self.__dict__.update(LedgerMarks().__dict__)

    def _mark(self, cue: str) -> None:
        states = {state for _, state in self._rows[cue].values()}
        self.marks[cue] = next(state for state in WORST_FIRST if state in states)


def row_state(row: LedgerRow) -> str:
    """What a row says of its command by itself: one of ``WORST_FIRST``."""
    if row.sent_s is not None:
        return row.confirmed or "sent"
    word = row.outcome.partition(":")[0]
    return word if word in ("failed", "inhibited", "off") else "skipped"
