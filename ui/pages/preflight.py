"""F5: preflight. The verdict, its lines under their groups with what to do beside each, and what asks for more."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from console.vocabulary import CheckWord, Notice, PreflightMoved, PreflightReport
from ui.diff.tiles import Tile, Tiles
from ui.pages.page import Page
from ui.preflight.report_list import ReportList
from ui.save_buttons import Form, SaveButtons, Text
from ui.state.desk import Desk
from ui.state.preflight import TITLES, ReportFace, counts, report_face, report_rows, report_text
from ui.theme import fonts
from ui.theme.colours import Theme
from ui.theme.shapes import draw_shape
from ui.theme.text import write
from ui.theme.tones import tone_colour
from ui.tick_box import TickBox

EMPTY: Final = "Run preflight: files, roles, ports, devices, timecode, clock, disk and lines are looked at"
ALL_WELL: Final = "Nothing of this kind"


class PreflightPage(Page):
    """Asks for a look where there is none yet; what is wrong comes first."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._desk: Desk | None = None
        self._only: CheckWord | None = None
        self._shown: object = None
        self.verdict = _Verdict(theme, self)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(6)
        self.progress.setAccessibleName("How far preflight is")
        self.progress.setStyleSheet(
            f"QProgressBar {{ background: {theme.raised}; border: none; border-radius: 3px; }}"
            f"QProgressBar::chunk {{ background: {theme.dim}; border-radius: 3px; }}"
        )
        self.all_button = self._button("Run preflight", "preflight.all")
        self.cancel_button = self._button("Cancel", "preflight.cancel")
        self.line_button = self._button("This line again (R)", "preflight.line")
        self.begin_button = self._button("Begin performance…", "run.performance")
        self.wrong = TickBox("Only what is wrong", theme, self)
        self.wrong.toggled.connect(self._show_rows)
        self.save = SaveButtons(("Text",), self)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.verdict, 1)
        for widget in (self.all_button, self.cancel_button):
            head.addWidget(widget)
        self.tiles = Tiles(theme, self)
        self.tiles.weight_chosen.connect(self._on_word_chosen)
        self.list = ReportList(theme, self)
        self.list.line_picked.connect(self._on_line_picked)
        self.list.again_asked.connect(partial(self.action_asked.emit, "preflight.line"))
        self._empty = QLabel(EMPTY, self)
        self._empty.setProperty("voice", "dim")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.wrong)
        foot.addWidget(self.line_button)
        foot.addWidget(self.save, 1)
        foot.addWidget(self.begin_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.progress)
        layout.addWidget(self.tiles)
        layout.addLayout(self._stack, 1)
        layout.addLayout(foot)
        self.hand_focus_to(self.list)

    def _button(self, text: str, action: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAccessibleName(text)
        button.clicked.connect(partial(self.action_asked.emit, action))
        return button

    # ------------------------------------------------------------ what arrives

    def show_show(self, desk: Desk) -> None:
        self._desk = desk
        self._show()

    def show_snapshot(self, desk: Desk, local_ns: int) -> None:
        self._desk = desk
        self._show()

    def take_notice(self, notice: Notice) -> None:
        if isinstance(notice, PreflightMoved | PreflightReport):
            self._show()

    # ------------------------------------------------------------ inside

    def _show(self) -> None:
        desk = self._desk
        if desk is None:
            return
        face = report_face(desk, desk.looking)
        shown = (face, desk.report, desk.picked_check)
        if shown == self._shown:
            return
        self._shown = shown
        self.verdict.show_face(face)
        looks = desk.looking is not None
        self.progress.setRange(0, max(face.total, 1))
        self.progress.setValue(face.done)
        kept = self.progress.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(kept)
        self.progress.setVisible(looks)
        self.all_button.setEnabled(not looks)
        self.all_button.setText("Run preflight" if desk.report is None else "Run it again")
        self.cancel_button.setEnabled(looks)
        self.line_button.setEnabled(desk.picked_check is not None and not looks)
        found = counts(desk.report)
        self.tiles.show_tiles([Tile(word, *TITLES[word], count) for word, count in found.items()])
        self.save.offer(f"Preflight {desk.show.title if desk.show else ''}", self._texts(desk))
        self._show_rows()

    def _texts(self, desk: Desk) -> dict[Form, Text]:
        return {} if desk.report is None else {"Text": partial(report_text, desk)}

    def _show_rows(self) -> None:
        desk = self._desk
        if desk is None:
            return
        rows = report_rows(desk.report, self._only, wrong=self.wrong.isChecked())
        self.list.show_rows(rows, desk.picked_check)
        self._empty.setText(EMPTY if desk.report is None else ALL_WELL)
        self._stack.setCurrentIndex(0 if rows else 1)

    def _on_word_chosen(self, word: CheckWord | None) -> None:
        self._only = word
        self._show_rows()

    def _on_line_picked(self, key: str | None) -> None:
        if self._desk is not None:
            self._desk.picked_check = key
            self.line_button.setEnabled(self._desk.looking is None)


class _Verdict(QWidget):
    """The verdict as shape and word, and beside it when it was made, or how far a look is."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._face = ReportFace("", None, "")
        self.setFixedHeight(40)
        self.setAccessibleName("Preflight")

    def show_face(self, face: ReportFace) -> None:
        self._face = face
        self.setAccessibleDescription(f"{face.verdict} {face.words}".strip())
        self.update()

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(400, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, face, painter = self._theme, self._face, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 6.0
        if face.mark is not None:
            shade = tone_colour(face.mark.tone, theme) if face.verdict != "PASS" else theme.text
            draw_shape(painter, face.mark.shape, QRectF(x, 9, 22, 22), QColor(shade))
            box = QRectF(x + 34, 0, 200, self.height())
            x = box.left() + write(painter, box, face.verdict, fonts.strong_display(26), shade) + 18
        words = QRectF(x, 0, self.width() - x, self.height())
        write(painter, words, face.words, fonts.medium(), theme.text if face.mark is None else theme.dim)
        painter.end()
