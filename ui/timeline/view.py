"""The timeline's widget: keeps the axis, paints the scene from a cached layer, passes on the mouse.

The layer is painted again only when the view, a length or a mark changes; the playhead moves by repainting the
strip it leaves and the strip it enters.

Signals:
    cue_picked(str | None, tuple[str, ...]): a cue was clicked, or the empty lane, or a band was drawn: the cue in hand,
        and all that are picked.
    cue_dragged(str, int): a cue was let go at a position in ns on its item's timeline; what is picked goes with it.
    cursor_set(str, int): item and position in ns under the cursor now.
    locate_asked(): the ruler was double-clicked.
    follow_changed(bool): following was switched on, or the view was moved away by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from console.show.show import Show
from console.vocabulary import StretchState
from profiles.timecode import frame_rate
from ui.needs import needs_editing
from ui.state.desk import Desk
from ui.state.rehearsal import stretch_of
from ui.state.vamps import live_section_name
from ui.state.words import when_text
from ui.theme.colours import Theme, department_tints
from ui.timeline.clips import build_clip_book
from ui.timeline.geometry import Axis, Strip, build_strip, fit_axis, turn_page
from ui.timeline.gutter import GUTTER_PX
from ui.timeline.hand import Hand, Pick, Sight, touch
from ui.timeline.layer import LayerState, paint_layer
from ui.timeline.layout import HEAD_PX, Lane, Scene, Score, build_scene, lay_lanes
from ui.timeline.overlay import make_overlay, paint_overlay
from ui.timeline.paint import Palette
from ui.timeline.shadows import TakeShadows
from ui.timeline.tools import Banding, BrokenOff, CursorSet, Moved, Moving, Outcome, Picked, Pushed, Touch
from ui.timers import once_timer

PAUSE_MS: Final = 20
"""After a picture of its own a scrolled or dragged view leaves the keys so long: one of 10,000 cues takes 4 ms, and
without a pause every second GO waited for one."""

_ADDING: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_STRIP_PX: Final = 8
_KEY_STEP_PX: Final = 90
_ZOOM_STEP: Final = 1.25
_EMPTY: Final = "No cue of this show has a place in time yet: give some a bar or a time in the list."


class TimelineView(QAbstractScrollArea):
    """One show on one axis."""

    cue_picked = Signal(object, object)
    cue_dragged = Signal(str, object)
    cursor_set = Signal(str, object)
    locate_asked = Signal()
    follow_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._palette = Palette(theme, {})
        self._score: Score | None = None
        self._show: Show | None = None
        self._strip = Strip(())
        self._axis = Axis(0, 100_000_000)
        self._lanes: tuple[Lane, ...] = ()
        self._scene: Scene | None = None
        self._layer: QPixmap | None = None
        self._pause = once_timer(self, PAUSE_MS, self._show_later)  # after a picture, before the next is begun
        self._marks: Mapping[str, str] = {}
        self._lives: Mapping[str, str] = {}
        self._shadows = TakeShadows()
        self._section: str | None = None
        self._head: tuple[str, int] | None = None
        self._head_px: float | None = None
        self._is_held = False
        self._standby: str | None = None
        self._stretch: StretchState | None = None  # what repeats, in a rehearsal
        self._selected: str | None = None
        self._picked: frozenset[str] = frozenset()
        self._cursor: tuple[str, int] | None = None
        self._follows = True
        self._fitted = False  # the whole show has been in sight once
        self._fitted_item: str | None = None  # the item the view was last fitted to by itself
        self._hand_zoomed = False  # somebody chose a zoom: it is kept from item to item
        self._hand = Hand()
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Timeline")
        self.setAccessibleDescription("Clips by role; arrow keys scroll, plus and minus zoom")
        self.viewport().setMouseTracking(True)
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled_across)
        self.verticalScrollBar().valueChanged.connect(self._redraw)

    # ------------------------------------------------------------ what is shown

    def show_show(self, desk: Desk) -> None:
        """Another show, or an edited one: clips and lanes anew, the view kept where the show is the same."""
        if self._show is None or desk.show is None or self._show.id != desk.show.id:
            self._fitted = self._hand_zoomed = False
            self._fitted_item = None
        self._show = desk.show
        if desk.show is None or desk.schedule is None:
            self._score, self._strip, self._lanes = None, Strip(()), ()
        else:
            book = build_clip_book(desk.show, desk.schedule)
            self._score = Score(book, desk.schedule, frame_rate(desk.show.rate))
            departments = [(each.id, each.colour) for each in desk.show.departments]
            self._palette = Palette(self._theme, department_tints(departments, self._theme))
            self._strip = build_strip(desk.schedule, {})
        self._lay_out()
        self._redraw()

    def show_snapshot(self, desk: Desk) -> None:
        """Marks, lives and lengths as they are now; repaints only where something changed."""
        self._hand.pointer.edits = not needs_editing(desk)
        if desk.snapshot is None or desk.schedule is None:
            return
        strip = build_strip(desk.schedule, {each.item: (each.start_ns, each.end_ns) for each in desk.snapshot.items})
        lives = {each.item: each.life for each in desk.snapshot.items}
        section = live_section_name(desk)
        moved = self._shadows.follow(desk) or strip != self._strip
        if moved or desk.marks != self._marks or lives != self._lives or section != self._section:
            self._strip = strip
            self._marks, self._lives, self._section = desk.marks, lives, section
            self._redraw()
        standby, held = desk.snapshot.standbys.get("show"), desk.snapshot.playhead.state == "held"
        shown = (standby, held, stretch_of(desk))
        if shown != (self._standby, self._is_held, self._stretch):
            self._standby, self._is_held, self._stretch = shown
            self.viewport().update()

    def move_playhead(self, item: str | None, position_ns: int | None, *, rolling: bool) -> None:
        """The playhead stands here now; the page turns when it runs out of sight."""
        self._head = None if item is None or position_ns is None else (item, position_ns)
        ns = None if self._head is None else self._strip.place_to_ns(*self._head)
        if ns is not None and item != self._fitted_item and self._follows and not self._hand_zoomed:
            self._fit_item(item)
        if ns is not None and self._follows and rolling and (turned := turn_page(self._axis, ns, self._width())):
            self._see(turned)
        now_px = None if ns is None else self._axis.ns_to_x(ns)
        if now_px == self._head_px:
            return
        for x_px in (self._head_px, now_px):
            if self._layer is not None and x_px is not None and -_STRIP_PX <= x_px <= self._width() + _STRIP_PX:
                left = GUTTER_PX + int(x_px) - _STRIP_PX
                self.viewport().update(QRect(left, 0, 2 * _STRIP_PX + 1, self.viewport().height()))
        self._head_px = now_px

    def select(self, cue: str | None, cues: Sequence[str] = ()) -> None:
        """Outline a cue, and those that are picked with it."""
        picked = frozenset((cue, *cues)) if cue is not None else frozenset(cues)
        if (cue, picked) != (self._selected, self._picked):
            self._selected, self._picked = cue, picked
            self.viewport().update()

    def reveal(self, cue: str) -> None:
        """Bring a cue into sight, if it has a place."""
        ns = self._sight.cue_ns(cue)
        if ns is not None and not 40 <= self._axis.ns_to_x(ns) <= self._width() - 120:
            self._see(Axis(ns - self._width() // 3 * self._axis.ns_per_px, self._axis.ns_per_px))

    def set_follow(self, follows: bool) -> None:
        """Follow the playhead, or stay."""
        if follows != self._follows:
            self._follows = follows
            self.follow_changed.emit(follows)

    def zoom(self, factor: float) -> None:
        """Less (or more) time a pixel, about the playhead where it is in sight, else the middle."""
        self._hand_zoomed = True
        at_px = (
            self._head_px if self._head_px is not None and 0 <= self._head_px <= self._width() else self._width() / 2
        )
        self._see(self._axis.zoomed(factor, at_px))

    def zoom_in(self) -> None:
        """One step nearer."""
        self.zoom(1 / _ZOOM_STEP)

    def zoom_out(self) -> None:
        """One step further away."""
        self.zoom(_ZOOM_STEP)

    def zoom_to_item(self, item: str | None = None) -> None:
        """The item under the playhead whole, or another one."""
        span = self._strip.by_item.get(item or (self._head[0] if self._head else ""))
        self._hand_zoomed = False
        if span is None:
            self.zoom_to_show()
        else:
            self._see(fit_axis(span.start_ns, span.end_ns, self._width()))

    def zoom_to_show(self) -> None:
        """The whole show."""
        self._hand_zoomed = True
        self._see(fit_axis(0, self._strip.end_ns, self._width()))

    def zoom_to_picked(self) -> None:
        """What is picked, from the first to the last."""
        self._zoom_to(self._sight.picked_span())

    def zoom_to_section(self) -> None:
        """The section of the cursor, else of the playhead."""
        self._zoom_to(self._sight.section_span())

    @property
    def axis(self) -> Axis:
        """What is seen now."""
        return self._axis

    # ------------------------------------------------------------ inside

    def _zoom_to(self, span: tuple[int, int] | None) -> None:
        if span is not None:
            self._hand_zoomed = True
            self.set_follow(False)
            self._see(fit_axis(*span, self._width()))

    @property
    def _sight(self) -> Sight:
        seen = (self._strip, self._axis, self._lanes, self._scene)
        return Sight(self._show, self._score, *seen, self._head, self._cursor, self._picked)

    def _width(self) -> int:
        return max(self.viewport().width() - GUTTER_PX, 1)

    def _lanes_height(self) -> int:
        return max(self.viewport().height() - HEAD_PX, 1)

    def _see(self, axis: Axis) -> None:
        if axis != self._axis:
            self._axis = axis
            self._lay_out()
            self._redraw()

    def _fit_show(self) -> None:
        """Once, when the show and the size are first known: all of it."""
        if self._score is not None and self.isVisible():
            self._fitted = True
            self._axis = fit_axis(0, self._strip.end_ns, self._width())
            self._lay_out()

    def _fit_item(self, item: str | None) -> None:
        span = self._strip.by_item.get(item or "")
        if span is not None and self.isVisible():
            self._fitted, self._fitted_item = True, item
            self._see(fit_axis(span.start_ns, span.end_ns, self._width()))

    def _lay_out(self) -> None:
        tracks = self._score.book.tracks if self._score is not None else ()
        self._lanes = lay_lanes(tracks, self._lanes_height())
        lanes_px = self._lanes[-1].top_px + self._lanes[-1].height_px if self._lanes else 0
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setPageStep(self._lanes_height())
        down.setRange(0, max(lanes_px - self._lanes_height(), 0))
        width, axis = self._width(), self._axis
        across.blockSignals(True)
        across.setPageStep(width)
        across.setSingleStep(40)
        across.setRange(-width // 4, max(self._strip.end_ns // axis.ns_per_px - 3 * width // 4, -width // 4 + 1))
        across.setValue(axis.left_ns // axis.ns_per_px)
        across.blockSignals(False)

    def _redraw(self) -> None:
        self._layer = None
        if not self._pause.isActive():
            self.viewport().update()

    def _show_later(self) -> None:
        """Show what was asked for while the keys had their turn."""
        if self._layer is None:
            self.viewport().update()

    def _touch(self, event: QMouseEvent | QHelpEvent) -> Touch:
        point = event.position() if isinstance(event, QMouseEvent) else QPointF(event.pos())
        x_px, y_px = point.x() - GUTTER_PX, point.y() - HEAD_PX + self.verticalScrollBar().value()
        adds = isinstance(event, QMouseEvent) and bool(event.modifiers() & _ADDING)
        return touch(self._sight, x_px, y_px, in_head=point.y() < HEAD_PX, adds=adds)

    def _act(self, outcome: Outcome) -> None:
        match outcome:
            case Picked():
                self._pick(self._hand.pick(outcome, self._sight))
            case Moving() | Moved():
                self._move(outcome)
            case Banding() | BrokenOff():
                self._pick(self._hand.draw_band(outcome, self._sight))
            case CursorSet(ns) if (place := self._strip.ns_to_place(ns)) is not None:
                self._cursor = place
                self.viewport().update()
                self.cursor_set.emit(*place)
            case Pushed(by_px):
                self.set_follow(False)
                self._see(self._axis.scrolled(by_px))

    def _pick(self, pick: Pick | None) -> None:
        self.viewport().update()
        if pick is not None:
            self.cue_picked.emit(pick.cue, pick.cues)

    def _move(self, outcome: Moving | Moved) -> None:
        if outcome.cue not in self._picked:
            self._pick(Pick(outcome.cue, (outcome.cue,)))
        dropped = self._hand.move(outcome, self._sight)
        self.viewport().update()
        if dropped is not None:
            self.cue_dragged.emit(dropped.cue, dropped.to_ns)

    def _on_scrolled_across(self, value: int) -> None:
        self.set_follow(False)
        self._axis = Axis(value * self._axis.ns_per_px, self._axis.ns_per_px)
        self._redraw()

    # ------------------------------------------------------------ painting

    def _paint_layer(self) -> QPixmap:
        if self._score is not None:
            self._scene = build_scene(self._score, self._strip, self._axis, self._lanes, 0, self._width())
        state = LayerState(
            scene=self._scene if self._score is not None else None,
            strip=self._strip,
            axis=self._axis,
            lanes=self._lanes,
            palette=self._palette,
            shadows=self._shadows,
            marks=self._marks,
            lives=self._lives,
            section=self._section,
            scrolled_px=self.verticalScrollBar().value(),
        )
        return paint_layer(state, self.viewport().size(), self.viewport().devicePixelRatioF())

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(900, 380)

    def minimumSizeHint(self) -> QSize:
        return QSize(400, HEAD_PX + 36)  # while a hazard asks for its arms in a low window it gives way

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._fitted:
            self._fit_show()
        if self._layer is None:
            self._layer = self._paint_layer()
            self._pause.start()
            if event.rect() != self.viewport().rect():
                self.viewport().update()  # only a part was asked for; the rest is of the picture before
        painter = QPainter(self.viewport())
        ratio, rect = self._layer.devicePixelRatio(), event.rect()
        source = QRectF(rect.x() * ratio, rect.y() * ratio, rect.width() * ratio, rect.height() * ratio)
        painter.drawPixmap(QRectF(rect), self._layer, source)
        if self._score is not None and not self._lanes:
            painter.setPen(QColor(self._theme.dim))
            area = self.viewport().rect().adjusted(GUTTER_PX, HEAD_PX, 0, 0)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, _EMPTY)
        overlay = make_overlay(self._sight, self._hand, self._standby, self._stretch, is_held=self._is_held)
        height, scrolled_px = self.viewport().height(), self.verticalScrollBar().value()
        painter.setClipRect(QRect(GUTTER_PX, 0, self._width(), height), Qt.ClipOperation.IntersectClip)
        painter.translate(GUTTER_PX, 0)
        paint_overlay(painter, overlay, self._theme, height, scrolled_px)
        painter.end()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Nothing: Qt would repaint at once, and the bars tell ``_redraw``."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._follows and not self._hand_zoomed:
            self._fitted_item = None  # to be shown whole again
        self._lay_out()
        self._redraw()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn, push = event.angleDelta(), event.pixelDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._hand_zoomed = True
            self._see(self._axis.zoomed(_ZOOM_STEP ** (-turn.y() / 120), event.position().x() - GUTTER_PX))
        elif turn.x() or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.set_follow(False)
            self._see(self._axis.scrolled(-(push.x() or turn.x() or turn.y())))
        elif self.verticalScrollBar().maximum() > 0:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - (push.y() or turn.y() // 2))
        else:
            self.set_follow(False)
            self._see(self._axis.scrolled(-(push.y() or turn.y())))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self.set_follow(False)
                self._see(self._axis.scrolled(_KEY_STEP_PX if event.key() == Qt.Key.Key_Right else -_KEY_STEP_PX))
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_in()
            case Qt.Key.Key_Minus:
                self.zoom_out()
            case Qt.Key.Key_Home:
                self.set_follow(False)
                self._see(Axis(0, self._axis.ns_per_px))
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.RightButton:
            self._act(self._hand.pointer.break_off())
        if event.button() == Qt.MouseButton.LeftButton and event.position().x() >= GUTTER_PX:
            self._act(self._hand.pointer.press(self._touch(event)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._act(self._hand.pointer.move(self._touch(event)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._act(self._hand.pointer.release(self._touch(event)))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.position().y() < HEAD_PX and event.position().x() >= GUTTER_PX:
            self.locate_asked.emit()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self._show is not None:
            touch = self._touch(event)
            cue = self._show.cue_by_id.get(touch.cue or "")
            if cue is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), f"{cue.number}  {cue.label}\n{cue.role}, {when_text(cue)}", self)
            return True
        return super().viewportEvent(event)
