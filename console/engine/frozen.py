"""What is live and next, and so stays as it is, whatever an edit wants: in every mode, with the reason."""

from __future__ import annotations

from typing import Final

from console.engine.chains import chain_of
from console.engine.cue_runner import pending_cues
from console.engine.rearming import Rearm
from console.engine.run_state import RunState, SendNow, StartCue
from console.engine.standbys import Standbys
from console.plan.schedule import same_timeline
from console.show.cues import Cue
from console.show.rundown import Item

LIVE_FIELDS: Final = ("kind", "song", "skipped", "inhibits", "ad_break")
"""What may not change of an item while it is live."""


def frozen_cues(run: RunState, standbys: Standbys) -> dict[str, str]:
    """Every cue that must not change now, and why."""
    found: dict[str, str] = {}
    standing = {name: cue for name, cue in standbys.standing.items() if cue is not None}
    for name, cue in standing.items():
        found.setdefault(cue, f"is in standby in list {name}: move the standby first")
    for name, cue in standing.items():
        for each in chain_of(run, cue):
            found.setdefault(each, f"runs with the cue in standby in list {name}: move that standby first")
    coming = {  # what only counts back from a projected start can still be aimed anew
        entry.owner
        for entry in run.waiting.entries()
        if isinstance(entry.what, StartCue | SendNow) and entry.what.cause.origin != "ahead"
    }
    found.update(dict.fromkeys(pending_cues(run) & coming, "is on its way: wait until it has run"))
    found.update(dict.fromkeys(run.asked_late, "is late and asked about: fire it or let it go first"))
    found.update(dict.fromkeys(run.running, "is running: wait until it is over"))
    return found


def refusal(run: RunState, standbys: Standbys, rearm: Rearm) -> str | None:
    """Why an edit may not be made now; None where it touches nothing that is live or next."""
    if rearm.touched.whole and run.transport != "stopped":
        return f"the {rearm.touched.whole} change what every cue sends: stop the show first"
    live = run.live_item
    if live is not None:
        why = _live_refusal(run, rearm, live)
        if why is not None:
            return why
    frozen = frozen_cues(run, standbys) if rearm.touched.cues or rearm.retimed else {}
    if rearm.touched.whole:
        frozen = {cue: why for cue, why in frozen.items() if cue in run.running}
    for cue in sorted((rearm.touched.cues | rearm.retimed) & frozen.keys()):
        return f"{_name(run.show.cue_by_id[cue])} {frozen[cue]}"
    return None


def _live_refusal(run: RunState, rearm: Rearm, live: str) -> str | None:
    stands, now = run.times(live), rearm.schedule.items.get(live)
    if now is None:
        return f"{stands.item.title} is live: end it before it is removed"
    if now.item.skipped and not stands.item.skipped:
        return f"{stands.item.title} is live and plays to its end: end it to cut it short"
    if _fixed(now.item) != _fixed(stands.item):
        return f"{stands.item.title} is live: change it when it has ended"
    if run.transport != "stopped" and not same_timeline(stands, now):
        return f"{stands.item.title} is live: its song stays as it is until it has ended"
    return None


def _fixed(item: Item) -> tuple[object, ...]:
    return tuple(getattr(item, name) for name in LIVE_FIELDS)


def _name(cue: Cue) -> str:
    return f"{cue.number} {cue.label}".rstrip()
