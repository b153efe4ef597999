"""The bar that never scrolls away: GO, the standby with its call and countdown, the next three, the transport.

Signals:
    go_pressed(), go_released(): the GO button, as a key's going down and up.
    action_asked(str): one of the transport's buttons, by action id.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.actions import ACTION_BY_ID
from ui.go_button import GoButton
from ui.state.calls import Call, next_calls, standby_call
from ui.state.desk import Desk
from ui.state.go import GoFace, go_face
from ui.state.words import countdown_text, when_text
from ui.theme import fonts
from ui.theme.colours import Theme, Tint, department_tints, plain_tint
from ui.theme.shapes import draw_shape, shape_icon
from ui.theme.text import CENTRE, RIGHT, write

HEIGHT_PX: Final = 140

_BUTTONS: Final = (
    ("transport.hold", "pause", 0, 0),
    ("transport.stop", "stop", 0, 1),
    ("standby.back", "back", 0, 2),
    ("transport.all_stop", "all_stop", 1, 0),
    ("show_stop", "house", 1, 1),
    ("panic", "octagon", 1, 2),
)
_SHORT: Final = {"standby.back": "Back"}


class GoBar(QFrame):
    """What an operator's hands and eyes are on while the show runs."""

    go_pressed = Signal()
    go_released = Signal()
    action_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("panel", True)
        self.go = GoButton(theme, self)
        self.go.pressed.connect(self.go_pressed)
        self.go.released.connect(self.go_released)
        self.standby = StandbyCard(theme, self)
        self.next = NextCard(theme, self)
        self.buttons: dict[str, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(12)
        layout.addWidget(self.go)
        layout.addWidget(self.standby, 5)
        layout.addWidget(self.next, 4)
        layout.addLayout(self._make_transport())
        self.setFixedHeight(HEIGHT_PX)

    def _make_transport(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        for action_id, shape, row, column in _BUTTONS:
            title = _SHORT.get(action_id, ACTION_BY_ID[action_id].title)
            button = QPushButton(f" {title}", self)
            button.setAccessibleName(title)
            button.setProperty("live", True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setObjectName(action_id)
            button.setIcon(shape_icon(shape, self._theme.text, self._theme.faint))
            button.setMinimumWidth(116)
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
            button.clicked.connect(self._on_clicked)
            grid.addWidget(button, row, column)
            self.buttons[action_id] = button
        return grid

    # ------------------------------------------------------------ what is shown

    def show_show(self, desk: Desk) -> None:
        """Another show: its departments' colours."""
        departments = [(each.id, each.colour) for each in desk.show.departments] if desk.show is not None else []
        tints = department_tints(departments, self._theme)
        self.standby.tints = self.next.tints = tints

    def show_now(self, desk: Desk, local_ns: int, refused: tuple[str, int] | None) -> None:
        """The standby, the next three, the button and the transport at a local instant."""
        face = go_face(desk, local_ns, refused)
        self.go.show_face(face)
        self.standby.show_call(standby_call(desk, local_ns), _last_words(desk), face)
        self.next.show_calls(next_calls(desk, local_ns))
        self._show_transport(desk, local_ns)

    def _show_transport(self, desk: Desk, local_ns: int) -> None:
        snapshot = desk.snapshot
        held = snapshot is not None and snapshot.playhead.state == "held"
        panic = snapshot is not None and snapshot.panic
        open_stop = desk.show_stop_is_open(local_ns)
        self._dress("transport.hold", "transport.roll" if held else "transport.hold", "on" if held else "")
        self._dress("panic", "panic.release" if panic else "panic", "stop" if panic else "")
        self._dress("show_stop", "show_stop", "stop" if open_stop else "", "Confirm stop" if open_stop else None)
        for place, button in self.buttons.items():
            if place not in ("transport.hold", "panic", "show_stop"):
                self._enable(button, desk, place)
        for place in ("transport.hold", "panic", "show_stop"):
            self._enable(self.buttons[place], desk, self.buttons[place].objectName())

    def _dress(self, place: str, action_id: str, state: str, title: str | None = None) -> None:
        button = self.buttons[place]
        text = title or _SHORT.get(action_id, ACTION_BY_ID[action_id].title)
        if (button.objectName(), button.property("state") or "", button.accessibleName()) == (action_id, state, text):
            return
        button.setObjectName(action_id)
        button.setText(f" {text}")
        button.setAccessibleName(text)
        button.setProperty("state", state)
        shape = "play" if action_id == "transport.roll" else next(shape for at, shape, *_ in _BUTTONS if at == place)
        shade = {"on": self._theme.caution, "stop": self._theme.stop}.get(state, self._theme.text)
        button.setIcon(shape_icon(shape, shade, self._theme.faint))
        button.style().unpolish(button)
        button.style().polish(button)

    def _enable(self, button: QPushButton, desk: Desk, action_id: str) -> None:
        action = ACTION_BY_ID[action_id]
        why_not = action.why_not(desk)
        if button.isEnabled() == bool(why_not):
            button.setEnabled(not why_not)
        keys = f" ({action.keys[0]})" if action.keys else ""
        tip = f"{action.title}{keys}" + (f": {why_not}" if why_not else f"\n{action.hint}" if action.hint else "")
        if button.toolTip() != tip:
            button.setToolTip(tip)

    def _on_clicked(self) -> None:
        button = self.sender()
        if button is not None:
            self.action_asked.emit(button.objectName())


def _last_words(desk: Desk) -> str:
    """What stands in the card where nothing is in standby."""
    if desk.show is None:
        return "No show is open"
    if desk.snapshot is None:
        return "Waiting for the engine"
    return "Nothing in standby: pick a cue and press Return"


class StandbyCard(QWidget):
    """The cue the next press runs: its call, number, label, and how long until then where that is known."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._call: Call | None = None
        self._shown: tuple[object, ...] = ()
        self._empty = ""
        self._face = GoFace("off", "")
        self.tints: dict[str, Tint] = {}
        self.setMinimumWidth(300)
        self.setAccessibleName("In standby")

    def show_call(self, call: Call | None, empty: str, face: GoFace) -> None:
        """Another standby, another countdown, or why a press would not run it."""
        shown = (call and (call.cue, call.words, call.urgency, countdown_text(call.in_ns)), empty, face)
        if shown == self._shown:
            return
        self._shown, self._call, self._empty, self._face = shown, call, empty, face
        words = empty if call is None else f"{call.words or call.name} {call.cue.label}".strip()
        self.setAccessibleDescription(words)
        self.update()

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(420, 116)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QColor(self._theme.line))
        painter.setBrush(QColor(self._theme.standby if self._call is not None else self._theme.panel))
        painter.drawRoundedRect(box, 8, 8)
        if self._call is None:
            write(painter, box.adjusted(16, 0, -16, 0), self._empty, fonts.body(), self._theme.dim, CENTRE)
        else:
            self._paint_call(painter, box, self._call)
        painter.end()

    def _paint_call(self, painter: QPainter, box: QRectF, call: Call) -> None:
        theme = self._theme
        inner = box.adjusted(16, 9, -16, -9)
        count = countdown_text(call.in_ns)
        due = call.urgency == "due"
        top = QRectF(inner.left(), inner.top(), inner.width(), 20)
        draw_shape(painter, "diamond" if not due else "play", QRectF(top.left(), top.top() + 4, 12, 12), theme.bright)
        title = call.words or "In standby"
        write(painter, top.adjusted(20, 0, 0, 0), title, fonts.strong(fonts.STRONG_PX), theme.bright)
        write(
            painter,
            top,
            f"called · {when_text(call.cue)}" if call.cue.at.on != "called" else "called",
            fonts.small(),
            theme.dim,
            RIGHT,
        )
        middle = QRectF(inner.left(), inner.top() + 26, inner.width(), 42)
        if count:
            used = write(painter, middle, count, fonts.clock(34), theme.bright, RIGHT)
            middle.adjust(0, 0, -used - 18, 0)
        used = _paint_chip(painter, middle, call, self.tints, theme)
        middle.adjust(used, 0, 0, 0)
        number = write(painter, middle, call.cue.number, fonts.clock(28), theme.bright)
        middle.adjust(number + 14, 0, 0, 0)
        write(painter, middle, call.cue.label, fonts.strong(fonts.TITLE_PX), theme.text)
        bottom = QRectF(inner.left(), inner.bottom() - 22, inner.width(), 20)
        if self._face.reason:
            shade = theme.stop if self._face.look == "locked" else theme.caution
            sign = {"locked": "lock", "refused": "barred"}.get(self._face.look, "triangle")
            draw_shape(painter, sign, QRectF(bottom.left(), bottom.top() + 3, 14, 14), shade)
            write(painter, bottom.adjusted(22, 0, 0, 0), self._face.reason, fonts.medium(), shade)
            return
        said = call.cue.call or call.cue.notes
        write(painter, bottom, f"“{said}”" if call.cue.call else said, fonts.body(), theme.dim)


class NextCard(QWidget):
    """The next three, soonest first: pressed or by itself, and when."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._calls: tuple[Call, ...] = ()
        self._shown: tuple[object, ...] = (None,)
        self.tints: dict[str, Tint] = {}
        self.setMinimumWidth(240)
        self.setAccessibleName("Next three")

    def show_calls(self, calls: tuple[Call, ...]) -> None:
        """Other cues, or other countdowns."""
        shown = tuple((call.cue, call.words, call.urgency, call.called, countdown_text(call.in_ns)) for call in calls)
        if shown == self._shown:
            return
        self._shown, self._calls = shown, calls
        self.setAccessibleDescription(
            "; ".join(f"{call.words or call.name} {call.cue.label}".strip() for call in calls)
        )
        self.update()

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(340, 116)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        row_px = self.height() / 3
        for place in range(3):
            row = QRectF(0, place * row_px, self.width(), row_px).adjusted(0, 2, 0, -2)
            painter.fillRect(row, QColor(theme.raised))
            if place >= len(self._calls):
                if place == 0:
                    write(painter, row, "Nothing else is coming", fonts.small(), theme.dim, CENTRE)
                continue
            self._paint_row(painter, row, self._calls[place])
        painter.end()

    def _paint_row(self, painter: QPainter, row: QRectF, call: Call) -> None:
        theme = self._theme
        soon = call.urgency != "ahead"
        if soon:
            painter.fillRect(QRectF(row.left(), row.top(), 3, row.height()), QColor(theme.bright))
        shade = theme.bright if soon else theme.dim
        shape = QRectF(row.left() + 11, row.center().y() - 6, 12, 12)
        draw_shape(painter, "diamond" if call.called else "clock", shape, shade)
        inner = row.adjusted(32, 0, -12, 0)
        count = countdown_text(call.in_ns) or ("called" if call.called else "")
        used = write(painter, inner, count, fonts.medium() if soon else fonts.body(), shade, RIGHT)
        inner.adjust(0, 0, -used - 10, 0)
        if call.words:
            used = write(painter, inner, call.words, fonts.strong(fonts.BODY_PX), theme.bright)
        else:
            tint = self.tints.get(call.department, plain_tint(theme))
            used = write(painter, inner, call.name, fonts.medium(), tint.text)
        inner.adjust(used + 10, 0, 0, 0)
        write(painter, inner, call.cue.label, fonts.body(), theme.text)


def _paint_chip(painter: QPainter, rect: QRectF, call: Call, tints: dict[str, Tint], theme: Theme) -> float:
    """The department's chip; returns the room it took."""
    if not call.department:
        return 0.0
    tint = tints.get(call.department, plain_tint(theme))
    chip = QRectF(rect.left(), rect.center().y() - 12, 52, 25)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tint.fill))
    painter.drawRoundedRect(chip, 5, 5)
    write(painter, chip, call.department, fonts.strong(fonts.BODY_PX), tint.text, CENTRE)
    return 64.0
