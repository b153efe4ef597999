"""Whatever comes in as code, in whatever order: what leaves, leaves on time, once, and never because of a jump."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.vocabulary import Go, GoKeyUp, TransportChanged
from devices.contract import CodeReading, CodeRefusal
from tests.support.builders import at_bar, make_cue, make_song, song_show, step
from tests.support.code_deck import Deck, chase_of, code_rig
from tests.support.engine_rig import EngineRig

HITS = tuple(
    make_cue(
        f"hit-{bar}", f"1.9{bar:02}", at_bar(bar), step("transport.play", session=f"hit-{bar}"), role="audio.playback"
    )
    for bar in range(1, 8)
)
SHOW = song_show(*HITS, songs=(make_song(clock="chase"),))
ZERO_NS = 3600_000_000_000

readings = st.builds(
    CodeReading,
    st.just("deck"),
    st.none() | st.integers(0, 90_000_000_000_000) | st.integers(ZERO_NS, ZERO_NS + 36_000_000_000),
    st.sampled_from(["forward", "forward", "forward", "reverse", "located"]),
    st.integers(-100_000_000, 0),  # received so long ago
    st.integers(0, 1000),
)
garbage = st.lists(st.one_of(readings, st.just(CodeRefusal("deck", "no such label", 0))), max_size=40)


def begun() -> EngineRig:
    rig = code_rig(SHOW)
    rig.ask(Go())
    rig.ask(GoKeyUp())
    return rig


def jumps(rig: EngineRig) -> int:
    """How often the playhead was put somewhere by code."""
    return sum(isinstance(each, TransportChanged) and each.words.startswith("code 0") for each in rig.notices)


def assert_kept(rig: EngineRig) -> None:
    """Nothing early; no trigger more often than the code came by; none because of a jump."""
    sent = [each.command for each in rig.sent]
    assert all(each.due_ns <= rig.now_ns for each in sent)
    hits = Counter(each.cue for each in sent if each.verb == "transport.play" and each.cue != "song-start")
    assert all(count <= 1 + jumps(rig) for count in hits.values())
    assert all(each.by == "playhead" for each in sent if each.cue in hits)
    word = chase_of(rig).word
    if word in ("waiting", "lost"):
        assert rig.engine.run.transport == "held"
    assert rig.engine.run.live_item in (None, "song")


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(garbage, st.lists(st.integers(0, 200_000_000), max_size=40))
def test_garbage_moves_nothing_that_it_should_not(heard: list[CodeReading | CodeRefusal], waits_ns: list[int]) -> None:
    rig = begun()
    for n, each in enumerate(heard):
        rig.wait(waits_ns[n] / 1e9 if n < len(waits_ns) else 0.01)
        if isinstance(each, CodeReading):
            at_ns = rig.now_ns + each.received_ns
            each = CodeReading("deck", each.code_ns, each.motion, at_ns, each.good_frames)
        rig.hear(each)
        assert_kept(rig)
    rig.wait(1)
    assert_kept(rig)


strange = st.one_of(
    st.tuples(st.just("lose"), st.integers(1, 30)),  # quarter frames
    st.tuples(st.just("silence"), st.integers(1, 8)),  # frames, fewer than the house allows
    st.tuples(st.just("glitch"), st.integers(-500, 500)),  # frames away, for a moment
    st.tuples(st.just("twice"), st.integers(1, 8)),
    st.tuples(st.just("late"), st.integers(1, 15)),  # ms
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(4, 40), strange), max_size=6))
def test_code_that_stumbles_sends_every_cue_once_and_on_time(stumbles: list[tuple[int, tuple[str, int]]]) -> None:
    rig = begun()
    deck = Deck(rig).put("01:00:00:00")
    deck.roll(0.4)
    for quarters, (what, much) in stumbles:
        deck.roll(0.8 + quarters / 100)
        if what == "lose":
            first = round(deck.code_s * 100)
            deck.roll(0.5, lost=lambda n, first=first, much=much: first <= n < first + much)  # type: ignore[misc]
        elif what == "silence":
            rig.wait(much * 0.04)
            deck.code_s += round(much * 4) / 100
        elif what == "glitch":
            deck.code_s += much / 25
            deck.roll(0.12)
            deck.code_s -= much / 25
        elif what == "twice":
            deck.roll(0.2, times=1 + much)
        else:
            deck.roll(0.3, late_ns=lambda n, much=much: n * 7919 % (much * 1_000_000))  # type: ignore[misc]
        assert_kept(rig)
    deck.roll(max(0.5, 20 - (rig.now_ns - rig.engine.run.zero_ns) / 1e9))
    assert jumps(rig) == 0
    sent = {each.command.cue: each.command.cue_ns for each in rig.sent if each.command.verb == "transport.play"}
    for bar, cue in enumerate(HITS):
        assert Counter(each.command.cue for each in rig.sent)[cue.id] == 1
        expected_ns = rig.engine.run.zero_ns + round((4 + 2 * bar) * 1e9)
        assert abs(sent[cue.id] - expected_ns) < 20_000_000, (cue.id, sent[cue.id] - expected_ns)
