"""Edit menu: cues from a sheet. What each column means, what would become of every row, and one undo for all.

The preview is what the import does: the rows are tried on the show beside the window's thread, at every choice anew.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.show.cue_columns import CUE_FIELDS
from console.show.cue_import import TAKEN, CueImport, ImportPlan, Taken, plan_import, unmapped
from console.show.cue_rows import NOWHERE, Home
from console.show.edits import Compound
from console.show.sheet import Sheet, SheetError, bytes_to_text, guess_columns, text_to_sheet
from console.show.show import Show
from profiles.kept_files import reason_words
from ui.dialogs.notes import live_note
from ui.empty_words import EmptyWords
from ui.opening_form import ask_for_file
from ui.picker import Picker
from ui.reckoning import Reckoning
from ui.row_table import RowTable
from ui.state.desk import Desk
from ui.state.import_rows import TITLES, button_words, import_rows, summary, wrong_words
from ui.theme.colours import Theme

SHEET_FILES: Final = "Sheets (*.csv *.tsv *.txt)"
NOT_READ: Final = "not in the sheet"
_ACROSS: Final = 6
_WIDTHS: Final = {0: 104, 1: 76, 2: 48, 3: 150, 4: 120, 5: 120, 6: 110, 7: 170}


def read_sheet(path: str) -> Sheet | str:
    """The table in a file, or why there is none."""
    name = Path(path).name
    try:
        return text_to_sheet(bytes_to_text(Path(path).read_bytes()), CUE_FIELDS)
    except OSError as error:
        return f"{name} cannot be read, {reason_words(error)}: choose another file"
    except SheetError as error:
        return f"{name} {error}"


class ImportCues(QDialog):
    """Ends with an edit, or without one."""

    ask_for_file = staticmethod(ask_for_file)  # tests put an answer here

    def __init__(self, theme: Theme, show: Show, home: Home, parent: QWidget | None = None) -> None:
        """``home``: where rows go that name no item, to begin with."""
        super().__init__(parent)
        self.setWindowTitle("Import cues from a sheet")
        self._show, self._theme, self._name = show, theme, ""
        self._sheet: Sheet | None = None
        self.edit: Compound | None = None
        self._found: CueImport | None = None
        self.reckoning = Reckoning(self)
        self.reckoning.done.connect(self._on_reckoned)
        self.heading = QLabel("No sheet yet", self)
        self.heading.setProperty("voice", "heading")
        self.another = QPushButton("Another file…", self)
        self.another.setAutoDefault(False)
        self.another.clicked.connect(self.ask)
        self.columns = {field.id: self._picker(f"Column of {field.title.lower()}") for field in CUE_FIELDS}
        self.home = self._picker("Item of rows that name none")
        self.role = self._picker("Role of rows that name none")
        self.taken = self._picker("What happens to numbers that are taken")
        self._offer_choices(home)
        self.not_read = QLabel(self)
        self.not_read.setProperty("voice", "caption")
        self.rows = RowTable("Rows of the sheet", TITLES, _WIDTHS, len(TITLES) - 1, theme, self)
        EmptyWords(self.rows, "No rows: choose a sheet, saved from a spreadsheet as CSV")
        self.rows.key_picked.connect(lambda _key: self._show_wrong())
        self.wrong = QLabel(self)
        self.wrong.setWordWrap(True)
        self.wrong.setMinimumHeight(36)
        self.wrong.setAccessibleName("What is wrong with the picked row")
        self.summary = QLabel(self)
        self.ok = QPushButton(self)
        self.ok.setProperty("primary", True)
        self.ok.setDefault(True)
        self.ok.setEnabled(False)
        self.ok.clicked.connect(self._on_import)
        self._lay_out()
        self.resize(1180, 690)

    def ask(self) -> bool:
        """Choose a file and read it; False where nobody chose one."""
        path = self.ask_for_file(self, "Import cues from", SHEET_FILES)
        if path is None:
            return False
        self.heading.setText(f"Reading {Path(path).name} …")
        self._name = Path(path).name
        self.reckoning.ask(partial(read_sheet, path))
        return True

    # ------------------------------------------------------------ inside

    def _picker(self, name: str) -> Picker:
        picker = Picker(name, self._theme, self)
        picker.setSizeAdjustPolicy(Picker.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        picker.setMinimumContentsLength(10)
        picker.activated.connect(lambda _at: self._preview())
        return picker

    def _offer_choices(self, home: Home) -> None:
        self.home.addItem("no item", NOWHERE)
        for item in self._show.items:
            self.home.addItem(item.title, Home(item=item.id))
        for free in self._show.lists:
            self.home.addItem(free.title, Home(list=free.id))
        chosen = next((at for at in range(self.home.count()) if self.home.itemData(at) == home), 0)
        self.home.setCurrentIndex(chosen)
        self.role.addItem("nobody", None)
        for role in self._show.roles:
            self.role.addItem(role.id, role.id)
        for taken, words in TAKEN.items():
            self.taken.addItem(words, taken)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self.another)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for place, field in enumerate(CUE_FIELDS):
            self._put(grid, place, field.title, self.columns[field.id])
        self._put(grid, _ACROSS * 3, "Rows without an item go to", self.home, 2)
        self._put(grid, _ACROSS * 3 + 2, "and speak to", self.role, 2)
        self._put(grid, _ACROSS * 3 + 4, "Where a number is taken", self.taken, 2)
        foot = QHBoxLayout()
        foot.addWidget(self.summary)
        foot.addWidget(live_note(self), 1, Qt.AlignmentFlag.AlignCenter)
        cancel = QPushButton("Cancel", self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        foot.addWidget(cancel)
        foot.addWidget(self.ok)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 10)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(grid)
        layout.addWidget(self.not_read)
        layout.addWidget(self.rows, 1)
        layout.addWidget(self.wrong)
        layout.addLayout(foot)

    @staticmethod
    def _put(grid: QGridLayout, place: int, title: str, picker: Picker, span: int = 1) -> None:
        label = QLabel(title)
        label.setProperty("voice", "caption")
        label.setBuddy(picker)
        row, column = divmod(place, _ACROSS)
        grid.addWidget(label, row * 2, column, 1, span)
        grid.addWidget(picker, row * 2 + 1, column, 1, span)

    def _on_reckoned(self, result: object) -> None:
        if isinstance(result, str):
            self.heading.setText("Nothing read")
            self._sheet = None
            self._show_found(None)
            self.wrong.setText(result)
        elif isinstance(result, Sheet):
            self._sheet = result
            self.heading.setText(f"{self._name}: {len(result.rows)} rows")
            self._offer_columns(result)
            self._preview()
        elif isinstance(result, CueImport):
            self._show_found(result)

    def _offer_columns(self, sheet: Sheet) -> None:
        guessed = guess_columns(sheet.headings, CUE_FIELDS)
        for name, picker in self.columns.items():
            picker.clear()
            picker.addItem(NOT_READ, None)
            for at, heading in enumerate(sheet.headings):
                picker.addItem(heading or f"column {at + 1}", at)
            picker.setCurrentIndex(guessed[name] + 1 if name in guessed else 0)

    def _mapped(self) -> dict[str, int]:
        chosen = ((name, picker.currentData()) for name, picker in self.columns.items())
        return {name: at for name, at in chosen if at is not None}

    def _preview(self) -> None:
        if self._sheet is None:
            return
        mapped = self._mapped()
        left = unmapped(self._sheet, mapped)
        self.not_read.setText(f"Not read: {', '.join(left)}" if left else "Every column is read.")
        taken: Taken = self.taken.currentData()
        plan = ImportPlan(mapped, self.home.currentData(), self.role.currentData(), taken)
        self.ok.setEnabled(False)
        self.reckoning.ask(partial(plan_import, self._show, self._sheet, plan))

    def _show_found(self, found: CueImport | None) -> None:
        self._found = found
        self.rows.show_rows(import_rows(found) if found is not None else ())
        self.summary.setText(summary(found) if found is not None else "")
        self.ok.setText(button_words(found) if found is not None else "Nothing to import")
        self.ok.setEnabled(found is not None and found.edit is not None)
        self._show_wrong()

    def _show_wrong(self) -> None:
        if self._found is not None:
            words = wrong_words(self._found, self.rows.picked)
            self.wrong.setText(words or "Nothing is wrong with this row." if self.rows.picked else words)

    def _on_import(self) -> None:
        if self._found is not None and self._found.edit is not None:
            self.edit = self._found.edit
            self.accept()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.columns[CUE_FIELDS[0].id].setFocus()


def show_import(parent: QWidget, theme: Theme, desk: Desk, change: Callable[[Compound], None]) -> None:
    """Ask for a sheet, and for what it means; ``change`` is given the edit that was agreed to."""
    if desk.show is None:
        return
    item = desk.picked_item or next((cue.item for cue in (desk.show.cue_by_id.get(desk.selected or ""),) if cue), None)
    dialog = ImportCues(theme, desk.show, Home(item=item), parent)
    if dialog.ask() and dialog.exec() and dialog.edit is not None:
        change(dialog.edit)
    dialog.deleteLater()
