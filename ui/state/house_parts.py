"""The rest of a house as rows and fields, by one table: networks, timecode, remote control, cameras, feeds. No Qt.

A part is a table of the file or a list of its rows; what a field writes is tried by the venue's own models.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from profiles.toml_lines import Path
from profiles.venue_profile import Venue
from profiles.venue_text import Add, Change, Put
from ui.state.house_deeds import Answers, Deed, dropped
from ui.state.house_fields import Field, FieldKind, Section, args_words_of
from ui.state.house_rows import HouseRow


@dataclass(frozen=True, slots=True)
class Column:
    """One key of a part's rows. ``clears``: keys that give way to it, where only one of them can stand."""

    title: str
    key: str
    kind: FieldKind = "text"
    needed: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """``one`` of them stands in the file, or rows. ``shown``: the keys that a row is drawn with."""

    name: str
    title: str
    path: Path
    columns: tuple[Column, ...]
    shown: tuple[str, str, str]
    one: bool = False
    inside: str = ""  # the part that has to be there before


_NOTES: Final = Column("Notes", "notes")
_CODE: Final = (
    Column("Id", "id", needed=True, hint="ltc"),
    Column("Kind", "kind", "choice", needed=True, choices=("mtc",)),
    Column("MIDI port", "midi_port", needed=True),
    Column("Rate", "rate", needed=True, hint="25, 29.97 DF"),
    _NOTES,
)

PARTS: Final = (
    Part(
        "network",
        "Networks",
        ("networks",),
        (
            Column("Name", "name", needed=True),
            Column("Subnet", "subnet", needed=True, hint="10.20.0.0/16"),
            Column("VLAN", "vlan", "whole"),
            Column("Our addresses", "console", "names", hint="10.20.0.5"),
        ),
        ("name", "subnet", "console"),
    ),
    Part(
        "timecode",
        "Timecode",
        ("timecode",),
        (
            Column("Freewheel frames", "freewheel_frames", "whole", needed=True, hint="50"),
            Column("Jam frames", "jam_frames", "whole", needed=True, hint="5"),
        ),
        ("", "freewheel_frames", "jam_frames"),
        one=True,
    ),
    Part(
        "timecode in",
        "Timecode in, the first preferred",
        ("timecode", "in"),
        _CODE,
        ("id", "rate", "midi_port"),
        inside="timecode",
    ),
    Part("timecode out", "Timecode out", ("timecode", "out"), _CODE, ("id", "rate", "midi_port"), inside="timecode"),
    Part(
        "remote",
        "Remote control",
        ("remote",),
        (
            Column("Listens at", "bind", hint="127.0.0.1"),
            Column("Port", "port", "whole", needed=True, hint="8000"),
            Column("Allowed", "allow", "names", hint="10.20.0.0/16; empty: this machine alone"),
            Column("Names of senders", "names", "args", hint='"10.20.0.9" = "caller"'),
            Column("MIDI ports", "midi_ports", "names"),
        ),
        ("", "bind", "port"),
        one=True,
    ),
    Part(
        "trigger",
        "Pads and buttons",
        ("remote", "triggers"),
        (
            Column("Does", "do", needed=True, hint="fire {cue}"),
            Column("OSC address", "osc", hint="/trig/{cue}", clears=("midi", "midi_port")),
            Column("MIDI", "midi", hint="note/1/36", clears=("osc",)),
            Column("MIDI port", "midi_port", hint="any"),
            _NOTES,
        ),
        ("do", "osc", "midi"),
        inside="remote",
    ),
    Part(
        "show control",
        "Show Control to us",
        ("remote", "msc"),
        (
            Column("Device id", "device_id", "whole", needed=True),
            Column("Format", "format", hint="all"),
            Column("List", "list", hint="show"),
            Column("Lists", "lists", "args", hint='"2" = "lx"'),
        ),
        ("device_id", "format", "list"),
        inside="remote",
    ),
    Part(
        "camera",
        "Cameras",
        ("cameras",),
        (
            Column("Id", "id", needed=True, hint="1"),
            Column("Name", "name", clears=("fallback",)),
            Column("Cues go to", "fallback", hint="the camera that takes its cues", clears=("name",)),
        ),
        ("id", "name", "fallback"),
    ),
    Part(
        "feed",
        "Feeds",
        ("feeds",),
        (
            Column("Id", "id", needed=True, hint="votes.final"),
            Column("Kind", "kind", "choice", needed=True, choices=("http", "websocket")),
            Column("Host", "host", needed=True),
            Column("Port", "port", "whole", needed=True),
            Column("Asked each ms", "poll_ms", "whole"),
            Column("Ghost's port", "sim_port", "whole"),
            _NOTES,
        ),
        ("id", "host", "port"),
    ),
)

_BY_NAME: Final = {part.name: part for part in PARTS}


def part_rows(venue: Venue) -> Iterator[HouseRow]:
    """A heading for each part, and what stands under it; a row that says so where nothing does."""
    raw = _raw(venue)
    for part in PARTS:
        if part.inside and not _at(raw, _BY_NAME[part.inside].path):
            continue
        yield HouseRow("heading", part.title)
        found = _at(raw, part.path)
        tables: list[dict[str, Any]] = [found] if part.one and found else [] if part.one else list(found or ())
        for place, table in enumerate(tables):
            title, middle, right = (_drawn(table, key) for key in part.shown)
            yield HouseRow(
                "part", title or part.name, place, role=part.name, middle=middle or "–", below=_under(part), right=right
            )
        if not tables:
            yield HouseRow("part", "none", -1, role=part.name, middle="nothing here", below="add it below, if it is")


def part_sections(row: HouseRow, venue: Venue) -> tuple[Section, ...]:
    """The fields of one row of a part."""
    part = _BY_NAME[row.role]
    if row.place < 0:
        return ()
    at: Path = part.path if part.one else (*part.path, row.place)
    table = _at(_raw(venue), at)
    title = part.title if part.one else f"{part.name.capitalize()} {row.title}"
    fields = (_field(column, at, table) for column in part.columns)
    return (Section(title, tuple(fields)),)


def part_deeds(row: HouseRow) -> Iterator[Deed]:
    """What can be added to a part, and taken away."""
    part = _BY_NAME[row.role]
    if row.place >= 0:
        at: Path = part.path if part.one else (*part.path, row.place)
        yield Deed(f"Remove {part.name} {row.title}".removesuffix(f" {part.name}"), (), partial(dropped, at))
    if row.place < 0 or not part.one:
        asks = tuple(_field(each, (), {}) for each in part.columns if each is not _NOTES)
        yield Deed(f"Add: {part.name}…", asks, partial(_added, part))


def _field(column: Column, at: Path, table: dict[str, Any]) -> Field:
    value = table.get(column.key)
    clears = tuple((*at, key) for key in column.clears if key in table)
    text = _text(column.kind, value)
    return Field(
        column.title, (*at, column.key), column.kind, text, column.hint, column.choices, clears, needed=column.needed
    )


def _text(kind: FieldKind, value: Any) -> str:
    if value is None:
        return ""
    if kind == "names":
        return ", ".join(value)
    return args_words_of(value) if kind == "args" else str(value)


def _added(part: Part, answers: Answers) -> list[Change]:
    row = {column.key: answers[column.title] for column in part.columns if column.title in answers}
    if part.one:
        return [Put((*part.path, key), value) for key, value in row.items()]
    return [Add(part.path, row)]


def _raw(venue: Venue) -> dict[str, Any]:
    """The house as its file has it: only what was said."""
    return venue.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _at(raw: dict[str, Any], path: Path) -> Any:
    found: Any = raw
    for part in path:
        found = found[part] if isinstance(part, int) else (found or {}).get(part)
    return found


def _drawn(table: dict[str, Any], key: str) -> str:
    value = table.get(key, "")
    return ", ".join(value) if isinstance(value, list) else str(value)


def _under(part: Part) -> str:
    """What the middle of a row is."""
    return next(column.title.lower() for column in part.columns if column.key == part.shown[1])
