"""The show that is open in an engine, saved by another process: its file, what windows learn, what a crash leaves."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from console.link.messages import Edited
from console.show.edits import change_cue
from console.show.show_file import list_earlier, read_show
from console.show.show_json import json_to_show
from console.vocabulary import Go, GoKeyUp, Said
from tests.support.evening import Evening
from tests.support.showcaller import EngineChild, Showcaller, Window

RAIN = change_cue("copper-rain-020", {"label": "Rain"})
STORM = change_cue("copper-rain-020", {"label": "Storm"})


def save(engine: EngineChild, *words: str | Path) -> tuple[int, str]:
    """What ``showcaller save`` says: its code and its words."""
    with Showcaller(engine.runtime, "save", *words, "--socket", engine.socket_path) as command:
        return command.ended(), command.log


def label(path: Path) -> str:
    return read_show(path).show.cue_by_id["copper-rain-020"].label


def saved(window: Window) -> tuple[int, int, str]:
    now = window.next_snapshot()
    return now.revision, now.saved_revision, now.show_file


def test_a_save_is_whole_and_everybody_knows_of_it(engine: EngineChild, evening: Evening) -> None:
    window = engine.attach()
    before = evening.show.read_bytes()
    assert saved(window) == (0, 0, str(evening.show))
    assert isinstance(window.edit(RAIN, 0), Edited)
    assert saved(window) == (1, 0, str(evening.show))
    assert save(engine, "--by", "Ida") == (0, f"saved: {evening.show}\n")
    assert saved(window) == (1, 1, str(evening.show))
    assert window.said(Said)[-1].words == f"Saved in {evening.show} by Ida."
    assert label(evening.show) == "Rain"
    assert list_earlier(evening.show)[0].read_bytes() == before
    assert save(engine)[1].startswith("it stands there already")


def test_a_copy_leaves_the_show_unsaved_and_another_file_becomes_its_own(
    engine: EngineChild, evening: Evening, tmp_path: Path
) -> None:
    window = engine.attach()
    assert isinstance(window.edit(RAIN, 0), Edited)
    copy, other = tmp_path / "copy.json", tmp_path / "other.json"
    assert save(engine, copy, "--copy")[0] == 0
    assert (label(copy), label(evening.show) == "Rain") == ("Rain", False)
    assert saved(window) == (1, 0, str(evening.show))
    assert save(engine, other)[0] == 0
    assert saved(window) == (1, 1, str(other))
    assert isinstance(window.edit(STORM, 1), Edited)
    assert save(engine)[0] == 0
    assert (label(other), label(evening.show) == "Storm") == ("Storm", False)


def test_what_holds_something_else_is_not_written_over(engine: EngineChild, tmp_path: Path) -> None:
    engine.attach()
    letter = tmp_path / "letter.json"
    letter.write_text('{"dear": "aunt"}')
    code, words = save(engine, letter)
    assert (code, words) == (
        2,
        f"showcaller: {letter} is there and holds something else: give another name, or say --over\n",
    )
    assert letter.read_text() == '{"dear": "aunt"}'
    assert save(engine, letter, "--over")[0] == 0
    assert label(letter)
    assert save(engine, tmp_path / "show.txt")[1].endswith(f"name it {tmp_path / 'show.txt'}.json\n")


def test_edits_that_were_saved_are_not_made_twice_after_a_crash(engine: EngineChild, evening: Evening) -> None:
    window = engine.attach()
    window.do(Go())
    window.do(GoKeyUp())
    assert isinstance(window.edit(RAIN, 0), Edited)
    assert save(engine)[0] == 0
    assert isinstance(window.edit(STORM, 1), Edited)
    window.until(lambda: engine.journal_has("Storm"), "the edit on disk")
    os.kill(engine.pid, signal.SIGKILL)
    window.last_words()
    with EngineChild(engine.runtime, evening.show, "--venue", evening.house, "--ghost", "all", "--resume") as again:
        back = again.attach()
        opened = back.client.welcome.opened
        assert opened is not None
        assert json_to_show(opened.show, "the engine").show.cue_by_id["copper-rain-020"].label == "Storm"
        assert saved(back) == (2, 1, str(evening.show))
        assert isinstance(back.undo(2), Edited)
        assert not [line for line in back.said(Said) if "does not fit" in line.words]
    assert label(evening.show) == "Rain"
