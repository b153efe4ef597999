"""SA-09: after a crash the show is where it should be and nothing leaves until somebody says so."""

from __future__ import annotations

from console.vocabulary import Fire, Go, GoKeyUp, Locate, OutputsHeld, Panic, ReleaseOutputs, Roll, SetInput
from tests.support.builders import CALLED, at_bar, light, make_cue, song_show, step
from tests.support.engine_rig import ZERO_NS, EngineRig
from tests.support.rich_show import LINES, RICH_HOUSE

FADE = make_cue("fade", "1.91", at_bar(8), step("level.set", strip="ch/1", db=-20.0, fade_s=4.0), role="audio.foh")
TRIGGER = make_cue("macro", "1.92", at_bar(7), step("cue.go"))
ONCE = make_cue("once", "1.93", CALLED, light("9"), once_per_show=True)


def cold_start() -> EngineRig:
    """In bar 6 of the song, rolling, as a resumed engine stands."""
    rig = EngineRig(song_show(FADE, TRIGGER, ONCE), RICH_HOUSE, held=True)
    rig.engine.resume({"song": "live"}, ("song-load", "song-start", "song-intro", "song-verse", "song-clip"))
    rig.ask(Locate(item="song", position_ns=10_000_000_000, roll=True, by="resume"))
    return rig


def test_sa_09_the_position_is_restored_and_outputs_stay_held() -> None:
    rig = cold_start()
    rig.wait(1)
    snapshot = rig.engine.snapshot(rig.now_ns, rig.wall)
    assert (snapshot.playhead.state, snapshot.playhead.item, snapshot.playhead.position_ns) == (
        "rolling",
        "song",
        11_000_000_000,
    )
    assert snapshot.outputs_held
    assert OutputsHeld(at_ns=0, held=True) in rig.notices
    rig.wait(8)  # past a trigger and into a fade
    assert rig.ask(Go()) is None  # the list can be stepped; it tracks
    rig.ask(GoKeyUp())
    assert rig.sent == []
    assert rig.row("macro").outcome == "held: outputs are held"
    assert rig.row("fade").outcome == "held: outputs are held"
    assert len([row for row in rig.rows() if row.cue == "fade"]) == 1  # one row for all the steps


def test_sa_09_released_the_state_leaves_once_and_no_trigger_does() -> None:
    rig = cold_start()
    rig.wait_until(6.0)  # bar 9; the fade is half-way, the macro was due two seconds ago
    assert rig.ask(ReleaseOutputs()) is None
    assert rig.ask(ReleaseOutputs()) == "outputs are not held"
    first = [(d.command.device, d.command.verb, dict(d.command.args)) for d in rig.sent]
    assert ("lx-main", "cue.fire", {"playback": "main", "list": 1, "cue": "20"}) in first
    assert "cue.go" not in [verb for _, verb, _ in first]
    assert "clip.play" not in [verb for _, verb, _ in first]  # to be asked
    assert [verb for _, verb, _ in first].count("level.set") == 1
    rig.wait(10)
    levels = [d for d in rig.sent if d.command.verb == "level.set"]
    assert len(levels) > 50  # the fade went on to its end
    assert levels[-1].command.due_ns == ZERO_NS + 7_995_000_000
    assert rig.verbs(cue="macro") == []


def test_a_once_use_that_comes_up_while_held_is_not_spent() -> None:
    rig = cold_start()
    rig.ask(Fire(cue="once"))
    assert rig.row("once").outcome == "held: outputs are held"
    assert not rig.engine.run.spent
    rig.ask(ReleaseOutputs())
    assert rig.verbs(cue="once") == []
    rig.ask(Fire(cue="once"))
    assert len(rig.verbs(cue="once")) == 1


def test_panic_passes_what_is_held() -> None:
    rig = cold_start()
    for line in LINES:
        rig.ask(SetInput(input=line, high=True))
    rig.ask(Panic())
    assert [d.command.trigger for d in rig.sent] == ["panic"]
    assert rig.ask(Roll()) == "panic: release it first"
    assert rig.engine.snapshot(rig.now_ns, rig.wall).outputs_held
