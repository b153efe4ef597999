"""Takes over the link: a rehearsal keeps one for each pass, and windows are told of them when nothing rolls."""

from __future__ import annotations

from pathlib import Path

from console.samples.library import sample_path
from console.vocabulary import ListTakes, Locate, MarkIt, ReadTake, Stop, TakeRead, TakesListed, TickNote
from console.wiring.take_desk import answer_take
from tests.support.showcaller import EngineChild
from tests.support.take_stand import copper_take, half_light


def test_what_is_asked_of_a_folder_of_takes_is_answered(tmp_path: Path) -> None:
    copper_take(tmp_path / "copper.take")
    (listed,) = answer_take(ListTakes(), tmp_path, half_light())
    assert isinstance(listed, TakesListed)
    (card,) = listed.takes
    (ticked,) = answer_take(TickNote(take=card.id, note=2), tmp_path, half_light())
    assert isinstance(ticked, TakeRead)
    assert ticked.sheet is not None
    assert [note.done for note in ticked.sheet.notes] == [False, True, False]
    gone = answer_take(ReadTake(take="gone.1"), tmp_path, half_light())
    assert isinstance(gone[0], TakeRead)
    assert (gone[0].sheet, gone[0].words) == (None, "gone.1 is not kept any more")
    assert answer_take(ListTakes(), None, half_light()) == [
        TakesListed(at_ns=0, takes=(), words="no takes are kept here")
    ]


def test_a_rehearsal_keeps_a_take_for_each_pass_and_tells_windows_of_them(tmp_path: Path) -> None:
    words = (sample_path("half-light"), "--venue", "halcyon-dome", "--ghost", "all")
    with EngineChild(tmp_path / "engine", *words) as engine:
        window = engine.attach()
        for word in ("first", "second"):
            window.do(Locate(item="song-copper-rain", position_ns=0, roll=True))
            window.do(MarkIt(by="LX", words=word, department="LX"))
            window.do(Stop())
        window.until(lambda: window.snapshot and window.snapshot.playhead.state == "stopped", "the stop")

        def listed() -> TakesListed | None:
            window.do(ListTakes())
            found = window.until(lambda: window.said(TakesListed), "the list")[-1]
            return found if len(found.takes) == 2 and all(card.notes for card in found.takes) else None

        cards = window.until(listed, "both takes").takes
        assert [(card.take, card.item, card.notes) for card in cards] == [(n, "song-copper-rain", 1) for n in (2, 1)]
        window.do(ReadTake(take=cards[0].id))
        sheet = window.until(lambda: window.said(TakeRead), "the take")[-1].sheet
        assert sheet is not None
        assert [(note.words, note.department, note.bar) for note in sheet.notes] == [("second", "LX", 1)]
