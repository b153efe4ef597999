"""Bringing devices back to where the show wants them, once a hand is off them.

*At the next cue*: nothing is sent. *Now*: what a device stands apart by, in cue order, by the chase rules; no trigger,
no hazard, no once-use. *Gliding*: numbers travel there, everything else is sent at once. A glide goes after a value
that is itself on its way, arrives at it when its time is over, and goes with it from there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from console.engine.arming import ArmedSend, FadeShape
from console.engine.differences import Target, targets
from console.engine.fades import Fade
from console.engine.fading import displace_fades, go_on, hold_fade, set_now
from console.engine.hand import PLAYHEAD
from console.engine.parts import Parts
from console.engine.run_state import Cause, Due, RunState, SendNow, say
from console.engine.scheduler import Entry
from console.engine.sending import reason_to_stay
from console.show.cues import Point
from console.timebase.instants import NS_PER_S, s_to_ns
from console.vocabulary import Bypass, Rejoin
from devices.contract import EncodeError, Packet
from profiles.verbs import Chase, find_verb

GLIDE_PARTS: Final = 24
"""A glide after a moving value is drawn in so many straight lines: over 5 s, a fifth of a second each."""

Concerned = Callable[[ArmedSend], bool]


def join(parts: Parts, now_ns: int, concerned: Concerned, request: Rejoin | Bypass, words: str) -> None:
    """Bring what is concerned to where the show wants it, in the way that was asked."""
    if request.how == "next_cue":
        return
    run, tray = parts.run, parts.tray
    cause = Cause(request.by, words, now_ns)
    glide_ns = s_to_ns(request.glide_s) if request.how == "glide" else 0
    asked: list[str] = []
    for target in targets(run):
        send = target.send
        if not (concerned(send) and _may_join(run, send) and _stands_apart(run, target)):
            continue
        if send.chase is Chase.ASK:
            asked.append(f"{send.role} {send.verb}")
        elif send.chase is Chase.YES:
            _bring(parts, now_ns, target, cause, glide_ns)
    run.waiting.alter(lambda entry: _let_go(run, entry, concerned))
    if asked:
        say(run, tray, now_ns, f"Not sent, put right by hand if wanted: {', '.join(asked)}", "warning")


def _may_join(run: RunState, send: ArmedSend) -> bool:
    """A parameter that is no hazard's and no once-use, and that no other hand is on."""
    cue = run.show.cue_by_id.get(send.cue)
    is_once = cue is not None and cue.once_per_show
    return not is_once and send.hazard == "none" and run.hand.keeps(send.device, send.department, PLAYHEAD) is None


def _stands_apart(run: RunState, target: Target) -> bool:
    """True where a device neither stands where it is wanted nor is on its way there."""
    key, wanted = (target.send.device, *target.key), target.wanted
    leaving = run.fades.get(key)
    if leaving is None:
        return target.is_off or (wanted.fade is not None and key in run.paper)
    goal = wanted.value_at(0) if wanted.fade is None else wanted.fade.shape.target
    return leaving.send.verb != wanted.verb or leaving.shape.target != goal


def _bring(parts: Parts, now_ns: int, target: Target, cause: Cause, glide_ns: int) -> None:
    """One parameter to where it is wanted: at once, gliding, or into the fade that it should be in."""
    run, ledger, tray, send = parts.run, parts.ledger, parts.tray, target.send
    against = reason_to_stay(run, send, now_ns, None)
    if against is not None:
        ledger.not_sent(run, tray, now_ns, SendNow(send, now_ns - send.offset_ns, cause), against)
        return
    fade = target.wanted.fade
    moving = fade.thawed(now_ns) if fade is not None else None
    if moving is not None and moving.end_ns <= now_ns:
        moving = None
    stands = target.sent.value if target.sent is not None else None
    goal = moving.shape.target if moving is not None else target.wanted.value_at(now_ns)
    displace_fades(run, ledger, tray, now_ns, send)
    if glide_ns and stands is not None and goal is not None:
        packets, shape = _timed(run, send, glide_ns), _glide(run, send, moving, now_ns, stands, goal, glide_ns)
        if packets is not None:
            send, shape = replace(send, packets=packets, self_timed_ns=glide_ns), None
        start_ns, begins_at = now_ns, stands
        send = replace(send, fade=shape)
    elif moving is not None:
        shape, start_ns, begins_at = moving.shape, moving.start_ns, moving.from_value
        send = replace(send, fade=shape)
    else:
        shape, start_ns, begins_at = None, now_ns, 0.0
    if shape is None:
        set_now(run, ledger, tray, now_ns, now_ns, send, now_ns, cause)
        return
    go_on(run, ledger, tray, now_ns, send, start_ns, begins_at, start_ns, now_ns, cause, in_score=True)
    if fade is not None and fade.held_ns is not None:
        hold_fade(run, now_ns, (send.device, *target.key))


def _timed(run: RunState, send: ArmedSend, glide_ns: int) -> tuple[Packet, ...] | None:
    """The bytes for a device that runs the glide itself; None for one that does not."""
    if not run.encoder.fades_itself(send.device, send.verb):
        return None
    try:
        return run.encoder.encode(send.device, send.verb, send.args, glide_ns / NS_PER_S)
    except EncodeError:
        return None


def _glide(
    run: RunState, send: ArmedSend, moving: Fade | None, now_ns: int, stands: float, goal: float, glide_ns: int
) -> FadeShape | None:
    """From where a device stands to where it is wanted, still or moving; None where it takes no stream of values."""
    rate_hz = run.encoder.fade_rate_hz(send.device, send.verb)
    if rate_hz <= 0:
        return None
    ends_ns = glide_ns if moving is None else max(glide_ns, moving.end_ns - now_ns)
    marks = range(1, GLIDE_PARTS) if moving is not None else ()
    points: list[Point] = []
    for mark in marks:
        at_ns = ends_ns * mark // GLIDE_PARTS
        wanted = goal if moving is None else moving.value_at(now_ns + at_ns)
        points.append(Point(offset_s=at_ns / NS_PER_S, value=stands + (wanted - stands) * min(1.0, at_ns / glide_ns)))
    points.append(Point(offset_s=ends_ns / NS_PER_S, value=goal))
    return FadeShape(tuple(points), rate_hz, find_verb(send.verb).blend)


def _let_go(run: RunState, entry: Entry[Due], concerned: Concerned) -> Entry[Due]:
    """Later steps of a cue that was kept back leave after all, where they are parameters that may."""
    what = entry.what
    if not isinstance(what, SendNow) or not what.on_paper or what.send.key is None or not concerned(what.send):
        return entry
    joins = what.send.chase is Chase.YES and _may_join(run, what.send)
    return entry._replace(what=replace(what, on_paper=False)) if joins else entry
