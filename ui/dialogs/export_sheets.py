"""Show menu: cue sheets of the show that is open, by department, as a PDF, a page or a table."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from console.plan.cue_sheet import CueSheets, build_sheets
from console.plan.cue_sheet_page import sheets_to_csv, sheets_to_html
from console.plan.schedule import Schedule
from console.show.show import Show
from ui.dialogs.notes import live_note
from ui.picker import Picker
from ui.save_buttons import SaveButtons
from ui.state.desk import Desk
from ui.state.houses import Folders, load_patch, user_folders
from ui.state.shelf import venue_cards
from ui.theme.colours import Theme
from ui.tick_box import TickBox


class ExportSheetsDialog(QDialog):
    """What is saved is made when a button is pressed, beside the window's thread, of the show as it stood then."""

    def __init__(self, theme: Theme, show: Show, schedule: Schedule, house: str, parent: QWidget | None = None) -> None:
        """``house``: the name of the one that is loaded, which is offered first."""
        super().__init__(parent)
        self.setWindowTitle("Export cue sheet")
        self._show, self._schedule, self._folders = show, schedule, user_folders()
        self.department = Picker("Department", theme, self)
        self.department.addItem("Every department", None)
        used = {show.department_of(cue) for cue in show.cues}
        for each in show.departments:
            if each.id in used:
                self.department.addItem(f"{each.id}  {each.name}", each.id)
        self.house = Picker("House", theme, self)
        cards = sorted(venue_cards(self._folders.venues), key=lambda card: card.title != house)
        for card in cards:
            self.house.addItem(card.title, card.name)
        self.house.addItem("No house: as the show is written", None)
        self.by_item = TickBox("Each item on a sheet of its own", theme, self)
        self.save = SaveButtons(("PDF", "HTML", "CSV"), self)
        form = QGridLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(16)
        for row, (words, widget) in enumerate((("Department", self.department), ("House", self.house))):
            form.addWidget(QLabel(words, self), row, 0)
            form.addWidget(widget, row, 1)
        form.addWidget(self.by_item, 2, 1)
        form.setColumnStretch(1, 1)
        hint = QLabel("A house adds what it does otherwise to the notes: not sent, another camera, a stand-in.", self)
        hint.setProperty("voice", "dim")
        hint.setWordWrap(True)
        close = QPushButton("Close", self)
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self.save, 1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(14)
        layout.addLayout(form)
        layout.addWidget(hint)
        layout.addStretch(1)
        layout.addLayout(foot)
        layout.addWidget(live_note(self))
        self.resize(640, 300)
        for picker in (self.department, self.house):
            picker.currentIndexChanged.connect(self._offer)
        self.by_item.toggled.connect(self._offer)
        self._offer()

    def _offer(self) -> None:
        department = self.department.currentData()
        make = partial(_make, self._show, self._schedule, self.house.currentData(), department, self._folders)
        page = partial(_html, make, by_item=self.by_item.isChecked())
        which = f" {department}" if department else ""
        self.save.offer(
            f"{self._show.title}: cue sheet{which}", {"PDF": page, "HTML": page, "CSV": lambda: sheets_to_csv(make())}
        )


def _make(show: Show, schedule: Schedule, house: str | None, department: str | None, folders: Folders) -> CueSheets:
    patch = None if house is None else load_patch(show, house, folders)
    return build_sheets(show, schedule, patch, department)


def _html(make: partial[CueSheets], *, by_item: bool) -> str:
    return sheets_to_html(make(), by_item=by_item)


def show_export(parent: QWidget, theme: Theme, desk: Desk) -> None:
    """Show it until it is closed. There must be a show."""
    if desk.show is None or desk.schedule is None:
        return
    dialog = ExportSheetsDialog(theme, desk.show, desk.schedule, desk.venue, parent)
    dialog.exec()
    dialog.deleteLater()
