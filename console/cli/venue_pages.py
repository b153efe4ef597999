"""``showcaller venues``: the houses, what stands in one, and whether it holds together without any show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from console.cli.check import problem_lines, verdict_count_line
from console.cli.errors import CALL_AT_FAULT, SHOW_AT_FAULT, WELL, CommandError
from console.cli.opening import house_show, join, open_show, open_venue, user_folder, venue_blame, venue_text
from console.cli.page import Page, columns, json_text, lines_to_text, painted, printable
from console.plan.house_checks import shift_words
from console.plan.preflight import preflight
from console.plan.role_table import RoleRow, address_words, args_words, role_table
from profiles.problems import Problem, Verdict, sorted_problems, verdict_of
from profiles.venue_library import list_venues, load_venue
from profiles.venue_lines import InputLine
from profiles.venue_places import placed
from profiles.venue_profile import Venue


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


def run_venue_show(name: str, show_name: str | None, *, as_json: bool) -> Page:
    """What stands in a house, for a person or a program. Raises CommandError.

    With a show, who stands for each of its roles, with what the house adds to its department.
    """
    venue = open_venue(name)
    show = open_show(show_name).show if show_name is not None else house_show(venue)
    rows = role_table(show, join(show, venue).patch)
    if as_json:
        return Page(json_text(_show_json(venue, rows)))
    lines = [*_lines(venue), *(_role_lines(rows) if show_name is not None else ())]
    return Page(lines_to_text(printable(line).rstrip() for line in lines))


def _show_json(venue: Venue, rows: Sequence[RoleRow]) -> dict[str, object]:
    """The house, and who stands for each role in it."""
    about = {name: getattr(venue, name) for name in ("id", "name", "city", "kind", "time_zone", "rate")}
    shifts = {name: shift.model_dump(include={"latency_ms", "trim_ms"}) for name, shift in venue.departments.items()}
    return about | {"departments": shifts, "roles": [asdict(row) for row in rows]}


def _role_lines(rows: Sequence[RoleRow]) -> Iterator[str]:
    """Each role with its devices, or with what happens instead."""
    found: list[tuple[str, ...]] = []
    for row in rows:
        for n, each in enumerate(row.standings):
            times = "" if each.latency_ms is None else f"{each.latency_ms:g} ms"
            times += f" {each.trim_ms:+g} ms" if each.trim_ms else ""
            found.append(
                ("" if n else row.role, "" if n else row.department, each.duty, each.device, each.address, times)
            )
        if row.absent is not None:
            found.append((row.role, row.department, "absent", row.absent.policy, row.absent.instead, row.absent.reason))
        elif not row.standings:
            found.append((row.role, row.department, "nothing stands for it"))
        found += [("", "", each.when, each.policy, each.instead, each.reason) for each in row.partly]
    wide = max(map(len, found), default=0)
    yield from _section("Roles of the show", [(*each, *("",) * (wide - len(each))) for each in found])


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
            problems = placed(sorted_problems((*problems, *_problems_alone(venue))), *venue_text(name))
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
        [
            (each.id, each.profile, address_words(each), each.mode, ", ".join(roles_of[each.id]))
            for each in venue.devices
        ],
    )
    yield from _section(
        "Departments", [(name, shift_words(shift), shift.notes) for name, shift in venue.departments.items()]
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
        yield from _section(f"{title} sends", [(line.role, line.verb, args_words(line.args)) for line in lines])
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


def _what(role: str, when: dict[str, bool | int | float | str]) -> str:
    return f"{role} {args_words(when)}".rstrip()


def _timecode_rows(venue: Venue) -> list[tuple[str, ...]]:
    timecode = venue.timecode
    if timecode is None:
        return []
    rows: list[tuple[str, ...]] = [
        ("in", each.id, each.kind, each.midi_port, f"{each.rate} fps") for each in timecode.sources
    ]
    return rows + [("out", each.id, each.kind, each.midi_port, f"{each.rate} fps") for each in timecode.outs]
