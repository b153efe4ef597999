"""What can be edited of a row of the house, as fields: what a field shows, and the change that a new text makes. No Qt.

A value is written as in the file (``7``, ``true``, ``[1, 2]``, ``{ layer = 9, clip = 1 }``); what cannot be read so
is text. Whether the house allows it is asked of ``HouseFile.changed``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from profiles.toml_lines import Path
from profiles.venue_maps import ArgumentMap
from profiles.venue_profile import Curfew, Device, Venue
from profiles.venue_text import Change, Drop, Put, literal
from ui.state.house_rows import HouseRow

FieldKind = Literal["text", "number", "whole", "flag", "names", "value", "args", "choice"]

YES_NO: Final = ("yes", "no")


class FieldError(ValueError):
    """The text is no value for the field. A few words."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that can be changed. ``clears``: what gives way to it, where the file has it."""

    title: str
    path: Path
    kind: FieldKind = "text"
    text: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()
    clears: tuple[Path, ...] = ()
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together, under a heading."""

    title: str
    fields: tuple[Field, ...]


def field_to_changes(field: Field, text: str) -> list[Change]:
    """What a new text makes of the field; an empty one takes it out of the file. Raises :class:`FieldError`."""
    text = text.strip()
    if not text:
        if field.needed:
            raise FieldError(f"{field.title} is needed: give it a value")
        return [Drop(field.path)]
    return [*(Drop(path) for path in field.clears), Put(field.path, _READERS[field.kind](text))]


def value_words(value: Any) -> str:
    """A value as a field shows it: plain text bare, where it cannot be taken for something else."""
    if isinstance(value, str) and words_value(value) == value:
        return value
    return literal(value, 10_000)


def words_value(text: str) -> Any:
    """A value from its words; text where it is written like nothing else."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (tomllib.TOMLDecodeError, KeyError):
        return text


def args_words_of(args: dict[str, Any]) -> str:
    """``list = 900, cue = "2"``."""
    return literal(args)[2:-2] if args else ""


def _number(text: str) -> float:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        raise FieldError(f"{text!r} is no number") from None
    return int(number) if number.is_integer() else number


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise FieldError(f"{text!r} is no whole number") from None


def _flag(text: str) -> bool:
    if text not in YES_NO:
        raise FieldError(f"{text!r} is neither yes nor no")
    return text == "yes"


def names_of(text: str) -> list[str]:
    """Names with commas between them."""
    return [name.strip() for name in text.split(",") if name.strip()]


def _args(text: str) -> dict[str, Any]:
    try:
        return dict(tomllib.loads(f"args = {{ {text} }}")["args"])
    except tomllib.TOMLDecodeError:
        raise FieldError('write name = value, with text in quotes: list = 900, cue = "2"') from None


_READERS: Final[dict[str, Callable[[str], Any]]] = {
    "text": str,
    "choice": str,
    "number": _number,
    "whole": _whole,
    "flag": _flag,
    "names": names_of,
    "value": words_value,
    "args": _args,
}


# -- what each row offers ----------------------------------------------------------------------------------------------


def row_sections(row: HouseRow, venue: Venue, profile_latency_ms: float | None = None) -> tuple[Section, ...]:
    """The fields of a row. ``profile_latency_ms``: what counts where the device says none."""
    match row.kind:
        case "standing":
            return (*_device(row, venue, profile_latency_ms), *_role(row, venue))
        case "device":
            return _device(row, venue, profile_latency_ms)
        case "absent" | "partly":
            return _absent(row, venue)
        case "house":
            return _house(venue)
        case "department":
            return _department(row, venue)
        case "input":
            return _input(row, venue)
        case "safe":
            return _safe(row, venue)
        case _:
            return ()


def _device(row: HouseRow, venue: Venue, latency_ms: float | None) -> tuple[Section, ...]:
    place = next((n for n, each in enumerate(venue.devices) if each.id == row.device), None)
    if place is None:
        return ()
    device: Device = venue.devices[place]
    at: Path = ("devices", place)
    by_profile = "the profile's" if latency_ms is None else f"{latency_ms:g}, by its profile"
    fields = (
        Field("Name", (*at, "name"), text=device.name),
        Field("Profile", (*at, "profile"), text=device.profile, needed=True),
        Field("Host", (*at, "host"), text=device.host or "", hint="an address", clears=((*at, "midi_port"),)),
        Field("Port", (*at, "port"), "whole", _or_empty(device.port), "the profile's"),
        Field("MIDI port", (*at, "midi_port"), text=device.midi_port or "", clears=((*at, "host"), (*at, "port"))),
        Field("Channel", (*at, "channel"), "whole", _or_empty(device.channel)),
        Field("Transport", (*at, "transport"), text=device.transport or "", hint="the profile's first"),
        Field("Reply port", (*at, "reply_port"), "whole", _or_empty(device.reply_port), "the profile's"),
        Field("Device id", (*at, "device_id"), "whole", _or_empty(device.device_id)),
        Field("Settings", (*at, "settings"), "args", args_words_of(device.settings)),
        Field("Ghost's port", (*at, "sim_port"), "whole", _or_empty(device.sim_port), "a free one"),
        Field("Latency ms", (*at, "latency_ms"), "number", _or_empty(device.latency_ms), by_profile),
        Field("Trim ms", (*at, "trim_ms"), "number", f"{device.trim_ms:g}" if device.trim_ms else "", "0"),
        Field("Notes", (*at, "notes"), text=device.notes),
    )  # fmt: skip
    shown = [field for field in fields if not _is_of_other_kind(field.title, device)]
    return (Section(f"Device {device.id}", tuple(shown)),)


def _is_of_other_kind(title: str, device: Device) -> bool:
    """A device on a network has no channel; one on a MIDI port has no port number."""
    return title in (("Channel", "Device id") if device.midi_port is None else ("Port", "Reply port"))


def _role(row: HouseRow, venue: Venue) -> Iterator[Section]:
    place = next((n for n, each in enumerate(venue.roles) if each.id == row.role), None)
    if place is None:
        return
    role, at = venue.roles[place], ("roles", place)
    devices = tuple(device.id for device in venue.devices)
    yield Section(
        f"Role {role.id}",
        (
            Field("Main", (*at, "main"), "choice", role.main, choices=devices, needed=True),
            Field("Parallel", (*at, "parallel"), "names", ", ".join(role.parallel), "devices, with commas"),
            Field("Standby", (*at, "standby"), "names", ", ".join(role.standby), "devices, with commas"),
        ),
    )
    for n, each in enumerate(role.maps):
        yield _map(("roles", place, "maps", n), each)


def _map(at: Path, each: ArgumentMap) -> Section:
    raw = each.model_dump(exclude_unset=True, mode="json")
    fields = [Field("Offset", (*at, "offset"), "number", _or_empty(each.offset))] if each.offset else []
    for n, rule in enumerate(raw.get("rules", ())):
        fields.append(Field(f"Rule {n + 1}", (*at, "rules", n), "value", literal(rule, 10_000), needed=True))
    for name, to in raw.get("table", {}).items():
        fields.append(Field(name, (*at, "table", name), "value", value_words(to)))
    keeps = YES_NO[0] if each.keep_others else YES_NO[1]
    otherwise = "" if each.otherwise is None else value_words(raw["otherwise"])
    fields.append(Field("Otherwise", (*at, "otherwise"), "value", otherwise, clears=((*at, "keep_others"),)))
    fields.append(Field("Others as they are", (*at, "keep_others"), "flag", keeps, choices=YES_NO))
    fields.append(Field("Only for verbs", (*at, "verbs"), "names", ", ".join(each.verbs), "all"))
    verbs = f" of {', '.join(each.verbs)}" if each.verbs else ""
    return Section(f"Map of {each.argument}{verbs}", tuple(fields))


def _absent(row: HouseRow, venue: Venue) -> tuple[Section, ...]:
    absent, at = venue.absent[row.place], ("absent", row.place)
    line = absent.replace
    policies = ("skip", "skip_with_warning") if line is None else ("replace",)
    fields = [
        Field("Policy", (*at, "policy"), "choice", absent.policy, choices=policies, needed=True),
        Field("Reason", (*at, "reason"), text=absent.reason, needed=True),
    ]
    if absent.when:
        fields.append(Field("When", (*at, "when"), "args", args_words_of(absent.when), needed=True))
    if line is not None:
        roles = tuple(role.id for role in venue.roles)
        fields += [
            Field("Instead, role", (*at, "replace", "role"), "choice", line.role, choices=roles, needed=True),
            Field("Instead, verb", (*at, "replace", "verb"), text=line.verb, needed=True),
            Field("With", (*at, "replace", "args"), "args", args_words_of(line.args)),
            Field("Only for verbs", (*at, "verbs"), "names", ", ".join(absent.verbs), "all"),
        ]
    return (Section(f"{absent.role} is not here", tuple(fields)),)


def _house(venue: Venue) -> tuple[Section, ...]:
    limits, curfew = venue.limits, venue.curfew
    return (
        Section(
            "The house",
            (
                Field("Name", ("name",), text=venue.name, needed=True),
                Field("City", ("city",), text=venue.city),
                Field("Kind", ("kind",), text=venue.kind, hint="arena, theatre, field"),
                Field("Time zone", ("time_zone",), text=venue.time_zone, needed=True),
                Field("Rate", ("rate",), text=venue.rate, needed=True),
            ),
        ),
        Section(
            "Limits",
            (
                Field("Flashes, Hz", ("limits", "strobe_hz_max"), "number", _or_empty(limits.strobe_hz_max), "none"),
                Field("Zone clear counts, s", ("limits", "zone_clear_s"), "number", f"{limits.zone_clear_s:g}", "60"),
                Field("Sound, dB LAeq15", ("limits", "spl_laeq15_db"), "number", _or_empty(limits.spl_laeq15_db)),
                Field("Pyro", ("limits", "pyro"), text=limits.pyro),
                Field("Laser", ("limits", "laser"), text=limits.laser),
                *(() if curfew is None else _curfew(curfew)),
            ),
        ),
    )  # fmt: skip


def _curfew(curfew: Curfew) -> tuple[Field, ...]:
    hard = YES_NO[0] if curfew.hard else YES_NO[1]
    return (
        Field("Curfew", ("curfew", "time"), text=curfew.time, needed=True),
        Field("Hard curfew", ("curfew", "hard"), "flag", hard, choices=YES_NO, needed=True),
    )


def _department(row: HouseRow, venue: Venue) -> tuple[Section, ...]:
    shift, at = venue.departments[row.department], ("departments", row.department)
    fields = (
        Field("More latency ms", (*at, "latency_ms"), "number", f"{shift.latency_ms:g}", "0"),
        Field("Trim ms", (*at, "trim_ms"), "number", f"{shift.trim_ms:g}" if shift.trim_ms else "", "0"),
        Field("Notes", (*at, "notes"), text=shift.notes),
    )
    return (Section(f"Department {row.department}", fields),)


def _input(row: HouseRow, venue: Venue) -> tuple[Section, ...]:
    if row.place < 0:
        return ()
    line, at = venue.inputs[row.place], ("inputs", row.place)
    fields = [Field("Stale after s", (*at, "stale_s"), "number", f"{line.stale_s:g}", needed=True)]
    if line.midi is None:
        fields.append(Field("OSC address", (*at, "osc"), text=line.osc or "", hint="/gpi/1"))
    else:
        fields.append(Field("MIDI port", (*at, "midi_port"), text=line.midi_port or "", needed=True))
        fields.append(Field("MIDI", (*at, "midi"), text=line.midi, hint="note/1/36", needed=True))
    if line.zone is not None:
        fields.append(Field("Zone", (*at, "zone"), text=line.zone, needed=True))
    elif line.kind != "gauge":
        fields.append(Field("Roles", (*at, "roles"), "names", ", ".join(line.roles), needed=True))
    for n, limit in enumerate(line.limits):
        roles = ", ".join(limit.roles)
        fields.append(Field(f"{roles} below", (*at, "limits", n, "below"), "number", f"{limit.below:g}", needed=True))
    by_hand = YES_NO[0] if line.by_hand else YES_NO[1]
    fields.append(Field("By hand", (*at, "by_hand"), "flag", by_hand, choices=YES_NO))
    return (Section(f"{line.kind} {line.id}", tuple(fields)),)


def _safe(row: HouseRow, venue: Venue) -> tuple[Section, ...]:
    if row.place < 0:
        return ()
    line = getattr(venue.safe, row.role)[row.place]
    at: Path = ("safe", row.role, row.place)
    roles = tuple(role.id for role in venue.roles)
    fields = (
        Field("Role", (*at, "role"), "choice", line.role, choices=roles, needed=True),
        Field("Verb", (*at, "verb"), text=line.verb, needed=True),
        Field("With", (*at, "args"), "args", args_words_of(line.args)),
    )
    return (Section(f"Line {row.place + 1}", fields),)


def _or_empty(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"
