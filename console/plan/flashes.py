"""Flashes, reckoned from what cues ask: how often automation points turn, effect rates, and how close cues lie.

A reckoning for the desk, no certified test: what a picture really does is for an analyser to say. A flash is a pair of
opposing changes of at least a tenth of the range (ITU-R BT.1702); more than three in any second may harm.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Final

from console.plan.asks import Ask
from console.plan.patch import Patch
from console.plan.schedule import Schedule
from console.show.cues import Point
from console.timebase.instants import NS_PER_MS, NS_PER_S, s_to_ns
from profiles.problems import Problem, Problems
from profiles.verbs import Blend, Verb

SAFE_HZ: Final = 3.0
"""Where the house gives no limit."""

LEAST_CHANGE: Final = 0.1
AT_ONCE_NS: Final = 40 * NS_PER_MS
"""Changes closer than a frame are one."""

SEEN_VERBS: Final = frozenset(
    ("cue.fire", "cue.go", "blackout.set", "zone.scene", "zone.effect", "zone.off", "ftb.set")
)
"""Verbs whose every send may change how bright a room or a picture is."""

UNCERTIFIED: Final = "reckoned from cue spacing and effect rates: this is not a certified flash test"


def points_flash_hz(points: Sequence[Point], verb: Verb) -> float:
    """The most flashes in any second of a step's automation points; 0 for what is not seen."""
    if verb.blend is Blend.DB or len(points) < 2:
        return 0.0
    turns_ns: list[int] = []  # when each opposing change is complete
    standing, rising = points[0].value, None
    for point in points[1:]:
        change = point.value - standing
        if abs(change) < LEAST_CHANGE:
            continue
        if rising is not None and (change > 0) == rising:
            turns_ns[-1] = s_to_ns(point.offset_s)
        else:
            turns_ns.append(s_to_ns(point.offset_s))
        standing, rising = point.value, change > 0
    return most_in_a_second(turns_ns) / 2


def most_in_a_second(instants_ns: Sequence[int]) -> int:
    """The most of some sorted instants that lie within any one second."""
    most, first = 0, 0
    for last, instant_ns in enumerate(instants_ns):
        while instant_ns - instants_ns[first] >= NS_PER_S:
            first += 1
        most = max(most, last - first + 1)
    return most


def check_flashes(asks: Iterable[Ask], schedule: Schedule, patch: Patch) -> tuple[Problem, ...]:
    """Likely breaches of the house's limit: cues of one role too close to each other, effects with no limit here."""
    limit_hz = patch.strobe_hz_max or SAFE_HZ
    found = Problems()
    moments: dict[tuple[str, str], dict[int, str]] = {}
    for ask in asks:
        time = schedule.cue_times[ask.cue.id]
        if time.item is not None and time.position_ns is not None and ask.step.verb in SEEN_VERBS:
            at_ns = time.position_ns + s_to_ns(ask.step.offset_s)
            moments.setdefault((ask.role, time.item), {}).setdefault(at_ns, ask.cue.number)
        rate_hz = ask.args.get("rate_hz")
        unlimited = patch.strobe_hz_max is None and isinstance(rate_hz, int | float) and rate_hz > limit_hz
        if unlimited and not isinstance(rate_hz, bool):
            words = f"{ask.step.verb} at {rate_hz:g} Hz flashes more than {limit_hz:g} times a second"
            found.warning(
                "cue.flash.rate", f"cue {ask.cue.number}", f"{words}; {UNCERTIFIED}", f"slow it to {limit_hz:g} Hz"
            )
    for (role, item), cues in moments.items():
        close = _densest(cues)
        if len(close) > limit_hz:
            words = f"{len(close)} changes of {role} within a second, from cue {close[0]} to {close[-1]} in {item}"
            remedy = "space them out, or have the passage measured"
            found.warning("cue.flash.spacing", f"role {role}", f"{words}; {UNCERTIFIED}", remedy)
    return found.listed()


def _densest(cues: dict[int, str]) -> list[str]:
    """The numbers of the cues in the second that holds most of them, changes at once counted as one."""
    instants: list[int] = []
    for at_ns in sorted(cues):
        if not instants or at_ns - instants[-1] > AT_ONCE_NS:
            instants.append(at_ns)
    windows = (instants[n : bisect_left(instants, first + NS_PER_S)] for n, first in enumerate(instants))
    return [cues[at_ns] for at_ns in max(windows, key=len, default=[])]
