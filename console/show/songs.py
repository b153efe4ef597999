"""Songs: metres, tempo, sections, vamps and their timecode."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from console.show.doc import Doc


class Metre(Doc):
    """A time signature from this bar on."""

    bar: int = Field(ge=1)
    num: int = Field(ge=1, le=64)
    den: Literal[1, 2, 4, 8, 16, 32]


class BarBeat(Doc):
    """A place in the score."""

    bar: int = Field(ge=1)
    beat: int = Field(default=1, ge=1)


class TempoChange(Doc):
    """Quarter notes a minute from this beat on; with ``to_bpm`` a ramp, linear in quarter notes, until ``until``."""

    bar: int = Field(ge=1)
    beat: int = Field(default=1, ge=1)
    bpm: float = Field(gt=0, le=1000)
    to_bpm: float | None = Field(default=None, gt=0, le=1000)
    until: BarBeat | None = None


class Vamp(Doc):
    """Repeat until told. Repeats count passes, the first included."""

    planned_repeats: int = Field(ge=1)
    min_repeats: int = Field(default=1, ge=1)
    max_repeats: int | None = Field(default=None, ge=1)
    exit: Literal["section_end", "bar", "beat", "quantum"] = "section_end"
    exit_quantum_bars: int | None = Field(default=None, ge=1)
    timecode: Literal["loop", "hold", "free_run"] = "loop"
    entry_cues: tuple[str, ...] = ()
    exit_cues: tuple[str, ...] = ()


class Section(Doc):
    """A named run of bars, or of nominal seconds where nothing is clicked."""

    id: str
    name: str
    bar: int | None = Field(default=None, ge=1)
    bars: int | None = Field(default=None, ge=1)
    nominal_s: float | None = Field(default=None, gt=0)
    vamp: Vamp | None = None


class GuideTrack(Doc):
    """A sound file that plays in step with the song in rehearsal."""

    file: str
    offset_s: float = 0.0


class Song(Doc):
    """Music with a tempo map. Bars are score bars: a vamp never renumbers what comes after it."""

    id: str
    title: str
    number: int | None = None
    artist: str = ""
    key: str = ""
    notes: str = ""
    click: bool = True
    count_in_bars: int = Field(default=0, ge=0, le=8)
    bars: int | None = Field(default=None, ge=1)
    metres: tuple[Metre, ...] = ()
    tempi: tuple[TempoChange, ...] = ()
    sections: tuple[Section, ...] = ()
    tc_start: str | None = None  # label of the first click, at the show's rate
    clock: Literal["internal", "chase"] = "internal"
    fallback: Literal["hold", "internal"] = "hold"  # of a song that chases, when its code has ended
    guide: GuideTrack | None = None
    session: str | None = None  # what the playback rig calls it
    isrc: str | None = None
