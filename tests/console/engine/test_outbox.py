"""What a step has to tell: in order, and made only when somebody looks."""

from __future__ import annotations

from console.engine.outbox import Notices
from console.vocabulary import Said


def said(words: str) -> Said:
    return Said(at_ns=0, severity="note", words=words)


def test_notices_are_made_once_in_order_when_first_looked_at() -> None:
    notices, made = Notices(), []

    def making() -> Said:
        made.append("second")
        return said("second")

    notices.append(said("first"))
    notices.later(making)
    assert (len(notices), made) == (2, [])
    notices.append(said("third"))
    assert [notice.kind for notice in notices] == ["said"] * 3
    assert [notice.words for notice in notices if isinstance(notice, Said)] == ["first", "second", "third"]
    assert made == ["second"]
    notices.later(making)
    assert notices[3] == said("second") == notices[-1]
    assert made == ["second", "second"]


def test_nothing_to_tell_is_empty() -> None:
    assert not Notices()
    assert list(Notices()) == []
