"""A show of ten thousand cues, a thousand of them within one second or at one instant: each once, in order, on time."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest

from console.engine.engine import COMMANDS_AT_ONCE
from console.show.cues import AtOffset, Cue
from console.show.rundown import Item
from console.show.show import Rules, Show
from console.vocabulary import CueChanged, Go, Hold, Roll
from devices.contract import Outcome, Result
from tests.bench.shows import ITEM, bars_show
from tests.support.builders import CALLED, after, big_show, light, make_cue, make_show, make_song, step
from tests.support.engine_rig import NOON, ZERO_NS, EngineRig, s

MANY = 1000
LEAD_IN_S = 4.0  # two bars of count-in at 120


def timed(number: int, at_s: float) -> Cue:
    at = AtOffset(on="offset", anchor="downbeat", seconds=at_s)
    return make_cue(f"many-{number}", f"0.{number + 1:05}", at, light(str(number)), item="many")


def show_of(measured: list[Cue], cues: int = 10_000, bars: int = 16) -> Show:
    """The cues in a song of their own, GO of which starts it, before so many others that do not play."""
    play = step("transport.play", session="many")
    start = make_cue("many-start", "0.0", CALLED, play, role="audio.playback", item="many", starts_item=True)
    rest = big_show(cues - len(measured) - 1)
    item = Item(id="many", kind="song", title="Many", planned_s=bars * 2.0 + LEAD_IN_S, song="many")
    songs = (make_song("many", bars=bars, tc_start="21:00:00:00"), *rest.songs)
    return make_show(start, *measured, *rest.cues, songs=songs, items=(item, *rest.items), rules=Rules(go_gap_ms=0))


def desk(rig: EngineRig) -> list[str]:
    """The cues that left for the lighting desk, in order."""
    return [each.command.cue for each in rig.sent if each.command.device == "lx-main" and each.command.cue]


def test_a_thousand_cues_in_one_second_of_a_show_of_ten_thousand() -> None:
    rig = EngineRig(show_of([timed(n, 1 + n / MANY) for n in range(MANY)]))
    assert rig.ask(Go()) is None
    rig.wait(LEAD_IN_S + 4)
    assert desk(rig) == [f"many-{n}" for n in range(MANY)]
    rows = [row for row in rig.rows() if row.device == "lx-main"]
    assert {row.late_us for row in rows} == {0}  # none late, none early
    assert {round((later.due_s - earlier.due_s) * 1e6) for earlier, later in pairwise(rows)} == {1000}


def test_a_thousand_cues_at_one_instant_leave_in_list_order_the_first_before_the_last_are_decided() -> None:
    rig = EngineRig(show_of([timed(n, 1.0) for n in range(MANY)]))
    assert rig.ask(Go()) is None
    rig.wait_until(LEAD_IN_S + 0.9)
    at_ns = ZERO_NS + s(LEAD_IN_S + 1.0) + s(0.03)  # what plays takes 50 ms, the desk 20
    turns, pending = [], []
    while True:
        outbox = rig.engine.step(at_ns, NOON, pending)
        turns.append([each.command.cue for each in outbox.dispatches])
        pending = [Outcome(e.command.seq, e.command.device, at_ns, Result.SENT) for e in outbox.dispatches]
        if not pending and (outbox.wake_at_ns is None or outbox.wake_at_ns > at_ns):
            break
    assert max(len(turn) for turn in turns) <= COMMANDS_AT_ONCE
    assert [cue for turn in turns for cue in turn] == [f"many-{n}" for n in range(MANY)]


def test_a_chain_of_auto_follows_leaves_on_its_instants_and_ends_where_it_should() -> None:
    """Ten minutes of cues that last 100 ms and follow each other's end: the last is as exact as the first."""
    count = 6000
    chain = [make_cue("many-0", "0.00001", CALLED, light("0").model_copy(update={"length_s": 0.1}), item="many")]
    for number in range(1, count):
        lasting = light(str(number)).model_copy(update={"length_s": 0.1})
        chain.append(
            make_cue(f"many-{number}", f"0.{number + 1:05}", after(chain[-1].id, 0.0, of="end"), lasting, item="many")
        )
    item = Item(id="many", kind="talk", title="Many", planned_s=count / 10)
    rig = EngineRig(make_show(*chain, items=(item,), rules=Rules(go_gap_ms=0)))
    assert rig.ask(Go()) is None
    rig.wait(count / 10 + 1)
    dues_ns = [each.command.due_ns for each in rig.sent]
    assert len(dues_ns) == count
    # The press has no notice, and the desk needs 20 ms: from the second cue on, all are on their time.
    assert {later - earlier for earlier, later in pairwise(dues_ns[1:])} == {100_000_000}
    assert dues_ns[-1] - dues_ns[0] in (s((count - 1) / 10), s((count - 1) / 10 - 0.02))


@pytest.mark.parametrize("bpm", [Fraction(1000, 7), 97.3, 119.88])
def test_hours_of_an_odd_tempo_drift_by_nothing(bpm: float | Fraction) -> None:
    """Three hours: every cue on a bar leaves on the nanosecond that the tempo says, reckoned from the first."""
    bpm = float(bpm)
    bars = 4 * round(3 * 3600 * bpm / 240 / 4)
    places = range(1, bars + 1, bars // 40)
    show = bars_show(bpm, bars, places)
    rig = EngineRig(show)
    assert rig.ask(Go()) is None
    song_s = bars * 240 / bpm
    rig.wait(song_s + 20)
    sent = {each.command.cue: each.command for each in rig.sent}
    anchor_ns = sent[f"{ITEM}-1"].cue_ns
    exact = Fraction(240 * 10**9) / Fraction(str(bpm))
    for bar in places:
        command = sent[f"{ITEM}-{bar}"]
        assert abs(command.cue_ns - anchor_ns - (bar - 1) * exact) <= 1
        assert command.due_ns == command.cue_ns - 20_000_000
    assert {row.late_us for row in rig.rows() if row.device == "lx-main"} == {0}
    assert not [each for each in rig.notices if isinstance(each, CueChanged) and each.life == "skipped"]


def test_a_thousand_holds_at_odd_instants_move_the_song_by_what_they_lasted_and_nothing_else() -> None:
    rig = EngineRig(bars_show(97.3, 400, range(400, 401)))
    assert rig.ask(Go()) is None
    held_ns = 0
    for number in range(1000):
        rig.wait(0.1 + number / 7_000_000)
        assert rig.ask(Hold()) is None
        held_ns -= rig.now_ns
        rig.wait(0.05 + number / 3_000_000)
        held_ns += rig.now_ns
        assert rig.ask(Roll()) is None
    rig.wait(400 * 240 / 97.3)
    (last,) = (each.command for each in rig.sent if each.command.cue == f"{ITEM}-400")
    (start,) = (each.command for each in rig.sent if each.command.cue == f"{ITEM}-start")
    bar = Fraction(240 * 10**9) / Fraction("97.3")
    assert abs(last.cue_ns - start.cue_ns - held_ns - 401 * bar) <= 1  # two of them count in
