"""Paints the rows of the cue list."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.models.cue_list_model import FOLDED_ROLE, MARK_ROLE, ROW_ROLE, Column
from ui.state.rows import CueRow, ItemHead
from ui.state.words import CUE_MARKS, ITEM_KINDS, PLAYED, Mark
from ui.theme import fonts
from ui.theme.colours import Theme, Tint, plain_tint
from ui.theme.shapes import draw_shape
from ui.theme.text import CENTRE, LEFT, RIGHT, write
from ui.theme.tones import tone_colour

ROW_PX = 32
_PAD_PX = 8
_NEAR = frozenset({"Next", "Standby", "Waiting", "Running"})
_QUIET = frozenset(CUE_MARKS[name].word for name in ("done", *PLAYED, "skipped", "disabled"))


class CueDelegate(QStyledItemDelegate):
    """One cell at a time; a row's ground is decided by its mark and by what is picked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tints: Mapping[str, Tint] = {}

    def set_tints(self, tints: Mapping[str, Tint]) -> None:
        """The departments' colours."""
        self._tints = tints

    # ------------------------------------------------------------ Qt

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, mark = index.data(ROW_ROLE), index.data(MARK_ROLE)
        rect: QRect = option.rect
        painter.save()
        if isinstance(row, ItemHead):
            self._paint_head(painter, rect, row, Column(index.column()), folded=bool(index.data(FOLDED_ROLE)))
        elif isinstance(row, CueRow):
            picked = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_cue(painter, rect, row, mark, Column(index.column()), picked=picked)
        painter.restore()

    # ------------------------------------------------------------ inside

    def _paint_head(self, painter: QPainter, rect: QRect, row: ItemHead, column: Column, *, folded: bool) -> None:
        theme = self._theme
        painter.fillRect(rect, QColor(theme.ground))
        inner = rect.adjusted(_PAD_PX, 0, -_PAD_PX, 0)
        if column == Column.STATE:
            mark = QRectF(inner.left() + 2, inner.center().y() - 5, 10, 10)
            draw_shape(painter, "play" if folded else "down", mark, theme.dim)
            if folded:
                write(painter, inner.adjusted(22, 0, 0, 0), "Folded", fonts.small(), theme.dim)
        elif column == Column.LABEL:
            write(painter, inner, row.item.title, fonts.strong(fonts.BODY_PX), theme.text)
        elif column == Column.WHEN:
            write(painter, inner, ITEM_KINDS[row.item.kind], fonts.small(), theme.dim)

    def _paint_cue(
        self, painter: QPainter, rect: QRect, row: CueRow, mark: Mark, column: Column, *, picked: bool
    ) -> None:
        theme = self._theme
        on_standby = mark.word == "Standby"
        painter.fillRect(rect, QColor(theme.standby if on_standby else theme.select if picked else theme.panel))
        if picked and on_standby:
            painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), QColor(theme.faint))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(theme.ground))
        quiet = mark.word in _QUIET
        colour = theme.dim if quiet else theme.text
        inner = QRectF(rect.adjusted(_PAD_PX, 0, -_PAD_PX, 0))
        match column:
            case Column.STATE:
                if on_standby:
                    painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height() - 1), QColor(theme.bright))
                if mark.word:
                    shade = tone_colour(mark.tone, theme)
                    shape = QRectF(inner.left() + 2, inner.center().y() - 6, 12, 12)
                    draw_shape(painter, mark.shape, shape, shade)
                    write(painter, inner.adjusted(22, 0, 0, 0), mark.word, fonts.small(), shade)
            case Column.NUMBER:
                if row.cue.colour:
                    painter.fillRect(QRect(rect.left(), rect.top() + 5, 3, rect.height() - 11), QColor(row.cue.colour))
                if row.is_follower:
                    draw_shape(painter, "follow", QRectF(inner.left(), inner.center().y() - 6, 11, 11), theme.dim)
                    inner.adjust(16, 0, 0, 0)
                write(painter, inner, row.cue.number, fonts.medium(), colour)
            case Column.DEPARTMENT:
                self._paint_department(painter, inner, row.department)
            case Column.LABEL:
                if row.cue.hazard != "none":
                    shade = theme.caution if mark.word in _NEAR else theme.dim
                    draw_shape(painter, "triangle", QRectF(inner.left(), inner.center().y() - 6, 12, 12), shade)
                    inner.adjust(18, 0, 0, 0)
                write(painter, inner, row.cue.label, fonts.medium() if on_standby else fonts.body(), colour)
            case Column.CALL:
                write(painter, inner, row.cue.call, fonts.body(), theme.text if on_standby else theme.dim)
            case Column.WHEN:
                write(painter, inner, row.when, fonts.body(), theme.dim)
            case Column.NOTES:
                write(painter, inner, row.cue.notes.partition("\n")[0], fonts.small(), theme.dim)
            case Column.TIME:
                write(painter, inner, row.time, fonts.body(), theme.dim, RIGHT)
            case Column.THEN:
                if row.then_shape:
                    draw_shape(painter, row.then_shape, QRectF(inner.left(), inner.center().y() - 6, 12, 12), theme.dim)
                    write(painter, inner.adjusted(18, 0, 0, 0), row.then, fonts.small(), theme.dim, LEFT)

    def _paint_department(self, painter: QPainter, rect: QRectF, department: str) -> None:
        if not department:
            return
        tint = self._tints.get(department, plain_tint(self._theme))
        chip = QRectF(rect.left() - 2, rect.center().y() - 9, min(rect.width() + 4, 46), 19)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tint.fill))
        painter.drawRoundedRect(chip, 4, 4)
        write(painter, chip, department, fonts.strong(fonts.SMALL_PX), tint.text, CENTRE)
