"""Takes recorded and played again: RE-01, RE-02, RE-03 and what never leaves by a replay, on the recorded take."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.plan.take_lags import missed_and_extra, planned_ns
from console.record.reading import read_as_run, read_requests
from console.record.take_reading import read_card, read_script, read_sheet
from console.rehearsal.sheet import make_sheet
from console.vocabulary import (
    Go,
    LedgerRow,
    Request,
    SetStandby,
    StartItem,
    Take,
    TakeCard,
    TakeSheet,
    TransportChanged,
)
from tests.support.concert import concert
from tests.support.engine_rig import ZERO_NS
from tests.support.take_stand import ITEM, copper_log, copper_take, dome, half_light, replayed, schedule

MS = 1_000_000


@pytest.fixture(scope="module")
def take(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copper_take(tmp_path_factory.mktemp("takes") / "copper.take")


@pytest.fixture(scope="module")
def again(take: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The take played through the engine at its own speed, with the window that lets an early press wait."""
    return replayed(take, tmp_path_factory.mktemp("again") / "again.take", joined=dome(20))


def sheet(path: Path) -> TakeSheet:
    return read_sheet(path, half_light(), schedule())


def presses(path: Path) -> list[tuple[str | None, str, str, float]]:
    return [
        (each.cue, each.by, each.input, (each.position_ns or 0) / MS)
        for each in sheet(path).presses
        if not each.refused
    ]


def sent(path: Path, *, pressed_only: bool = True) -> list[LedgerRow]:
    return [
        row
        for row in read_as_run(path)
        if row.item == ITEM and row.cue and row.sent_s is not None and (row.trigger == "GO" or not pressed_only)
    ]


def test_re_01_presses_of_keys_are_recorded_to_a_millisecond_and_the_missed_cue_is_noted() -> None:
    rig = concert(chases=False)
    show, asked = rig.show, []

    def ask(request: Request) -> None:
        at_ns = rig.now_ns - ZERO_NS
        asked.append((at_ns, request, rig.ask(request)))

    for department in ("LX", "CAM", "AUD", "VID", "GFX"):
        ask(Take(department=department))
    ask(StartItem(item=ITEM))
    zero_s = rig.now_s + schedule().items[ITEM].lead_in_ns / 1e9
    log = [line for line in copper_log().lines if line.did == "go"]
    for line in log:
        rig.wait_until(zero_s + line.at_ms / 1000)
        assert line.cue is not None
        name = f"dept:{show.department_of(show.cue_by_id[line.cue])}"
        if rig.engine.standbys.standing[name] != line.cue:
            ask(SetStandby(list=name, cue=line.cue))
        ask(Go(list=name, by=line.by, input=line.input))
    assert [refused for _, _, refused in asked if refused] == []
    card = TakeCard(
        run="r", take=1, label="", kind="rehearsal", show=show.id, title="", venue="", began="", item=ITEM, seconds=0,
        presses=0, notes=0, open_notes=0,
    )  # fmt: skip
    found = make_sheet(card, show, schedule(), asked, rig.notices, rig.rows(), ())
    assert [(each.cue, each.by, each.input) for each in found.presses] == [(x.cue, x.by, x.input) for x in log]
    assert [(each.position_ns or 0) / MS for each in found.presses] == pytest.approx([x.at_ms for x in log], abs=1)
    missed, extra = missed_and_extra(show, schedule(), found)
    assert (missed, extra) == (("copper-rain-065",), ())


def test_re_02_a_replay_presses_at_the_recorded_times_and_sends_in_order(take: Path, again: Path) -> None:
    assert presses(again) == [(cue, by, key, pytest.approx(at_ms, abs=1)) for cue, by, key, at_ms in presses(take)]
    first_sent = list(dict.fromkeys(row.cue for row in sorted(sent(again), key=lambda row: row.sent_s or 0)))
    planned = [cue for cue, *_ in presses(take) if cue not in ("copper-rain-035", "copper-rain-030")]
    assert [cue for cue in first_sent if cue in planned] == planned
    assert all(row.late_us == 0 for row in sent(again) if row.count == 1)


def test_re_02_the_press_8_ms_early_leaves_at_zero(again: Path) -> None:
    zero_s = next(each.at_ns for each in _rolls(again)) / 1e9 + schedule().items[ITEM].lead_in_ns / 1e9
    early = next(row for row in sent(again) if row.cue == "copper-rain-035")
    assert early.cue_s == pytest.approx(zero_s, abs=1e-6)
    assert early.sent_s == pytest.approx(max(early.due_s, zero_s - 0.008), abs=0.001)


def test_without_the_window_an_early_press_leaves_early(take: Path, tmp_path: Path) -> None:
    path = replayed(take, tmp_path / "again.take")
    zero_s = next(each.at_ns for each in _rolls(path)) / 1e9 + schedule().items[ITEM].lead_in_ns / 1e9
    assert next(row for row in sent(path) if row.cue == "copper-rain-035").sent_s == pytest.approx(zero_s - 0.008)


@pytest.mark.parametrize("speed", [0.5, 0.75, 2.0])
def test_re_03_at_another_speed_order_and_times_are_the_recorded_ones(
    take: Path, again: Path, tmp_path: Path, speed: float
) -> None:
    path = replayed(take, tmp_path / "again.take", speed, joined=dome(20))
    expected = [(cue, pytest.approx(at_ms, abs=1)) for cue, _, _, at_ms in presses(take)]
    assert [(cue, at_ms) for cue, _, _, at_ms in presses(path)] == expected
    lead_s = schedule().items[ITEM].lead_in_ns / 1e9
    zero_s = next(each.at_ns for each in _rolls(path)) / 1e9 + lead_s / speed
    for row in read_requests(path):
        at_ns, request, refused = row
        if isinstance(request, Go):
            assert refused is None
            assert any(x.by == request.by and _is_at(x.at_ms, at_ns, zero_s, speed) for x in copper_log().lines)
    order = [row.cue for row in sent(path)]
    assert set(order) == {row.cue for row in sent(again)}


def _is_at(at_ms: float, at_ns: int | None, zero_s: float, speed: float) -> bool:
    return at_ns is not None and abs(at_ns / 1e9 - zero_s - at_ms / 1000 / speed) < 0.0011


def test_what_is_recorded_of_a_replay_is_a_take_that_replays_alike(again: Path, tmp_path: Path) -> None:
    third = replayed(again, tmp_path / "third.take", joined=dome(20))
    assert presses(third) == presses(again)
    kept = [(row.cue, row.command, row.device, row.outcome) for row in sent(again, pressed_only=False)]
    assert [(row.cue, row.command, row.device, row.outcome) for row in sent(third, pressed_only=False)] == kept


def test_a_take_says_where_its_cues_really_left(again: Path) -> None:
    leaves = {each.cue: each.position_ns / MS for each in sheet(again).leaves}
    at_ms = {line.cue: line.at_ms for line in copper_log().lines if line.did == "go"}
    assert leaves["copper-rain-145"] == pytest.approx(at_ms["copper-rain-145"], abs=1)
    follower_ns = planned_ns(half_light(), schedule(), "copper-rain-020")
    assert follower_ns is not None
    assert leaves["copper-rain-020"] == pytest.approx(follower_ns / MS, abs=60)


def test_a_card_says_what_is_in_the_file(take: Path) -> None:
    card = read_card(take)
    assert (card.take, card.item, card.presses, card.notes, card.open_notes) == (3, ITEM, 36, 3, 3)
    assert card.seconds == pytest.approx(4.898 + 244.953, abs=0.01)


def _rolls(path: Path) -> list[TransportChanged]:
    return [each for each in read_script(path).changes if each.state == "rolling" and each.item == ITEM]
