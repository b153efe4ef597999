"""Edits of a show that runs: two windows on one engine, and an engine that is killed with edits made."""

from __future__ import annotations

import os
import signal

from console.link.messages import Edited, EditRefused
from console.show.edits import apply, change, change_cue, move
from console.show.show import Show
from console.show.show_json import json_to_show
from console.vocabulary import CueChanged, Go, GoKeyUp, SetNext, StartItem
from tests.support.evening import Evening
from tests.support.showcaller import EngineChild, Window


def replica(window: Window) -> Show:
    """The show as the window has it: what it was welcomed with, and every edit since."""
    opened = window.client.welcome.opened
    assert opened is not None
    show = json_to_show(opened.show, "the engine").show
    for edited in window.edits:
        show, _ = apply(show, edited.edit)
    return show


def test_one_window_edits_and_the_other_sees_it_while_a_song_plays(engine: EngineChild) -> None:
    one, two = engine.attach(), engine.attach()
    one.do(StartItem(item="song-harbour-signals"))
    made = one.edit(change_cue("copper-rain-020", {"label": "Rain"}), 0)
    assert isinstance(made, Edited), made
    assert (made.revision, made.name, made.undo) == (1, "Change label of cue 2.020", made.name)
    two.until(lambda: two.edits, "the edit in the other window")
    assert (two.edits[0].id, two.edits[0].edit) == (0, made.edit)
    assert replica(one) == replica(two)

    stale = two.edit(change_cue("copper-rain-020", {"label": "Mine"}), 0)
    assert isinstance(stale, EditRefused)
    assert (stale.revision, stale.current and stale.current["label"]) == (1, "Rain")
    assert stale.words.startswith("the show was changed meanwhile")

    live = two.edit(change("item", "song-harbour-signals", {"skipped": True}), 1)
    assert isinstance(live, EditRefused)
    assert live.words == "Harbour Signals is live and plays to its end: end it to cut it short"

    undone = two.undo(1)
    assert isinstance(undone, Edited)
    assert (undone.revision, undone.undo, undone.redo) == (2, "", "Change label of cue 2.020")
    one.until(lambda: one.edits[-1].revision == 2, "the undo in the first window")
    late = engine.attach()
    assert replica(late) == replica(one)
    assert one.next_snapshot().playhead.item == "song-harbour-signals"
    assert one.next_snapshot().revision == 2


def test_the_set_list_is_changed_while_a_song_plays(engine: EngineChild) -> None:
    window = engine.attach()
    window.do(StartItem(item="song-harbour-signals"))
    show = replica(window)
    before = {state.item: state for state in window.next_snapshot().items}
    place = [item.id for item in show.items].index("song-copper-rain")
    assert isinstance(window.edit(move("item", "song-saltlines", place + 1), 0), Edited)
    assert isinstance(window.edit(change("item", "song-paperweight", {"skipped": True}), 1), Edited)
    window.do(SetNext(item="song-saltlines"))
    snapshot = window.next_snapshot()
    items = [state.item for state in snapshot.items]
    assert items.index("song-saltlines") == items.index("song-copper-rain") + 1
    assert (snapshot.next_item, snapshot.next_by_hand) == ("song-saltlines", True)
    assert before["song-paperweight"].start_ns is not None
    assert next(state for state in snapshot.items if state.item == "song-paperweight").start_ns is None


def test_an_engine_that_was_killed_comes_back_with_the_edited_show(engine: EngineChild, evening: Evening) -> None:
    window = engine.attach()
    window.do(Go())
    window.do(GoKeyUp())
    window.until(lambda: window.said(CueChanged, cue="open-film-010"), "the first cue")
    assert isinstance(window.edit(change_cue("copper-rain-020", {"label": "Rain"}), 0), Edited)
    assert isinstance(window.edit(change("item", "song-paperweight", {"skipped": True}), 1), Edited)
    edited = replica(window)
    window.until(lambda: engine.journal_has('"skipped":true'), "both edits on disk")
    os.kill(engine.pid, signal.SIGKILL)
    window.last_words()
    with EngineChild(engine.runtime, evening.show, "--venue", evening.house, "--ghost", "all", "--resume") as again:
        back = again.attach()
        opened = back.client.welcome.opened
        assert opened is not None
        assert json_to_show(opened.show, "the engine").show == edited
        assert (opened.revision, opened.undo) == (2, "Change skipped of item Paperweight")
        undone = back.undo(2)
        assert isinstance(undone, Edited)
        assert undone.revision == 3
