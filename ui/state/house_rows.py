"""A house as rows to draw: roles by department with their devices, what is not here, and what holds for all. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from console.plan.patch import Patch, build_patch
from console.plan.role_table import Policy, RoleRow, Standing, address_words, args_words, role_table
from console.show.show import Show
from profiles.device_profile import DeviceProfile
from profiles.templates import Scalar
from profiles.venue_lines import InputLine
from profiles.venue_profile import Duty, Venue

Kind = Literal[
    "heading", "standing", "absent", "unbound", "partly", "device", "house", "department", "input", "safe", "part"
]

SAFE_TITLES: Final = {"soft": "Panic", "hard": "Panic again", "show_stop": "Show stop"}
POLICIES: Final = {"skip": "skipped", "skip_with_warning": "skipped, and said", "replace": "replaced"}


@dataclass(frozen=True, slots=True)
class HouseRow:
    """One row: a box at the left, a wire, a box in the middle, and where it goes.

    ``place`` is the row of the file's own list that it stands for; ``follows``: it belongs to the box above it.
    """

    kind: Kind
    title: str
    place: int = 0
    department: str = ""
    role: str = ""
    device: str = ""
    duty: str = ""
    middle: str = ""
    below: str = ""  # under the middle
    right: str = ""
    times: str = ""
    follows: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """The same row again in another drawing of the house."""
        return self.kind, self.role, self.device, self.title, str(self.place)

    @property
    def words(self) -> str:
        """The row read out."""
        parts = (self.title, self.duty, self.middle, self.below, self.right, self.times)
        return ", ".join(part for part in parts if part)


def house_rows(show: Show | None, venue: Venue, profiles: dict[str, DeviceProfile]) -> tuple[HouseRow, ...]:
    """Everything of the house, in the show's order of departments; without a show in the order of the house."""
    show = show or _bare_show(venue)
    patch = build_patch(show, venue, profiles)
    return (
        *_roles(show, patch),
        *_idle(venue, patch),
        *_whole(venue),
        *_departments(show, venue),
        *_inputs(venue),
        *_safe(venue),
    )


def _bare_show(venue: Venue) -> Show:
    roles = dict.fromkeys([*(role.id for role in venue.roles), *venue.absent_roles])
    fields = {"id": "house", "title": "no show", "rate": venue.rate, "departments": [{"id": "", "name": "Roles"}]}
    return Show.model_validate(fields | {"roles": [{"id": role, "department": ""} for role in roles]})


def _roles(show: Show, patch: Patch) -> Iterator[HouseRow]:
    rows = role_table(show, patch)
    for department in show.departments:
        own = [row for row in rows if row.department == department.id]
        if own:
            title = department.name if not department.id else f"{department.id} · {department.name}"
            yield HouseRow("heading", title, department=department.id)
        for row in own:
            yield from _role(row, patch.venue)


def _role(row: RoleRow, venue: Venue) -> Iterator[HouseRow]:
    for n, each in enumerate(row.standings):
        yield _standing(row, each, n)
    if row.absent is not None:
        place = next(n for n, each in enumerate(venue.absent) if each.role == row.role and not each.when)
        yield _policy("absent", row, row.absent, place)
    elif not row.standings:
        yield HouseRow(
            "unbound", row.role, 0, row.department, row.role, middle="nothing stands for it", below="bind it"
        )
    partly = [n for n, each in enumerate(venue.absent) if each.role == row.role and each.when]
    for place, policy in zip(partly, row.partly, strict=True):
        yield _policy("partly", row, policy, place)


def _standing(row: RoleRow, each: Standing, place: int) -> HouseRow:
    times = "" if each.latency_ms is None else f"{each.latency_ms:g} ms"
    return HouseRow(
        "standing",
        row.role,
        place,
        row.department,
        row.role,
        each.device,
        each.duty.value,
        each.device,
        each.name or each.profile,
        f"{each.transport}  {each.address}".strip(),
        f"{times}  {each.trim_ms:+g}" if each.trim_ms else times,
        follows=place > 0,
    )


def _policy(kind: Kind, row: RoleRow, policy: Policy, place: int) -> HouseRow:
    middle = POLICIES[policy.policy] if not policy.when else f"{policy.when}: {POLICIES[policy.policy]}"
    return HouseRow(
        kind,
        row.role,
        place,
        row.department,
        row.role,
        duty="absent",
        middle=middle,
        below=policy.reason,
        right=policy.instead,
        follows=kind == "partly",
    )


def _idle(venue: Venue, patch: Patch) -> Iterator[HouseRow]:
    used = {device for role in venue.roles for device, _duty in role.devices}
    idle = [device for device in venue.devices if device.id not in used]
    if idle:
        yield HouseRow("heading", "Devices that stand for no role")
    for device in idle:
        address = address_words(device, patch.devices.get(device.id))
        yield HouseRow(
            "device",
            "",
            device=device.id,
            middle=device.id,
            below=device.name or device.profile,
            right=address,
            times="" if device.latency_ms is None else f"{device.latency_ms:g} ms",
        )


def _whole(venue: Venue) -> Iterator[HouseRow]:
    yield HouseRow("heading", "The house")
    limit_hz = venue.limits.strobe_hz_max
    curfew = (
        "no curfew" if venue.curfew is None else f"curfew {venue.curfew.time}{' (hard)' if venue.curfew.hard else ''}"
    )
    flashes = "no limit on flashes" if limit_hz is None else f"no flash faster than {limit_hz:g} Hz"
    yield HouseRow("house", venue.name, middle=flashes, below=curfew, right=f"{venue.rate} fps, {venue.time_zone}")


def _departments(show: Show, venue: Venue) -> Iterator[HouseRow]:
    names = {department.id: department.name for department in show.departments}
    if venue.departments:
        yield HouseRow("heading", "Added to whole departments")
    for department, shift in venue.departments.items():
        times = f"{shift.latency_ms:g} ms  {shift.trim_ms:+g}" if shift.trim_ms else f"{shift.latency_ms:g} ms"
        below = names.get(department, "not in this show")
        yield HouseRow(
            "department", department, 0, department, middle=shift.notes or "latency", below=below, times=times
        )


def _inputs(venue: Venue) -> Iterator[HouseRow]:
    yield HouseRow("heading", "Lines from outside")
    for place, line in enumerate(venue.inputs):
        guards = f"zone {line.zone}" if line.zone is not None else ", ".join(line.guards)
        below = f"stale after {line.stale_s:g} s"
        yield HouseRow("input", line.id, place, duty=line.kind, middle=guards, below=below, right=_line_place(line))
    if not venue.inputs:
        yield HouseRow(
            "input", "none", -1, middle="no enable, dead-man or gauge", below="hazards have nothing to look at"
        )


def _line_place(line: InputLine) -> str:
    wire = line.osc or (f"MIDI {line.midi_port} {line.midi}" if line.midi else "")
    return " or ".join(filter(None, (wire, "by hand" if line.by_hand else "")))


def _safe(venue: Venue) -> Iterator[HouseRow]:
    for name, title in SAFE_TITLES.items():
        yield HouseRow("heading", f"{title} sends")
        lines = getattr(venue.safe, name)
        for place, line in enumerate(lines):
            yield HouseRow("safe", line.role, place, role=name, middle=line.verb, below=_args(line.args))
        if not lines:
            yield HouseRow("safe", "nothing", -1, role=name, middle="nothing leaves", below="list what is safe here")


def _args(args: dict[str, Scalar]) -> str:
    return args_words(args)


STANDING_SHAPES: Final = {Duty.MAIN.value: "disc", Duty.PARALLEL.value: "diamond", Duty.STANDBY.value: "ring"}
"""A duty is a shape as well as a word."""
