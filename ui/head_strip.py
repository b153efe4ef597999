"""The strip along the top: what is open, what the transport does, and the clocks."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.code_plate import CodePlate
from ui.mode_plate import ModePlate
from ui.state.caller import wall_text
from ui.state.code_in import code_face
from ui.state.desk import Desk
from ui.state.rehearsal import transport_caption
from ui.state.words import MINUS, TRANSPORT_MARKS, Mark, Tone, clock_text, over_under_text
from ui.theme import fonts
from ui.theme.colours import Theme
from ui.theme.shapes import draw_shape
from ui.theme.text import fitting, write
from ui.theme.tones import tone_colour

HEIGHT_PX: Final = 62
_MODES: Final = {"edit": "Edit", "rehearsal": "Rehearsal", "show": "Performance"}
_RUNS: Final = {"performance": "performance run", "dress": "dress run", "rehearsal": "rehearsal run"}


class Readout(QWidget):
    """A caption over a value. Repaints only when either reads differently."""

    def __init__(self, name: str, theme: Theme, width_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[str, str, str, Tone] = (name, "–", "", "quiet")
        self.setAccessibleName(name)
        self.setMinimumWidth(width_px)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_value(self, caption: str, value: str, shape: str = "", tone: Tone = "plain") -> None:
        """Another reading."""
        shown = (caption, value, shape, tone)
        if shown != self._shown:
            self._shown = shown
            self.setAccessibleDescription(f"{caption}: {value}")
            self.update()

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(self.minimumWidth(), HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        caption, value, shape, tone = self._shown
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 10, 1, self.height() - 20), QColor(theme.line))
        left = 14.0
        colour = tone_colour(tone, theme)
        if shape:
            draw_shape(painter, shape, QRectF(left, 11, 11, 11), colour if tone in ("caution", "stop") else theme.dim)
            left += 17
        caption_rect = QRectF(left, 8, self.width() - left - 4, 18)
        write(painter, caption_rect, caption, fonts.small(), colour if tone in ("caution", "stop") else theme.dim)
        room = QRectF(14, 25, self.width() - 18, 32)
        sizes = [fonts.clock(size_px) for size_px in (fonts.CLOCK_PX, 21, 17)]
        write(painter, room, value, fitting(value, sizes, room.width()), colour)
        painter.end()


class TitleCard(QWidget):
    """Show, venue, mode; and when the engine is not heard, that."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[str, str, Mark | None] = ("", "", None)
        self.setAccessibleName("Show")
        self.setMinimumWidth(130)
        self.setMaximumWidth(430)  # what is left over is the item's

    def show_title(self, title: str, second: str, alarm: Mark | None) -> None:
        """Another title, or an alarm in place of the second line."""
        shown = (title, second, alarm)
        if shown != self._shown:
            self._shown = shown
            self.setAccessibleDescription(f"{title}, {alarm.word if alarm else second}")
            self.update()

    # ------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        return QSize(340, HEIGHT_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        title, second, alarm = self._shown
        painter = QPainter(self)
        width = self.width() - 24
        write(painter, QRectF(14, 9, width, 24), title, fonts.strong(fonts.STRONG_PX + 1), self._theme.text)
        if alarm is None:
            write(painter, QRectF(14, 33, width, 20), second, fonts.body(), self._theme.dim)
        else:
            shade = tone_colour(alarm.tone, self._theme)
            draw_shape(painter, alarm.shape, QRectF(14, 36, 13, 13), shade)
            write(painter, QRectF(34, 33, width - 20, 20), alarm.word, fonts.medium(), shade)
        painter.end()


class HeadStrip(QWidget):
    """Title and clocks in one row."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT_PX)
        self.title = TitleCard(theme, self)
        self.mode = ModePlate(theme, self)
        self.transport = Readout("Transport", theme, 112, self)
        self.timecode = Readout("Timecode", theme, 176, self)
        self.code = CodePlate(theme, self)
        self.code.setObjectName("code.chase")
        self.bar = Readout("Bar", theme, 140, self)
        self.item_left = Readout("Item left", theme, 136, self)
        self.over_under = Readout("Over or under", theme, 108, self)
        self.show_clock = Readout("Show clock", theme, 104, self)
        self.wall = Readout("Wall clock", theme, 124, self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.title, 8)
        layout.addWidget(self.mode)
        for readout in (self.transport, self.timecode, self.code, self.bar):
            layout.addWidget(readout)
        layout.addWidget(self.item_left, 1)
        for readout in (self.over_under, self.show_clock, self.wall):
            layout.addWidget(readout)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def show_now(self, desk: Desk, local_ns: int) -> None:
        """Everything at a local instant."""
        self._show_title(desk, local_ns)
        self.mode.show_desk(desk)
        snapshot = desk.snapshot
        if snapshot is None or desk.show is None:
            self.code.show_face(None)
            self.timecode.setVisible(True)
            for readout in (self.transport, self.timecode, self.bar, self.item_left, self.over_under, self.show_clock):
                readout.show_value(readout.accessibleName(), "–", tone="quiet")
            self.wall.show_value("Wall clock", "–", tone="quiet")
            return
        head = snapshot.playhead
        mark = TRANSPORT_MARKS[head.state]
        self.transport.show_value(transport_caption(desk), mark.word, mark.shape, mark.tone)
        face = code_face(desk)
        self.code.show_face(face)
        self.timecode.setVisible(face is None)
        self.timecode.show_value(
            f"Timecode · {head.timecode_source}", head.timecode or "–", tone=self._quiet_if(not head.timecode)
        )
        self._show_bar(desk)
        self._show_item_left(desk, local_ns)
        figures, word = over_under_text(snapshot.over_under_ns)
        self.over_under.show_value(word.capitalize(), figures, tone=self._quiet_if(snapshot.over_under_ns is None))
        self.show_clock.show_value("Show clock", clock_text(desk.run_now_ns(local_ns)))
        self.wall.show_value("Wall clock", wall_text(desk, local_ns))

    # ------------------------------------------------------------ inside

    @staticmethod
    def _quiet_if(empty: bool) -> Tone:
        return "quiet" if empty else "plain"

    def _show_title(self, desk: Desk, local_ns: int) -> None:
        if desk.show is None:
            self.title.show_title("Showcaller", "No show is open", None)
            return
        second = " · ".join(filter(None, (_run(desk), desk.venue, _simulated(desk))))
        self.title.show_title(desk.show.title, second, _alarm(desk, local_ns))

    def _show_bar(self, desk: Desk) -> None:
        if desk.snapshot is None or desk.show is None:
            return
        head = desk.snapshot.playhead
        section = desk.show.section_by_id.get(head.section or "")
        counts_in = head.bar is not None and head.bar < 1
        caption = "Count-in" if counts_in else section.name if section is not None else "Bar"
        if head.vamp_pass is not None:
            caption = f"{caption} · " + ("leaving" if head.vamp_exit_asked else f"pass {head.vamp_pass}")
        value = "–" if head.bar is None else f"{head.bar}.{head.beat or 1}".replace("-", MINUS)
        shape = "loop" if head.vamp_pass is not None else ""
        self.bar.show_value(caption, value, shape, self._quiet_if(head.bar is None))

    def _show_item_left(self, desk: Desk, local_ns: int) -> None:
        left_ns = desk.item_left_ns(local_ns)
        item = desk.snapshot.playhead.item if desk.snapshot is not None else None
        title = desk.show.item_by_id[item].title if desk.show is not None and item in desk.show.item_by_id else ""
        if desk.is_over():
            self.item_left.show_value("Rundown", "Over")
        elif left_ns is None:
            self.item_left.show_value("Item left", "–", tone="quiet")
        elif left_ns < 0:
            self.item_left.show_value(f"Past the end · {title}", f"+{clock_text(-left_ns)}")
        else:
            self.item_left.show_value(f"Left · {title}", clock_text(left_ns))


def _run(desk: Desk) -> str:
    """The kind of run, where the mode does not say it already."""
    kind = desk.snapshot.run_kind if desk.snapshot is not None else None
    return "" if kind is None or _RUNS[kind].startswith(_MODES[desk.mode].lower()) else _RUNS[kind]


def _simulated(desk: Desk) -> str:
    """Whether what is seen here leaves the house's own devices alone. The console's own ports are none of them."""
    devices = desk.snapshot.devices if desk.snapshot is not None else ()
    modes = {state.mode for state in devices if state.role}
    return "simulated" if modes and "live" not in modes else "partly simulated" if "ghost" in modes else ""


def _alarm(desk: Desk, local_ns: int) -> Mark | None:
    """What must be read before anything else."""
    silent_ns = desk.silent_ns(local_ns)
    if silent_ns is not None:
        return Mark(f"Engine not heard for {clock_text(silent_ns)}", "triangle", "stop")
    if desk.snapshot is not None and desk.snapshot.panic:
        return Mark("Panic: everything pending is stopped", "octagon", "stop")
    return None
