"""Small shows for tests, and a big one.

Numbers are easy on purpose: songs run at 120 in 4/4, so a beat is 0.5 s, a bar 2 s, and the two bars of count-in 4 s.
"""

from __future__ import annotations

from typing import Any, Literal

from console.show.cues import After, At, AtBar, AtOffset, Called, ChoiceTable, Cue, Scalar, Step
from console.show.rundown import Item, StartRule
from console.show.show import Department, Role, Show
from console.show.songs import Metre, Section, Song, TempoChange, Vamp

DEPARTMENTS = (
    Department(id="LX", name="lighting"),
    Department(id="SND", name="sound"),
    Department(id="VID", name="video"),
    Department(id="CAM", name="cameras"),
    Department(id="PYRO", name="pyro"),
)

ROLES = (
    Role(id="lighting.main", department="LX", verbs=("cue.fire", "cue.release", "cue.go", "blackout.set")),
    Role(id="audio.foh", department="SND", verbs=("scene.recall", "level.set", "mute.set")),
    Role(id="audio.playback", department="SND", verbs=("transport.play", "transport.stop", "transport.locate")),
    Role(id="video.server", department="VID", verbs=("clip.load", "clip.play", "clip.stop", "opacity.set")),
    Role(id="camera.cueing", department="CAM", verbs=("camera.shot", "camera.standby", "camera.clear")),
    Role(id="sfx.pyro", department="PYRO", hazard="high", verbs=("effect.fire", "effect.stop")),
)

CALLED = Called(on="called")
"""Pressed by hand, expected nowhere in particular."""

LOAD = AtOffset(on="offset", anchor="load")
"""When the item loads."""


def at_bar(bar: int, beat: int = 1, tick: int = 0) -> AtBar:
    """A place in the score."""
    return AtBar(on="bar", bar=bar, beat=beat, tick=tick)


def at_offset(
    seconds: float,
    anchor: Literal["load", "start", "downbeat", "section", "end"] = "start",
    section: str | None = None,
) -> AtOffset:
    """Seconds from an anchor of the item."""
    return AtOffset(on="offset", anchor=anchor, seconds=seconds, section=section)


def after(leader: str, delay_s: float = 0.0, of: Literal["start", "end"] = "start") -> After:
    """Following another cue."""
    return After(on="after", cue=leader, of=of, delay_s=delay_s)


def step(
    verb: str, *, fade_s: float | None = None, length_s: float | None = None, **args: Scalar | ChoiceTable
) -> Step:
    """One step with its arguments by name."""
    return Step(verb=verb, args=args, fade_s=fade_s, length_s=length_s)


def light(cue: str, fade_s: float | None = None, cue_list: int = 1) -> Step:
    """The lighting desk runs one of its own cues, in its own time."""
    return Step(verb="cue.fire", args={"list": cue_list, "cue": cue}, fade_s=fade_s)


def make_cue(
    cue: str,
    number: str,
    at: At = CALLED,
    *steps: Step,
    role: str | None = "lighting.main",
    item: str | None = "song",
    **fields: Any,
) -> Cue:
    """A cue; without steps it fires the light cue of its own number. A group is given ``role=None``."""
    if role is not None and not steps:
        steps = (light(number),)
    return Cue(id=cue, number=number, at=at, role=role, item=item, steps=steps, **fields)


def make_song(
    song: str = "song", *, bars: int = 16, tc_start: str | None = "01:00:00:00", vamp: Vamp | None = None, **fields: Any
) -> Song:
    """Sixteen bars at 120 in 4/4 in sections of four; with ``vamp`` the third of them repeats."""
    sections = tuple(
        Section(
            id=f"{song}/{name}",
            name=name,
            bar=1 + bars // 4 * quarter,
            bars=bars // 4,
            vamp=vamp if name == "bridge" else None,
        )
        for quarter, name in enumerate(("intro", "verse", "bridge", "outro"))
    )
    return Song(
        id=song,
        title=song.title(),
        count_in_bars=2,
        bars=bars,
        metres=(Metre(bar=1, num=4, den=4),),
        tempi=(TempoChange(bar=1, beat=1, bpm=120),),
        sections=sections,
        tc_start=tc_start,
        session=f"tracks/{song}",
        **fields,
    )


def song_cues(song: str = "song", item: str = "song", hundred: int = 1) -> tuple[Cue, ...]:
    """What a song has: load, a called start, looks on bars, a clip, a follower and a hand cue near its end.

    Ids are ``{item}-load``, ``-start``, ``-intro``, ``-verse``, ``-clip``, ``-after``, ``-bridge``, ``-call``;
    numbers ``{hundred}.1`` and up.
    """

    def one(name: str, at: At, *steps: Step, role: str = "lighting.main", **fields: Any) -> Cue:
        number = f"{hundred}.{len(made) + 1}"
        return make_cue(f"{item}-{name}", number, at, *steps, role=role, item=item, **fields)

    made: list[Cue] = []
    made.append(one("load", LOAD, step("scene.recall", scene=100 + hundred), role="audio.foh"))
    made.append(
        one(
            "start",
            CALLED,
            step("transport.play", session=f"tracks/{song}"),
            role="audio.playback",
            starts_item=True,
            warn_s=15,
            call=f"Tracks {hundred}",
        )
    )
    made.append(one("intro", at_bar(1), light("10", 2.0, hundred)))
    made.append(one("verse", at_bar(5), light("20", 2.0, hundred)))
    made.append(one("clip", at_bar(5), step("clip.play", clip=f"{song}-verse"), role="video.server"))
    made.append(
        one("after", after(f"{item}-clip", 1.0), step("camera.shot", camera="cam-1", shot="CU"), role="camera.cueing")
    )
    made.append(one("bridge", at_bar(9, 3, 240), light("30", 0.0, hundred)))
    made.append(one("call", Called(on="called", section=f"{song}/outro"), light("40", 4.0, hundred), warn_s=5))
    return tuple(made)


def make_show(*cues: Cue, songs: tuple[Song, ...] = (), items: tuple[Item, ...] = (), **fields: Any) -> Show:
    """A show with the house's departments and roles around whatever is given."""
    return Show(
        **{
            "id": "test",
            "title": "Test",
            "departments": DEPARTMENTS,
            "roles": ROLES,
            "songs": songs,
            "items": items,
            "cues": cues,
            **fields,
        }
    )


def song_show(*more: Cue, vamp: Vamp | None = None, **fields: Any) -> Show:
    """One item, ``song``, with one song and its eight cues, then ``more``. It runs 36 s, the first 4 s count-in.

    With a vamp, bars 9 to 12 repeat.
    """
    passes = vamp.planned_repeats if vamp is not None else 1
    item = Item(id="song", kind="song", title="Song", planned_s=36.0 + 8.0 * (passes - 1), song="song")
    return make_show(*song_cues(), *more, **{"songs": (make_song(vamp=vamp),), "items": (item,), **fields})


def evening_show(**fields: Any) -> Show:
    """A film, a song, a talk without cues, a second song and a hand-started encore: the whole life of items."""
    film = make_cue(
        "film-start",
        "0.1",
        CALLED,
        step("clip.play", clip="FILM"),
        role="video.server",
        item="film",
        starts_item=True,
        warn_s=5,
        call="Film",
    )
    items = (
        Item(id="film", kind="vt", title="Film", planned_s=20, min_s=20, max_s=20),
        Item(id="song", kind="song", title="Song", planned_s=36, song="song"),
        Item(id="talk", kind="talk", title="Talk", planned_s=30, min_s=10, max_s=60, flex=True),
        Item(id="second", kind="song", title="Second", planned_s=36, song="second", droppable=True),
        Item(id="encore", kind="song", title="Encore", planned_s=36, song="encore", start=StartRule(rule="manual")),
    )
    songs = (make_song(), make_song("second", tc_start="02:00:00:00"), make_song("encore", tc_start="03:00:00:00"))
    cues = (film, *song_cues(), *song_cues("second", "second", 2), *song_cues("encore", "encore", 3))
    return make_show(*cues, songs=songs, items=items, programme_s=158.0, hard_out_s=160.0, **fields)


def big_show(cues: int = 10_000, songs: int = 20) -> Show:
    """Songs of 250 bars with evenly spread cues on bars; every tenth is a camera shot that follows the one before it.

    Each song has one called start; the number of cues is exact.
    """
    made_songs: list[Song] = []
    items: list[Item] = []
    made: list[Cue] = []
    for n in range(1, songs + 1):
        name = f"song-{n}"
        made_songs.append(make_song(name, bars=248, tc_start=f"{n:02}:00:00:00"))
        items.append(Item(id=name, kind="song", title=name.title(), planned_s=500.0, song=name))
        share = cues * n // songs - cues * (n - 1) // songs
        for row in range(share):
            number = f"{n}.{row + 1:05}"
            if row == 0:
                play = step("transport.play", session=f"tracks/{name}")
                start = make_cue(f"{name}-0", number, CALLED, play, role="audio.playback", item=name, starts_item=True)
                made.append(start)
                continue
            beats = row * 248 * 4 // share
            at = at_bar(1 + beats // 4, 1 + beats % 4)
            if row % 10 == 9:
                shot = step("camera.shot", camera=f"cam-{row % 8 + 1}", shot="WS")
                follow = after(made[-1].id, 0.5)
                made.append(make_cue(f"{name}-{row}", number, follow, shot, role="camera.cueing", item=name))
            elif row % 3 == 0:
                mute = step("level.set", strip=f"ch/{row % 32 + 1}", db=-10.0, fade_s=1.0)
                made.append(make_cue(f"{name}-{row}", number, at, mute, role="audio.foh", item=name))
            else:
                made.append(make_cue(f"{name}-{row}", number, at, light(str(row), 2.0, n), item=name))
    return make_show(*made, songs=tuple(made_songs), items=tuple(items), id="big", title="Big")
