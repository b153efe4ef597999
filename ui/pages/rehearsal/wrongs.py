"""Everything that would go wrong tonight: the whole evening, played at once beside the show by a program of its own.

Signals:
    done(): the list is there.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QProcess, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui.empty_words import EmptyWords
from ui.state.desk import Desk
from ui.state.wrongs import Findings, Wrong, read_findings
from ui.theme import fonts
from ui.theme.colours import Theme
from ui.theme.shapes import draw_shape
from ui.theme.text import write
from ui.theme.tones import tone_colour

WRONG_ROLE = Qt.ItemDataRole.UserRole + 1
ROW_PX = 62


class Wrongs(QFrame):
    """A key that plays the evening, and the list of what it found."""

    done = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None, program: Sequence[str] = ()) -> None:
        """``program``: what is run in place of ``showcaller``."""
        super().__init__(parent)
        self.setProperty("panel", True)
        self._program = tuple(program) or (sys.executable, "-m", "console.cli")
        self._names: tuple[str, str] | None = None
        self._running: QProcess | None = None
        self.key = QPushButton("Play the evening")
        self.key.setAccessibleDescription("on ghosts, at once, beside this run; nothing is sent to the house")
        self.key.clicked.connect(self._toggle)
        self.words = QLabel("Plays the whole show at once, on ghosts, and lists everything that would go wrong.")
        self.words.setProperty("voice", "dim")
        self.words.setWordWrap(True)
        self.model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_WrongDelegate(theme, self))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("What would go wrong")
        EmptyWords(self.list, "Nothing is listed: Play the evening finds what would go wrong")
        head = QHBoxLayout()
        head.addWidget(self.words, 1)
        head.addWidget(self.key)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 8, 8)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)

    def show_desk(self, desk: Desk) -> None:
        """Which show would be played, in which house."""
        names = (desk.show_name, desk.venue_name)
        self._names = names if all(names) else None
        self.key.setEnabled(self._names is not None)

    def show_findings(self, findings: Findings) -> None:
        """The list."""
        self.words.setText(findings.words)
        self.model.clear()
        for wrong in findings.wrongs:
            row = QStandardItem(f"{wrong.mark.word}: {wrong.where}: {wrong.message}. {wrong.remedy}")
            row.setData(wrong, WRONG_ROLE)
            self.model.appendRow(row)

    def _toggle(self) -> None:
        if self._running is not None:
            self._running.kill()
            return
        if self._names is None:
            return
        show, venue = self._names
        program, *words = self._program
        self._running = QProcess(self)
        self._running.finished.connect(self._on_finished)
        self._running.errorOccurred.connect(self._on_error)
        self._running.start(program, [*words, "rehearse", show, "--venue", venue, "--json"])
        self.key.setText("Stop")
        self.words.setText("The evening is being played; this takes some twenty seconds.")

    def _on_finished(self, _code: int, status: QProcess.ExitStatus) -> None:
        running, self._running = self._running, None
        self.key.setText("Play the evening")
        if running is None:
            return
        if status is QProcess.ExitStatus.NormalExit:
            out, err = running.readAllStandardOutput(), running.readAllStandardError()
            self.show_findings(read_findings(bytes(out.data()).decode(), bytes(err.data()).decode()))
        else:
            self.words.setText("Stopped before the end of the evening.")
        running.deleteLater()
        self.done.emit()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._running = None
            self.key.setText("Play the evening")
            self.words.setText(f"{self._program[0]} cannot be started: is it installed?")
            self.done.emit()


class _WrongDelegate(QStyledItemDelegate):
    """Mark and place on the first line, what it is on the second, what to do on the third."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option, index
        return QSize(200, ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        wrong = index.data(WRONG_ROLE)
        if not isinstance(wrong, Wrong):
            return
        theme, rect = self._theme, QRectF(option.rect)
        colour = tone_colour(wrong.mark.tone, theme)
        painter.save()
        draw_shape(painter, wrong.mark.shape, QRectF(rect.left() + 4, rect.top() + 7, 12, 12), colour)
        left, width = rect.left() + 24, rect.width() - 30
        word_px = write(painter, QRectF(left, rect.top() + 4, 70, 18), wrong.mark.word, fonts.small_medium(), colour)
        place = QRectF(left + word_px + 8, rect.top() + 4, width - word_px - 8, 18)
        write(painter, place, wrong.where, fonts.medium(), theme.text)
        write(painter, QRectF(left, rect.top() + 22, width, 18), wrong.message, fonts.small(), theme.text)
        write(painter, QRectF(left, rect.top() + 39, width, 18), f"→ {wrong.remedy}", fonts.small(), theme.dim)
        painter.setPen(QColor(theme.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()
