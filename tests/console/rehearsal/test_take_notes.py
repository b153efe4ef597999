"""RE-07: one request stamps bar, timecode and item; notes are kept, chosen, ticked off and written out."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.plan.take_notes import chosen_notes, note_cells, notes_to_html
from console.record.as_run_schema import AsRunError
from console.record.reading import read_notes
from console.record.take_reading import tick_note
from console.vocabulary import Marked, MarkIt
from tests.support.concert import concert, item_of, press
from tests.support.take_stand import copper_take


def test_re_07_a_mark_is_stamped_with_bar_timecode_and_item() -> None:
    rig = concert(chases=False)
    press(rig, item_of("copper-rain"))
    playhead = rig.engine.run.playhead
    assert playhead is not None
    zero_ns = playhead.instant_of(0)
    assert zero_ns is not None
    rig.wait((zero_ns - rig.now_ns) / 1e9 + 61.2)
    assert rig.ask(MarkIt(by="director", words="jib late", department="CAM")) is None
    (mark,) = [notice for notice in rig.notices if isinstance(notice, Marked)]
    assert (mark.item, mark.bar, mark.beat, mark.timecode) == ("song-copper-rain", 25, 4, "02:01:06:02")
    assert mark.position_ns / 1e9 == pytest.approx(61.2, abs=0.001)
    assert (mark.by, mark.words, mark.department) == ("director", "jib late", "CAM")


def test_before_anything_rolls_a_mark_has_no_place_and_an_unknown_department_is_refused() -> None:
    rig = concert(chases=False)
    assert rig.ask(MarkIt(words="house light")) is None
    (mark,) = [notice for notice in rig.notices if isinstance(notice, Marked)]
    assert (mark.item, mark.bar, mark.timecode) == (None, 0, "")
    assert rig.ask(MarkIt(department="CATERING")) == "the show has no department 'CATERING'"


def test_notes_are_ticked_off_in_the_file_and_back(tmp_path: Path) -> None:
    path = copper_take(tmp_path / "copper.take")
    tick_note(path, 2, done=True)
    assert [note.done for note in read_notes(path)] == [False, True, False]
    assert [note.id for note in chosen_notes(read_notes(path), only_open=True)] == [3, 1]
    tick_note(path, 2, done=False)
    assert not any(note.done for note in read_notes(path))
    with pytest.raises(AsRunError, match="has no note 9"):
        tick_note(path, 9, done=True)


def test_notes_are_chosen_by_department_and_written_as_a_page(tmp_path: Path) -> None:
    notes = list(read_notes(copper_take(tmp_path / "copper.take")))
    (camera,) = chosen_notes(notes, "CAM")
    assert note_cells(camera) == (
        "CAM", "song-copper-rain", "25.2", "02:01:04:14", "lx-op", "2.065 shot: missed this one, hands on faders", "",
        "1",
    )  # fmt: skip
    page = notes_to_html("Half <Light>", chosen_notes(notes))
    assert "Half &lt;Light&gt;" in page
    assert page.index("<h2>Everybody</h2>") < page.index("<h2>CAM</h2>")
    assert page.count("&#9744;") == 3
