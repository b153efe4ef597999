"""The patch: show, venue and device profiles joined, so that a verb to a role becomes verbs to devices.

Pure. Engine, resolver, timeline and check ask :meth:`Patch.bind` and never read a venue file. What a device is told
still has verb and arguments; bytes are the encoder's. Source: design chapters 4 and 6.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal, TypedDict

from console.show.cues import Hazard, Scalar
from console.show.show import Show
from profiles.device_profile import DeviceProfile
from profiles.device_setup import NS_PER_MS, DeviceSetup, device_to_setup
from profiles.near_names import near_words
from profiles.problems import Problem, Problems
from profiles.venue_maps import ArgumentMap, Sends, scalar_to_name
from profiles.venue_profile import Absent, DepartmentShift, Duty, HouseTimecode, Instruction, RoleBinding, Venue
from profiles.verbs import CATALOGUE, complete_args

Args = Mapping[str, Scalar]

Why = Literal["absent", "unbound", "nowhere", "unreachable", "verb"]
"""Why nothing is sent: a policy of the venue; no device for the role; a value that a map does not know; devices that
could not be set up; devices that do not have the verb."""

_CAMERA_ARGUMENTS = ("camera", "source")
_NO_SHIFT = DepartmentShift()


@dataclass(frozen=True, slots=True)
class Addressed:
    """One send to one device, in the house's own names and numbers."""

    device: str
    verb: str
    args: Args
    latency_ns: int
    trim_ns: int
    duty: Duty


@dataclass(frozen=True, slots=True)
class Bound:
    """What a verb to a role comes to in this house.

    ``addressed`` goes to the main device, then to parallel ones; ``standby`` is the same for those that only stand by,
    and is sent to once one of them has taken over. Where ``skipped`` has words both are empty. A replacement has the
    role and verb that are really spoken to, and its own ``advance_ms`` and ``hazard``; None: the cue's.
    """

    role: str
    verb: str
    addressed: tuple[Addressed, ...] = ()
    standby: tuple[Addressed, ...] = ()
    replaced: bool = False
    skipped: str | None = None
    why: Why | None = None
    warning: str | None = None
    advance_ms: float | None = None
    hazard: Hazard | None = None


@dataclass(frozen=True, slots=True)
class SafeLine:
    """One line of a safe list: in the show's words, and bound."""

    role: str
    verb: str
    args: Args
    bound: Bound


@dataclass(frozen=True)
class Patch:
    """One show in one house. Asking twice costs a look-up: bindings are kept by role, verb and arguments."""

    venue: Venue
    devices: Mapping[str, DeviceSetup]
    hazards: Mapping[str, Hazard]  # of the show's roles
    departments: Mapping[str, str]  # of the show's roles
    problems: tuple[Problem, ...]  # of the join itself; what cues meet is in ``patch_checks``
    _kept: dict[tuple[object, ...], Bound] = field(default_factory=dict, repr=False, compare=False)
    _maps: dict[tuple[str, str], tuple[ArgumentMap, ...]] = field(default_factory=dict, repr=False, compare=False)

    def bind(self, role: str, verb: str, args: Args) -> Bound:
        """The sends for a verb to a role with the show's arguments. Never raises: what cannot be sent says why."""
        key = (role, verb, *args.items())
        bound = self._kept.get(key)
        if bound is None:
            bound = self._kept[key] = self._bind(role, verb, args)
        return bound

    def for_show(self, show: Show) -> Patch:
        """The same house for a show with other roles."""
        return replace(self, **_of_roles(show), _kept={}, _maps={})

    def safe_list(self, *, hard: bool) -> tuple[SafeLine, ...]:
        """What panic sends, in order: the soft list, or the hard one."""
        return self._lines(self.venue.safe.hard if hard else self.venue.safe.soft)

    @property
    def show_stop_list(self) -> tuple[SafeLine, ...]:
        """House light up, PA mute, screen message: what show stop sends, in order."""
        return self._lines(self.venue.safe.show_stop)

    @property
    def strobe_hz_max(self) -> float | None:
        """The fastest flash the house allows; None: no limit is given."""
        return self.venue.limits.strobe_hz_max

    def too_fast_hz(self, bound: Bound) -> float | None:
        """The rate of what is sent here, a replacement too, where it is above the house's limit on flashes."""
        limit_hz = self.strobe_hz_max
        rate_hz = bound.addressed[0].args.get("rate_hz") if bound.addressed else None
        if limit_hz is None or rate_hz is None or isinstance(rate_hz, bool | str):
            return None
        return rate_hz if rate_hz > limit_hz else None

    @property
    def time_zone(self) -> str:
        """The house's clock, as a name of the IANA table."""
        return self.venue.time_zone

    @property
    def timecode(self) -> HouseTimecode | None:
        """Sources in, the output, and the patience of the chase."""
        return self.venue.timecode

    def duties_of(self, role: str) -> tuple[tuple[str, Duty], ...]:
        """The devices of a role with their duty, main first; empty where the house lacks it."""
        binding = self._binding(role)
        return binding.devices if binding is not None else ()

    def shift_of(self, role: str) -> DepartmentShift:
        """What the house adds to latency and trim of a role's devices, by the role's department."""
        return self.venue.departments.get(self.departments.get(role, ""), _NO_SHIFT)

    def _lines(self, lines: tuple[Instruction, ...]) -> tuple[SafeLine, ...]:
        return tuple(
            SafeLine(line.role, line.verb, line.args, self.bind(line.role, line.verb, line.args)) for line in lines
        )

    def _binding(self, role: str) -> RoleBinding | None:
        """Absence wins over a binding, should a venue have both: sending less is safer."""
        return None if role in self.venue.absent_roles else self.venue.role_by_id.get(role)

    def _bind(self, role: str, verb: str, args: Args) -> Bound:
        absent = self.venue.absent_roles.get(role)
        if absent is not None:
            return self._instead(absent, role, verb)
        binding = self.venue.role_by_id.get(role)
        if binding is None:
            return Bound(role, verb, skipped=f"no device stands for {role} in {self.venue.name}", why="unbound")
        logical = self._logical(verb, args)
        absent = self.venue.absence(role, logical)
        if absent is not None:
            return self._instead(absent, role, verb)
        return self._present(binding, verb, logical)

    def _logical(self, verb: str, args: Args) -> dict[str, Scalar]:
        """All arguments with their defaults; cameras the house lacks are already the ones that take their cues."""
        known = CATALOGUE.get(verb)
        logical = dict(args) if known is None else complete_args(known, args)
        fallbacks = self.venue.camera_fallbacks
        if fallbacks:
            for name in _CAMERA_ARGUMENTS:
                camera = logical.get(name)
                if isinstance(camera, str) and camera in fallbacks:
                    logical[name] = fallbacks[camera]
        return logical

    def _instead(self, absent: Absent, role: str, verb: str) -> Bound:
        """What a policy makes of an absent role or name. Replacements are not replaced again."""
        if absent.replace is None or (absent.verbs and verb not in absent.verbs):
            warning = absent.reason if absent.policy == "skip_with_warning" else None
            return Bound(role, verb, skipped=absent.reason, why="absent", warning=warning)
        line = absent.replace
        binding = self._binding(line.role)
        if binding is None:
            return Bound(
                role, verb, skipped=f"{line.role}, which should replace {role}, is not here either", why="unbound"
            )
        return replace(
            self._present(binding, line.verb, self._logical(line.verb, line.args)),
            replaced=True,
            advance_ms=line.advance_ms,
            hazard=self.hazards.get(line.role, "none") if is_hazardous(line.verb) else "none",
        )

    def _present(self, binding: RoleBinding, verb: str, logical: dict[str, Scalar]) -> Bound:
        sends = self._mapped(binding, verb, logical)
        if isinstance(sends, str):
            return Bound(binding.id, verb, skipped=sends, why="nowhere")
        shift = self.shift_of(binding.id)
        more_ns, later_ns = (round(ms * NS_PER_MS) for ms in (shift.latency_ms, shift.trim_ms))
        spoken: list[Addressed] = []
        standing_by: list[Addressed] = []
        faults: list[str] = []
        why: Why = "verb"
        for device, duty in binding.devices:
            setup = self.devices.get(device)
            if setup is None:
                faults.append(f"device {device} is not set up")
                why = "unreachable"
            elif not setup.profile.supports(verb):
                faults.append(f"device {device} ({setup.profile.id}) has no {verb}")
            else:
                latency_ns, trim_ns = setup.latency_ns(verb) + more_ns, setup.trim_ns + later_ns
                found = (Addressed(device, verb, args, latency_ns, trim_ns, duty) for args in sends)
                (standing_by if duty is Duty.STANDBY else spoken).extend(found)
        if not spoken:
            return Bound(binding.id, verb, skipped="; ".join(faults), why=why)
        return Bound(binding.id, verb, tuple(spoken), tuple(standing_by), warning="; ".join(faults) or None)

    def _mapped(self, binding: RoleBinding, verb: str, logical: dict[str, Scalar]) -> tuple[Args, ...] | str:
        """The arguments of each send, or the words for a value that leads nowhere.

        What one argument's map sets in another wins over that other's own map.
        """
        maps = self._maps.get((binding.id, verb))
        if maps is None:
            covering: dict[str, ArgumentMap] = {}
            for each in binding.maps:
                if each.covers(verb):
                    covering.setdefault(each.argument, each)
            maps = self._maps[binding.id, verb] = tuple(covering.values())
        ways: list[Sends] = []
        mapped: list[str] = []
        for each in maps:
            value = logical.get(each.argument)
            if value is None:
                continue
            sends = each.sends(value)
            if sends is None:
                return f"{each.argument} {scalar_to_name(value)!r} leads nowhere at {binding.id} in {self.venue.name}"
            ways.append(sends)
            mapped.append(each.argument)
        if not ways:
            return (MappingProxyType(logical),)
        return tuple(MappingProxyType(_merged(logical, mapped, chosen)) for chosen in itertools.product(*ways))


def _merged(logical: dict[str, Scalar], mapped: list[str], chosen: Sends) -> dict[str, Scalar]:
    merged = dict(logical)
    for argument, send in zip(mapped, chosen, strict=True):
        merged[argument] = send.get(argument, merged[argument])
    for argument, send in zip(mapped, chosen, strict=True):
        merged.update((name, value) for name, value in send.items() if name != argument)
    return merged


def build_patch(show: Show, venue: Venue, profiles: Mapping[str, DeviceProfile]) -> Patch:
    """Join the three. Never raises: what does not join is a problem, and is skipped when spoken to."""
    found = Problems()
    devices: dict[str, DeviceSetup] = {}
    for device in venue.devices:
        profile = profiles.get(device.profile)
        if profile is None:
            words = near_words(device.profile, profiles)
            found.error("venue.device.profile", f"device {device.id}", f"profile {device.profile!r} is unknown", words)
            continue
        setup, problems = device_to_setup(device, profile)
        found.extend(problems)
        if setup is not None:
            devices[device.id] = setup
    of_roles = _of_roles(show)
    _check_roles(show, venue, of_roles["hazards"], found)
    return Patch(venue, MappingProxyType(devices), **of_roles, problems=found.listed())


class _OfRoles(TypedDict):
    hazards: Mapping[str, Hazard]
    departments: Mapping[str, str]


def _of_roles(show: Show) -> _OfRoles:
    return {
        "hazards": MappingProxyType({role.id: role.hazard for role in show.roles}),
        "departments": MappingProxyType({role.id: role.department for role in show.roles}),
    }


def _check_roles(show: Show, venue: Venue, hazards: Mapping[str, Hazard], found: Problems) -> None:
    for role in show.roles:
        if role.id not in venue.role_by_id and role.id not in venue.absent_roles:
            found.error(
                "venue.role.unbound",
                f"role {role.id}",
                f"nothing stands for it in {venue.name}",
                "bind it to a device under [[roles]], or give it a policy under [[absent]]",
            )
    for absent in venue.absent:
        line = absent.replace
        if line is not None and hazards.get(line.role) == "high" and is_hazardous(line.verb):
            found.error(
                "venue.absent.hazard",
                f"absent {absent.role}",
                f"is replaced by {line.verb} of {line.role}, which must be armed, and a replacement is not",
                "replace it with something harmless, or skip it",
            )


def is_hazardous(verb: str) -> bool:
    """True where the hazard class of the role applies to the verb."""
    known = CATALOGUE.get(verb)
    return known is not None and known.hazardous
