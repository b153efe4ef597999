"""Who stands for each role of a show in a house: devices with their duties, addresses and times, or a policy. Pure.

What ``venues show`` prints and the window draws. One row a role, in the show's order; nothing here knows a cue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from console.plan.patch import Patch
from console.show.show import Show
from profiles.device_setup import NS_PER_MS, DeviceSetup
from profiles.templates import Scalar
from profiles.venue_profile import Absent, Device, Duty

NOT_BOUND: Final = "unbound"


@dataclass(frozen=True, slots=True)
class Standing:
    """A device that stands for a role. Times are the device's and its department's together.

    ``latency_ms`` is that of a verb for which the profile gives none of its own; None where the device cannot be
    reached as written, and so nothing is known of it.
    """

    device: str
    name: str
    duty: Duty
    profile: str
    transport: str
    address: str
    latency_ms: float | None
    trim_ms: float


@dataclass(frozen=True, slots=True)
class Policy:
    """What happens instead: of the role, or (``when``) of some of its names."""

    when: str
    policy: str
    instead: str
    reason: str


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role: devices, or ``absent``, or neither, which ``check`` calls a fault."""

    role: str
    department: str
    standings: tuple[Standing, ...]
    absent: Policy | None
    partly: tuple[Policy, ...]


def role_table(show: Show, patch: Patch) -> tuple[RoleRow, ...]:
    """A row for every role of the show."""
    return tuple(_row(role.id, role.department, patch) for role in show.roles)


def _row(role: str, department: str, patch: Patch) -> RoleRow:
    venue = patch.venue
    absent = venue.absent_roles.get(role)
    return RoleRow(
        role=role,
        department=department,
        standings=tuple(_standing(device, duty, role, patch) for device, duty in patch.duties_of(role)),
        absent=None if absent is None else _policy(absent),
        partly=tuple(_policy(each) for each in venue.absent if each.when and each.role == role),
    )


def _standing(device_id: str, duty: Duty, role: str, patch: Patch) -> Standing:
    device, setup = patch.venue.device_by_id.get(device_id), patch.devices.get(device_id)
    shift = patch.shift_of(role)
    return Standing(
        device=device_id,
        name=device.name if device is not None else "",
        duty=duty,
        profile=device.profile if device is not None else "",
        transport=setup.transport if setup is not None else "",
        address=address_words(device, setup) if device is not None else "not listed",
        latency_ms=None if setup is None else setup.latency_ns("") / NS_PER_MS + shift.latency_ms,
        trim_ms=(device.trim_ms if device is not None else 0.0) + shift.trim_ms,
    )


def address_words(device: Device, setup: DeviceSetup | None = None) -> str:
    """``192.168.1.21:8000``, with the profile's port where the venue gives none; or ``MIDI FOH channel 1``."""
    if device.midi_port is not None:
        channel = f" channel {device.channel}" if device.channel is not None else ""
        return f"MIDI {device.midi_port}{channel}"
    port = setup.port if setup is not None else device.port
    return f"{device.host}{f':{port}' if port is not None else ''}"


def _policy(absent: Absent) -> Policy:
    line = absent.replace
    instead = "" if line is None else f"{line.role} {line.verb} {args_words(line.args)}".rstrip()
    return Policy(args_words(absent.when), absent.policy, instead, absent.reason)


def args_words(args: Mapping[str, Scalar]) -> str:
    """``zone=all level=0.3``."""
    return " ".join(f"{name}={value}" for name, value in args.items())
