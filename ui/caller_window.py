"""The caller's screen: clocks to be read from across a room, the calls, and the bar with the button below.

A window of its own, full on another screen where there is one. Keys do here what they do in the window it belongs to:
actions are shared with it, Space and Esc are read for the whole application.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence, QMoveEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from console.show.show import Show
from ui.banner import Banner
from ui.call_board import CallBoard
from ui.go_bar import GoBar
from ui.mode_plate import ModePlate
from ui.state.banner import banner_face
from ui.state.caller import big_clocks, board_calls, count_text, last_said
from ui.state.desk import Desk
from ui.theme.colours import Theme, department_tints


class CallerWindow(QWidget):
    """``run`` is told an action by its id, from a button or from a key that is greyed.

    Signals:
        screen_changed(str): it stands on another screen.
        closed(): it was put away.
    """

    screen_changed = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, actions: Iterable[QAction], run: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._theme, self._run = theme, run
        self._show: Show | None = None
        self.setWindowTitle("Showcaller: caller's screen")
        self.setObjectName("caller")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(f"CallerWindow {{ background: {theme.ground}; }}")
        self.addActions(list(actions))
        self.board = CallBoard(theme, self)
        self.mode = ModePlate(theme, self)
        self.mode.setFixedHeight(62)
        self.banner = Banner(theme, self)
        self.banner.action_asked.connect(run)
        self.go_bar = GoBar(theme, self)
        self.go_bar.action_asked.connect(run)
        bar = QHBoxLayout()
        bar.addWidget(self.go_bar, 1)
        bar.addWidget(self.mode)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(8)
        layout.addWidget(self.banner)
        layout.addWidget(self.board, 1)
        layout.addLayout(bar)
        self.resize(1280, 720)

    def show_on(self, name: str) -> None:
        """Full on the screen of that name; else on one where its window is not; in a window where there is but one."""
        parent = self.parentWidget()
        home = parent.screen() if parent is not None else None
        screens = QApplication.screens()
        chosen = next((each for each in screens if each.name() == name and each is not home), None)
        chosen = chosen or next((each for each in screens if each is not home), None)
        if chosen is None:
            self.show()
        else:
            self.setGeometry(chosen.geometry())
            self.showFullScreen()
        self.screen_changed.emit(self.screen().name())

    def show_now(self, desk: Desk, local_ns: int, refused: tuple[str, int] | None) -> None:
        """Everything at a local instant."""
        if desk.show is not self._show:
            self._show = desk.show
            departments = [(each.id, each.colour) for each in desk.show.departments] if desk.show is not None else []
            self.board.tints = department_tints(departments, self._theme)
            self.go_bar.show_show(desk)
        calls = tuple((call, count_text(desk, call, local_ns)) for call in board_calls(desk, local_ns))
        self.board.show_calls(big_clocks(desk, local_ns), calls, last_said(desk, local_ns))
        self.mode.show_desk(desk)
        self.banner.show_face(banner_face(desk), desk.keymap)
        self.go_bar.show_now(desk, local_ns, refused)

    # ------------------------------------------------------------ Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of greyed actions are refused in words here too."""
        pressed = QKeySequence(event.keyCombination())
        for action in self.actions():
            if not action.isEnabled() and not event.isAutoRepeat() and pressed in action.shortcuts():
                self._run(action.objectName())
                return
        super().keyPressEvent(event)

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        if self.isVisible():
            self.screen_changed.emit(self.screen().name())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)
