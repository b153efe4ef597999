"""A show that goes to another house while it is open, and comes back: nothing of it is lost, and nothing changed."""

from __future__ import annotations

from pathlib import Path

from console.link.messages import Edited, OpenShow
from console.show.edits import Change, change_cue
from console.vocabulary import StartItem, Stop
from tests.support.evening import Evening
from tests.support.showcaller import EngineChild, Window


def opened(window: Window) -> OpenShow:
    found = window.shows[-1].opened
    assert found is not None
    return found


def lamps(window: Window) -> list[str]:
    return [device.id for device in opened(window).venue.devices]


def test_arena_theatre_arena_keeps_the_show_with_its_edits(engine: EngineChild, evening: Evening) -> None:
    window = engine.attach()
    assert isinstance(window.edit(change_cue("copper-rain-020", {"label": "Rain"}), 0), Edited)
    assert window.open(None, "gaslight-exchange") is None
    away = opened(window)
    assert (away.venue.id, away.venue_name) == ("gaslight-exchange", "gaslight-exchange")
    assert (away.show_name, away.revision, away.undo) == (str(evening.show), 1, "Change label of cue 2.020")
    assert '"Rain"' in away.show

    assert window.open(None, evening.house) is None
    back = opened(window)
    assert (back.show, back.venue.id) == (away.show, "halcyon-dome")
    assert window.next_snapshot().show_file == str(evening.show.resolve())
    undone = window.undo(1)
    assert isinstance(undone, Edited)
    assert isinstance(undone.edit, Change)
    assert undone.edit.fields == {"label": "Cue light: band standby"}


def test_a_house_with_a_fault_leaves_the_one_that_is_loaded(engine: EngineChild, tmp_path: Path) -> None:
    window = engine.attach()
    broken = tmp_path / "broken.toml"
    broken.write_text('id = "broken"\nname = "Broken"\ntime_zone = "UTC"\nrate = "26"\n')
    before = len(window.shows)
    words = window.open(None, broken)
    assert words is not None
    assert words.startswith(f"{broken}:4: rate")
    assert window.open(None, "halcyon-doom") is not None
    window.do(StartItem(item="song-harbour-signals"))
    assert window.open(None, "gaslight-exchange") == "a show is rolling: stop it before another is opened"
    assert len(window.shows) == before
    window.do(Stop())
    assert window.open(None, "gaslight-exchange") is None
    assert "pyro" not in lamps(window)
    window.do(StartItem(item="song-harbour-signals"))


def test_where_no_show_is_open_there_is_none_to_move(tmp_path: Path) -> None:
    with EngineChild(tmp_path / "home") as child:
        window = child.attach()
        assert window.open(None, "gaslight-exchange") == "no show is open that could go to another house: name one"
