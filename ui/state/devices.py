"""The devices of a role, as the last snapshot has them. No Qt."""

from __future__ import annotations

from console.vocabulary import DeviceState
from ui.state.desk import Desk


def shared_roles(desk: Desk) -> dict[str, list[DeviceState]]:
    """The roles that more than one device stands for."""
    devices: dict[str, list[DeviceState]] = {}
    for state in desk.snapshot.devices if desk.snapshot is not None else ():
        if state.role:
            devices.setdefault(state.role, []).append(state)
    return {role: states for role, states in devices.items() if len(states) > 1}
