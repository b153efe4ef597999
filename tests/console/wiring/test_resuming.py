"""After a crash: the right place, the right marks, and nothing that happened once happening again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from console.engine.engine import Engine, House
from console.plan.patch import build_patch
from console.record.journal import Here
from console.record.resuming import RunSoFar
from console.record.run_card import RunCard
from console.rehearsal.machine import AutoEngine
from console.rehearsal.passage import Passage
from console.vocabulary import Answered
from console.wiring.resuming import Resumption, plan_resumption
from devices.encode import ProfileEncoder
from tests.support.builders import CALLED, evening_show, light, make_cue, step
from tests.support.engine_rig import NOON, ZERO_NS
from tests.support.houses import PROFILES, make_venue

SHOW = evening_show()
ONCE = make_cue("once", "9.1", CALLED, light("9"), item="second", once_per_show=True)
MACRO = make_cue("macro", "1.05", SHOW.cue_by_id["song-intro"].at, step("cue.go"))
SHOW = SHOW.model_copy(update={"cues": (*SHOW.cues, ONCE, MACRO)})

CARD = RunCard(
    run="evening",
    kind="performance",
    show="test",
    title="Test",
    venue="small-hall",
    revision=0,
    started=NOON.isoformat(),
)


def cut_off(position_s: float = 9.0, state: str = "rolling") -> RunSoFar:
    """The evening forty seconds in: the film is over, the song is in its third bar, the once-use is spent."""
    wall = NOON + timedelta(seconds=40)
    return RunSoFar(
        CARD,
        items={"film": "ended", "song": "live", "second": "planned"},
        cues=dict.fromkeys(("film-start", "song-load", "song-start", "song-intro", "macro"), "done"),
        standbys={"show": "song-call", "gone": "nothing"},
        spent={"once"},
        here=Here(
            at_ns=40_000_000_000,
            wall=wall.isoformat(),
            state=state,  # type: ignore[arg-type]
            item="song",
            position_ns=round(position_s * 1e9),
        ),
    )


def resume(so_far: RunSoFar, after_s: float = 2.0) -> tuple[AutoEngine, list[tuple[str | None, str]], list[Answered]]:
    """A new engine that goes on, and what its first step sent and answered."""
    wall = NOON + timedelta(seconds=40 + after_s)
    goes_on: Resumption = plan_resumption(Path("x.journal"), so_far, SHOW, wall)
    patch = build_patch(SHOW, make_venue(), PROFILES)
    house = House(patch, ProfileEncoder(patch.devices))
    engine = Engine(SHOW, house, CARD.run, CARD.kind, ZERO_NS - goes_on.run_ns, goes_on.spent)
    engine.resume(goes_on.lives, goes_on.done)
    auto = AutoEngine(engine, None, Passage(asks=goes_on.asks))
    outbox = auto.step(ZERO_NS, wall, [])
    sent = [(each.command.cue, each.command.verb) for each in outbox.dispatches]
    return auto, sent, [notice for notice in outbox.notices if isinstance(notice, Answered)]


def test_the_playhead_is_where_the_band_is_by_now() -> None:
    auto, _, _ = resume(cut_off())
    head = auto.snapshot(ZERO_NS, NOON).playhead
    assert (head.item, head.position_ns, head.state) == ("song", 11_000_000_000, "rolling")


def test_parameters_are_brought_there_and_no_trigger_leaves_again() -> None:
    _, sent, answers = resume(cut_off())
    assert ("song-verse", "cue.fire") in sent  # bar 5 passed while nobody was looking
    assert not {"macro", "song-start", "film-start"} & {cue for cue, _ in sent}
    assert all(answer.refused is None for answer in answers)


def test_marks_standbys_and_the_count_of_the_run_go_on() -> None:
    auto, _, _ = resume(cut_off())
    snapshot = auto.snapshot(ZERO_NS, NOON)
    assert snapshot.now_ns == 42_000_000_000
    assert snapshot.standbys["show"] == "song-call"
    assert {"film-start", "song-start", "macro"} <= set(snapshot.done)
    assert {item.item: item.life for item in snapshot.items}["film"] == "ended"
    assert "once" in auto.engine.run.spent


def test_a_show_that_stood_still_stands_where_it_stood() -> None:
    auto, _, _ = resume(cut_off(state="held"), after_s=600)
    head = auto.snapshot(ZERO_NS, NOON).playhead
    assert (head.position_ns, head.rate) == (9_000_000_000, 0.0)


def test_a_song_that_is_over_by_now_has_ended_and_the_talk_is_live() -> None:
    auto, _, _ = resume(cut_off(), after_s=600)
    assert auto.snapshot(ZERO_NS, NOON).playhead.item == "talk"


def test_before_anything_was_live_nothing_is_located() -> None:
    so_far = replace(cut_off(), items={"film": "loaded"}, cues={}, here=None)
    auto, sent, _ = resume(so_far)
    assert sent == []
    assert auto.snapshot(ZERO_NS, NOON).playhead.item is None
