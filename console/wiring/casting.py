"""Who plays what tonight: which devices are ghosts, and whether the machine may hold the hazard lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from console.plan.patch import Patch
from console.show.show import Show
from console.vocabulary import Ghosts
from devices.contract import OutputMode
from profiles.near_names import near_words


class UnknownRoleError(LookupError):
    """A role to be played by ghosts that the show does not have. One line."""


def cast_devices(show: Show, patch: Patch, ghosts: Ghosts) -> dict[str, OutputMode]:
    """Every device's mode: a ghost where asked, else as the venue says. Raises UnknownRoleError."""
    modes = {device: OutputMode(setup.mode) for device, setup in patch.devices.items()}
    if ghosts == "all":
        return dict.fromkeys(modes, OutputMode.GHOST)
    for role in ghosts:
        if role not in show.role_by_id:
            raise UnknownRoleError(f"the show has no role {role!r}: {near_words(role, sorted(show.role_by_id))}")
        for device, _ in patch.duties_of(role):
            modes[device] = OutputMode.GHOST
    return modes


def hazards_are_ghosts(show: Show, patch: Patch, modes: Mapping[str, OutputMode]) -> bool:
    """True where no device of a hazard role is live, so that nothing dangerous can leave whatever is armed."""
    return all(modes.get(device) is not OutputMode.LIVE for device in _hazard_devices(show, patch))


def _hazard_devices(show: Show, patch: Patch) -> Iterable[str]:
    for role in show.roles:
        if role.hazard != "none":
            yield from (device for device, _ in patch.duties_of(role.id))
