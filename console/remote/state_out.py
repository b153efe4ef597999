"""The state as remotes are told it: a snapshot as names below ``/showcaller/state/`` and plain arguments.

Flags are 0 and 1, for surfaces that know no others. What nobody knows is an empty text, or -1.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from console.remote.subscriptions import State
from console.show.show import Show
from console.timebase.instants import ns_to_s
from console.vocabulary import DeviceState, Snapshot

NEXT: Final = 3
SHOT: Final = "camera.shot"

TOLD: Final[Mapping[str, str]] = MappingProxyType(
    {
        "transport": "stopped, rolling, held or locating",
        "item": "id, title",
        "position": "seconds from the item's zero",
        "bar": "bar, beat; 0 0 where nothing is clicked",
        "section": "its id",
        "vamp": "pass (0: none), exit asked 0 or 1",
        "timecode": "label, source",
        "standby/LIST": "number, label, call words",
        f"next/1 to {NEXT}": "number, label, called 0 or 1, seconds until then",
        "shot": "the camera shot that comes next: number, camera, shot, bars until then; -1 where none is in sight",
        "live": "number, label of the cue that ran last",
        "panic": "0 or 1",
        "go_armed": "0 or 1",
        "over_under": "seconds over, under is negative",
        "health": "the worst: severity, device, words",
    }
)
"""Every name and its arguments, for the page."""

_WORST_FIRST: Final = ("fatal", "bad", "major", "minor", "unknown", "good")
_NOBODY: Final = ("good", "", "")


def snapshot_to_state(snapshot: Snapshot, show: Show, last_cue: str | None) -> State:
    """Everything a subscriber is told. ``last_cue``: the one that ran last."""
    head = snapshot.playhead
    item = show.item_by_id.get(head.item or "")
    state: dict[str, tuple[str | int | float, ...]] = {
        "transport": (head.state,),
        "item": (head.item or "", item.title if item is not None else ""),
        "position": (round(ns_to_s(head.position_ns), 3),),
        "bar": (head.bar or 0, head.beat or 0),
        "section": (head.section or "",),
        "vamp": (head.vamp_pass or 0, int(head.vamp_exit_asked)),
        "timecode": (head.timecode, head.timecode_source),
        "shot": _next_shot(snapshot, show),
        "live": _named(show, last_cue)[:2],
        "panic": (int(snapshot.panic),),
        "go_armed": (int(snapshot.go_armed),),
        "health": _worst(snapshot.devices),
    }
    if snapshot.over_under_ns is not None:
        state["over_under"] = (round(ns_to_s(snapshot.over_under_ns), 1),)
    for name, cue in snapshot.standbys.items():
        state[f"standby/{name}"] = _named(show, cue)
    for place in range(NEXT):
        coming = snapshot.upcoming[place] if place < len(snapshot.upcoming) else None
        number, label, _call = _named(show, coming.cue if coming is not None else None)
        in_ns = coming.in_ns if coming is not None else None
        in_s = -1.0 if in_ns is None else round(max(0.0, ns_to_s(in_ns)), 1)
        state[f"next/{place + 1}"] = (number, label, int(coming is not None and coming.called), in_s)
    return state


def _named(show: Show, cue: str | None) -> tuple[str, str, str]:
    found = show.cue_by_id.get(cue or "")
    return ("", "", "") if found is None else (found.number, found.label, found.call)


def _next_shot(snapshot: Snapshot, show: Show) -> tuple[str, str, str, int]:
    """Of the item that is played; bars count down to 0 in the bar it is taken in."""
    head = snapshot.playhead
    for each in snapshot.upcoming:
        cue = show.cue_by_id.get(each.cue)
        if cue is None or cue.item != head.item or cue.at.on != "bar" or head.bar is None:
            continue
        for step in cue.steps:
            if step.verb == SHOT:
                return cue.number, str(step.args["camera"]), str(step.args.get("shot", "")), cue.at.bar - head.bar
    return "", "", "", -1


def _worst(devices: tuple[DeviceState, ...]) -> tuple[str, str, str]:
    live = [each for each in devices if each.mode == "live" and each.severity in _WORST_FIRST]
    worst = min(live, key=lambda each: _WORST_FIRST.index(each.severity), default=None)
    return _NOBODY if worst is None else (worst.severity, worst.device, worst.words)
