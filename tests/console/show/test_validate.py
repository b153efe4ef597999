"""Every fault a well-formed show can have: each case breaks one thing and is told exactly that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from inspect import getsource
from types import ModuleType

import pytest

from console.show.checks import asks, identity, moments, music, order, structure
from console.show.cues import (
    AtClock,
    AtOffset,
    AtTimecode,
    Condition,
    Is,
    OnChoice,
    OnFeed,
    OnMessage,
    Point,
    Step,
)
from console.show.rundown import Item
from console.show.show import Show
from console.show.songs import BarBeat, Metre, Section, Song, TempoChange, Vamp
from console.show.validate import validate
from tests.support.builders import (
    CALLED,
    LOAD,
    ROLES,
    after,
    at_bar,
    at_offset,
    big_show,
    evening_show,
    make_cue,
    make_show,
    make_song,
    song_show,
    step,
)
from tests.support.faulty_pieces import (
    END,
    HOT,
    TALK,
    TWO_BOSSES,
    pair,
    pyro,
    second_song,
    vamp,
)
from tests.support.faulty_shows import CASES


@pytest.mark.parametrize(("code", "show", "words"), CASES, ids=[f"{n}-{code}" for n, (code, _, _) in enumerate(CASES)])
def test_one_fault_is_told_as_that_fault(code: str, show: Show, words: str) -> None:
    told = [(problem.code, str(problem)) for problem in validate(show)]
    assert any(each == code and words in line for each, line in told), told


@pytest.mark.parametrize(("code", "show", "words"), CASES, ids=[f"{n}-{code}" for n, (code, _, _) in enumerate(CASES)])
def test_every_problem_is_one_line_with_a_remedy(code: str, show: Show, words: str) -> None:
    for problem in validate(show):
        assert "\n" not in str(problem)
        assert problem.where
        assert problem.remedy


def test_no_code_goes_untested() -> None:
    modules: Sequence[ModuleType] = (asks, identity, moments, music, order, structure)
    codes = {code for module in modules for code in re.findall(r'"(show\.[a-z_]+\.[a-z_]+)"', getsource(module))}
    assert codes == {code for code, _, _ in CASES}


def test_faults_do_not_hide_each_other() -> None:
    show = song_show(
        make_cue("a", "one", at_bar(99), role="gone"), make_cue("b", "1.4", after("b")), pyro(arm=()), hard_out_s=1
    )
    codes = {problem.code for problem in validate(show)}
    assert codes >= {
        "show.number.shape",
        "show.bar.outside",
        "show.reference.missing",
        "show.number.equal",
        "show.follow.circle",
        "show.hazard.unarmed",
        "show.total.over",
    }


def test_errors_come_first() -> None:
    severities = [problem.severity for problem in validate(song_show(pyro(arm=(), late="fire"), hard_out_s=1))]
    assert severities == sorted(severities)
    assert severities[0] == "error"


SOUND: list[Show] = [
    song_show(),
    evening_show(),
    make_show(),
    vamp(min_repeats=2, max_repeats=3, exit="quantum", exit_quantum_bars=2),
    song_show(make_cue("a", "9", at_bar(17))),  # the line behind the last bar
    song_show(make_cue("a", "9", at_bar(-1))),  # in the count-in
    song_show(make_cue("a", "9", AtTimecode(on="timecode", label="01:00:36:00"))),
    song_show(make_cue("a", "9", at_offset(-10))),
    song_show(make_cue("a", "9", at_offset(-2, "end"))),
    song_show(make_cue("a", "9", after("song-verse", -2.0, "end"))),
    song_show(make_cue("a", "9", AtClock(on="clock", time="20:00:00"))),
    song_show(make_cue("a", "9", OnFeed(on="feed", feed="w1", state="open"))),
    song_show(make_cue("a", "9", OnMessage(on="message", source="midi", address="note/1/36"))),
    song_show(make_cue("a", "1.4", item=None, list="hot"), lists=(HOT,)),
    song_show(*TWO_BOSSES),
    song_show(*pair("sequence"), make_cue("a", "11", after("g", -5.0, "end"))),
    song_show(*pair("together"), make_cue("a", "11", after("g", -3.0, "end"))),
    song_show(TWO_BOSSES[0], TWO_BOSSES[1], make_cue("a", "10", after("g", 1.0, "end"))),
    song_show(pyro(arm_window_s=20, zone_clear="upstage", once_per_show=True)),
    song_show(pyro(step("effect.stop", device="flame-1"), hazard="none", arm=())),
    song_show(
        make_cue(
            "a",
            "9",
            OnChoice(on="choice", choice="end", value="win"),
            condition=Condition(terms=(Is(choice="end", value="win"),)),
        ),
        choices=(END,),
    ),
    song_show(
        make_cue(
            "a",
            "9",
            CALLED,
            Step(verb="level.set", args={"strip": "dca/1", "db": -float("inf")}, fade_s=3),
            role="audio.foh",
        )
    ),
    song_show(
        make_cue(
            "a",
            "9",
            CALLED,
            Step(
                verb="level.set",
                args={"strip": "dca/1"},
                points=(Point(offset_s=0, value=0), Point(offset_s=2, value=-9)),
            ),
            role="audio.foh",
        )
    ),
    second_song("01:00:36:00"),  # starts on the frame after the other's last
    second_song("23:59:50:00"),
    song_show(on_air="2026-09-19T20:00:00+01:00", hard_out_s=36),
]


@pytest.mark.parametrize("show", SOUND, ids=range(len(SOUND)))
def test_sound_shows_have_no_problems(show: Show) -> None:
    assert validate(show) == ()


def test_code_that_runs_past_midnight_meets_what_is_there() -> None:
    assert [p.code for p in validate(second_song("23:59:50:00"))] == []
    show = second_song("23:59:50:00", roles=ROLES)
    early = show.songs[0].model_copy(update={"tc_start": "00:00:10:00"})
    assert [p.code for p in validate(show.model_copy(update={"songs": (early, show.songs[1])}))] == [
        "show.timecode.overlap"
    ]


def test_a_vamp_that_runs_free_needs_room_for_its_passes() -> None:
    show = second_song("01:00:40:00")
    free = make_song(vamp=Vamp(planned_repeats=1, max_repeats=2, timecode="free_run"))
    looped = make_song(vamp=Vamp(planned_repeats=1, max_repeats=2, timecode="loop"))
    assert [p.code for p in validate(show.model_copy(update={"songs": (free, show.songs[1])}))] == [
        "show.timecode.overlap"
    ]
    assert validate(show.model_copy(update={"songs": (looped, show.songs[1])})) == ()


def test_a_song_without_click_takes_its_nominal_length_of_code() -> None:
    show = second_song("01:00:00:00")
    sections = (Section(id="s", name="S", nominal_s=60),)
    felt = Song(id="song", title="Felt", click=False, tc_start="00:59:30:00", sections=sections)
    told = validate(show.model_copy(update={"songs": (felt, show.songs[1]), "cues": ()}))
    assert [p.code for p in told] == ["show.timecode.overlap"]


def test_a_ramp_and_changing_metres_are_no_fault() -> None:
    song = make_song().model_copy(
        update={
            "metres": (Metre(bar=1, num=4, den=4), Metre(bar=9, num=7, den=8)),
            "tempi": (
                TempoChange(bar=1, bpm=120),
                TempoChange(bar=5, bpm=120, to_bpm=90.5, until=BarBeat(bar=7)),
            ),
        }
    )
    item = Item(id="song", kind="performance", title="", planned_s=37.03, song="song")
    show = make_show(make_cue("a", "1", at_bar(9, 7)), make_cue("b", "2", at_bar(8, 4)), songs=(song,), items=(item,))
    assert [p.code for p in validate(show) if p.code != "show.item.planned"] == []
    beyond = make_show(make_cue("a", "1", at_bar(8, 5)), songs=(song,), items=(item,))
    assert "show.bar.beat" in {p.code for p in validate(beyond)}


def test_load_cues_and_offsets_need_no_song() -> None:
    show = make_show(
        make_cue("a", "1", LOAD, item="talk"),
        make_cue("b", "2", AtOffset(on="offset", anchor="end", seconds=-3), item="talk"),
        items=(TALK,),
    )
    assert validate(show) == ()


def test_ten_thousand_cues_are_checked() -> None:
    assert validate(big_show()) == ()
