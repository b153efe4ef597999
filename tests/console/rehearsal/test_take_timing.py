"""RE-08: what hands teach the score. Lags, outliers, adopting with one undo, learning, on the recorded take."""

from __future__ import annotations

from fractions import Fraction

import pytest

from console.plan.adopting import EIGHTH, adopt, learn
from console.plan.schedule import build_schedule
from console.plan.take_lags import compare, missed_and_extra
from console.record.take_reading import read_sheet
from console.show.cues import AtBar
from console.show.edits import apply, change_cue
from console.vocabulary import TakePress, TakeSheet
from tests.support.take_stand import copper_log, copper_take, half_light, schedule

MS = 1_000_000
OUTLIERS = ("copper-rain-070", "copper-rain-145")


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> TakeSheet:
    return read_sheet(copper_take(tmp_path_factory.mktemp("takes") / "copper.take"), half_light(), schedule())


def with_lags(sheet: TakeSheet, **late_ms: float) -> TakeSheet:
    """The same take with every press late by so much: ``all`` and single cues, dashes as underscores."""
    moved = [
        press.model_copy(
            update={
                "position_ns": (press.position_ns or 0)
                + round(MS * late_ms.get((press.cue or "").replace("-", "_"), late_ms.get("all", 0.0)))
            }
        )
        for press in sheet.presses
    ]
    return sheet.model_copy(update={"presses": tuple(moved)})


def test_lags_stand_beside_the_plan_and_two_slips_are_told_apart(sheet: TakeSheet) -> None:
    found = compare(half_light(), schedule(), [sheet])
    lags = {row.cue: row.cells[0].lag_ns / MS for row in found.rows if row.cells[0] and row.cells[0].lag_ns is not None}
    planned = schedule().cue_times
    log = [line for line in copper_log().lines if line.did == "go" and line.cue is not None]
    assert lags == pytest.approx({x.cue: x.at_ms - planned[x.cue or ""].planned_ns / MS for x in log}, abs=0.001)
    figures = found.takes[0]
    assert (figures.pressed, figures.missed, set(figures.outliers)) == (36, ("copper-rain-065",), set(OUTLIERS))
    assert (figures.median_ns or 0) / MS == pytest.approx(10.5, abs=2)
    assert [row.cue for row in found.rows] == [cue for cue in schedule().by_item["song-copper-rain"] if cue in {
        *lags, "copper-rain-065"}]  # fmt: skip


def test_a_hand_that_is_always_late_has_no_outliers_but_its_slips(sheet: TakeSheet) -> None:
    late = compare(half_light(), schedule(), [with_lags(sheet, all=300.0)]).takes[0]
    assert set(late.outliers) == set(OUTLIERS)
    assert (late.median_ns or 0) / MS == pytest.approx(310.5, abs=2)


def test_takes_stand_side_by_side(sheet: TakeSheet) -> None:
    other = with_lags(sheet, all=20.0)
    found = compare(half_light(), schedule(), [sheet, other])
    for row in found.rows:
        first, second = row.cells
        if first is not None and second is not None and first.lag_ns is not None:
            assert second.lag_ns == first.lag_ns + 20 * MS
    assert len(found.takes) == 2


def test_presses_that_ran_nothing_or_a_cue_again_are_extra(sheet: TakeSheet) -> None:
    again = sheet.presses[5].model_copy(update={"at_ns": sheet.presses[5].at_ns + 90 * MS})
    refused = TakePress(at_ns=1, cue=None, item=None, position_ns=None, list="show", by="x", refused="too soon")
    more = sheet.model_copy(update={"presses": (refused, *sheet.presses, again)})
    assert missed_and_extra(half_light(), schedule(), more)[1] == (refused, again)


def test_adopting_moves_cues_to_their_presses_leaves_outliers_and_is_one_undo(sheet: TakeSheet) -> None:
    show = half_light()
    found = adopt(show, schedule(), sheet)
    assert found.edit is not None
    changed, inverse = apply(show, found.edit)
    after = build_schedule(changed)
    pressed = {line.cue: line.at_ms for line in copper_log().lines if line.did == "go"}
    moved = {cue for cue, _, _ in found.moved}
    assert moved == {cue for cue in pressed if cue not in OUTLIERS}
    for cue in moved:
        assert after.cue_times[cue].planned_ns / MS == pytest.approx(pressed[cue], abs=0.7)  # half a tick
    assert {cue for cue, _ in found.left} == {*OUTLIERS, "copper-rain-065"}
    assert all(changed.cue_by_id[cue] == show.cue_by_id[cue] for cue in OUTLIERS)
    assert apply(changed, inverse)[0] == show


def test_to_the_nearest_eighth_only_what_is_off_it_moves(sheet: TakeSheet) -> None:
    assert adopt(half_light(), schedule(), sheet, grid=EIGHTH).edit is None  # every hand was within a sixteenth
    late = with_lags(sheet, copper_rain_040=280.0, copper_rain_055=100.0)
    found = adopt(half_light(), schedule(), late, ["copper-rain-055"], EIGHTH)
    assert found.moved == ()
    quarter_ns = round(schedule().items["song-copper-rain"].tempo.quarters_to_ns(Fraction(1)))  # type: ignore[union-attr]
    by_all = with_lags(sheet, all=quarter_ns / MS / 2)
    found = adopt(half_light(), schedule(), by_all, ["copper-rain-040"], EIGHTH)
    assert found.edit is not None
    changed, _ = apply(half_light(), found.edit)
    assert changed.cue_by_id["copper-rain-040"].at == AtBar(on="bar", bar=5, beat=1, tick=240)


def test_a_called_cue_learns_where_it_is_expected_and_stays_called(sheet: TakeSheet) -> None:
    called, _ = apply(half_light(), change_cue("copper-rain-040", {"at": {"on": "called"}, "mode": None}))
    at = build_schedule(called)
    late = with_lags(sheet, all=24.0)
    latest = with_lags(sheet, all=900.0)
    found = learn(called, at, [sheet, late, latest], "copper-rain-040")
    assert found.edit is not None
    learnt, inverse = apply(called, found.edit)
    cue = learnt.cue_by_id["copper-rain-040"]
    assert cue.is_called
    time = build_schedule(learnt).cue_times["copper-rain-040"]
    assert (time.position_ns, time.expected) == (None, True)
    assert time.planned_ns / MS == pytest.approx(9827 + 24, abs=0.7)
    assert apply(learnt, inverse)[0] == called
    assert learn(half_light(), schedule(), [sheet], "copper-rain-025").left[0][1].startswith("starts its item")
    assert learn(half_light(), schedule(), [sheet], "copper-rain-030").left[0][1].startswith("is not called")
