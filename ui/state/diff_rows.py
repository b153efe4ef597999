"""The rows of a table of differences: what is another thing, before and after, cue by cue. No Qt.

One table for what another house changes and for what is new in another show file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from console.plan.show_diff import ShowChange, ShowDiff
from console.plan.show_diff_page import TITLES
from console.plan.venue_diff import WEIGHTS, WORDS, Kind, VenueDiff
from console.show.show import Show
from ui.state.words import Mark

GroupBy = Literal["kind", "item", "department"]

GROUPINGS: Final[Mapping[GroupBy, str]] = {"kind": "By kind", "item": "By item", "department": "By department"}


@dataclass(frozen=True, slots=True)
class DiffRow:
    """One difference. ``kind`` is it in words; ``weight`` the tile it belongs to; ``cue`` None: none to be picked."""

    kind: str
    mark: Mark
    weight: str
    number: str
    item: str
    department: str
    role: str
    label: str
    before: str
    after: str
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class DiffHead:
    """What the rows under it have in common, and how many they are."""

    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What of the rows is to be seen; None and the empty text let everything through."""

    kind: str | None = None
    weight: str | None = None
    department: str | None = None
    text: str = ""
    by: GroupBy = "kind"


BESIDES: Final = "besides"
HOUSE_KIND: Final = "the house itself"
NO_ITEM: Final = "Free lists and the house"
NO_DEPARTMENT: Final = "The house"

_MARKS: Final[Mapping[Kind, Mark]] = {
    "lost": Mark("Lost", "cross", "caution"),
    "inhibited": Mark("Held back", "barred", "caution"),
    "untriggered": Mark("No trigger", "question", "caution"),
    "early": Mark("Too early", "clock", "caution"),
    "doubled": Mark("Doubled", "triangle", "caution"),
    "folded": Mark("Folded", "triangle", "plain"),
    "stood_in": Mark("Stand-in", "follow", "plain"),
    "replaced": Mark("Instead", "loop", "plain"),
    "lower_tier": Mark("Less proven", "dash", "plain"),
    "gained": Mark("Sent there", "ring", "plain"),
    "restored": Mark("As written", "tick", "plain"),
    "moved": Mark("Moved", "continue", "quiet"),
    "remapped": Mark("Renamed", "dot", "quiet"),
    "readdressed": Mark("Readdressed", "dot", "quiet"),
}


_SHOW_MARKS: Final[Mapping[str, Mark]] = {
    "removed": Mark("Gone", "cross", "plain"),
    "added": Mark("New", "ring", "plain"),
    "moved": Mark("Moved", "continue", "plain"),
    "changed": Mark("Changed", "dot", "plain"),
}


def venue_rows(diff: VenueDiff, show: Show) -> tuple[DiffRow, ...]:
    """What another house changes: what of the house is to be decided, then cue by cue, then the rest of the house."""
    titles = {item.id: item.title for item in show.items}
    cues = [
        DiffRow(
            WORDS[each.kind],
            _MARKS[each.kind],
            WEIGHTS[each.kind],
            each.number,
            titles.get(each.item or "", ""),
            diff.departments.get(each.role, ""),
            each.role,
            each.label,
            each.before,
            each.after,
            each.cue,
        )
        for each in diff.changes
    ]
    house = [
        DiffRow(
            HOUSE_KIND,
            Mark("To decide", "triangle", "caution") if each.decide else Mark("House", "dot", "quiet"),
            "decide" if each.decide else "house",
            "",
            "",
            "",
            "",
            each.what,
            each.before,
            each.after,
        )
        for each in diff.house
    ]
    return (*cues, *house)


def show_rows(diff: ShowDiff, before: Show, after: Show) -> tuple[DiffRow, ...]:
    """What another show file has otherwise: cues by what became of them, then everything besides."""
    items = {item.id: item.title for show in (before, after) for item in show.items}
    departments = {role.id: role.department for show in (before, after) for role in show.roles}
    return tuple(
        DiffRow(
            TITLES[each.kind].lower() if each.thing == "cue" else "besides",
            _SHOW_MARKS[each.kind],
            each.kind if each.thing == "cue" else BESIDES,
            each.number,
            items.get(each.item or "", ""),
            departments.get(each.role, ""),
            each.role,
            _which(each),
            each.before,
            each.after,
            each.id if each.thing == "cue" else None,
        )
        for each in diff.changes
    )


def _which(change: ShowChange) -> str:
    """``Verse: label``, ``item Harbour Signals: planned``."""
    name = change.name or ("" if change.thing == "cue" else change.id)
    thing = "" if change.thing == "cue" else change.thing
    return ": ".join(filter(None, (f"{thing} {name}".strip(), change.field)))


def choose_rows(rows: Iterable[DiffRow], shown: Shown) -> tuple[DiffRow, ...]:
    """Those to be seen, in their order."""
    text = shown.text.casefold().strip()
    return tuple(
        row
        for row in rows
        if (shown.kind is None or row.kind == shown.kind)
        and (shown.weight is None or row.weight == shown.weight)
        and (shown.department is None or row.department == shown.department)
        and (not text or text in _words_of(row))
    )


def group_rows(rows: Iterable[DiffRow], by: GroupBy) -> tuple[DiffHead | DiffRow, ...]:
    """The rows under heads, in the order in which their groups first come."""
    groups: dict[str, list[DiffRow]] = {}
    for row in rows:
        groups.setdefault(_group_of(row, by), []).append(row)
    lines: list[DiffHead | DiffRow] = []
    for title, found in groups.items():
        lines += [DiffHead(title, len(found)), *found]
    return tuple(lines)


def _group_of(row: DiffRow, by: GroupBy) -> str:
    if by == "kind":
        return row.kind[:1].upper() + row.kind[1:]
    return (row.item or NO_ITEM) if by == "item" else (row.department or NO_DEPARTMENT)


def _words_of(row: DiffRow) -> str:
    return "\n".join((row.kind, row.number, row.item, row.role, row.label, row.before, row.after)).casefold()
