"""What a rehearsal can be asked from the window, and what it says of itself."""

from __future__ import annotations

import json

import pytest

from console.plan.schedule import build_schedule
from console.vocabulary import RehearsalState, RehearseStretch, SetSpeed, StretchState
from tests.support.builders import evening_show
from tests.support.fake_link import opened
from tests.support.snapshots import device, make_snapshot
from ui.state.desk import Desk
from ui.state.rehearsal import (
    mode_words,
    needs_rehearsal,
    set_speed,
    speed_request,
    stretch_end,
    stretch_words,
    switches_of,
    toggle_stretch,
    transport_caption,
)
from ui.state.wrongs import read_findings

BAR = 2_000_000_000


def desk_with(rehearsal: RehearsalState | None = None, position_ns: int = 4 * BAR + 1, **fields: object) -> Desk:
    show = evening_show()
    desk = Desk()
    desk.take_opened(opened(show))
    snapshot = make_snapshot(show, "song", position_ns, schedule=build_schedule(show), **fields)  # type: ignore[arg-type]
    desk.take_snapshot(snapshot.model_copy(update={"rehearsal": rehearsal}), 0)
    return desk


def stretch(first: int, last: int, **fields: object) -> RehearsalState:
    given = {"item": "song", "from_ns": (first - 1) * BAR, "to_ns": (last - 1) * BAR, "inside": True, **fields}
    return RehearsalState(stretch=StretchState.model_validate(given))


def ends(request: object) -> tuple[int, int]:
    assert isinstance(request, RehearseStretch)
    return request.from_ns // BAR + 1, request.to_ns // BAR + 1


def test_a_performance_has_nothing_to_rehearse() -> None:
    desk = desk_with(run_kind="performance")
    assert needs_rehearsal(desk) == "this is a performance: begin a rehearsal first"
    assert mode_words(desk) == "Performance: nothing here can be used"
    assert transport_caption(desk) == "Transport"
    assert speed_request(desk, 1) is None


def test_one_end_brings_the_other_eight_bars_away_and_two_ends_stay() -> None:
    assert ends(stretch_end(desk_with(RehearsalState()), first=True)) == (5, 13)
    assert ends(stretch_end(desk_with(RehearsalState(), 10 * BAR), first=False)) == (3, 11)
    assert ends(stretch_end(desk_with(stretch(2, 9)), first=True)) == (5, 9)
    assert ends(stretch_end(desk_with(stretch(2, 9)), first=False)) == (2, 5)
    assert ends(stretch_end(desk_with(stretch(2, 4)), first=True)) == (5, 13), "an end behind is no end"


def test_the_cursor_comes_before_the_playhead() -> None:
    desk = desk_with(RehearsalState())
    desk.cursor = ("second", 7 * BAR - 100)
    asked = stretch_end(desk, first=True)
    assert isinstance(asked, RehearseStretch)
    assert (asked.item, asked.from_ns) == ("second", 7 * BAR)


def test_one_key_repeats_the_section_and_lets_go_of_it() -> None:
    assert ends(toggle_stretch(desk_with(RehearsalState()))) == (5, 9)
    gone = toggle_stretch(desk_with(stretch(5, 9)))
    assert isinstance(gone, RehearseStretch)
    assert gone.item is None


@pytest.mark.parametrize(
    ("speed", "steps", "wanted"), [(1, -1, 0.75), (1, 1, 1.5), (0.25, -1, 0.25), (0.6, 1, 0.75), (4, 0, 1)]
)
def test_speeds_go_by_steps(speed: float, steps: int, wanted: float) -> None:
    asked = speed_request(desk_with(RehearsalState(speed=speed, code_out="off")), steps)
    assert isinstance(asked, SetSpeed)
    assert (asked.speed, asked.code_out) == (wanted, "off")


def test_what_is_not_named_stays() -> None:
    asked = set_speed(desk_with(RehearsalState(speed=0.5, scale_fades=True)), follows=False)
    assert isinstance(asked, SetSpeed)
    assert (asked.speed, asked.scale_fades, asked.code_out) == (0.5, True, "off")


def test_it_says_how_it_plays() -> None:
    desk = desk_with(stretch(5, 9, pass_no=3).model_copy(update={"speed": 0.5}))
    assert mode_words(desk) == "REHEARSAL · speed ×0.5"
    assert transport_caption(desk) == "×0.5 · pass 3"
    assert stretch_words(desk) == "bar 5 to bar 9 of Song · pass 3"
    assert stretch_words(desk_with(stretch(5, 9, inside=False))).endswith("not in it")
    counting = desk_with(RehearsalState(count_in_ns=1_500_000_000))
    assert transport_caption(counting) == "Count-in 1.5 s"


def test_switches_are_by_department_and_say_where_devices_differ() -> None:
    devices = [
        device("lx", "lighting.main", mode="live"),
        device("lx-b", "lighting.main", mode="ghost", duty="standby"),
        device("foh", "audio.foh", mode="off"),
        device("midi:in", "", duty=""),
    ]
    rows = [(each.id, each.mode, each.detail) for each in switches_of(desk_with(RehearsalState(), devices=devices))]
    assert rows == [
        ("LX", None, "1 live, 1 ghost"),
        ("lx", "live", "lighting.main"),
        ("lx-b", "ghost", "lighting.main"),
        ("SND", "off", "1 off"),
        ("foh", "off", "audio.foh"),
    ]


def test_findings_are_read_and_what_is_none_is_said() -> None:
    problem = {"severity": "error", "code": "x", "where": "cue 1", "message": "late", "remedy": "more time"}
    note = {**problem, "severity": "note"}
    found = read_findings(json.dumps({"verdict": "FAIL", "problems": [problem, note], "played_s": 5400}), "")
    assert found.words == "FAIL · 90 minutes played · 1 to mend"
    assert [each.mark.word for each in found.wrongs] == ["Error", "Note"]
    not_played = read_findings(json.dumps({"verdict": "FAIL", "problems": [], "played_s": 0}), "")
    assert "Not played" in not_played.words
    assert read_findings("", "showcaller: no such show\n").words == "showcaller: no such show"
