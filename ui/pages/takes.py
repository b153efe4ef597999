"""F9: takes beside the score. Which there are, how late each press was in each, what was marked; and adopting."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console.plan.take_lags import Cell, Comparison, TakeFigures
from console.plan.take_notes import chosen_notes, notes_to_csv, notes_to_html, place_words
from console.vocabulary import ListTakes, Notice, ReadTake, TakeNote, TickNote
from ui.empty_words import EmptyWords
from ui.pages.page import Page
from ui.picker import Picker
from ui.save_buttons import SaveButtons
from ui.state.desk import Desk
from ui.state.takes import GRIDS, SIGNS, Takes, card_title, lag_words
from ui.theme.colours import Theme

_KEY: Final = Qt.ItemDataRole.UserRole
_EVERYBODY: Final = "\0all"
_OUTLIER: Final = "▲"
_MISSED: Final = "✕"
_HOW: Final = "A take is kept for each pass of a rehearsal or dress run. I marks what happens, Shift+I with a word."

_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_ROLLS: Final = "While the show rolls nothing is read: what is asked comes when it stands."


class TakesPage(Page):
    """Lists are asked for when the page is first seen; a take is read when it is ticked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._desk: Desk | None = None
        self._is_filling = False
        self._run: str | None = None
        self.said = QLabel(_HOW, self)
        self.said.setProperty("voice", "dim")
        self.said.setWordWrap(True)
        self.refresh = QPushButton("Look again", self)
        self.refresh.clicked.connect(self.ask)
        self.takes = _table("Takes", ("", "Take", "Began", "Item", "Min", "Presses", "Notes"), self)
        self.takes.itemChanged.connect(self._on_take_ticked)
        EmptyWords(self.takes, "No takes yet: every pass of a rehearsal is kept as one (F8)")
        self.lags = _table("Lags by cue", ("Cue", "Label", "Place"), self)
        self.lags.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.lags.itemSelectionChanged.connect(self._on_cues_picked)
        EmptyWords(self.lags, "Tick takes: how early or late hands were stands here, cue by cue")
        self.sum = QLabel(self)
        self.sum.setTextFormat(Qt.TextFormat.PlainText)
        self.sum.setProperty("voice", "dim")
        self.grid = Picker("Where cues move to", theme, self)
        for words in GRIDS:
            self.grid.addItem(words)
        self.grid.currentIndexChanged.connect(self._on_grid_chosen)
        self.adopt = QPushButton("Adopt timing", self)
        self.adopt.clicked.connect(partial(self.action_asked.emit, "takes.adopt"))
        self.notes = _table("Notes", ("", "For", "Item", "Bar", "Timecode", "By", "Note"), self)
        self.notes.itemChanged.connect(self._on_note_ticked)
        EmptyWords(self.notes, "No notes: I marks what happens in a rehearsal, Shift+I with a word")
        self.department = Picker("Notes for", theme, self)
        self.department.currentIndexChanged.connect(self._show_notes)
        self.save = SaveButtons(("PDF", "HTML", "CSV"), self)
        box = f"QTableView::indicator:unchecked {{ border: 1px solid {theme.dim}; width: 11px; height: 11px; }}"
        for table in (self.takes, self.notes):
            table.setStyleSheet(box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(_row(_heading("Takes", self), self.said, self.refresh, stretch=1))
        halves = QSplitter(Qt.Orientation.Horizontal, self)
        halves.addWidget(_column(self.takes, _row(_heading("Notes", self), self.department, self.save), self.notes))
        lags = _row(_heading("Lag by cue, in ms", self), QWidget(self), self.grid, self.adopt)
        halves.addWidget(_column(lags, self.sum, self.lags))
        halves.setStretchFactor(0, 5)
        halves.setStretchFactor(1, 5)
        halves.setChildrenCollapsible(False)
        layout.addWidget(halves, 1)
        self.hand_focus_to(self.takes)

    def ask(self) -> None:
        """Ask which takes there are, and what is in the chosen ones by now."""
        self.request_made.emit(ListTakes())
        if self._desk is not None:
            for take in self._desk.takes.chosen:
                self.request_made.emit(ReadTake(take=take))

    # ------------------------------------------------------------ what arrives

    def show_show(self, desk: Desk) -> None:
        self._desk = desk
        self._fill_departments()
        self.show_takes()

    def show_snapshot(self, desk: Desk, local_ns: int) -> None:
        run = None if desk.snapshot is None else desk.snapshot.run
        if run != self._run:
            self._run = run
            self.ask()
        rolling = desk.snapshot is not None and desk.snapshot.playhead.state == "rolling"
        self.said.setText(_ROLLS if rolling else desk.takes.words or _HOW)

    def take_notice(self, notice: Notice) -> None:
        if notice.kind in ("takes", "take"):
            self.show_takes()

    def show_takes(self) -> None:
        """Everything, anew."""
        desk = self._desk
        if desk is None:
            return
        self._is_filling = True
        self._show_cards(desk.takes)
        self._show_lags(desk)
        self._is_filling = False
        self._show_notes()
        if desk.takes.words:
            self.said.setText(desk.takes.words)

    # ------------------------------------------------------------ inside

    def _fill_departments(self) -> None:
        show = self._desk.show if self._desk is not None else None
        chosen = self.department.currentData()
        self.department.blockSignals(True)
        self.department.clear()
        self.department.addItem("All departments", _EVERYBODY)
        for each in show.departments if show is not None else ():
            self.department.addItem(each.id, each.id)
        self.department.setCurrentIndex(max(self.department.findData(chosen), 0))
        self.department.blockSignals(False)

    def _item_title(self, item: str | None) -> str:
        show = self._desk.show if self._desk is not None else None
        found = show.item_by_id.get(item or "") if show is not None else None
        return (item or "") if found is None else found.title

    def _show_cards(self, takes: Takes) -> None:
        self.takes.setRowCount(len(takes.cards))
        for row, card in enumerate(takes.cards):
            order = SIGNS[takes.chosen.index(card.id)] if card.id in takes.chosen else ""
            notes = f"{card.open_notes} of {card.notes}" if card.notes else ""
            began = card.began[5:16].replace("T", " ")
            words = (
                order,
                card_title(card),
                began,
                self._item_title(card.item),
                f"{card.seconds / 60:.1f}",
                str(card.presses),
                notes,
            )
            _fill(self.takes, row, words, card.id, ticked=card.id in takes.chosen, right=(4, 5))
        _fit(self.takes, stretch=3)

    def _show_lags(self, desk: Desk) -> None:
        shown = desk.takes.shown
        titles = [f"{SIGNS[desk.takes.chosen.index(x.card.id)]} {card_title(x.card)}" for x in shown]
        self.lags.setColumnCount(3 + len(shown))
        self.lags.setHorizontalHeaderLabels(["Cue", "Label", "Place", *titles])
        comparison = (
            None if desk.show is None or desk.schedule is None else desk.takes.comparison(desk.show, desk.schedule)
        )
        self.lags.setRowCount(0)
        if comparison is None or desk.show is None or desk.schedule is None or not shown:
            self.sum.setText("Tick a take to lay it beside the score.")
            self.adopt.setEnabled(False)
            return
        self.adopt.setEnabled(True)
        comparison = desk.takes.comparison(desk.show, desk.schedule)
        self.lags.setRowCount(len(comparison.rows))
        for place, row in enumerate(comparison.rows):
            cue, time = desk.show.cue_by_id[row.cue], desk.schedule.cue_times[row.cue]
            where = (
                str(time.bbt)
                if time.bbt is not None
                else ""
                if row.planned_ns is None
                else f"{row.planned_ns / 1e9:.2f} s"
            )
            _fill(self.lags, place, (cue.number, cue.label, where), row.cue)
            for column, cell in enumerate(row.cells, 3):
                self.lags.setItem(place, column, self._lag_item(cell))
        for column in range(3, 3 + len(shown)):
            if (head := self.lags.horizontalHeaderItem(column)) is not None:
                head.setTextAlignment(_RIGHT)
        _fit(self.lags, stretch=1)
        self.sum.setText(_figures_words(titles, comparison))

    def _lag_item(self, cell: Cell | None) -> QTableWidgetItem:
        sign = "" if cell is None else _MISSED if cell.missed else _OUTLIER if cell.outlier else ""
        item = QTableWidgetItem(f"{sign} {lag_words(cell)}".strip())
        item.setTextAlignment(_RIGHT)
        if sign:
            item.setForeground(QColor(self.theme.caution))
        if cell is not None and cell.by:
            item.setToolTip(f"pressed by {cell.by}")
        return item

    def _show_notes(self) -> None:
        takes = self._desk.takes if self._desk is not None else Takes()
        wanted = self.department.currentData()
        department = None if wanted in (None, _EVERYBODY) else str(wanted)
        owner = {id(note): sheet.card for sheet, note in takes.notes}
        notes = chosen_notes([note for _, note in takes.notes], department)
        self._is_filling = True
        self.notes.setRowCount(len(notes))
        for row, note in enumerate(notes):
            place = place_words(note)
            words = (
                "",
                note.department or "all",
                self._item_title(note.item),
                place,
                note.timecode,
                note.by,
                note.words or "—",
            )
            _fill(self.notes, row, words, (owner[id(note)].id, note.id), ticked=note.done)
        _fit(self.notes, stretch=6)
        self._is_filling = False
        self._offer(notes)

    def _offer(self, notes: list[TakeNote]) -> None:
        desk = self._desk
        if not notes or desk is None or desk.show is None:
            self.save.offer("", {})
            return
        title = f"{desk.show.title}, notes for {self.department.currentText().lower()}"
        page = partial(notes_to_html, title, tuple(notes))
        self.save.offer(title, {"PDF": page, "HTML": page, "CSV": partial(notes_to_csv, tuple(notes))})

    # ------------------------------------------------------------ what the operator does

    def _on_take_ticked(self, item: QTableWidgetItem) -> None:
        if self._is_filling or item.column() != 0 or self._desk is None:
            return
        takes, take = self._desk.takes, str(item.data(_KEY))
        is_on = item.checkState() == Qt.CheckState.Checked
        if not takes.choose(take, on=is_on):
            takes.words = "Four takes at most stand side by side: untick one first."
        elif is_on:
            takes.words = ""
            self.request_made.emit(ReadTake(take=take))
        self.show_takes()

    def _on_note_ticked(self, item: QTableWidgetItem) -> None:
        if self._is_filling or item.column() != 0:
            return
        take, note = item.data(_KEY)
        self.request_made.emit(TickNote(take=take, note=note, done=item.checkState() == Qt.CheckState.Checked))

    def _on_cues_picked(self) -> None:
        if self._desk is None or self._is_filling:
            return
        rows = {index.row() for index in self.lags.selectionModel().selectedRows()}
        cells = [self.lags.item(row, 0) for row in rows]
        self._desk.takes.cues = frozenset(str(cell.data(_KEY)) for cell in cells if cell is not None)
        count = len(self._desk.takes.cues)
        self.adopt.setText(f"Adopt timing of {count}" if count else "Adopt timing")
        if count == 1:
            self.cue_picked.emit(next(iter(self._desk.takes.cues)))

    def _on_grid_chosen(self, _place: int) -> None:
        if self._desk is not None:
            self._desk.takes.grid = GRIDS[self.grid.currentText()]


def _figures_words(titles: list[str], comparison: Comparison) -> str:
    return "\n".join(f"{title}: {_words(each)}" for title, each in zip(titles, comparison.takes, strict=True))


def _words(each: TakeFigures) -> str:
    if each.median_ns is None or each.spread_ns is None:
        return f"{each.pressed} pressed"
    found = f"median {each.median_ns / 1e6:+.0f}, spread {each.spread_ns / 1e6:.0f}"
    found += f", {len(each.outliers)} {_OUTLIER}" if each.outliers else ""
    found += f", {len(each.missed)} {_MISSED} missed" if each.missed else ""
    return found + (f", {len(each.extra)} besides" if each.extra else "")


def _table(name: str, columns: tuple[str, ...], parent: QWidget) -> QTableWidget:
    table = QTableWidget(0, len(columns), parent)
    table.setHorizontalHeaderLabels(list(columns))
    table.setAccessibleName(name)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(28)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return table


def _fill(
    table: QTableWidget,
    row: int,
    words: tuple[str, ...],
    key: object,
    *,
    ticked: bool | None = None,
    right: tuple[int, ...] = (),
) -> None:
    for column, text in enumerate(words):
        item = QTableWidgetItem(text)
        item.setData(_KEY, key)
        item.setToolTip(text)
        if column in right:
            item.setTextAlignment(_RIGHT)
        if column == 0 and ticked is not None:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        table.setItem(row, column, item)


def _fit(table: QTableWidget, *, stretch: int) -> None:
    """Columns as wide as what is in them; one takes the rest."""
    header = table.horizontalHeader()
    for column in range(table.columnCount()):
        mode = QHeaderView.ResizeMode.Stretch if column == stretch else QHeaderView.ResizeMode.ResizeToContents
        header.setSectionResizeMode(column, mode)


def _heading(words: str, parent: QWidget) -> QLabel:
    label = QLabel(words, parent)
    label.setProperty("voice", "heading")
    return label


def _row(*widgets: QWidget, stretch: int = 1) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    for place, widget in enumerate(widgets):
        row.addWidget(widget, 1 if place == stretch else 0)
    return row


def _column(*parts: QWidget | QHBoxLayout) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(6)
    for part in parts:
        if isinstance(part, QHBoxLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part, 1 if isinstance(part, QTableWidget) else 0)
    return column
