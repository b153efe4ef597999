"""One row of a cue sheet, read against the show it is to go into. Pure.

A cell that is empty says nothing: a new cue gets the usual, a cue that stands keeps what it has. Where a row names no
item, it belongs to the one above, and a row with an item's name alone begins that item, as sheets have it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from console.show.cue_words import steps_text
from console.show.cues import At, Cue, Step
from console.show.sheet import Columns, Row
from console.show.sheet_cells import (
    CellError,
    Follows,
    cell_to_bar,
    cell_to_moment,
    cell_to_number,
    cell_to_offset,
    cell_to_seconds,
    cell_to_steps,
    cell_to_timecode,
    with_fade,
)
from console.show.show import Show
from profiles.near_names import near_words
from profiles.problems import Problems

R = TypeVar("R")

_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Home:
    """Where a cue lives: in an item or in a free list."""

    item: str | None = None
    list: str | None = None


NOWHERE: Final = Home()


@dataclass(slots=True)
class ReadRow:
    """What a row says. ``fields`` are those of the cue that the row fills; ``at`` None: no word of a moment."""

    line: int
    home: Home = NOWHERE
    number: str = ""
    fields: dict[str, object] = field(default_factory=dict)
    at: At | Follows | None = None
    says: str = ""
    problems: Problems = field(default_factory=Problems)

    @property
    def is_well(self) -> bool:
        """No error, so far."""
        return all(problem.severity != "error" for problem in self.problems)

    def refuse(self, code: str, message: str, remedy: str) -> None:
        """Something of the row cannot be used."""
        self.problems.error(f"sheet.{code}", self.where, message, remedy)

    @property
    def where(self) -> str:
        """The line, and the cue where it is known."""
        return f"line {self.line}" + (f", cue {self.number}" if self.number else "")


class Reader:
    """Reads the rows of one sheet from the top; it remembers the item that the rows stand under."""

    def __init__(self, show: Show, columns: Columns, home: Home, role: str | None) -> None:
        """``home`` and ``role``: for rows that name none."""
        self._show, self._columns, self._home, self._role = show, columns, home, role
        self._homes = _homes(show)

    def read(self, row: Row, twin: Callable[[Home, str], Cue | None]) -> ReadRow | None:
        """What the row says; None where it is a heading between rows. ``twin``: the cue that has that number."""
        filled = [cell for cell in row.cells if cell]
        if len(filled) == 1 and (begun := self._homes.get(filled[0].casefold())) is not None:
            self._home = begun
            return None
        read = ReadRow(row.line)
        department = self._number(read, row)
        self._place(read, row)
        standing = twin(read.home, read.number) if read.number else None
        for name in ("label", "call", "notes"):
            if text := self._cell(row, name):
                read.fields[name] = text
        self._seconds(read, row)
        steps = self._steps(read, row, standing)
        self._speak_to(read, row, department, steps, standing)
        self._moment(read, row)
        return read

    def _cell(self, row: Row, name: str) -> str:
        return row.cell(self._columns.get(name))

    def _number(self, read: ReadRow, row: Row) -> str:
        if not (cell := self._cell(row, "number")):
            return ""
        number, department = _take(read, "number", lambda: cell_to_number(cell)) or ("", "")
        read.number = number
        return department

    def _place(self, read: ReadRow, row: Row) -> None:
        if cell := self._cell(row, "item"):
            found = self._homes.get(cell.casefold())
            if found is None:
                read.refuse("item", f"no item or list is called {cell!r}", near_words(cell, _names(self._show)))
                return
            self._home = found
        read.home = self._home
        if self._home == NOWHERE:
            read.refuse("item", "the row names no item", "say which item the rows belong to, or map a column to it")

    def _seconds(self, read: ReadRow, row: Row) -> None:
        if cell := self._cell(row, "pre_wait"):
            seconds = _take(read, "time", lambda: cell_to_seconds(cell, "the pre-wait"))
            if seconds is not None:
                read.fields["pre_wait_s"] = seconds
        if colour := self._cell(row, "colour"):
            if _COLOUR.fullmatch(colour):
                read.fields["colour"] = colour.lower()
            else:
                read.refuse("colour", f"{colour!r} is no colour", "write it like #d8bd78, or leave it empty")

    def _steps(self, read: ReadRow, row: Row, standing: Cue | None) -> tuple[Step, ...]:
        does, desk_cue, fade = (self._cell(row, name) for name in ("does", "desk_cue", "fade"))
        steps: tuple[Step, ...] = standing.steps if standing is not None else ()
        if does and (standing is None or does != "; ".join(steps_text(standing))):  # an exported sheet says it in words
            steps = _take(read, "does", lambda: cell_to_steps(does)) or ()
        elif desk_cue and not does:
            steps = (Step(verb="cue.fire", args={"cue": desk_cue}),)
        if fade:
            faded = _take(read, "time", lambda: with_fade(steps, fade))
            if faded == () and read.is_well:
                read.problems.warning("sheet.fade", read.where, "it fades and sends nothing", "say what it sends")
            steps = faded or steps
        if steps and (standing is None or steps != standing.steps):
            read.fields["steps"] = steps
        return steps

    def _speak_to(
        self, read: ReadRow, row: Row, department: str, steps: tuple[Step, ...], standing: Cue | None
    ) -> None:
        named = self._cell(row, "role") or self._cell(row, "department") or department
        if not named:
            if standing is None and self._role is not None:
                read.fields["role"] = self._role
            elif standing is None and steps:
                read.refuse("role", "it has nobody to speak to", "map a column to the role, or choose one for all rows")
            return
        roles = {role.id.casefold(): role.id for role in self._show.roles}
        found = roles.get(named.casefold())
        if found is None:
            found = self._role_of(read, named, self._cell(row, "role") or named, steps, standing)
        if found is not None:
            read.fields["role"] = found

    def _role_of(
        self, read: ReadRow, named: str, role: str, steps: tuple[Step, ...], standing: Cue | None
    ) -> str | None:
        """The one role of a department that can be meant."""
        known = {name.casefold(): each.id for each in self._show.departments for name in (each.name, each.id)}
        department = known.get(named.casefold())
        if department is None:
            names = [each.id for each in self._show.roles] + [each.id for each in self._show.departments]
            read.refuse("role", f"no role or department is called {role!r}", near_words(role, names))
            return None
        roles = [each for each in self._show.roles if each.department == department]
        if standing is not None and any(each.id == standing.role for each in roles):
            return standing.role
        verbs = {step.verb for step in steps}
        able = [each for each in roles if verbs and verbs <= set(each.verbs)]
        if len(roles) == 1 or len(able) == 1:
            return (able or roles)[0].id
        if self._role is not None and any(each.id == self._role for each in roles):
            return self._role
        among = ", ".join(each.id for each in roles) or "it has none"
        read.refuse("role", f"which role of {department} is meant is not said", f"name one of them: {among}")
        return None

    def _moment(self, read: ReadRow, row: Row) -> None:
        item = self._show.item_by_id.get(read.home.item or "")
        song = item.song if item is not None else None
        ways: tuple[tuple[str, Callable[[str], At | Follows]], ...] = (
            ("bar", lambda cell: cell_to_bar(cell) if cell[0].isdecimal() else cell_to_moment(cell, self._show, song)),
            ("when", lambda cell: cell_to_moment(cell, self._show, song)),
            ("timecode", cell_to_timecode),
            ("seconds", lambda cell: cell_to_offset(cell, in_song=song is not None)),
        )
        for name, read_cell in ways:
            if cell := self._cell(row, name):
                read.says = cell
                read.at = _take(read, "moment", lambda: read_cell(cell))  # noqa: B023 - called before the loop goes on
                return


def _take(read: ReadRow, code: str, make: Callable[[], R]) -> R | None:
    try:
        return make()
    except CellError as error:
        read.refuse(code, error.message, error.remedy)
        return None


def _homes(show: Show) -> dict[str, Home]:
    """Items and free lists by what people call them: id, title, the title or number of an item's song."""
    found: dict[str, Home] = {}
    for item in show.items:
        song = show.song_of(item)
        names = (item.id, item.title, *((song.id, song.title) if song is not None else ()))
        for name in names:
            found.setdefault(name.casefold(), Home(item=item.id))
    for free in show.lists:
        for name in (free.id, free.title):
            found.setdefault(name.casefold(), Home(list=free.id))
    return found


def _names(show: Show) -> list[str]:
    return [*(item.title for item in show.items), *(free.title for free in show.lists)]
