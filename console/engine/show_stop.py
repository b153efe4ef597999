"""Show stop: house light up, PA mute, screen message; and the way back. Never a blackout.

Two steps, by those the show names. While it stands presses are refused and a list says what is to be put right;
resuming puts up the state at the playhead by the chase rules, and what they leave out stays named.
"""

from __future__ import annotations

from typing import Final

from console.engine.arming import ArmedSend
from console.engine.ledger import command_words
from console.engine.locating import send_difference
from console.engine.parts import Parts
from console.engine.run_state import Cause, RunState, say
from console.engine.stopping import all_stop, send_list
from profiles.verbs import Chase, chase_of, find_verb

CONFIRM_WITHIN_NS: Final = 10_000_000_000


def show_stop(parts: Parts, now_ns: int, by: str, *, confirm: bool) -> str | None:
    """Only when confirmed within ten seconds of the first step. Returns why not, or None."""
    run, lists, tray = parts.run, parts.safe_lists, parts.tray
    callers = run.show.rules.show_stop_by
    if callers and by not in callers:
        return f"{by} may not call a show stop; {', '.join(callers)} may"
    if not confirm:
        lists.show_stop_asked_ns = now_ns
        say(run, tray, now_ns, "Show stop asked: confirm within 10 s, or leave it.", "warning")
        return None
    asked_ns = lists.show_stop_asked_ns
    if asked_ns is None or now_ns - asked_ns > CONFIRM_WITHIN_NS:
        return "ask for show stop first, then confirm within 10 s"
    lists.show_stop_asked_ns = None
    if run.show_stopped is None:
        run.show_stopped = _resume_list(run, lists.show_stop)
    send_list(run, parts.ledger, tray, now_ns, lists.show_stop, by, "show stop")
    all_stop(run, parts.ledger, tray, now_ns, "show stop")
    parts.standbys.confirmed.clear()
    say(run, tray, now_ns, f"SHOW STOP by {by}: presses are refused until the show is resumed.", "error")
    return None


def resume_show(parts: Parts, now_ns: int, by: str) -> str | None:
    """Put up the state at the playhead, by the chase rules; the playhead itself stands until it is rolled."""
    run = parts.run
    if run.show_stopped is None:
        return "no show stop stands"
    run.show_stopped = None
    if run.playhead is not None and run.live_item is not None:
        wanted = run.index.resolve(run.playhead.item, run.position_at(now_ns))
        cause = Cause(by, "resume show", now_ns)
        send_difference(run, parts.ledger, parts.tray, now_ns, wanted, cause)
    say(run, parts.tray, now_ns, f"The show is resumed by {by}; the transport stands until it is rolled.")
    return None


def _resume_list(run: RunState, sends: tuple[ArmedSend, ...]) -> tuple[str, ...]:
    """What stood before the list, in the show's words, and whether resuming puts it back or a hand has to."""
    found: dict[str, None] = {}
    for send in sends:
        wanted = run.desired.get(send.key) if send.key is not None else None
        if wanted is None:
            found[f"{send.role}: {send.verb} by hand"] = None
            continue
        comes_back = chase_of(find_verb(wanted.verb), wanted.args) is Chase.YES
        how = "comes back" if comes_back else "by hand"
        found[f"{send.role}: {command_words(wanted.verb, wanted.args)} {how}"] = None
    return tuple(found)
