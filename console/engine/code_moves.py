"""What code does to the playhead: small corrections, catching up, jumps, entering an item, leaving a vamp, standing.

A correction below one MTC frame re-anchors the playhead once it is a millisecond off, so that dispatch follows the
filtered code and not each reading; a speed is taken to the nearest thousandth. Up to two seconds it catches up:
forward, what lies between leaves at once or is skipped as its late policy says; back, nothing that has left leaves
again. Farther than that it is a locate.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Final

from console.engine import items, stopping
from console.engine.cue_runner import skip_cue, start_afresh, start_later
from console.engine.locating import locate
from console.engine.parts import Parts
from console.engine.playhead import NORMAL, STILL, Playhead
from console.engine.run_state import Cause, say
from console.engine.thawing import thaw
from console.engine.timecode_chase import CodeSource
from console.engine.vamps import Folding
from console.timebase.instants import NS_PER_MS, NS_PER_S

NEAR_NS: Final = NS_PER_MS
CATCH_UP_NS: Final = 2 * NS_PER_S


def align(parts: Parts, now_ns: int, source: CodeSource, run_ns: int, *, stood: bool, waited: bool) -> None:
    """Put the playhead of the live item where the code says. ``stood``: it stood for want of code, and rolls on now.

    ``waited``: since the item began; then the code is the cause of what it finds late, and that has no notice.
    """
    run = parts.run
    playhead = run.playhead
    if playhead is None:
        return
    off_ns = run_ns - playhead.run_at(now_ns)
    if abs(off_ns) > CATCH_UP_NS:
        _jump(parts, now_ns, source, playhead.item, run_ns - run.folding.shift_ns)
        return
    if not stood and abs(off_ns) <= NEAR_NS:
        return
    run.playhead = Playhead(playhead.item, now_ns, run_ns, source_rate(source))
    if waited:
        run.started_ns[playhead.item] = now_ns - run_ns - run.times(playhead.item).lead_in_ns
        run.rolls_since_ns = now_ns
    if stood:
        run.transport = "rolling"
        thaw(run, now_ns)
        items.tell_transport(run, parts.tray, now_ns, f"code of {source.id}")
    if stood or abs(off_ns) > source.mtc_frame_ns:
        items.aim_ahead(run, now_ns)
        parts.timecode_jumped(now_ns)


def enter(parts: Parts, now_ns: int, source: CodeSource, item: str, code_pos_ns: int) -> None:
    """Go to a place of an item because code is there: a locate that asks nobody.

    Where that is the beginning of an item that was not live, what its first moments hold still leaves. The cue that
    would have started it is not pressed: it is passed over, and what it would have triggered has happened already.
    """
    run = parts.run
    start_ns = -run.times(item).lead_in_ns
    begins = item != run.live_item and code_pos_ns - start_ns <= CATCH_UP_NS
    _jump(parts, now_ns, source, item, start_ns if begins else code_pos_ns)
    if not begins:
        return
    run.playhead = Playhead(item, now_ns, code_pos_ns, source_rate(source))
    run.started_ns[item] = now_ns - (code_pos_ns - start_ns)
    cause = _cause(source, now_ns)
    for cue in items.live_cues(run, item):
        if cue.starts_item and cue.id not in run.done:
            reason = f"not pressed, the item was started by code ({source.id})"
            skip_cue(run, parts.ledger, parts.tray, now_ns, cue, now_ns, cause, reason)
    parts.standbys.after_locate(run, parts.tray, now_ns, item, code_pos_ns)
    parts.timecode_jumped(now_ns)


def leave_vamp(parts: Parts, now_ns: int, source: CodeSource, code_pos_ns: int) -> None:
    """The code has gone on behind the vamp that is playing: so does the playhead, in the middle of its pass."""
    run = parts.run
    if run.playhead is None or run.track is None:
        return
    item = run.playhead.item
    vamp = run.folding.current(run.times(item))
    if vamp is None or vamp.vamp is None:
        return
    shift_ns = run.playhead.run_at(now_ns) - code_pos_ns
    run.folding = Folding(run.folding.vamp + 1, 1, shift_ns, None, run.folding.free_ns)
    run.track.locate(vamp.end_ns - 1, run.folding)
    for cue in vamp.vamp.exit_cues:
        if cue in run.armed:
            start_afresh(run, cue)
            cause = replace(_cause(source, now_ns), trigger=f"exit of {vamp.section.name}", origin="loop")
            start_later(run, cue, now_ns, cause)
    say(run, parts.tray, now_ns, f"{vamp.section.name} was left by code.")
    parts.timecode_jumped(now_ns)


def wait_for_code(parts: Parts, now_ns: int) -> None:
    """An item has begun by hand and its code has not: it stands at its first click. What the press sends, leaves."""
    run = parts.run
    if run.playhead is not None:
        run.playhead = replace(run.playhead, anchor_ns=now_ns, rate=STILL)
        run.transport = "held"
        items.tell_transport(run, parts.tray, now_ns, "waits for code")
        parts.timecode_jumped(now_ns)


def stand(parts: Parts, now_ns: int, words: str) -> None:
    """Hold, because code has ended."""
    stopping.hold(parts.run, parts.tray, now_ns)
    say(parts.run, parts.tray, now_ns, f"Held: {words}.", "warning")
    parts.timecode_jumped(now_ns)


def source_rate(source: CodeSource) -> Fraction:
    """The speed of the playhead by a source: to the nearest thousandth, so that it stays as it is under jitter."""
    speed = 1.0 if source.clock is None else source.clock.speed
    thousandths = round(speed * 1000)
    return NORMAL if thousandths == 1000 else Fraction(thousandths, 1000)


def _jump(parts: Parts, now_ns: int, source: CodeSource, item: str, position_ns: int) -> None:
    run = parts.run
    locate(run, parts.ledger, parts.tray, now_ns, item, position_ns, _cause(source, now_ns), roll=True)
    if run.playhead is not None:
        run.playhead = replace(run.playhead, rate=source_rate(source))
    parts.standbys.after_locate(run, parts.tray, now_ns, item, position_ns)
    items.aim_ahead(run, now_ns)
    parts.timecode_jumped(now_ns)
    say(run, parts.tray, now_ns, f"{run.times(item).item.title} at {source.label_at(now_ns)}, by {source.id}.")


def _cause(source: CodeSource, now_ns: int) -> Cause:
    return Cause(f"timecode:{source.id}", f"code {source.label_at(now_ns)}", now_ns)
