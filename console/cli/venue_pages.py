"""``showcaller venues``: the houses, what stands in one, and whether it holds together without any show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from console.cli.check import problem_lines, verdict_count_line
from console.cli.errors import CALL_AT_FAULT, SHOW_AT_FAULT, WELL, CommandError
from console.cli.opening import house_show, join, open_venue, user_folder, venue_blame
from console.cli.page import Page, columns, json_text, lines_to_text, painted, printable
from console.plan.preflight import preflight
from profiles.problems import Problem, Verdict, sorted_problems, verdict_of
from profiles.venue_library import list_venues, load_venue
from profiles.venue_lines import InputLine
from profiles.venue_profile import Device, Venue


def run_venue_list(*, as_json: bool) -> Page:
    """Every house: id, name, city, kind, rate, devices. One with faults says so instead."""
    folder = user_folder("venues")
    found: list[dict[str, object]] = []
    rows: list[tuple[str, ...]] = [("id", "kind", "rate", "devices", "name")]
    for entry in list_venues(folder):
        venue, _problems = load_venue(entry.id, folder)
        if venue is None:
            rows.append((entry.id, "", "", "", f"has faults: showcaller venues check {entry.id}"))
            found.append({"id": entry.id, "faults": True})
            continue
        place = ", ".join(filter(None, (venue.name, venue.city)))
        rows.append(
            (entry.id, venue.kind, venue.rate, str(len(venue.devices)), place + ("" if entry.shipped else " (yours)"))
        )
        found.append(
            {
                "id": entry.id,
                "name": venue.name,
                "city": venue.city,
                "kind": venue.kind,
                "rate": venue.rate,
                "devices": len(venue.devices),
                "shipped": entry.shipped,
            }
        )
    return Page(json_text(found) if as_json else lines_to_text(columns(rows, right={3})))


def run_venue_show(name: str) -> Page:
    """What stands in a house, for a person. Raises CommandError."""
    venue = open_venue(name)
    return Page(lines_to_text(printable(line).rstrip() for line in _lines(venue)))


def run_venue_check(names: Sequence[str], *, colour: bool) -> Page:
    """A verdict on each house with every problem; all houses where none is named. Code 1 with a FAIL.

    Raises CommandError for a name that is neither an id nor a file.
    """
    names = names or [entry.id for entry in list_venues(user_folder("venues"))]
    lines: list[str] = []
    verdicts: list[Verdict] = []
    for name in names:
        venue, problems = load_venue(name, user_folder("venues"))
        if venue is not None:
            problems = sorted_problems((*problems, *_problems_alone(venue)))
        elif venue_blame(name) == CALL_AT_FAULT:
            raise CommandError(str(problems[0]), CALL_AT_FAULT)
        verdict = verdict_of(problems)
        words = f"{name}: {venue.name}" if venue is not None else name
        lines.append(f"{painted(verdict, colour=colour)}  {printable(words)}")
        lines += problem_lines(problems, colour=colour, indent="      ")
        verdicts.append(verdict)
    if len(names) > 1:
        lines.append(verdict_count_line(verdicts, "venues"))
    return Page(lines_to_text(lines), SHOW_AT_FAULT if "FAIL" in verdicts else WELL)


def _problems_alone(venue: Venue) -> tuple[Problem, ...]:
    """Preflight with a show that asks nothing: the house itself, its profiles, and every line of its safe lists."""
    joined = join(house_show(venue), venue)
    report = preflight(joined.show, (), venue, joined.patch, joined.encoder)
    return tuple(dict.fromkeys((*joined.problems, *report.problems)))


def _lines(venue: Venue) -> Iterator[str]:
    about = ", ".join(filter(None, (venue.city, venue.kind, f"{venue.capacity} people" if venue.capacity else "")))
    yield f"{venue.id}: {venue.name}{f' ({about})' if about else ''}"
    yield f"{venue.rate} fps, clock of {venue.time_zone}{_curfew(venue)}{_strobe(venue)}"
    roles_of: dict[str, list[str]] = {device.id: [] for device in venue.devices}
    for role in venue.roles:
        for device, duty in role.devices:
            roles_of.setdefault(device, []).append(f"{role.id} ({duty.value})")
    yield from _section(
        "Devices",
        [(each.id, each.profile, _address(each), each.mode, ", ".join(roles_of[each.id])) for each in venue.devices],
    )
    yield from _section(
        "Not in this house", [(_what(each.role, each.when), each.policy, each.reason) for each in venue.absent]
    )
    yield from _section(
        "Cameras that others stand in for", [(camera, "→", other) for camera, other in venue.camera_fallbacks.items()]
    )
    for title, lines in (
        ("Panic", venue.safe.soft),
        ("Panic again", venue.safe.hard),
        ("Show stop", venue.safe.show_stop),
    ):
        yield from _section(f"{title} sends", [(line.role, line.verb, _words(line.args)) for line in lines])
    yield from _section(
        "Lines from outside",
        [(line.id, line.kind, _line_place(line), f"stale after {line.stale_s:g} s") for line in venue.inputs],
    )
    yield from _section("Timecode", _timecode_rows(venue))
    if venue.remote is not None:
        yield from (
            "",
            "Remote control",
            f"  {venue.remote.bind} port {venue.remote.port}, from {', '.join(venue.remote.allow) or 'this machine'}",
        )
        yield from (f"  {each.address}: {each.do}" for each in venue.remote.triggers)
    if venue.line_check:
        yield from ("", "Line check", *(f"  {line}" for line in venue.line_check))


def _line_place(line: InputLine) -> str:
    wire = line.osc or (f"{line.midi_port} {line.midi}" if line.midi else "")
    return " or ".join(filter(None, (wire, "by hand" if line.by_hand else "")))


def _section(title: str, rows: list[tuple[str, ...]]) -> Iterator[str]:
    if rows:
        yield from ("", title)
        yield from (f"  {line}" for line in columns(rows))


def _curfew(venue: Venue) -> str:
    if venue.curfew is None:
        return ""
    return f", {'hard ' if venue.curfew.hard else ''}curfew {venue.curfew.time}"


def _strobe(venue: Venue) -> str:
    limit_hz = venue.limits.strobe_hz_max
    return f", no flash faster than {limit_hz:g} Hz" if limit_hz is not None else ""


def _address(device: Device) -> str:
    if device.midi_port is not None:
        return f"MIDI {device.midi_port}{f' channel {device.channel}' if device.channel is not None else ''}"
    return f"{device.host}{f':{device.port}' if device.port is not None else ''}"


def _what(role: str, when: dict[str, bool | int | float | str]) -> str:
    return f"{role} {_words(when)}".rstrip()


def _words(args: dict[str, bool | int | float | str]) -> str:
    return " ".join(f"{name}={value}" for name, value in args.items())


def _timecode_rows(venue: Venue) -> list[tuple[str, ...]]:
    timecode = venue.timecode
    if timecode is None:
        return []
    rows: list[tuple[str, ...]] = [
        ("in", each.id, each.kind, each.midi_port, f"{each.rate} fps") for each in timecode.sources
    ]
    return rows + [("out", each.id, each.kind, each.midi_port, f"{each.rate} fps") for each in timecode.outs]
