"""What an engine has reckoned from its show, held against a fresh look at that show with the same run state."""

from __future__ import annotations

from dataclasses import replace

from console.engine.arming import arm_cue
from console.engine.chains import lead_ns
from console.engine.engine import Engine
from console.engine.items import ahead_of, build_track
from console.engine.lists import build_lists
from console.engine.run_state import RunState
from console.engine.track import Coming, Track
from console.plan.resolver import StateIndex, places_of
from console.plan.schedule import build_schedule


def check_derived(engine: Engine) -> None:
    """Every look-up, list, lead and datagram is what a new engine would make of the show as it is now."""
    run = engine.run
    show, fresh = run.show, build_schedule(run.show)
    assert list(run.schedule.items.items()) == list(fresh.items.items())
    assert run.schedule.cue_times == fresh.cue_times
    assert (run.schedule.order, dict(run.schedule.by_item)) == (fresh.order, dict(fresh.by_item))
    assert run.places == places_of(fresh)
    assert list(run.lives) == list(fresh.items)
    assert run.children == show.model_copy().children
    assert run.hazard_cues == tuple(cue for cue in show.cues if cue.hazard != "none")
    assert run.armed == {cue.id: arm_cue(show, cue, run.patch, run.encoder, run.choices) for cue in show.cues}
    index = StateIndex(show, fresh, run.choices)
    for item, times in fresh.items.items():
        for position_ns in (-times.lead_in_ns, times.length_ns // 2, times.length_ns):
            assert run.index.resolve(item, position_ns) == index.resolve(item, position_ns)
    lists = build_lists(show, fresh, places_of(fresh))
    ours = engine.standbys.lists
    assert (ours.members, ours.called, ours.places) == (lists.members, lists.called, lists.places)
    assert engine.standbys.standing.keys() == lists.members.keys()
    assert all(cue is None or cue in lists.places for cue in engine.standbys.standing.values())
    for item, ahead in run.ahead.items():
        assert tuple(cue for cue in ahead if cue not in run.done) == ahead_of(run, item)
    _check_leads(run)
    new = Engine(show, engine.house, "fresh", "rehearsal", 0)
    assert sorted(engine.clock_cues.cues) == sorted(new.clock_cues.cues)
    assert engine.clock_cues.items == new.clock_cues.items
    assert engine.outside == new.outside


def _check_leads(run: RunState) -> None:
    known, run.leads = run.leads, {}
    reckoned = {cue: lead_ns(run, cue) for cue in known}
    run.leads = known
    assert known == reckoned


def check_track(run: RunState, now_ns: int) -> None:
    """What is still to come of the live item is what a locate to where it stands would put there."""
    if run.track is None or run.playhead is None or run.live_item is None:
        return
    built = build_track(run, run.live_item)
    assert [replace(each, rank=0) for each in run.track.placed] == [replace(each, rank=0) for each in built.placed]
    folding, position_ns = run.folding, run.position_at(now_ns)
    if folding.pass_no > 1:
        return  # what a pass leaves out is tested on its own
    fresh = Track(built.item, built.placed)
    fresh.locate(position_ns, replace(folding, exit_ns=None))
    if folding.exit_ns is not None:
        fresh.exit_asked(folding)

    def ahead(track: Track) -> set[tuple[str, int, int]]:
        rows: list[Coming] = track.coming(1000)
        here_ns = position_ns + folding.shift_ns
        return {
            (row.placed.cue, row.moment_ns, row.pass_no)
            for row in rows
            if row.moment_ns > here_ns and row.placed.cue not in run.done
        }

    assert ahead(run.track) == ahead(fresh)
