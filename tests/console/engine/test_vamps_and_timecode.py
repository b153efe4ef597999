"""Vamps fold, leave and keep their cues; timecode out follows what the operator sees."""

from __future__ import annotations

import pytest

from console.engine.engine import House
from console.engine.timecode_out import TimecodeLine
from console.engine.vamps import Folding, ask_exit, at_position
from console.plan.patch import build_patch
from console.plan.schedule import build_schedule
from console.show.songs import Vamp
from console.vocabulary import ExitVamp, Fire, Go, GoKeyUp, Hold, Locate, Roll
from devices.encode import ProfileEncoder
from profiles.timecode import frame_rate
from tests.support.builders import CALLED, at_bar, light, make_cue, song_show, step
from tests.support.engine_rig import ZERO_NS, EngineRig
from tests.support.houses import PROFILES, make_venue
from tests.support.wire_code import TimecodePackets

VAMP = Vamp(planned_repeats=3, min_repeats=1, max_repeats=6)
ZERO_S = 4.05  # press at 0, tracks 50 ms, two bars of count-in


def start(rig: EngineRig) -> None:
    rig.ask(Go())
    rig.ask(GoKeyUp())


def sent_s(rig: EngineRig, cue: str) -> list[float]:
    return [due_s for due_s, _, _ in rig.verbs(cue=cue)]


def test_a_vamp_repeats_until_told_and_later_cues_wait() -> None:
    outro = make_cue("outro", "1.9", at_bar(13), light("60"))
    rig = EngineRig(song_show(outro, vamp=VAMP))
    start(rig)
    rig.wait_until(ZERO_S + 16 + 8 * 4 + 1)  # bars 9–12 last 8 s; now in pass 5
    snapshot = rig.engine.snapshot(rig.now_ns, rig.wall)
    assert (snapshot.playhead.vamp_pass, snapshot.playhead.bar) == (5, 9)
    assert sent_s(rig, "outro") == []
    assert rig.ask(ExitVamp()) is None
    rig.wait(30)
    assert sent_s(rig, "outro") == [pytest.approx(ZERO_S + 16 + 8 * 5 - 0.02)]
    assert len(sent_s(rig, "song-bridge")) == 1  # pass 1 only


def test_every_pass_means_every_pass_with_its_lead() -> None:
    each = make_cue("each", "1.9", at_bar(9), light("61"), every_pass=True)
    rig = EngineRig(song_show(each, vamp=VAMP))
    start(rig)
    rig.wait_until(ZERO_S + 16 + 8 * 2 + 1)
    rig.ask(ExitVamp())
    rig.wait(30)
    assert sent_s(rig, "each") == [pytest.approx(ZERO_S + 16 + 8 * n - 0.02) for n in range(3)]


def test_an_exit_asked_inside_a_lead_is_taken_and_the_cue_leaves_at_once() -> None:
    outro = make_cue("outro", "1.9", at_bar(13), light("60"))
    rig = EngineRig(song_show(outro, vamp=VAMP))
    start(rig)
    rig.wait_until(ZERO_S + 16 + 8 - 0.01)
    rig.ask(ExitVamp())
    row = rig.row("outro")
    assert row.late_us == 10_000
    assert row.cue_s == pytest.approx(ZERO_S + 24)


@pytest.mark.parametrize(
    ("rule", "quantum", "asked_bar", "exit_bar"),
    [("section_end", None, 9.5, 13), ("bar", None, 9.5, 10), ("beat", None, 9.5, 9.5), ("quantum", 2, 9.5, 11)],
)
def test_exit_rules(rule: str, quantum: int | None, asked_bar: float, exit_bar: float) -> None:
    vamp = Vamp(planned_repeats=3, exit=rule, exit_quantum_bars=quantum)
    times = build_schedule(song_show(vamp=vamp)).items["song"]
    folding, refused = ask_exit(times, Folding(), round((asked_bar - 1) * 2e9))
    assert refused is None
    assert folding.exit_ns == round((exit_bar - 1) * 2e9)


def test_exits_are_refused_before_the_vamp_and_before_its_least_repeats() -> None:
    times = build_schedule(song_show(vamp=Vamp(planned_repeats=3, min_repeats=2))).items["song"]
    assert ask_exit(times, Folding(), 0)[1] == "bridge has not begun; ask when it plays"
    assert ask_exit(times, Folding(), 17_000_000_000)[1] == "bridge is to be played 2 times at least"
    assert ask_exit(times, at_position(times, 30_000_000_000), 0)[1] == "no vamp is playing or ahead in this item"


def test_over_the_most_repeats_it_warns_and_never_leaves_by_itself() -> None:
    rig = EngineRig(song_show(vamp=Vamp(planned_repeats=1, max_repeats=2)))
    start(rig)
    rig.wait_until(ZERO_S + 16 + 8 * 3 + 1)
    said = [notice.words for notice in rig.notices if notice.kind == "said"]
    assert said[0] == "bridge is in pass 3, 2 at most: exit it"
    assert rig.engine.run.live_item == "song"


def timecode_rig(vamp: Vamp | None = None, rate: str | None = None) -> EngineRig:
    show = song_show(vamp=vamp)
    patch = build_patch(show, make_venue(), PROFILES)
    line = TimecodeLine(TimecodePackets(), frame_rate(rate or show.rate))
    house = House(patch, ProfileEncoder(patch.devices), (line,))
    return EngineRig(show, house=house)


def timecode(rig: EngineRig) -> list[tuple[float, str]]:
    """(seconds, bytes) of all timecode sent."""
    return [
        (round((d.command.due_ns - ZERO_NS) / 1e9, 6), d.packet.payload.hex(" "))  # type: ignore[attr-defined]
        for d in rig.sent
        if d.command.device == "tc"
    ]


def test_a_song_begins_with_a_full_frame_then_quarter_frames_on_the_grid() -> None:
    rig = timecode_rig()
    start(rig)
    rig.wait_until(0.25)
    sent = timecode(rig)
    assert sent[0] == (0.0, "f0 7f 7f 01 01 21 00 00 00 f7")
    assert sent[1:9] == [
        (round(0.05 + 0.01 * n, 6), f"f1 {byte}")
        for n, byte in enumerate(("00", "10", "20", "30", "40", "50", "61", "72"))
    ]
    assert sent[9] == (0.13, "f1 02")  # the next group of two frames


def test_hold_stops_the_code_with_a_full_frame_and_roll_begins_again_on_a_whole_group() -> None:
    rig = timecode_rig()
    start(rig)
    rig.wait_until(1.0)
    rig.ask(Hold())
    held = len(timecode(rig))
    assert timecode(rig)[-1][1].startswith("f0")
    rig.wait(5)
    assert len(timecode(rig)) == held
    rig.ask(Roll())
    rig.wait(0.3)
    assert timecode(rig)[held][1].startswith("f0")
    assert timecode(rig)[held + 1][1][3] == "0"  # piece 0


def test_locate_says_where_to_with_a_full_frame() -> None:
    rig = timecode_rig()
    rig.ask(Locate(item="song", position_ns=8_000_000_000))
    assert timecode(rig) == [(0.0, "f0 7f 7f 01 01 21 00 0c 00 f7")]  # 4 s of count-in and 8 s of song


@pytest.mark.parametrize(("policy", "second_pass"), [("loop", "14"), ("hold", "14"), ("free_run", None)])
def test_policies_of_a_vamp(policy: str, second_pass: str | None) -> None:
    rig = timecode_rig(Vamp(planned_repeats=2, timecode=policy))
    start(rig)
    rig.wait_until(ZERO_S + 16 + 8 + 0.5)
    jumps = [(due_s, text.split()[7]) for due_s, text in timecode(rig) if text.startswith("f0")]
    if second_pass is None:
        assert len(jumps) == 1  # the code counts on through the fold
        return
    # Bar 9 is 20 s after the first click.
    assert jumps[1] == (pytest.approx(ZERO_S + 24), second_pass)
    seconds = {text.split()[1] for due_s, text in timecode(rig) if due_s > ZERO_S + 24.1 and text.startswith("f1 2")}
    assert seconds == {"24"}


def test_every_quarter_frame_of_a_stream_is_one_row_at_its_start_and_one_at_its_end() -> None:
    rig = timecode_rig()
    start(rig)
    rig.wait_until(1.05)
    rig.ask(Hold())
    rows = [(row.command, row.count) for row in rig.rows() if row.device == "tc"]
    assert rows == [
        ("timecode label=01:00:00:00", 1),
        ("timecode label=quarter frame", 1),
        ("timecode label=quarter frame", 101),
        ("timecode label=01:00:01:00", 1),
    ]


def test_code_that_runs_free_counts_on_through_an_exit_in_the_middle_of_a_pass() -> None:
    rig = timecode_rig(Vamp(planned_repeats=2, timecode="free_run", exit="bar"))
    start(rig)
    rig.wait_until(ZERO_S + 16 + 8 + 1)  # bar 9 of pass 2
    rig.ask(ExitVamp())
    rig.wait(3)
    assert rig.engine.run.position_at(rig.now_ns) == 26_000_000_000  # two bars later than bar 13
    rig.ask(Hold())
    elapsed_s = rig.now_s - 0.05
    assert timecode(rig)[-1][1].split()[7] == f"{round(elapsed_s):02x}"  # true seconds since the first click


def test_a_pass_puts_back_what_it_changed_and_leaves_alone_what_a_hand_did() -> None:
    inside = make_cue("inside", "1.9", at_bar(10), light("61"))
    hot = make_cue("hot", "1", CALLED, step("mute.set", strip="pa", on=True), role="audio.foh", item=None, list="hot")
    before = make_cue("before", "1.91", at_bar(2), step("level.set", strip="ch/1", db=0.0), role="audio.foh")
    by_hand = make_cue("by-hand", "1.92", CALLED, step("level.set", strip="ch/1", db=-9.0), role="audio.foh")
    rig = EngineRig(song_show(inside, before, hot, by_hand, vamp=VAMP))
    start(rig)
    rig.wait_until(ZERO_S + 12)
    rig.ask(Fire(cue="by-hand"))
    rig.wait_until(ZERO_S + 16 + 8 + 1)
    again = [(d.command.cue, d.command.verb) for d in rig.sent if d.command.trigger == "bridge, pass 2"]
    assert again == [
        ("song-verse", "cue.fire")
    ]  # the look that stood at the top; the fader stays where the hand put it


def test_every_output_speaks_at_its_own_rate() -> None:
    show = song_show()
    patch = build_patch(show, make_venue(), PROFILES)
    lines = tuple(TimecodeLine(TimecodePackets(name), frame_rate(name)) for name in ("25", "29.97df"))
    rig = EngineRig(show, house=House(patch, ProfileEncoder(patch.devices), lines))
    start(rig)
    rig.wait_until(0.05 + 1.0 - 0.001)
    sent = {name: [d for d in rig.sent if d.command.device == name] for name in ("25", "29.97df")}
    full = [sent[name][0].packet.payload[5:9].hex() for name in sent]  # type: ignore[attr-defined]
    assert full == ["21000000", "41000000"]
    assert [len(sent[name]) for name in sent] == [1 + 100, 1 + 120]
    streams = {d.command.stream for d in rig.sent if d.command.stream is not None}
    assert len(streams) == 2
