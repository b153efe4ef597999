"""The sample concert in its arena on an engine rig: one output of timecode, and one source where it chases."""

from __future__ import annotations

from functools import cache

from console.engine.engine import House
from console.engine.timecode_chase import CodeInput
from console.engine.timecode_out import TimecodeLine
from console.plan.schedule import Schedule, build_schedule
from console.samples.library import sample_path
from console.show.show import Show
from console.show.show_file import read_show
from console.vocabulary import Go, GoKeyUp, SetStandby
from console.wiring.joining import join_show
from devices.timecode import MtcEncoder
from profiles.timecode import frame_rate
from profiles.venue_library import load_venue
from tests.support.engine_rig import EngineRig


@cache
def sample() -> Show:
    """Half-Light, every song with code following it."""
    show = read_show(sample_path("half-light")).show
    songs = tuple(song.model_copy(update={"clock": "chase"}) if song.tc_start else song for song in show.songs)
    return show.model_copy(update={"songs": songs})


@cache
def schedule() -> Schedule:
    return build_schedule(sample())


def concert(*, chases: bool) -> EngineRig:
    """The concert in its arena: one source of code at 25, one output."""
    show = sample()
    venue, _ = load_venue("halcyon-dome")
    assert venue is not None
    assert venue.timecode is not None
    joined = join_show(show, venue)
    code = venue.timecode
    inputs = (CodeInput("deck", frame_rate("25"), code.freewheel_frames, code.jam_frames),) if chases else ()
    line = TimecodeLine(MtcEncoder("tc"), frame_rate(code.outs[0].rate))
    return EngineRig(show, venue, house=House(joined.patch, joined.encoder, (line,), inputs))


def item_of(song: str) -> str:
    return next(item.id for item in sample().items if item.song == song)


def press(rig: EngineRig, item: str) -> None:
    start = next(cue.id for cue in sample().cues if cue.item == item and cue.starts_item)
    assert rig.ask(SetStandby(cue=start)) is None
    assert rig.ask(Go()) is None
    rig.ask(GoKeyUp())
