"""How far a device profile can be trusted, computed from what it says about itself; nobody types a tier in.

======  ==============================================================================================
draft   something is missing, or the facts come from one indirect source
bench   sources are named and the bytes of every verb are pinned by an example: try it on the bench
rig     a real program was driven with it
show    the device itself was driven with it
======  ==============================================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from profiles.device_profile import DeviceProfile


class Tier(StrEnum):
    """One step of the ladder."""

    DRAFT = "draft"
    BENCH = "bench"
    RIG = "rig"
    SHOW = "show"


@dataclass(frozen=True, slots=True)
class Quality:
    """A tier, and what the next one asks for (empty at the top)."""

    tier: Tier
    next_needs: tuple[str, ...]


_DOUBTFUL_GRADES: Final = ("C", "K")


def quality_of(profile: DeviceProfile) -> Quality:
    """Where the profile stands. Whether its examples are met is checked where bytes are made (``devices``)."""
    missing = _missing_for_bench(profile)
    if missing:
        return Quality(Tier.DRAFT, missing)
    ways = {proof.how for proof in profile.proved}
    if "device" in ways:
        return Quality(Tier.SHOW, ())
    if "program" in ways:
        return Quality(Tier.RIG, ("drive the device itself with it, and say so under [[proved]]",))
    return Quality(Tier.BENCH, ("drive the real program or device with it, and say so under [[proved]]",))


def _missing_for_bench(profile: DeviceProfile) -> tuple[str, ...]:
    asked = {example.ask for example in profile.examples}
    missing = [f"an example of {verb} with its bytes" for verb in profile.verbs if verb not in asked]
    if profile.any_verb is not None and not profile.examples:
        missing.append("an example with its bytes")
    if profile.grade in _DOUBTFUL_GRADES and not profile.proved:
        missing.append(f"a better source than grade {profile.grade}, or a proof")
    if not profile.setup and profile.grade != "own":
        missing.append("what must be switched on at the device")
    return tuple(missing)
