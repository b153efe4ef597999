"""A show in a house: profiles loaded, roles patched to devices, and an encoder for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from console.plan.patch import Patch, build_patch
from console.remote.checks import remote_problems
from console.show.show import Show
from devices.encode import ProfileEncoder
from profiles.library import load_profiles
from profiles.problems import Problem
from profiles.venue_profile import Venue


@dataclass(frozen=True)
class Joined:
    """A show in a house, ready for the engine: the patch, the encoder, and what was to be said on the way.

    ``said``: lines that an operator should read when it is opened.
    """

    show: Show
    venue: Venue
    patch: Patch
    encoder: ProfileEncoder
    problems: tuple[Problem, ...]
    said: tuple[str, ...] = ()
    file: str = ""  # the show's; empty for one that ships, which is not saved over

    def with_show(self, show: Show) -> Joined:
        """The same house with the show as it was edited."""
        return replace(self, show=show, patch=self.patch.for_show(show))


def join_show(show: Show, venue: Venue, user_profiles: Path | None = None) -> Joined:
    """Load the venue's profiles, the user's own before shipped ones, and patch the show to its devices.

    Problems are collected, not raised.
    """
    profiles, problems = load_profiles((device.profile for device in venue.devices), user_profiles)
    patch = build_patch(show, venue, profiles)
    found = (*problems, *remote_problems(venue.remote))
    return Joined(show, venue, patch, ProfileEncoder(patch.devices), found)
