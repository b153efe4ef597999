"""Following outside code: what a reading, or silence, does to the show.

Where code ends, the song's fallback follows: hold, or run on by our own clock. Whoever sits at the desk is never
argued with: a line of code that a person has moved the show away from is set aside until it jumps, or until chase is
asked for again. Called cues wait for their press under code as ever.
"""

from __future__ import annotations

from typing import Final

from console.engine.chase import put_at
from console.engine.code_moves import CATCH_UP_NS, align, enter, leave_vamp, stand, wait_for_code
from console.engine.code_songs import CodePlace, code_to_run, fold_jumps, left_by_code
from console.engine.parts import Parts
from console.engine.run_state import RunState, Severity, say
from console.engine.timecode_chase import CodeSource, Stimulus
from console.timebase.instants import NS_PER_S
from console.vocabulary import AllStop, Hold, Panic, Request, Roll, ShowStop, Stop
from devices.contract import CodeReading, CodeRefusal

REPEAT_NS: Final = 10 * NS_PER_S
"""How often one source complains aloud."""


def hear(parts: Parts, now_ns: int, heard: CodeReading | CodeRefusal) -> None:
    """A reading, or a refusal, of one source."""
    chase = parts.chase
    source = next((each for each in chase.sources if each.id == heard.source), None)
    if source is None:
        return
    stood, refused = source.state, source.refused
    if isinstance(heard, CodeRefusal):
        stimulus: Stimulus | None = source.refuse(heard)
    else:
        stimulus = source.take(heard, _folds(parts, source, now_ns))
    if source.refused > refused and (source.told_ns is None or now_ns - source.told_ns >= REPEAT_NS):
        source.told_ns = now_ns
        _say(parts, now_ns, source, f"not believed: {source.refusal}", "warning")
    _tell_loss(parts, now_ns, source, stood)
    if stimulus == "located":
        _put(parts, now_ns, source)
    counts = source is chase.pick()
    settle(parts, now_ns, fresh=counts and stimulus == "believed", heard=counts and stimulus == "continues")


def wake(parts: Parts, now_ns: int) -> None:
    """Silence has lasted long enough to mean something."""
    for source in parts.chase.sources:
        stood = source.state
        if source.fall_silent(now_ns) is not None:
            _tell_loss(parts, now_ns, source, stood)
    settle(parts, now_ns, fresh=False)


def look(parts: Parts, now_ns: int, asked: Request | None = None) -> None:
    """After anything that is not ours: has a person, or the end of an item, put the playhead somewhere?"""
    chase, run = parts.chase, parts.run
    if not chase.sources:
        return
    if isinstance(asked, Hold | Stop | AllStop | Panic | ShowStop) and run.transport != "rolling":
        chase.stands = False  # a hand holds it now
    elif chase.stands and run.playhead is not None and run.playhead.rate != 0:
        chase.stands = chase.following = False  # rolled by hand
    placed = put_at(run)
    if placed != chase.placed:
        if placed[0] != chase.placed[0]:
            chase.jammed = False
        chase.placed = placed
        _placed_by_hand(parts, now_ns)
    elif isinstance(asked, Roll):
        settle(parts, now_ns, fresh=True)


def settle(parts: Parts, now_ns: int, *, fresh: bool, heard: bool = False) -> None:
    """Go by the source that counts; ``fresh``: what it says may be far from where we are, and is meant.

    ``heard``: it has just said so. Where it freewheels, its code would run past the fold of a vamp.
    """
    chase, run = parts.chase, parts.run
    if not chase.on or chase.jammed or run.panic:
        return
    before, chase.active = chase.active, chase.pick()
    source = chase.active
    if source is None:
        chase.active = before
        _miss(parts, now_ns, "timecode is lost")
        return
    if before is not None and before is not source:
        _say(parts, now_ns, source, f"takes over from {before.id}", "note")
        fresh = True
    if chase.aside == (source.id, source.line) or not (fresh or heard):
        return
    place = chase.find(run, source, source.code_at(now_ns))
    if place is None:
        _say_once(parts, now_ns, source, "", "its code lies in no song of the show", "note")
        _miss(parts, now_ns, "the code has left the song")
    elif place.item != run.live_item:
        _change_item(parts, now_ns, source, place)
    elif place.span.follows:
        _align(parts, now_ns, source, place, fresh=fresh)


def run_of(run: RunState, place: CodePlace, now_ns: int) -> int:
    """Run nanoseconds of the live item that code stands for."""
    return code_to_run(place.code_pos_ns, run.times(place.item), run.folding, _run_at(run, now_ns))


def go_to(parts: Parts, now_ns: int, source: CodeSource, place: CodePlace) -> bool:
    """Enter an item where code is. False in passes of its vamps, which cannot be told apart from outside."""
    if place.code_pos_ns >= parts.run.times(place.item).length_ns:
        return False
    enter(parts, now_ns, source, place.item, place.code_pos_ns)
    parts.chase.jammed = False
    parts.chase.take_up(parts.run, source, place.item)
    return True


def _placed_by_hand(parts: Parts, now_ns: int) -> None:
    """A person, or the score, has put the playhead somewhere: code that is near counts, any other is set aside."""
    chase, run = parts.chase, parts.run
    chase.following = chase.stands = chase.let_go = False
    chase.off_since_ns = chase.aside = None
    item = run.live_item
    if item is None or not chase.on or chase.jammed or not _follows(run, item):
        return
    source = chase.pick()
    place = None if source is None else chase.find(run, source, source.code_at(now_ns))
    if source is not None and place is not None and place.item == item:
        if abs(run_of(run, place, now_ns) - _run_at(run, now_ns)) <= CATCH_UP_NS:
            settle(parts, now_ns, fresh=True)
            return
        chase.aside = (source.id, source.line)
    song = run.times(item).song
    at_start = _run_at(run, now_ns) <= -run.times(item).lead_in_ns
    if at_start and run.transport == "rolling" and song is not None and song.fallback == "hold":
        chase.stands = True
        wait_for_code(parts, now_ns)


def _align(parts: Parts, now_ns: int, source: CodeSource, place: CodePlace, *, fresh: bool) -> None:
    chase, run = parts.chase, parts.run
    if run.transport != "rolling" and not chase.stands:
        return  # held or stopped by hand
    times, run_now_ns = run.times(place.item), _run_at(run, now_ns)
    if left_by_code(place.code_pos_ns, times, run.folding, run_now_ns, source.mtc_frame_ns, CATCH_UP_NS):
        leave_vamp(parts, now_ns, source, place.code_pos_ns)
    run_ns = run_of(run, place, now_ns)
    if abs(run_ns - run_now_ns) > source.mtc_frame_ns and not fresh and not chase.stands:
        chase.off_since_ns = now_ns if chase.off_since_ns is None else chase.off_since_ns
        if now_ns - chase.off_since_ns < source.input.jam_frames * source.mtc_frame_ns:
            return
    joins = not chase.following or chase.stands
    align(parts, now_ns, source, run_ns, stood=chase.stands, waited=chase.stands and not chase.following)
    chase.take_up(run, source, place.item)
    if joins:
        _say(parts, now_ns, source, f"{times.item.title} follows it", "note")


def _change_item(parts: Parts, now_ns: int, source: CodeSource, place: CodePlace) -> None:
    """Code of another item than the live one: it may move the show there, or moves nothing and says so."""
    chase = parts.chase
    if chase.lines.get(place.item) == (source.id, source.line):
        return  # the item has ended, or a person has gone on, and its code runs out
    title = parts.run.times(place.item).item.title
    if not place.span.follows:
        _say_once(parts, now_ns, source, place.item, f"it is in {title}, which runs on its own clock", "note")
    elif not chase.moves_items:
        words = f"it is in {title}, and code may not change the item: allow that, or go there by hand"
        _say_once(parts, now_ns, source, place.item, words, "warning")
    elif go_to(parts, now_ns, source, place):
        return
    _miss(parts, now_ns, "the code has left the song")


def _miss(parts: Parts, now_ns: int, why: str) -> None:
    """The code that was followed is gone: hold, or run on, as the song says."""
    chase, run = parts.chase, parts.run
    item = run.live_item
    if not chase.following or chase.stands or item is None or run.transport != "rolling":
        return
    vamp = run.folding.current(run.times(item))
    if vamp is not None and vamp.vamp is not None and vamp.vamp.timecode == "hold" and run.folding.pass_no > 1:
        return  # its code stands still for as long as it goes round
    song = run.times(item).song
    if song is not None and song.fallback == "internal":
        chase.let_go, chase.following = True, False
        words = f"{why[0].upper()}{why[1:]}: {song.title} runs on by our own clock."
        say(run, parts.tray, now_ns, words, "warning")
        return
    chase.stands = True
    stand(parts, now_ns, f"{why}; it goes on when code comes back, or roll on by hand")


def _put(parts: Parts, now_ns: int, source: CodeSource) -> None:
    """A full frame: a source that does not run is somewhere else now. To another item it goes once it runs."""
    chase, run, item = parts.chase, parts.run, parts.run.live_item
    if not chase.on or chase.jammed or run.panic or source.located_ns is None or item is None:
        return
    if chase.preferred() is not source or not (chase.stands or chase.following):
        return
    place = chase.find(run, source, source.located_ns)
    if place is None or place.item != item or place.code_pos_ns >= run.times(item).length_ns:
        return
    if abs(run_of(run, place, now_ns) - _run_at(run, now_ns)) > CATCH_UP_NS:
        enter(parts, now_ns, source, item, place.code_pos_ns)
        stand(parts, now_ns, f"{source.id} was put to another place; it goes on when code comes")
        chase.take_up(run, source, item)
        chase.stands = True


def _folds(parts: Parts, source: CodeSource, now_ns: int) -> tuple[int, ...]:
    """Jumps that the source may make now, with the vamp that is going round."""
    chase, run = parts.chase, parts.run
    if source is not chase.active or not chase.following or run.live_item is None:
        return ()
    times = run.times(run.live_item)
    vamp = run.folding.current(times)
    if vamp is None or run.position_at(now_ns) < vamp.start_ns - source.mtc_frame_ns:
        return ()
    return fold_jumps(times, run.folding)


def _tell_loss(parts: Parts, now_ns: int, source: CodeSource, stood: str) -> None:
    if source.state == "lost" and stood != "lost":
        counts = parts.chase.following and source is parts.chase.active
        _say(parts, now_ns, source, f"lost: {source.words}", "warning" if counts else "note")


def _say_once(parts: Parts, now_ns: int, source: CodeSource, item: str, words: str, severity: Severity) -> None:
    said = (source.id, source.line, item)
    if said != parts.chase.said_of:
        parts.chase.said_of = said
        _say(parts, now_ns, source, f"{words}; nothing moves", severity)


def _say(parts: Parts, now_ns: int, source: CodeSource, words: str, severity: Severity) -> None:
    label = source.label_at(now_ns)
    where = source.id if label is None else f"{source.id} at {label}"
    say(parts.run, parts.tray, now_ns, f"Timecode {where}: {words}.", severity)


def _follows(run: RunState, item: str) -> bool:
    """True where the item's song goes by outside code."""
    times = run.times(item)
    return times.song is not None and times.song.clock == "chase" and times.tc_start is not None


def _run_at(run: RunState, now_ns: int) -> int:
    return 0 if run.playhead is None else run.playhead.run_at(now_ns)
