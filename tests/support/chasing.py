"""Shows whose songs follow code, and an engine that has followed it for a while."""

from __future__ import annotations

from console.show.show import Rules, Show
from console.show.songs import Vamp
from console.vocabulary import Go, GoKeyUp
from tests.support.builders import at_bar, evening_show, make_cue, make_song, song_show, step
from tests.support.code_deck import Deck, chase_of, code_rig, position_s
from tests.support.engine_rig import EngineRig

HIT = make_cue("hit", "1.9", at_bar(3), step("transport.play", session="tracks/hit"), role="audio.playback")
"""A trigger on bar 3: four seconds after the first beat, eight after the first click."""


def chasing_show(*more: object, vamp: Vamp | None = None, fallback: str = "hold", **fields: object) -> Show:
    """One song of 36 s that follows code from 01:00:00:00, with a trigger on bar 3."""
    song = make_song(clock="chase", fallback=fallback, vamp=vamp)
    return song_show(HIT, *more, vamp=vamp, songs=(song,), **fields)  # type: ignore[arg-type]


def chasing_evening(**rules: bool) -> Show:
    """Film, song (01:00), talk, second (02:00), encore (03:00); song and encore follow code, second does not."""
    show = evening_show(rules=Rules(go_gap_ms=0, **rules))
    songs = tuple(
        song.model_copy(update={"clock": "internal" if song.id == "second" else "chase"}) for song in show.songs
    )
    return show.model_copy(update={"songs": songs})


def press(rig: EngineRig) -> None:
    assert rig.ask(Go()) is None
    rig.ask(GoKeyUp())


def started(show: Show | None = None, seconds: float = 6.0, **fields: int) -> tuple[EngineRig, Deck]:
    """The song is live and has followed its code for so long."""
    rig = code_rig(show or chasing_show(), **fields)
    press(rig)
    deck = Deck(rig).put("01:00:00:00")
    deck.roll(seconds)
    assert chase_of(rig).word == "locked"
    return rig, deck


def off_s(rig: EngineRig, deck: Deck, zero_s: float = 3604.0) -> float:
    """How far the playhead stands from the code; bar 1 is at ``zero_s`` of code."""
    return position_s(rig) - (float(deck.code_s) - zero_s)


def sent_s(rig: EngineRig, cue: str) -> list[float]:
    return [due_s for due_s, _, _ in rig.verbs(cue=cue)]
