"""Edits on their way into a running engine: one after another, in slices, while nothing is due.

A window is answered when its edit is in the engine and in the journal's hands, or with the reason it is not. Between
two slices the show goes on; what an edit was reckoned from may change meanwhile, and then it is reckoned again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from console.engine.engine import Engine
from console.engine.history import Way
from console.engine.rearming import Rearm
from console.link.messages import Edited, EditFrame, EditRefused, UndoFrame
from console.record.journal import EditMade
from console.show.edits import Change, Edit, EditError, Move, Remove, Replace, describe
from console.show.references import pieces_of
from console.show.show import Show

SPELL_NS: Final = 300_000
"""Slices go on until this has passed: with the longest of them that stays below half a millisecond."""


class EditRecord(Protocol):
    """Where edits are kept."""

    def keep_edit(self, made: EditMade) -> None:
        """One more edit was made."""
        ...


@dataclass(frozen=True)
class _Job:
    ticket: int
    frame: EditFrame | UndoFrame
    edit: Edit
    way: Way
    name: str
    slices: Generator[None, None, Rearm]


class EditDesk:
    """Takes edits for one engine. ``answer(ticket, answer)`` tells who asked."""

    def __init__(
        self,
        engine: Engine,
        record: EditRecord | None,
        answer: Callable[[int, Edited | EditRefused], None],
        now_ns: Callable[[], int],
        made: Sequence[EditMade] = (),
    ) -> None:
        """``made``: the edits that led from the show's file to the show the engine has."""
        self._engine = engine
        self._record = record
        self._answer = answer
        self._now_ns = now_ns
        self._made = list(made)
        self._asked: deque[tuple[int, EditFrame | UndoFrame]] = deque()
        self._job: _Job | None = None

    def ask(self, ticket: int, frame: EditFrame | UndoFrame) -> None:
        """Put a change by until there is time for it."""
        self._asked.append((ticket, frame))

    @property
    def has_work(self) -> bool:
        """True while somebody waits for an answer."""
        return self._job is not None or bool(self._asked)

    def work(self) -> None:
        """Go on for a spell."""
        until_ns = self._now_ns() + SPELL_NS
        while self.has_work and self._now_ns() < until_ns:
            self._one_slice()

    def take_over(self, before: EditDesk) -> None:
        """Another run of the same show begins: edits can still be undone, and its journal has what is not saved."""
        run, run_before = self._engine.run, before._engine.run
        self._engine.history, run.revision = before._engine.history, run_before.revision
        run.saved_revision, run.show_file = run_before.saved_revision, run_before.show_file
        for made in before._made:
            if made.revision > run.saved_revision:
                self._keep(made)

    def close(self) -> None:
        """The show is closed: who still waits is told."""
        waiting = [*self._asked] if self._job is None else [(self._job.ticket, self._job.frame), *self._asked]
        self._asked.clear()
        self._job = None
        for ticket, frame in waiting:
            self._refuse(ticket, frame, "the show was closed before the edit was made")

    def _one_slice(self) -> None:
        if self._job is None:
            self._job = self._begin(*self._asked.popleft())
            return
        job = self._job
        try:
            next(job.slices)
        except StopIteration as done:
            self._job = None
            self._take(job, done.value)
        except EditError as error:
            self._job = None
            self._refuse(job.ticket, job.frame, str(error))

    def _begin(self, ticket: int, frame: EditFrame | UndoFrame) -> _Job | None:
        run = self._engine.run
        if frame.revision != run.revision:
            words = f"the show was changed meanwhile (revision {run.revision}, yours {frame.revision}): look again"
            self._refuse(ticket, frame, words)
            return None
        if isinstance(frame, EditFrame):
            name = describe(frame.edit, run.show)
            return _Job(ticket, frame, frame.edit, "edit", name, self._engine.prepare(frame.edit))
        way: Way = "redo" if frame.redo else "undo"
        past = self._engine.history.next_of(way)
        if past is None:
            self._refuse(ticket, frame, f"there is nothing to {way}")
            return None
        return _Job(ticket, frame, past.edit, way, past.name, self._engine.prepare(past.edit))

    def _take(self, job: _Job, rearm: Rearm) -> None:
        run, frame = self._engine.run, job.frame
        if not rearm.is_of(run):
            self._job = _Job(job.ticket, frame, job.edit, job.way, job.name, self._engine.prepare(job.edit))
            return
        refused = self._engine.take(self._now_ns(), rearm, job.name, frame.by, job.way)
        if refused is not None:
            self._refuse(job.ticket, frame, refused)
            return
        self._keep(EditMade(revision=run.revision, way=job.way, name=job.name, by=frame.by, edit=job.edit))
        undo, redo = (self._engine.history.next_of(way) for way in ("undo", "redo"))
        self._answer(
            job.ticket,
            Edited(
                seq=0,
                id=frame.id,
                by=frame.by,
                revision=run.revision,
                edit=job.edit,
                name=job.name,
                undo="" if undo is None else undo.name,
                redo="" if redo is None else redo.name,
            ),
        )

    def _keep(self, made: EditMade) -> None:
        self._made.append(made)
        if self._record is not None:
            self._record.keep_edit(made)

    def _refuse(self, ticket: int, frame: EditFrame | UndoFrame, words: str) -> None:
        run = self._engine.run
        current = _current(run.show, frame.edit) if isinstance(frame, EditFrame) else None
        self._answer(ticket, EditRefused(id=frame.id, words=words, revision=run.revision, current=current))


def _current(show: Show, edit: Edit) -> dict[str, Any] | None:
    """The piece an edit is about, as it stands; None where it is about several, or none."""
    match edit:
        case Change() | Remove() | Move():
            part, piece_id = edit.part, edit.id
        case Replace():
            part, piece_id = edit.part, str(edit.value.get("id"))
        case _:
            return None
    found = next((piece for piece in pieces_of(show, part) if piece.id == piece_id), None)
    return None if found is None else found.model_dump(mode="json", exclude_defaults=True)
