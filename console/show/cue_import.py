"""Cues of a sheet on their way into a show: what each row becomes, what is wrong with it, and one edit. Pure.

A row at fault is left out, and so is one that follows it; the others go in as one Compound, one undo. The edit is tried
and the show checked before anything is offered: what would be refused or fail the check is told by its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from console.show.checks.survey import place
from console.show.cue_columns import CUE_FIELDS
from console.show.cue_editing import CALLED, free_id
from console.show.cue_rows import NOWHERE, Home, Reader, ReadRow
from console.show.cue_words import steps_text, when_text
from console.show.cues import Cue
from console.show.draft import EditError
from console.show.edits import Compound, Edit, apply, change_cue, insert
from console.show.free_numbers import FreeNumbers
from console.show.numbers import NumberKey, readable_key
from console.show.references import references_of
from console.show.sheet import Columns, Sheet
from console.show.sheet_cells import CellError, Follows, follow
from console.show.show import Show
from console.show.validate import validate
from profiles.problems import Problem

Taken = Literal["refuse", "change", "renumber"]
TAKEN: Final[Mapping[Taken, str]] = {
    "refuse": "leave the row out",
    "change": "change that cue",
    "renumber": "give the row a free number",
}
"""What to do with a row whose number a cue has already."""

Fate = Literal["new", "changed", "same", "left out"]

_Slot = tuple[str | None, NumberKey | None]

_NOT_TOLD: Final = "show.cue.empty"
"""Sheets often say what a cue is and not what it sends; the preview shows that by itself."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """How a sheet is read. ``home`` and ``role`` are for rows that name none."""

    columns: Columns
    home: Home = NOWHERE
    role: str | None = None
    taken: Taken = "refuse"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What becomes of one row, in words, with what is wrong."""

    line: int
    fate: Fate
    number: str
    label: str
    place: str
    role: str
    when: str
    does: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class CueImport:
    """The preview, and the edit of all rows that are well; None where nothing is to be done."""

    rows: tuple[PlannedRow, ...]
    edit: Compound | None

    def count(self, fate: Fate) -> int:
        """How many rows fare so."""
        return sum(row.fate == fate for row in self.rows)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """In the order of the sheet."""
        return tuple(problem for row in self.rows for problem in row.problems)


def plan_import(show: Show, sheet: Sheet, plan: ImportPlan) -> CueImport:
    """What the sheet would make of the show. Raises nothing: what is wrong stands with its row."""
    planner = _Planner(show, plan)
    reader = Reader(show, plan.columns, plan.home, plan.role)
    for row in sheet.rows:
        read = reader.read(row, planner.twin)
        if read is not None:
            planner.take(read)
    planner.make()
    planner.settle()
    return CueImport(tuple(planner.planned()), planner.edit())


def unmapped(sheet: Sheet, columns: Columns) -> tuple[str, ...]:
    """Headings of columns that nothing is read from."""
    used = set(columns.values())
    return tuple(heading for at, heading in enumerate(sheet.headings) if heading and at not in used)


def field_title(field_id: str) -> str:
    """What a field is called on screen."""
    return next(field.title for field in CUE_FIELDS if field.id == field_id)


class _Planner:
    """Rows as cues: numbers and ids given out, leaders found, then tried on the show."""

    def __init__(self, show: Show, plan: ImportPlan) -> None:
        self._show, self._plan = show, plan
        self._rows: list[ReadRow] = []
        self._cues: dict[int, Cue] = {}  # by line
        self._standing: dict[int, Cue] = {}  # by line, the cue that the row changes
        self._claimed: dict[_Slot, int] = {}  # numbers by list, and the line that has them
        self._numbers: dict[str | None, FreeNumbers] = {}
        self._by_slot: dict[_Slot, Cue] = {
            slot: show.cue_by_id[cues[0]] for slot, cues in show.cue_slots.items() if cues
        }

    def twin(self, home: Home, number: str) -> Cue | None:
        """The cue that a row of this number changes."""
        return self._by_slot.get((home.list, readable_key(number))) if self._plan.taken == "change" else None

    def take(self, read: ReadRow) -> None:
        """One more row."""
        self._rows.append(read)
        if read.number:
            self._claim(read)

    def make(self) -> None:
        """Cues of all rows that can be one. Numbers that are written down are all claimed before any is given out."""
        last: dict[str | None, str] = {}
        ids: set[str] = set()
        for read in self._rows:
            if not read.is_well:
                continue
            of_list = read.home.list
            if not read.number:
                numbers = self._free(of_list)
                read.number = numbers.behind(last[of_list]) if of_list in last else numbers.last()
            last[of_list] = read.number
            standing = self.twin(read.home, read.number)
            if standing is not None:
                self._standing[read.line] = standing
                self._cues[read.line] = standing.model_copy(update=read.fields)
                continue
            cue_id = free_id(self._show, read.home.item or of_list or "cue", read.number, ids)
            ids.add(cue_id)
            made = Cue(id=cue_id, number=read.number, item=read.home.item, list=of_list, at=CALLED)
            self._cues[read.line] = made.model_copy(update=read.fields)

    def settle(self) -> None:
        """Find leaders, then drop what the show would not take, until what is left stands."""
        gone: set[str] = set()
        while True:
            self._find_leaders()
            self._drop_led(gone)
            bad = self._tried()
            for line, problem in bad:
                read = next(each for each in self._rows if each.line == line)
                read.problems.extend((problem,))
            dropped = [read for read in self._rows if not read.is_well and read.line in self._cues]
            for read in dropped:
                gone.add(self._cues.pop(read.line).id)
            if not dropped:
                return

    def planned(self) -> Iterable[PlannedRow]:
        """In the order of the sheet."""
        for read in self._rows:
            cue = self._cues.get(read.line)
            home = self._show.item_by_id.get(read.home.item or "")
            free = next((each.title for each in self._show.lists if each.id == read.home.list), "")
            yield PlannedRow(
                read.line,
                self._fate(read, cue),
                read.number,
                cue.label if cue is not None else str(read.fields.get("label", "")),
                home.title if home is not None else free,
                (cue.role if cue is not None else str(read.fields.get("role") or "")) or "",
                self._when(cue) if cue is not None else read.says,
                "; ".join(steps_text(cue)) if cue is not None else "",
                tuple(read.problems),
            )

    def edit(self) -> Compound | None:
        """One edit of all rows that are left."""
        edits = list(self._edits())
        if not edits:
            return None
        return Compound(name=f"Import {len(edits)} cue{'s' if len(edits) != 1 else ''}", edits=tuple(edits))

    # ------------------------------------------------------------ inside

    def _claim(self, read: ReadRow) -> None:
        slot = (read.home.list, readable_key(read.number))
        stands, above = self._by_slot.get(slot), self._claimed.get(slot)
        if self._plan.taken == "renumber" and (above is not None or stands is not None):
            read.number = self._free(slot[0]).behind(read.number)
            slot = (slot[0], readable_key(read.number))
        elif above is not None:
            read.refuse("number", f"the number {read.number} is that of line {above} too", "give one of them another")
            return
        elif stands is not None and self._plan.taken == "refuse":
            remedy = "let the import change that cue, or number the row anew"
            read.refuse("number", f"the show has a cue {stands.number} already", remedy)
            return
        elif stands is not None and stands.item != read.home.item:
            remedy = "cut it and paste it there, or number the row anew"
            read.refuse("number", f"the show's cue {stands.number} belongs to {stands.item}", remedy)
            return
        else:
            self._free(slot[0]).take(read.number)
        self._claimed[slot] = read.line

    def _free(self, of_list: str | None) -> FreeNumbers:
        if of_list not in self._numbers:
            self._numbers[of_list] = FreeNumbers(self._show, of_list)
        return self._numbers[of_list]

    def _find_leaders(self) -> None:
        by_list: dict[str | None, dict[NumberKey | None, str]] = {}
        for (of_list, key), cue in self._by_slot.items():
            by_list.setdefault(of_list, {})[key] = cue.id
        for cue in self._cues.values():
            by_list.setdefault(cue.list, {})[readable_key(cue.number)] = cue.id
        for read in self._rows:
            if read.at is None or read.line not in self._cues:
                continue
            try:
                at = follow(read.at, by_list.get(read.home.list, {})) if isinstance(read.at, Follows) else read.at
            except CellError as error:
                read.refuse("moment", error.message, error.remedy)
                continue
            self._cues[read.line] = self._cues[read.line].model_copy(update={"at": at})

    def _drop_led(self, gone: set[str]) -> None:
        for read in self._rows:
            cue = self._cues.get(read.line)
            if cue is not None and read.is_well and any(each.id in gone for each in references_of(cue)):
                read.refuse("moment", "the cue it follows is left out", "mend that row first")

    def _tried(self) -> list[tuple[int, Problem]]:
        """What the show with these cues gets wrong that it did not before, by line."""
        edits = list(self._edits())
        if not edits or not all(read.is_well for read in self._rows if read.line in self._cues):
            return []
        try:
            changed, _ = apply(self._show, Compound(edits=tuple(edits)))
        except EditError:
            return list(self._refused())
        lines = {place(cue): line for line, cue in self._cues.items()}
        before = set(validate(self._show))
        new = (each for each in validate(changed) if each not in before)
        found = [each for each in new if each.where in lines and each.code != _NOT_TOLD]
        known = {(read.line, problem.message) for read in self._rows for problem in read.problems}
        told = ((lines[each.where], each) for each in found)
        return [(line, self._moved(line, each)) for line, each in told if (line, each.message) not in known]

    def _refused(self) -> Iterable[tuple[int, Problem]]:
        """Each row by itself, where all of them together are refused."""
        for line, edit in zip(self._edited(), self._edits(), strict=True):
            try:
                apply(self._show, edit)
            except EditError as error:
                message, _, remedy = str(error).rpartition(": ")
                yield line, Problem("error", "sheet.refused", f"line {line}", message, remedy)

    @staticmethod
    def _moved(line: int, problem: Problem) -> Problem:
        return Problem(problem.severity, problem.code, f"line {line}, {problem.where}", problem.message, problem.remedy)

    def _edited(self) -> Iterable[int]:
        return (line for line, cue in self._cues.items() if self._standing.get(line) != cue)

    def _edits(self) -> Iterable[Edit]:
        for line in self._edited():
            cue, standing = self._cues[line], self._standing.get(line)
            if standing is None:
                yield insert(cue)
                continue
            names = [name for name in Cue.model_fields if getattr(cue, name) != getattr(standing, name)]
            yield change_cue(cue.id, {name: getattr(cue, name) for name in names})

    def _fate(self, read: ReadRow, cue: Cue | None) -> Fate:
        if cue is None:
            return "left out"
        standing = self._standing.get(read.line)
        return "new" if standing is None else "same" if standing == cue else "changed"

    def _when(self, cue: Cue) -> str:
        at = cue.at
        if at.on != "after":
            return when_text(cue)
        cues = {each.id: each for each in self._cues.values()}
        leader = cues.get(at.cue) or self._show.cue_by_id[at.cue]
        return f"{when_text(cue)}, {'after' if at.of == 'end' else 'with'} {leader.number}"
