"""A link whose far end edits: it takes edits as the engine's desk does, and says so when a test lets it speak.

Held to ``console.wiring.edit_desk`` by a test of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from console.engine.history import History, Way
from console.link.messages import Edited, EditRefused, OpenShow
from console.show.edits import Edit, EditError, apply, describe
from console.show.show import Show
from console.show.show_json import json_to_show
from console.vocabulary import Notice, Snapshot
from tests.support.fake_link import FakeLink, Received


@dataclass
class EditingLink(FakeLink):
    """``answer`` says what became of all that was asked so far; ``show`` is the show as it then stands."""

    show: Show | None = None  # once the first was answered
    revision: int = 0
    history: History = field(default_factory=History)
    _opened: OpenShow | None = None
    asked: list[tuple[int, Edit | bool, int, str]] = field(default_factory=list)  # id, edit or redo, revision, by

    def tell(self, *things: Snapshot | Notice | OpenShow | Received | None) -> None:
        for thing in things:
            if isinstance(thing, OpenShow):
                self._opened, self.show, self.revision, self.history = thing, None, thing.revision, History()
        super().tell(*things)

    def send_edit(self, edit: Edit, revision: int, *, edit_id: int = 0, by: str = "operator") -> None:
        super().send_edit(edit, revision, edit_id=edit_id, by=by)
        self.asked.append((edit_id, edit, revision, by))

    def send_undo(self, revision: int, *, redo: bool = False, edit_id: int = 0, by: str = "operator") -> None:
        super().send_undo(revision, redo=redo, edit_id=edit_id, by=by)
        self.asked.append((edit_id, redo, revision, by))

    def answer(self) -> None:
        """Answer until nothing is asked any more, what is asked meanwhile included."""
        if self.show is None and self._opened is not None:
            self.show = json_to_show(self._opened.show, "a test").show
        while self.asked:
            self.tell(self._answer(*self.asked.pop(0)))

    def _answer(self, edit_id: int, wanted: Edit | bool, revision: int, by: str) -> Edited | EditRefused:
        if self.show is None or revision != self.revision:
            words = f"the show was changed meanwhile (revision {self.revision}, yours {revision}): look again"
            return EditRefused(id=edit_id, words=words, revision=self.revision)
        way: Way = "edit"
        if isinstance(wanted, bool):
            way = "redo" if wanted else "undo"
            past = self.history.next_of(way)
            if past is None:
                return EditRefused(id=edit_id, words=f"there is nothing to {way}", revision=self.revision)
            edit, name = past.edit, past.name
        else:
            edit, name = wanted, describe(wanted, self.show)
        try:
            self.show, inverse = apply(self.show, edit)
        except EditError as error:
            return EditRefused(id=edit_id, words=str(error), revision=self.revision)
        self.history.took(way, name, inverse)
        self.revision += 1
        undo, redo = (self.history.next_of(each) for each in ("undo", "redo"))
        return Edited(
            seq=0,
            id=edit_id,
            by=by,
            revision=self.revision,
            edit=edit,
            name=name,
            undo="" if undo is None else undo.name,
            redo="" if redo is None else redo.name,
        )
