"""How times, states and kinds are written for an operator. Pure text; every state has a word and a shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from console.show.cue_words import MINUS as MINUS
from console.show.cue_words import seconds_text as seconds_text
from console.show.cue_words import when_text as when_text
from console.timebase.instants import NS_PER_S

Tone = Literal["quiet", "plain", "bright", "caution", "stop"]
"""How loud a mark may be. Quiet and plain are grey; only stop is red."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A state as an operator sees it: never by colour alone."""

    word: str
    shape: str
    tone: Tone


def clock_text(ns: int | None) -> str:
    """``0:42``, ``12:05``, ``1:02:33``: whole seconds, cut towards zero, with a true minus sign."""
    if ns is None:
        return "–:––"
    seconds = abs(ns) // NS_PER_S
    sign = MINUS if ns < 0 and seconds else ""
    hours, minutes = divmod(seconds // 60, 60)
    if hours:
        return f"{sign}{hours}:{minutes:02}:{seconds % 60:02}"
    return f"{sign}{minutes}:{seconds % 60:02}"


def countdown_text(ns: int | None) -> str:
    """Until something: tenths under ten seconds, as a caller counts; ``now`` at zero and for a moment after."""
    if ns is None:
        return ""
    if ns <= 0:
        return "now"
    if ns < 10 * NS_PER_S:
        tenths = -(-ns // (NS_PER_S // 10))
        return f"{tenths // 10}.{tenths % 10}"
    return clock_text(-(-ns // NS_PER_S) * NS_PER_S)


def over_under_text(ns: int | None) -> tuple[str, str]:
    """(figures, word): ``+0:12``, over; ``−0:30``, under; on time within a second."""
    if ns is None:
        return "–", "over or under"
    if abs(ns) < NS_PER_S:
        return "0:00", "on time"
    return (f"+{clock_text(ns)}", "over") if ns > 0 else (clock_text(ns), "under")


def ago_text(ns: int | None) -> str:
    """When a device was last heard: ``heard 0.4 s ago``, ``heard 4 min ago``, ``never heard``."""
    if ns is None:
        return "never heard"
    if ns < 10 * NS_PER_S:
        return f"heard {max(ns, 0) / NS_PER_S:.1f} s ago"
    if ns < 120 * NS_PER_S:
        return f"heard {ns // NS_PER_S} s ago"
    return f"heard {ns // (60 * NS_PER_S)} min ago"


CUE_MARKS: Final = {
    "ahead": Mark("", "ahead", "quiet"),
    "next": Mark("Next", "ring", "plain"),
    "standby": Mark("Standby", "diamond", "bright"),
    "waiting": Mark("Waiting", "clock", "plain"),
    "running": Mark("Running", "play", "bright"),
    "done": Mark("Done", "disc", "quiet"),
    "sent": Mark("Sent", "continue", "plain"),
    "confirmed": Mark("Confirmed", "tick", "quiet"),
    "unconfirmable": Mark("Sent, blind", "dot", "quiet"),
    "unconfirmed": Mark("No answer", "question", "plain"),
    "contradicted": Mark("Otherwise", "triangle", "caution"),
    "skipped": Mark("Skipped", "skip", "quiet"),
    "off": Mark("Off", "stop", "quiet"),
    "inhibited": Mark("Inhibited", "barred", "caution"),
    "failed": Mark("Failed", "cross", "stop"),
    "disabled": Mark("Disabled", "dash", "quiet"),
    "stood_down": Mark("Stood down", "lock", "caution"),
    "to_skip": Mark("Skip", "follow", "plain"),
}

HAND_MARKS: Final = {
    "taken": Mark("Taken", "hand", "caution"),
    "bypassed": Mark("Bypassed", "barred", "caution"),
    "stood_down": Mark("Stood down", "lock", "caution"),
    "to_skip": Mark("Skip", "follow", "plain"),
}

PLAYED: Final = ("sent", "confirmed", "unconfirmable", "unconfirmed", "contradicted", "off")
"""Marks of a cue that is done, by what became of what it sent."""

ITEM_MARKS: Final = {
    "planned": Mark("Planned", "ahead", "quiet"),
    "loaded": Mark("Loaded", "ring", "plain"),
    "live": Mark("Live", "play", "bright"),
    "ended": Mark("Ended", "tick", "quiet"),
    "skipped": Mark("Skipped", "skip", "quiet"),
    "passed": Mark("Passed over", "dash", "quiet"),
}

TRANSPORT_MARKS: Final = {
    "stopped": Mark("Stopped", "stop", "quiet"),
    "rolling": Mark("Rolling", "play", "bright"),
    "held": Mark("Held", "pause", "caution"),
    "locating": Mark("Locating", "skip", "plain"),
}

HEALTH_MARKS: Final = {
    "good": Mark("OK", "disc", "plain"),
    "minor": Mark("Minor", "ring", "plain"),
    "major": Mark("Check", "triangle", "caution"),
    "bad": Mark("Fault", "cross", "stop"),
    "fatal": Mark("Down", "octagon", "stop"),
    "unknown": Mark("Unheard", "question", "quiet"),
}

MODE_MARKS: Final = {
    "ghost": Mark("Ghost", "ring", "quiet"),
    "off": Mark("Off", "dash", "quiet"),
}

MOVED_MARKS: Final = {
    "on": Mark("On show", "play", "bright"),
    "off": Mark("Off show", "dash", "quiet"),
}
"""Devices after a change-over: the one that took over, and the main one it took over from."""

ITEM_KINDS: Final = {
    "song": "Song",
    "performance": "Performance",
    "link": "Link",
    "talk": "Talk",
    "segue": "Segue",
    "stage": "Stage",
    "vt": "VT",
    "interview": "Interview",
    "award": "Award",
    "vote": "Vote",
    "ad_break": "Break",
    "hold": "Hold",
    "host": "Host",
    "credits": "Credits",
    "other": "Item",
}
