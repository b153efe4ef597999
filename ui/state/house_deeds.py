"""What can be added to a house and taken away, row by row: each asks a few fields and makes its changes. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from console.show.show import Show
from profiles.toml_lines import Path
from profiles.venue_profile import Venue
from profiles.venue_text import Add, Change, Drop, Put
from ui.state.house_fields import Field, FieldKind, field_to_changes, names_of
from ui.state.house_rows import SAFE_TITLES, HouseRow

Answers = Mapping[str, Any]
"""What the fields were given, by title; those left empty are missing."""

_NOWHERE: Final[Path] = ("?",)
_KINDS: Final = ("enable", "dead_man", "zone_clear")


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done to the house. Without ``asks`` it is done at once."""

    title: str
    asks: tuple[Field, ...]
    make: Callable[[Answers], list[Change]]


def deed_changes(deed: Deed, texts: Mapping[str, str]) -> list[Change]:
    """The changes of a deed whose fields were filled in. Raises :class:`FieldError`."""
    answers: dict[str, Any] = {}
    for field in deed.asks:
        for change in field_to_changes(field, texts.get(field.title, "")):
            if isinstance(change, Put):
                answers[field.title] = change.value
    return deed.make(answers)


def row_deeds(row: HouseRow | None, venue: Venue, show: Show | None) -> tuple[Deed, ...]:
    """What is offered with a row picked; without one what the house as a whole takes."""
    return (*(_of_row(row, venue) if row is not None else ()), *_of_house(row, venue, show))


def _asked(
    title: str, kind: FieldKind = "text", *choices: str, needed: bool = True, hint: str = "", text: str = ""
) -> Field:
    return Field(title, _NOWHERE, kind, text, hint, choices, needed=needed)


def _of_row(row: HouseRow, venue: Venue) -> Iterator[Deed]:
    match row.kind:
        case "standing":
            yield from _of_role(row, venue)
        case "device":
            place = [device.id for device in venue.devices].index(row.device)
            yield Deed(f"Remove device {row.device}", (), partial(dropped, ("devices", place)))
        case "absent":
            yield Deed("Bind to a device…", (_main(venue),), lambda a: [Drop(("absent", row.place)), _bound(row, a)])
            yield _other_policy(row, venue)
        case "unbound":
            yield Deed("Bind to a device…", (_main(venue),), lambda a: [_bound(row, a)])
            yield Deed("Not in this house…", _ABSENT, lambda a: [_gone(row, a)])
        case "partly":
            yield Deed("Remove this policy", (), partial(dropped, ("absent", row.place)))
            yield _other_policy(row, venue)
        case "department":
            yield Deed("Add nothing any more", (), partial(dropped, ("departments", row.department)))
        case "input" if row.place >= 0:
            yield Deed(f"Remove {row.title}", (), partial(dropped, ("inputs", row.place)))
        case "safe" if row.place >= 0:
            yield Deed("Remove this line", (), partial(dropped, ("safe", row.role, row.place)))
        case _:
            pass


def _of_role(row: HouseRow, venue: Venue) -> Iterator[Deed]:
    place = next((n for n, each in enumerate(venue.roles) if each.id == row.role), None)
    if place is None:
        return
    yield Deed("Not in this house…", _ABSENT, lambda a: [Drop(("roles", place)), _gone(row, a)])
    name, to = _asked("Name in the show"), _asked("Is here", "value", hint="7, or layer and clip in braces")
    for n, each in enumerate(venue.roles[place].maps):
        here: Path = ("roles", place, "maps", n)
        yield Deed(f"Add a name to the map of {each.argument}…", (name, to), partial(_new_name, here))
        yield Deed(f"Add a rule to the map of {each.argument}…", _RULE, partial(_new_rule, here, bool(each.rules)))
        yield Deed(f"Remove the map of {each.argument}", (), partial(dropped, here))
    yield Deed(
        "Some values are not here…", (_asked("When", "args", hint='camera = "7"'), *_ABSENT), partial(_partly, row)
    )
    argument = _asked("Argument", hint="zone, scene, clip, strip …")
    yield Deed("Add a map…", (argument, name, to), partial(_new_map, ("roles", place, "maps")))


def _new_name(map_path: Path, answers: Answers) -> list[Change]:
    return [Put((*map_path, "table", str(answers["Name in the show"])), answers["Is here"])]


_RULE: Final = (_asked("Pattern", hint="S{song}_CHORUS"), _asked("Is here", "value", hint="{ clip = { song = 10 } }"))


def _new_rule(map_path: Path, has_rules: bool, answers: Answers) -> list[Change]:
    rule = {"pattern": str(answers["Pattern"]), "to": answers["Is here"]}
    rules = (*map_path, "rules")
    return [Add(rules, rule)] if has_rules else [Put(rules, [rule])]


def _partly(row: HouseRow, answers: Answers) -> list[Change]:
    said = {"policy": str(answers["Policy"]), "reason": str(answers["Reason"])}
    return [Add(("absent",), {"role": row.role, "when": answers["When"], **said})]


def _other_policy(row: HouseRow, venue: Venue) -> Deed:
    """From skipping to something else that is done instead, and back."""
    at: Path = ("absent", row.place)
    if venue.absent[row.place].replace is not None:
        back: list[Change] = [Drop((*at, "replace")), Drop((*at, "verbs")), Put((*at, "policy"), "skip_with_warning")]
        return Deed("Do nothing instead any more", (), lambda _answers: list(back))
    roles = tuple(role.id for role in venue.roles)
    asks = (_asked("Role", "choice", *roles), _asked("Verb"), _asked("With", "args", needed=False, hint="list = 900"))
    return Deed("Do something instead…", asks, partial(_replaced, at))


def _replaced(at: Path, answers: Answers) -> list[Change]:
    line = {"role": answers["Role"], "verb": answers["Verb"], "args": answers.get("With") or {}}
    said = {key: value for key, value in line.items() if value}
    return [Put((*at, "policy"), "replace"), Put((*at, "replace"), said)]


def _new_map(maps: Path, answers: Answers) -> list[Change]:
    table = {str(answers["Name in the show"]): answers["Is here"]}
    return [Add(maps, {"argument": str(answers["Argument"]), "table": table})]


def dropped(path: Path, _answers: Answers) -> list[Change]:
    """Without what stands there."""
    return [Drop(path)]


_ABSENT: Final = (_asked("Policy", "choice", "skip", "skip_with_warning"), _asked("Reason"))


def _main(venue: Venue) -> Field:
    return _asked("Main", "choice", *(device.id for device in venue.devices))


def _bound(row: HouseRow, answers: Answers) -> Change:
    return Add(("roles",), {"id": row.role, "main": str(answers["Main"])})


def _gone(row: HouseRow, answers: Answers) -> Change:
    return Add(("absent",), {"role": row.role, "policy": str(answers["Policy"]), "reason": str(answers["Reason"])})


def _of_house(row: HouseRow | None, venue: Venue, show: Show | None) -> Iterator[Deed]:
    kind = row.kind if row is not None else "house"
    asks: tuple[Field, ...]
    if kind == "input":
        asks = (
            _asked("Id"),
            _asked("Kind", "choice", *_KINDS),
            _asked("Roles, or the zone", hint="sfx.pyro"),
            _asked("OSC address", hint="/gpi/1"),
            _asked("Stale after s", "number", text="2"),
        )
        yield Deed("Add a line from outside…", asks, _new_input)
    elif kind == "safe" and row is not None:
        roles = tuple(role.id for role in venue.roles)
        asks = (
            _asked("Role", "choice", *roles),
            _asked("Verb"),
            _asked("With", "args", needed=False, hint='list = 900, cue = "2"'),
        )
        yield Deed(f"Add a line to {SAFE_TITLES[row.role].lower()}…", asks, lambda a: [_new_line(row.role, venue, a)])
    elif kind in ("house", "department"):
        free = [each.id for each in show.departments if each.id not in venue.departments] if show is not None else []
        asks = (
            _asked("Department", "choice" if free else "text", *free),
            _asked("More latency ms", "number", needed=False, hint="0"),
            _asked("Trim ms", "number", needed=False, hint="0"),
        )
        yield Deed("Add to a department…", asks, _new_shift)
        if venue.curfew is None:
            yield Deed("Set a curfew…", (_asked("Curfew", hint="23:00"),), _new_curfew)
    else:
        asks = (_asked("Id", hint="lx-main"), _asked("Profile", hint="etc/eos"), _asked("Host or MIDI port"))
        yield Deed("Add a device…", asks, _new_device)


def _new_device(answers: Answers) -> list[Change]:
    place = str(answers["Host or MIDI port"])
    key = "host" if "." in place or ":" in place or place == "localhost" else "midi_port"
    return [Add(("devices",), {"id": str(answers["Id"]), "profile": str(answers["Profile"]), key: place})]


def _new_input(answers: Answers) -> list[Change]:
    kind, what = str(answers["Kind"]), str(answers["Roles, or the zone"])
    guarded: dict[str, Any] = {"zone": what} if kind == "zone_clear" else {"roles": names_of(what)}
    row = {"id": answers["Id"], "kind": kind, **guarded, "osc": answers["OSC address"]}
    return [Add(("inputs",), {**row, "stale_s": answers["Stale after s"]})]


def _new_line(name: str, venue: Venue, answers: Answers) -> Change:
    line = {"role": answers["Role"], "verb": answers["Verb"]}
    if answers.get("With"):
        line["args"] = answers["With"]
    if getattr(venue.safe, name):
        return Add(("safe", name), line)
    return Put(("safe", name), [line])


def _new_shift(answers: Answers) -> list[Change]:
    at: Path = ("departments", str(answers["Department"]))
    shift = {"latency_ms": answers.get("More latency ms"), "trim_ms": answers.get("Trim ms")}
    return [Put(at, {key: value for key, value in shift.items() if value})]


def _new_curfew(answers: Answers) -> list[Change]:
    return [Put(("curfew", "time"), str(answers["Curfew"])), Put(("curfew", "hard"), True)]
