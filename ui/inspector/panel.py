"""The inspector: at the right of the console, every field of what is picked, what it would send, and when it last ran.

A picked cue is shown at once; the box above the fields turns to what it belongs to, or to the show. Each field is
tried as it is typed, and asked of the engine when it is left; a refusal stands at the field, which shows again what
stands in the show.

Signals:
    change_made(object): a change of the show, as a function from the desk to an Edit, or None where there is none.
    inquiry_made(object): something to look up: the bytes of the picked cue, what devices understand, a ghost to try.
    request_made(object): one step, to one device, after a second press.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QVBoxLayout, QWidget

from console.show.edits import Edit
from console.show.validate import validate
from console.vocabulary import Finding, Inquiry, ListProfiles, ProfileList
from profiles.known_keys import Path
from profiles.problems import Problem
from ui.inspector.form import InspectorForm
from ui.inspector.trial import TrialPane
from ui.reckoning import Reckoning
from ui.state.desk import Desk
from ui.state.inspector import Abilities, inspector_face, problem_words
from ui.state.inspector_edits import RowDeed, field_edit, row_edit
from ui.state.inspector_subjects import THE_SHOW, Subject, subject_words, subjects
from ui.state.inspector_text import Field, FieldError
from ui.theme.colours import Theme

WIDTH_PX = 292
MOST_PROBLEMS = 3
_NOT_CHANGED = "Not changed: "


class InspectorPanel(QFrame):
    """Shows and changes one subject at a time. Draws nothing while it is hidden."""

    change_made = Signal(object)

    inquiry_made = Signal(object)
    request_made = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setFixedWidth(WIDTH_PX)
        self.setAccessibleName("Inspector")
        self._desk: Desk | None = None
        self._subject: Subject = THE_SHOW
        self._in_hand: tuple[object, ...] = ()
        self._seen: tuple[object, ...] | None = None
        self._given: Path | None = None  # the field whose change is not answered yet
        self._known: tuple[Subject, ...] = ()
        self._abilities: Abilities | None = None  # None: not asked for yet
        self.which = QComboBox(self)
        self.which.setAccessibleName("What the inspector shows")
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.activated.connect(self._on_subject_chosen)
        self.locked = QLabel("", self)
        self.locked.setProperty("voice", "caution")
        self.locked.setWordWrap(True)
        self.locked.hide()
        self.problems = QLabel("", self)
        self.problems.setProperty("voice", "caution")
        self.problems.setWordWrap(True)
        self.problems.hide()
        self._found: tuple[Problem, ...] = ()
        self.checking = Reckoning(self)
        self.checking.done.connect(self._on_checked)
        self.form = InspectorForm(self)
        self.form.given.connect(self._on_given)
        self.form.typed.connect(self._on_typed)
        self.form.row_asked.connect(self._on_row_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 4, 6)
        layout.setSpacing(6)
        layout.addWidget(self.which)
        layout.addWidget(self.locked)
        layout.addWidget(self.problems)
        layout.addWidget(self.form, 1)
        self.trial = TrialPane(theme, self)
        self.trial.inquiry_made.connect(self.inquiry_made)
        self.trial.request_made.connect(self.request_made)
        layout.addWidget(self.trial)

    @property
    def subject(self) -> Subject:
        """What is shown."""
        return self._subject

    # ------------------------------------------------------------ what is shown

    def show_desk(self, desk: Desk, local_ns: int) -> None:
        """What is in hand, where it is another than before, and its fields as they stand."""
        self._desk = desk
        if not self.isVisible():
            return
        self._show_subject(desk)
        one = self._subject.ids[0] if self._subject.part == "cue" and len(self._subject.ids) == 1 else None
        self.trial.show_cue(desk, one, local_ns)

    def _show_subject(self, desk: Desk) -> None:
        seen = (desk.show, desk.selected, desk.picked, desk.picked_item, desk.mode, desk.linked, self._subject)
        if self._seen is not None and seen[0] is self._seen[0] and seen[1:] == self._seen[1:]:
            return
        in_hand = (desk.picked, desk.picked_item)
        if in_hand != self._in_hand:
            self.form.finish()  # what was typed belongs to what was picked
            self.form.let_go()
            self._subject = self._picked_anew(desk)
            self._in_hand = in_hand
        if self._seen is None or self._seen[0] is not desk.show:
            self._given = None
            if desk.show is not None:
                self.checking.ask(partial(validate, desk.show))
        self._seen = (*seen[:-1], self._subject)
        self._show_subjects(desk)
        self._show_fields(desk)

    def _picked_anew(self, desk: Desk) -> Subject:
        """A cue that was picked, else an item; without either what was shown before."""
        picked, item = self._in_hand or ((), None)
        if desk.picked != picked and desk.picked:
            return Subject("cue", desk.picked)
        if desk.picked_item != item and desk.picked_item is not None:
            return Subject("item", (desk.picked_item,))
        return THE_SHOW

    def _show_subjects(self, desk: Desk) -> None:
        self._known = subjects(desk)
        if self._subject not in self._known:
            self._subject = self._known[0] if self._known else THE_SHOW
        self.which.clear()
        if desk.show is not None:
            self.which.addItems([subject_words(desk.show, each) for each in self._known])
            self.which.setCurrentIndex(self._known.index(self._subject))

    def _show_fields(self, desk: Desk) -> None:
        if self._abilities is None and desk.linked:
            self._abilities = {}
            self.inquiry_made.emit(ListProfiles())
        face = inspector_face(desk, self._subject, self._abilities or {})
        self.locked.setText(face.locked[:1].upper() + face.locked[1:])
        self.locked.setVisible(bool(face.locked))
        self.form.show_groups(face.groups, can_edit=not face.locked)
        self._show_problems()

    def take_keyboard(self) -> None:
        """To the first field that can be changed, else to the box above."""
        first = next((editor for editor in self.form.editors.values() if editor.isEnabled()), self.which)
        first.setFocus()

    def _show_problems(self) -> None:
        words = problem_words(self._desk, self._subject, self._found) if self._desk is not None else ()
        more = [f"▲ {len(words) - MOST_PROBLEMS} more"] if len(words) > MOST_PROBLEMS else []
        self.problems.setText("\n".join([f"▲ {each}" for each in words[:MOST_PROBLEMS]] + more))
        self.problems.setVisible(bool(words))

    def _on_checked(self, problems: tuple[Problem, ...]) -> None:
        self._found = problems
        self._show_problems()

    def take_trouble(self, words: str) -> None:
        """The engine refused what was asked last: the field says why, and shows what stands."""
        if self._given is not None and words.startswith(_NOT_CHANGED):
            path, self._given = self._given, None
            self.form.put_back(path)
            self.form.refuse(path, words.removeprefix(_NOT_CHANGED))

    def take_finding(self, inquiry: Inquiry, finding: Finding | None, words: str) -> None:
        """What every device understands, so that verbs can be marked; a cue's bytes; what a ghost made of a step."""
        self.trial.take_finding(inquiry, finding, words)
        if isinstance(inquiry, ListProfiles) and isinstance(finding, ProfileList):
            self._abilities = {card.id: frozenset(card.verbs) for card in finding.cards}
            if self._desk is not None and self.isVisible():
                self._show_fields(self._desk)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.trial.share_out(self.height())

    # ------------------------------------------------------------ what the operator does

    def _on_subject_chosen(self, place: int) -> None:
        self.form.finish()
        self.form.let_go()
        self._subject = self._known[place]
        if self._desk is not None:
            self._show_fields(self._desk)

    def _on_typed(self, field: Field, text: str) -> None:
        self.form.refuse(field.path, self._reason(field, text))

    def _reason(self, field: Field, text: str) -> str:
        """Why a text is no value for a field; empty where it is."""
        if self._desk is None or (field.several and not text):
            return ""
        try:
            field_edit(self._desk, self._subject, field, text)
        except FieldError as error:
            return str(error)
        return ""

    def _on_given(self, field: Field, text: str) -> None:
        words = self._reason(field, text)
        self.form.refuse(field.path, words)
        if words:
            return
        self._given = field.path
        self.form.let_go()
        subject = self._subject

        def make(desk: Desk) -> Edit | None:
            try:
                return field_edit(desk, subject, field, text)
            except FieldError as error:  # the show was changed meanwhile
                self.take_trouble(_NOT_CHANGED + str(error))
                return None

        self.change_made.emit(make)

    def _on_row_asked(self, at: Path, deed: RowDeed) -> None:
        self.form.finish()
        subject = self._subject

        def make(desk: Desk) -> Edit | None:
            try:
                return row_edit(desk, subject, at, deed)
            except FieldError as error:
                self.say_row_trouble(str(error))
                return None

        self.change_made.emit(make)

    def say_row_trouble(self, words: str) -> None:
        """Why a row was not added, moved or removed."""
        self.locked.setText(words)
        self.locked.show()
