"""Loop, engine, record and journal together on virtual time: what is on disk is what went to the outlet."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from console.engine.engine import Engine, House
from console.loop.loop import Loop, Pace
from console.plan.patch import build_patch
from console.record.as_run import AsRun
from console.record.journal import RunJournal
from console.record.reading import read_as_run, read_requests
from console.record.resuming import read_journal
from console.record.run_card import RunCard
from console.timebase import NS_PER_S
from console.vocabulary import Go, GoKeyUp, SetOutput
from devices.encode import ProfileEncoder
from tests.support.builders import song_show
from tests.support.houses import PROFILES, make_venue
from tests.support.recording_outlet import RecordingOutlet
from tests.support.virtual_clock import EVENING, ScriptedSource, VirtualWaiter, make_clock


def test_an_evening_on_virtual_time_is_on_disk_as_it_left(tmp_path: Path) -> None:
    show, venue, clock = song_show(), make_venue(), make_clock()
    patch = build_patch(show, venue, PROFILES)
    zero_ns = clock.now_ns()
    engine = Engine(show, House(patch, ProfileEncoder(patch.devices)), "run-1", "rehearsal", zero_ns)
    card = RunCard(
        run="run-1",
        kind="rehearsal",
        show=show.id,
        title=show.title,
        venue=venue.id,
        revision=0,
        started=EVENING.isoformat(),
    )
    as_run = AsRun(tmp_path / "as-run.sqlite", card)
    journal = RunJournal(tmp_path / "run-1.journal", card, spend_s=10)
    outlet, waiter = RecordingOutlet(), VirtualWaiter(clock)
    switched = next(iter(patch.devices))
    hands = ScriptedSource(
        [
            (zero_ns + 3 * NS_PER_S, Go(id=1)),
            (zero_ns + 4 * NS_PER_S, SetOutput(id=2, device=switched, mode="ghost")),
            (zero_ns + 5 * NS_PER_S, GoKeyUp(id=3)),
            (zero_ns + 36 * NS_PER_S, Go(id=4)),
        ]
    )
    Loop(
        engine,
        clock=clock,
        waiter=waiter,
        outlet=outlet,
        journal=journal,
        sources=[hands],
        audience=[as_run, journal],
        pace=Pace(snapshot_ns=NS_PER_S, wakes=False),
    ).run()
    waiter.close()
    as_run.close()
    journal.close(ended=True)

    rows = [row for row in read_as_run(as_run.path) if row.sent_s is not None and row.count == 1]
    sent = {(each.command.seq, each.command.device, each.command.cue) for each in outlet.sent}
    assert {(row.seq, row.device, row.cue) for row in rows} <= sent
    assert {row.cue for row in read_as_run(as_run.path)} == {cue.id for cue in show.cues}
    assert {row.late_us for row in rows if row.by == "playhead"} == {0}
    assert [(at_ns, asked.kind, refused) for at_ns, asked, refused in read_requests(as_run.path)] == [
        (3 * NS_PER_S, "go", None),
        (4 * NS_PER_S, "set_output", None),
        (5 * NS_PER_S, "go_key_up", None),
        (36 * NS_PER_S, "go", None),
    ]
    assert outlet.modes == {switched: "ghost"}
    so_far = read_journal(journal.path)
    assert so_far.ended
    assert so_far.outputs == {switched: "ghost"}
    assert so_far.items["song"] in ("live", "ended")
    assert {cue for cue, life in so_far.cues.items() if life == "done"} == {cue.id for cue in show.cues}
    assert so_far.here is not None
    assert so_far.run_ns(EVENING + timedelta(minutes=10)) == 600 * NS_PER_S
