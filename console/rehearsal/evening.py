"""What an evening that was played to its end shows: everything that would go wrong, with its place and a remedy.

An audience of the loop. It reads the record and nothing else, so that it finds in a virtual evening what the as-run
would tell of the real one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from console.engine.run_state import RunState
from console.show.show import Show
from console.timebase.instants import NS_PER_S
from console.vocabulary import (
    Answered,
    Confirmed,
    HealthChanged,
    LedgerRow,
    Notice,
    Request,
    Said,
    Snapshot,
)
from profiles.problems import Problem, ProblemSeverity, sorted_problems
from profiles.venue_profile import Venue

LATE_US: Final = 5_000
SLACK_NS: Final = 3600 * NS_PER_S
"""An evening that takes so much longer than twice its plan has come to a stand."""

BY_OUTCOME: Final[tuple[tuple[str, ProblemSeverity, str, str], ...]] = (
    ("failed", "error", "evening.failed", "correct the cue, or what the house binds its role to"),
    ("inhibited: a hazard never leaves", "error", "evening.inhibited", "run it by hand where it is meant to leave"),
    ("inhibited", "warning", "evening.inhibited", "lift what keeps it, or drop the cue for this house"),
    ("held", "warning", "evening.inhibited", "release the outputs"),
    ("off", "warning", "evening.off", "switch the device on, or skip the cue"),
    ("skipped: disabled", "note", "evening.disabled", "enable it, or take it out of the show"),
    ("skipped: used already", "warning", "evening.once", "it goes once per show: take the second one out"),
    ("skipped: not called", "error", "evening.unreached", "call it sooner, or move it into the item it belongs to"),
    ("skipped: its item ended", "error", "evening.unreached", "move it before the end of its item"),
    ("skipped: passed over", "warning", "evening.unreached", "see what jumps over it"),
    ("skipped: late", "error", "evening.late", "give it more time, or another late policy"),
    ("skipped: nothing to send", "note", "evening.empty", "give it a step, or leave it as a mark"),
)
"""How an outcome begins, and what is to be said of it; the first that fits. Others: :func:`_of_outcome`."""

REPEATED: Final = ("did not leave", "A fault is played")
"""Words of the engine that a row of the record says better."""


class EveningWatch:
    """Collects what goes wrong. ``stop`` ends an evening that has come to a stand."""

    def __init__(self, show: Show, venue: Venue, stop: Callable[[], None] = lambda: None) -> None:
        self._show = show
        self._venue = venue
        self.stop = stop
        self._found: dict[tuple[str, str, str], Problem] = {}
        self._told: set[str] = set()  # cues with a row
        self._over_ns: int | None = None
        self._limit_ns = SLACK_NS + 2 * sum(round(item.planned_s * NS_PER_S) for item in show.items)
        self._stuck = False

    def tell(self, requests: Sequence[Request], notices: Sequence[Notice]) -> None:
        """Read the record as it is made."""
        del requests
        for notice in notices:
            match notice:
                case LedgerRow():
                    self._row(notice)
                case Confirmed(result="contradicted" | "unconfirmed"):
                    self._confirmed(notice)
                case HealthChanged(severity="bad" | "fatal"):
                    remedy = "see to the device, or bind another"
                    self._add("error", "evening.device", f"device {notice.device}", notice.words, remedy, notice.at_ns)
                case Answered(refused=str() as words):
                    remedy = "an operator would be refused it too: see what stands against it"
                    words = f"{notice.name} was refused: {words}"
                    self._add("warning", "evening.refused", "the keys", words, remedy, notice.at_ns)
                case Said(severity="warning" | "error") if not any(words in notice.words for words in REPEATED):
                    severity: ProblemSeverity = "error" if notice.severity == "error" else "warning"
                    self._add(severity, "evening.said", "the evening", notice.words, "see there", notice.at_ns)

    def catch_up(self, snapshot: Snapshot | None) -> None:
        """Items that are live and will end after the curfew; an evening that stands."""
        if snapshot is None:
            return
        self._over_ns = snapshot.over_under_ns if snapshot.over_under_ns is not None else self._over_ns
        for item in snapshot.items:
            if item.life == "live" and item.fits is False:
                title = self._show.item_by_id[item.item].title
                hard = self._venue.curfew is not None and self._venue.curfew.hard
                words = f"{title} ends after the curfew"
                remedy = "begin earlier, or drop items before it"
                self._add("error" if hard else "warning", "evening.curfew", f"item {item.item}", words, remedy, None)
        if snapshot.now_ns > self._limit_ns and not self._stuck:
            self._stuck = True
            self.stop()

    def problems(self, run: RunState) -> tuple[Problem, ...]:
        """Everything found, errors first, at the end of the evening."""
        for item, life in run.lives.items():
            if run.times(item).item.skipped:
                continue
            if life != "ended":
                words = "was never played" if life != "live" else "did not end"
                remedy = "see how it starts, and what comes before it"
                self._add("error", "evening.item", f"item {item}", words, remedy, None)
            for cue in run.schedule.by_item[item]:
                if cue not in self._told and cue not in run.done:
                    remedy = "see what should have run it"
                    self._add("error", "evening.unreached", self._place(cue), "was never reached", remedy, None)
        if self._stuck:
            words = f"came to a stand in {run.live_item or 'no item'}"
            self._add("error", "evening.stuck", "the evening", words, "see what should have gone on there", None)
        if self._over_ns is not None and self._over_ns > NS_PER_S:
            words = f"ends {self._over_ns / NS_PER_S:.0f} s after its hard out"
            self._add("warning", "evening.over", "the evening", words, "drop or shorten items", None)
        return sorted_problems(self._found.values())

    def _row(self, row: LedgerRow) -> None:
        if row.cue:
            self._told.add(row.cue)
        if row.late_us is not None and row.late_us > LATE_US:
            words = f"{row.command} leaves {row.late_us / 1000:.0f} ms late"
            self._add("error", "evening.late", self._place(row.cue), words, "give it more time", row.at_ns)
        if row.sent_s is None:
            severity, code, remedy = _of_outcome(row.outcome)
            if code:
                words = f"{row.command}: {row.outcome}" if row.command else row.outcome
                self._add(severity, code, self._place(row.cue), words, remedy, row.at_ns)

    def _confirmed(self, word: Confirmed) -> None:
        code, where = f"evening.{word.result}", self._place(word.cue)
        if word.result == "contradicted":
            words = f"{word.device} says otherwise: {word.words}"
            self._add("error", code, where, words, "see what else speaks to the device", word.at_ns)
        else:
            remedy = "see whether it hears, and how late it answers"
            self._add("warning", code, where, f"{word.device} did not confirm it", remedy, word.at_ns)

    def _place(self, cue_id: str | None) -> str:
        cue = self._show.cue_by_id.get(cue_id or "")
        if cue is None:
            return "no cue"
        item = self._show.item_by_id.get(cue.item or "")
        return f"cue {cue.number} {cue.label}".rstrip() + (f" in {item.title}" if item is not None else "")

    def _add(
        self, severity: ProblemSeverity, code: str, where: str, words: str, remedy: str, at_ns: int | None
    ) -> None:
        """Once for each place and kind; what happens again is the same mistake."""
        if (code, where, words) not in self._found:
            when = "" if at_ns is None else f", {_clock(at_ns)} into the evening"
            self._found[code, where, words] = Problem(severity, code, where, words + when, remedy)


def _of_outcome(outcome: str) -> tuple[ProblemSeverity, str, str]:
    """What is to be said of a cue that sent nothing; no code where all is as meant."""
    for start, severity, code, remedy in BY_OUTCOME:
        if outcome.startswith(start):
            return severity, code, remedy
    if outcome.endswith("ms late"):
        return "error", "evening.late", "give it more time, or another late policy"
    if outcome.startswith("group") or outcome.endswith("condition is not met"):
        return "note", "", ""
    return "note", "evening.skipped", "bind its role in this house, or leave it as agreed"


def _clock(ns: int) -> str:
    seconds = max(0, ns) // NS_PER_S
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
