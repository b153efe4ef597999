"""Shift+F6: line check. One line large, all lines with their marks beside it; Enter, Y, N and S walk it.

S is *stop* wherever the show rolls: then this page takes no keys but the arrows, and the engine refuses to send.
"""

from __future__ import annotations

from typing import Final, Literal, cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from console.vocabulary import Answered, CheckDevice, LineTicked, Notice, TickLine
from profiles.verbs import CATALOGUE, args_from_text
from ui.empty_words import EmptyWords
from ui.pages.line_check.card import WalkCard
from ui.pages.page import Page
from ui.state.desk import Desk
from ui.state.line_check import LineWalk
from ui.theme import fonts
from ui.theme.colours import Theme
from ui.theme.shapes import shape_icon
from ui.theme.tones import tone_colour

Result = Literal["seen", "not_seen", "skipped"]
COLUMNS: Final = ("", "Line", "State", "")
KEYS: Final[dict[int, Result]] = {
    Qt.Key.Key_Y.value: "seen",
    Qt.Key.Key_N.value: "not_seen",
    Qt.Key.Key_S.value: "skipped",
}
ENTER: Final = (Qt.Key.Key_Return.value, Qt.Key.Key_Enter.value)


class LineCheckPage(Page):
    """The walk. Goes on by itself past devices that answer; stays where a person is needed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._desk: Desk | None = None
        self._walk = LineWalk()
        self._asked: str | None = None  # the line that was sent to last, from here
        self.card = WalkCard(theme, self)
        self.card.sent.connect(self._on_sent)
        self.card.ticked.connect(self._on_ticked)
        self.card.note.returnPressed.connect(lambda: self.table.setFocus())
        self.summary = QLabel(self)
        self.summary.setProperty("voice", "heading")
        self.refusal = QLabel(self)
        self.refusal.setProperty("voice", "caution")
        self.table: QTableWidget = self._make_table()
        for each in (self.table, self.card.note, self.card.other):
            each.installEventFilter(self)
        title = QLabel("Line check", self)
        title.setProperty("voice", "heading")
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(title)
        head.addWidget(self.refusal, 1)
        beside = QVBoxLayout()
        beside.setSpacing(6)
        beside.addWidget(self.summary)
        beside.addWidget(self.table, 1)
        large = QVBoxLayout()
        large.setSpacing(6)
        large.addLayout(head)
        large.addWidget(self.card, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(large, 5)
        layout.addLayout(beside, 4)
        self.hand_focus_to(self.table)

    # ------------------------------------------------------------ what arrives

    def show_show(self, desk: Desk) -> None:
        self._desk = desk
        if desk.walk is not self._walk:
            self._walk, self._asked = desk.walk, None
            self._fill()
            self._go_to(self._walk.next_open(None) or (self._walk.cards[0].line if self._walk.cards else None))
        self._show()

    def take_notice(self, notice: Notice) -> None:
        if isinstance(notice, Answered) and notice.name in ("check_device", "tick_line"):
            self.refusal.setText(notice.refused or "")
        line = notice.line if isinstance(notice, LineTicked) else getattr(notice, "device", None)
        if self._walk.card(line) is None:
            return
        self._show()
        answered = isinstance(notice, LineTicked) and notice.result == "answered"
        if answered and line == self._asked == self.line:
            self._step()

    @property
    def line(self) -> str | None:
        """The line that is looked at."""
        row = self.table.currentRow()
        return self._walk.cards[row].line if 0 <= row < len(self._walk.cards) else None

    # ------------------------------------------------------------ what a person does

    def _on_sent(self, typed: str) -> None:
        card = self._walk.card(self.line)
        if card is None or not card.device:
            return
        verb, _, rest = typed.partition(" ")
        if verb and verb not in CATALOGUE:
            self.refusal.setText(f"there is no verb {verb!r}: write one such as timer.message text=HELLO")
            return
        pairs = {name: value for name, _, value in (word.partition("=") for word in rest.split())}
        args = args_from_text(CATALOGUE[verb], pairs) if verb else {}
        self._asked = card.line if not verb else None  # what was chosen by hand is looked at by a person
        self.request_made.emit(CheckDevice(device=card.line, verb=verb, args=args, by=self._by))

    def _on_ticked(self, result: str) -> None:
        line = self.line
        if line is None:
            return
        note = self.card.take_note()
        self.request_made.emit(TickLine(line=line, result=cast("Result", result), note=note, by=self._by))
        self.table.setFocus()
        self._step()

    def _step(self) -> None:
        """To the next line that nothing is known of; one that can answer is asked at once."""
        line = self._walk.next_open(self.line)
        if line is None:
            return
        self._go_to(line)
        card = self._walk.card(line)
        if card is not None and card.answers:
            self._on_sent("")

    @property
    def _by(self) -> str:
        return self._desk.by if self._desk is not None else "operator"

    @property
    def _rolls(self) -> bool:
        snapshot = self._desk.snapshot if self._desk is not None else None
        return snapshot is not None and snapshot.playhead.state == "rolling"

    # ------------------------------------------------------------ what is drawn

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, len(COLUMNS), self)
        table.setAccessibleName("Lines of the house")
        table.setHorizontalHeaderLabels(list(COLUMNS))
        EmptyWords(table, "No lines to walk: the house has no devices, add some (F3)")
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setIconSize(QSize(14, 14))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in range(len(COLUMNS)):
            stretches = column in (1, 3)
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Stretch if stretches else QHeaderView.ResizeMode.ResizeToContents
            )
        table.currentCellChanged.connect(lambda *_: self._show_card())
        return table

    def _fill(self) -> None:
        self.table.setRowCount(len(self._walk.cards))
        for row in range(len(self._walk.cards)):
            self.table.setRowHeight(row, 28)
            for column in range(len(COLUMNS)):
                self.table.setItem(row, column, QTableWidgetItem())

    def _go_to(self, line: str | None) -> None:
        row = next((place for place, card in enumerate(self._walk.cards) if card.line == line), -1)
        self.table.setCurrentCell(row, 1)

    def _show(self) -> None:
        self.summary.setText(self._walk.summary() if self._walk.cards else "")
        for place, row in enumerate(self._walk.rows()):
            colour = tone_colour(row.mark.tone, self.theme)
            for column, text in enumerate((row.department, row.name, row.mark.word, row.detail)):
                item = self.table.item(place, column)
                if item is None or item.text() == text:
                    continue
                item.setText(text)
                item.setToolTip(text)
                if column == COLUMNS.index("State"):
                    item.setIcon(shape_icon(row.mark.shape, colour, colour, 14))
                    item.setForeground(QColor(colour))
                elif column != COLUMNS.index("Line"):
                    item.setForeground(QColor(self.theme.dim))
                    item.setFont(fonts.small())
        self._show_card()

    def _show_card(self) -> None:
        self.card.show_card(self._walk, self._walk.card(self.line))

    # ------------------------------------------------------------ Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.table:  # a field: Enter is its own, and puts no cue in standby
            if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
                return super().eventFilter(watched, event)
            if event.key() in ENTER:
                event.accept()
            return event.key() in ENTER
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if event.type() not in kinds or not isinstance(event, QKeyEvent) or self._rolls:
            return super().eventFilter(watched, event)
        ours = event.key() in KEYS or event.key() in ENTER
        if not ours or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.isAutoRepeat():
            pass
        elif event.key() in ENTER:
            self._on_sent("")
        else:
            self._on_ticked(KEYS[event.key()])
        return True
