"""Pieces of shows that are easy to get wrong, for the cases of validation."""

from __future__ import annotations

from typing import Any, Literal

from console.show.cues import (
    Cue,
    InGroup,
    Step,
)
from console.show.rundown import Item
from console.show.show import Choice, FreeList, Show
from console.show.songs import Section, Song, Vamp
from tests.support.builders import (
    CALLED,
    at_bar,
    light,
    make_cue,
    make_show,
    make_song,
    song_show,
    step,
)

FIRE = step("effect.fire", device="flame-1", ms=700)
CLIP = Step(verb="clip.play", args={"clip": "A"}, length_s=10)
HOT = FreeList(id="hot", title="Hot")
END = Choice(id="end", values=("win", "lose"), default="win")
TALK = Item(id="talk", kind="talk", title="Talk", planned_s=30)


def pyro(asks: Step = FIRE, **fields: Any) -> Cue:
    return make_cue("p", "9", at_bar(9), asks, role="sfx.pyro", **{"hazard": "high", "arm": ("operator",), **fields})


def song_with(**fields: Any) -> Show:
    """The song show with another song in it."""
    show = song_show()
    return show.model_copy(update={"songs": (show.songs[0].model_copy(update=fields),)})


def item_with(**fields: Any) -> Show:
    show = song_show()
    return show.model_copy(update={"items": (show.items[0].model_copy(update=fields),)})


def bridge(**fields: Any) -> Show:
    """The song show with another third section."""
    sections = list(make_song().sections)
    sections[2] = sections[2].model_copy(update=fields)
    return song_with(sections=tuple(sections))


def vamp(**fields: Any) -> Show:
    """A vamp of two planned passes and the length it takes."""
    return song_show(vamp=Vamp(**{"planned_repeats": 2, **fields}))


def second_song(tc_start: str, **fields: Any) -> Show:
    """A second song, 36 s long, whose code starts at ``tc_start``."""
    show = song_show()
    item = Item(id="other", kind="song", title="Other", planned_s=36, song="other")
    songs = (*show.songs, make_song("other", tc_start=tc_start))
    return show.model_copy(update={"songs": songs, "items": (*show.items, item), **fields})


FELT = make_show(
    songs=(
        Song(
            id="song",
            title="Song",
            click=False,
            sections=(Section(id="s", name="S", nominal_s=20, vamp=Vamp(planned_repeats=2)),),
        ),
    ),
    items=(Item(id="song", kind="song", title="Song", planned_s=20, song="song"),),
)
"""A vamp that nothing clicks."""

TWO_BOSSES = (
    make_cue("g", "9", CALLED, role=None, group="sequence"),
    make_cue("c", "9.1", InGroup(on="group"), parent="g", pre_wait_s=1),
)


def pair(how: Literal["together", "sequence"], fade_s: float | None = 2.0) -> tuple[Cue, ...]:
    """A group of two light cues, the second a second longer."""
    child = InGroup(on="group")
    longer = None if fade_s is None else fade_s + 1
    return (
        make_cue("g", "9", CALLED, role=None, group=how),
        make_cue("g1", "9.1", child, light("1", fade_s), parent="g"),
        make_cue("g2", "9.2", child, light("2", longer), parent="g"),
    )
