"""Who plays what tonight: which devices are ghosts, and whether the machine may hold the hazard lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from console.plan.patch import Patch
from console.show.show import Show
from console.vocabulary import Faults, Ghosts, PlayedFault
from devices.contract import OutputMode
from profiles.near_names import near_words


class CastError(LookupError):
    """A part that nobody can play: a role the show does not have, a fault on what is no ghost. One line."""


def cast_devices(show: Show, patch: Patch, ghosts: Ghosts) -> dict[str, OutputMode]:
    """Every device's mode: a ghost where asked, else as the venue says. Raises CastError."""
    modes = {device: OutputMode(setup.mode) for device, setup in patch.devices.items()}
    if ghosts == "all":
        return dict.fromkeys(modes, OutputMode.GHOST)
    for role in ghosts:
        if role not in show.role_by_id:
            raise CastError(f"the show has no role {role!r}: {near_words(role, sorted(show.role_by_id))}")
        for device, _ in patch.duties_of(role):
            modes[device] = OutputMode.GHOST
    return modes


def cast_faults(
    show: Show, patch: Patch, modes: Mapping[str, OutputMode], named: Faults
) -> dict[str, tuple[PlayedFault, ...]]:
    """By device what is played on it: of a role on the device that is on show first, of ``all`` on every ghost.

    Raises CastError for what is not there, and for what is no ghost.
    """
    found: dict[str, tuple[PlayedFault, ...]] = {}
    for name, fault in named:
        for device in _devices_meant(show, patch, modes, name):
            if modes[device] is not OutputMode.GHOST:
                remedy = f"--ghost {name if name in show.role_by_id else 'all'}"
                words = f"{device} is {modes[device].value}, and faults are played on ghosts alone: add {remedy}"
                raise CastError(f"fault of {name}: {words}")
            found[device] = (*found.get(device, ()), fault)
    return found


def _devices_meant(show: Show, patch: Patch, modes: Mapping[str, OutputMode], name: str) -> list[str]:
    if name == "all":
        return [device for device, mode in modes.items() if mode is OutputMode.GHOST]
    if name in modes:
        return [name]
    if name not in show.role_by_id:
        known = sorted([*show.role_by_id, *modes])
        raise CastError(f"fault of {name}: there is no role and no device of that name: {near_words(name, known)}")
    devices = [device for device, _ in patch.duties_of(name) if device in modes]
    if not devices:
        raise CastError(f"fault of {name}: no device stands for it in {patch.venue.name}")
    return devices[:1]


def hazards_are_ghosts(show: Show, patch: Patch, modes: Mapping[str, OutputMode]) -> bool:
    """True where no device of a hazard role is live, so that nothing dangerous can leave whatever is armed."""
    return all(modes.get(device) is not OutputMode.LIVE for device in _hazard_devices(show, patch))


def _hazard_devices(show: Show, patch: Patch) -> Iterable[str]:
    for role in show.roles:
        if role.hazard != "none":
            yield from (device for device, _ in patch.duties_of(role.id))
