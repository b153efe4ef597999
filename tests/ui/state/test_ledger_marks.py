"""One mark for all that a cue has sent: the worst of it, by the devices' own words."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from console.vocabulary import Confirmed, CueChanged, LedgerRow
from ui.state.ledger_marks import WORST_FIRST, LedgerMarks
from ui.state.words import CUE_MARKS


def row(seq: int, device: str = "desk", *, confirmed: str = "", outcome: str = "sent", **fields: Any) -> LedgerRow:
    given: dict[str, Any] = {
        "at_ns": 0,
        "seq": seq,
        "item": "song",
        "cue": "c",
        "role": "lighting.main",
        "device": device,
        "command": "cue.fire list=1",
        "cue_s": 1.0,
        "due_s": 1.0,
        "sent_s": 1.0 if outcome == "sent" else None,
        "late_us": 0,
        "outcome": outcome,
        "by": "operator",
        "trigger": "GO",
        "confirmed": confirmed,
    }
    return LedgerRow(**(given | fields))


def word(seq: int, result: Literal["confirmed", "contradicted", "unconfirmed"], words: str = "") -> Confirmed:
    return Confirmed(
        at_ns=0, seq=seq, item="song", cue="c", role="lighting.main", device="desk", result=result, words=words
    )


def mark(*notices: Any) -> str | None:
    marks = LedgerMarks()
    for notice in notices:
        marks.take(notice)
    return marks.marks.get("c")


@pytest.mark.parametrize(
    ("notices", "expected"),
    [
        ((row(1),), "sent"),
        ((row(1), word(1, "confirmed")), "confirmed"),
        ((row(1), word(2, "confirmed")), "sent"),
        ((row(1), row(2, "other"), word(1, "confirmed")), "sent"),
        ((row(1), row(2, "other", confirmed="unconfirmable"), word(1, "confirmed")), "unconfirmable"),
        ((row(1), word(1, "contradicted", "it says 3")), "contradicted"),
        ((row(1), word(1, "unconfirmed")), "unconfirmed"),
        ((row(1), row(9, count=51), word(9, "confirmed")), "confirmed"),  # the closing row of a stream
        ((row(1, outcome="failed: no port"), row(2, "other"), word(2, "confirmed")), "failed"),
        ((row(1, outcome="inhibited: not armed"),), "inhibited"),
        ((row(1, outcome="skipped: 300 ms late"),), "skipped"),
        ((row(1, outcome="off"),), "off"),
        ((row(1, cue=None),), None),
    ],
)
def test_the_worst_counts(notices: tuple[Any, ...], expected: str | None) -> None:
    assert mark(*notices) == expected


def test_every_mark_has_a_word_and_a_shape_of_its_own() -> None:
    found = {(CUE_MARKS[name].word, CUE_MARKS[name].shape) for name in WORST_FIRST}
    assert len(found) == len(WORST_FIRST)
    assert all(word and shape for word, shape in found)


def test_another_press_begins_anew_and_the_words_go_with_it() -> None:
    marks = LedgerMarks()
    marks.take(row(1))
    marks.take(word(1, "contradicted", "the device says db=-3"))
    assert marks.words("c") == "desk: the device says db=-3"
    marks.take(CueChanged(at_ns=0, cue="c", item="song", life="running", by="operator"))
    assert (marks.marks, marks.words("c")) == ({}, "")
    marks.take(row(2))
    marks.clear()
    assert marks.marks == {}
