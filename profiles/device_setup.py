"""A device of the house joined with its profile: everything a driver needs to reach it.

Where the venue is silent the profile's defaults stand. Source: design chapter 6.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from profiles.device_profile import BY_PORT_NAME, DeviceProfile, Setting, Transport, TransportKind
from profiles.near_names import near_words
from profiles.problems import Problem, Problems
from profiles.templates import Scalar
from profiles.venue_profile import Device, HealthOverride

NS_PER_MS = 1_000_000


@dataclass(frozen=True)
class DeviceSetup:
    """One device, ready to be opened. Exactly one of ``host`` (with ``port``) and ``midi_port`` is given."""

    id: str
    name: str
    profile: DeviceProfile
    transport: TransportKind
    host: str | None
    port: int | None
    reply_port: int | None  # where we must listen for its answers; None: they come to the sending socket, or never
    midi_port: str | None
    settings: Mapping[str, Scalar]  # of the profile, the MIDI channel and device id among them
    sim_port: int | None
    latency_ms: float | None  # None: the profile says, verb by verb
    trim_ns: int
    mode: Literal["live", "ghost", "off"]
    health: HealthOverride

    def latency_ns(self, verb: str) -> int:
        """How long the device needs before the house sees or hears the verb."""
        latency_ms = self.profile.latency_of(verb) if self.latency_ms is None else self.latency_ms
        return round(latency_ms * NS_PER_MS)


def device_to_setup(device: Device, profile: DeviceProfile) -> tuple[DeviceSetup | None, tuple[Problem, ...]]:
    """The joined device, or None where it cannot be reached as written; and everything wrong with it."""
    found = Problems()
    where = f"device {device.id}"
    settings = _settings(device, profile, where, found)
    transport = _transport(device, profile, where, found)
    if transport is None:
        return None, found.listed()
    port = device.port if device.port is not None else transport.port
    if device.host is not None and port is None:
        found.error(
            "venue.device.port",
            where,
            f"has no port, and {profile.id} leaves it to the user of the device",
            "give the port that is set at the device",
        )
        return None, found.listed()
    reply_port = device.reply_port if device.reply_port is not None else transport.reply_port
    setup = DeviceSetup(
        id=device.id,
        name=device.name or device.id,
        profile=profile,
        transport=transport.kind,
        host=device.host,
        port=port if device.host is not None else None,
        reply_port=reply_port if transport.reply == "fixed" else None,
        midi_port=device.midi_port,
        settings=MappingProxyType(settings),
        sim_port=device.sim_port,
        latency_ms=device.latency_ms,
        trim_ns=round(device.trim_ms * NS_PER_MS),
        mode=device.mode,
        health=device.health or HealthOverride(),
    )
    return setup, found.listed()


def _transport(device: Device, profile: DeviceProfile, where: str, found: Problems) -> Transport | None:
    """The transport asked for, or the profile's first that fits the kind of address."""
    wants_midi = device.midi_port is not None
    fitting = [each for each in profile.transports if (each.kind in BY_PORT_NAME) == wants_midi]
    kinds = ", ".join(each.kind for each in profile.transports)
    if device.transport is not None:
        chosen = next((each for each in profile.transports if each.kind == device.transport), None)
        if chosen is None:
            found.error("venue.device.transport", where, f"{profile.id} has no transport {device.transport!r}", kinds)
            return None
        if chosen in fitting:
            return chosen
    elif fitting:
        return fitting[0]
    address = "a host" if wants_midi else "a midi_port"
    given = "a MIDI port" if wants_midi else "a host"
    found.error(
        "venue.device.transport",
        where,
        f"has {given}, but {device.transport or profile.id} is not reached that way",
        f"give {address}, or another transport ({kinds})",
    )
    return None


def _settings(device: Device, profile: DeviceProfile, where: str, found: Problems) -> dict[str, Scalar]:
    settings = {name: each.default for name, each in profile.settings.items() if each.default is not None}
    own = {"channel": device.channel, "device_id": device.device_id}
    given = device.settings | {name: value for name, value in own.items() if value is not None}
    for name, value in given.items():
        setting = profile.settings.get(name)
        if setting is None:
            words = near_words(name, profile.settings) if profile.settings else "remove it"
            found.error("venue.device.setting", where, f"{profile.id} has no setting {name!r}", words)
        elif (wanted := _unfit(setting, value)) is not None:
            found.error("venue.device.setting", where, f"{name} is {value!r}", f"give {wanted}")
        else:
            settings[name] = value
    return settings


def _unfit(setting: Setting, value: Scalar) -> str | None:
    """What to give instead of a value that does not suit, or None."""
    if setting.type == "text":
        return None if isinstance(value, str) else "text in quotes"
    if setting.type == "flag":
        return None if isinstance(value, bool) else "true or false"
    if isinstance(value, bool | str) or (setting.type == "int" and not isinstance(value, int)):
        return "a whole number" if setting.type == "int" else "a number"
    if (setting.min is not None and value < setting.min) or (setting.max is not None and value > setting.max):
        low = f" from {setting.min:g}" if setting.min is not None else ""
        return f"a number{low}{f' to {setting.max:g}' if setting.max is not None else ''}"
    return None
