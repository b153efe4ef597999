"""How far a device profile can be trusted, computed from what it says about itself; nobody types a tier in.

==========  ==========================================================================================================
draft       something is missing, or the facts come from one indirect source
bench       a machine has checked it: every verb's bytes are pinned by a source's own (``devices.example_check``) and
            understood by its ghost (``devices.ghost_check``; the contract tests do so over its transports)
rehearsed   the real program or box was driven with it
show-ready  a show was run with it, and nothing is left to be tried
==========  ==========================================================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from profiles.device_profile import DeviceProfile


class Tier(StrEnum):
    """One step of the ladder, lowest first."""

    DRAFT = "draft"
    BENCH = "bench"
    REHEARSED = "rehearsed"
    SHOW_READY = "show-ready"

    @property
    def rank(self) -> int:
        """0 for a draft; each step counts one more."""
        return list(Tier).index(self)


@dataclass(frozen=True, slots=True)
class Quality:
    """A tier, and what the next one asks for (empty at the top)."""

    tier: Tier
    next_needs: tuple[str, ...]


_DOUBTFUL_GRADES: Final = ("C", "K")


def quality_of(profile: DeviceProfile) -> Quality:
    """Where the profile stands by what it says. Whether its examples are met is checked where bytes are made."""
    missing = _missing_for_bench(profile)
    if missing:
        return Quality(Tier.DRAFT, missing)
    if not profile.proved:
        return Quality(Tier.BENCH, ("drive the real program or box with it, and say so under [[proved]]",))
    missing = _missing_for_show(profile)
    return Quality(Tier.REHEARSED if missing else Tier.SHOW_READY, missing)


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


def _missing_for_show(profile: DeviceProfile) -> tuple[str, ...]:
    missing = []
    if all(proof.how != "show" for proof in profile.proved):
        missing.append("run a show with it, and say so under [[proved]]")
    if profile.verify:
        missing.append("try what stands under verify, and strike it out")
    return tuple(missing)
