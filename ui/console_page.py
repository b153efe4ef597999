"""The page a show is run from: clocks above, timeline, rundown and cue list between, the GO bar below.

Signals:
    action_asked(str): an action by its id, from a button or a double click.
    request_made(object): a Request that a panel has put together.
    change_made(object): a change of the show, as a function from the desk to an Edit, or None where there is none.
    now_shown(object, object, object): what ``show_now`` was given, for whoever shows it on another screen.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from console.vocabulary import Arm, Learn, SetChoice, SetInput
from ui.arming_panel import ArmingPanel
from ui.banner import Banner
from ui.cue_list.panel import CueListPanel
from ui.go_bar import GoBar
from ui.hand_strip import HandStrip
from ui.head_strip import HeadStrip
from ui.inspector.panel import InspectorPanel
from ui.lamp_board import LampBoard
from ui.learn_plate import LearnPlate
from ui.message_panel import MessagePanel
from ui.pages import MAKERS
from ui.pages.book import Book
from ui.rundown.panel import RundownPanel
from ui.state.banner import banner_face
from ui.state.desk import Desk, Line
from ui.state.lamps import desk_lamps, left_over, summary
from ui.state.learning import learn_face
from ui.theme.colours import Theme
from ui.timeline.view import TimelineView

_GAP_PX = 6


class ConsolePage(QWidget):
    """Holds the panels, hands on what they are to show, and makes requests and actions of what is done in them."""

    action_asked = Signal(str)
    request_made = Signal(object)
    change_made = Signal(object)
    now_shown = Signal(object, object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = HeadStrip(theme, self)
        self.banner = Banner(theme, self)
        self._by = "operator"
        self.timeline = TimelineView(theme, self)
        self.rundown = RundownPanel(theme, self)
        self.rundown.setMinimumWidth(210)
        self.cues = CueListPanel(theme, self)
        self.arming = ArmingPanel(theme, self)
        self.learn = LearnPlate(theme, self)
        self.lamps = LampBoard(theme, self)
        self.messages = MessagePanel(theme, self)
        self.devices_heading = QLabel("Devices", self)
        self.devices_heading.setProperty("voice", "caption")
        self.hands = HandStrip(theme, self)
        self.go_bar = GoBar(theme, self)
        self.below = QSplitter(Qt.Orientation.Horizontal, self)
        self.below.setHandleWidth(_GAP_PX)
        self.below.setChildrenCollapsible(False)
        for panel, share in ((self.rundown, 0), (self.cues, 1), (self._make_side(), 0)):
            self.below.addWidget(panel)
            self.below.setStretchFactor(self.below.count() - 1, share)
        self.middle = QSplitter(Qt.Orientation.Vertical, self)
        self.middle.setHandleWidth(_GAP_PX)
        self.middle.setChildrenCollapsible(False)
        self.middle.addWidget(self._framed(self.timeline))
        self.middle.addWidget(self.below)
        self.middle.setStretchFactor(0, 11)
        self.middle.setStretchFactor(1, 10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_GAP_PX, 0, _GAP_PX, _GAP_PX)
        layout.setSpacing(_GAP_PX)
        layout.addWidget(self.head)
        layout.addWidget(self.banner)
        self.inspector = InspectorPanel(theme, self)
        self.book = Book(self._beside(self.middle, self.inspector), MAKERS, theme, self)
        layout.addWidget(self.book, 1)
        layout.addWidget(self.hands)
        layout.addWidget(self.go_bar)
        self.book.action_asked.connect(self.action_asked)
        self.book.request_made.connect(self.request_made)
        self.book.change_made.connect(self.change_made)
        self.inspector.change_made.connect(self.change_made)
        self.inspector.inquiry_made.connect(self.book.inquiry_made)
        self.inspector.request_made.connect(self.request_made)
        self.go_bar.action_asked.connect(self.action_asked)
        self.banner.action_asked.connect(self.action_asked)
        self.head.code.clicked.connect(self._on_code_clicked)
        self.hands.request_made.connect(self.request_made)
        self.arming.arm_asked.connect(self._on_arm_asked)
        self.learn.again_asked.connect(self._on_learn_asked)
        self.arming.lines.line_set.connect(self._on_line_set)
        self.rundown.choices.value_asked.connect(self._on_value_asked)
        self.cues.change_made.connect(self.change_made)
        self.cues.standby_asked.connect(self._on_standby_asked)
        self.timeline.locate_asked.connect(self._on_locate_asked)

    @staticmethod
    def _beside(middle: QWidget, inspector: QWidget) -> QWidget:
        both = QWidget()
        layout = QHBoxLayout(both)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP_PX)
        layout.addWidget(middle, 1)
        layout.addWidget(inspector)
        return both

    @staticmethod
    def _framed(widget: QWidget) -> QFrame:
        frame = QFrame()
        frame.setProperty("panel", True)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(widget)
        return frame

    def _make_side(self) -> QFrame:
        side = QFrame()
        side.setProperty("panel", True)
        side.setMinimumWidth(290)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(8, 8, 8, 6)
        layout.setSpacing(6)
        layout.addWidget(self.arming)
        layout.addWidget(self.learn)
        layout.addWidget(self.devices_heading)
        layout.addWidget(self.lamps, 1)
        layout.addWidget(self.messages)
        return side

    def share_out(self, width_px: int, height_px: int) -> None:
        """The panels' sizes where nobody has set them by hand."""
        rundown, side = min(max(width_px * 22 // 100, 290), 400), min(max(width_px * 21 // 100, 296), 380)
        self.below.setSizes([rundown, max(width_px - rundown - side, 1), side])
        rest = max(height_px - 246, 2)
        self.middle.setSizes([rest * 53 // 100, rest * 47 // 100])

    def layout_state(self) -> tuple[QByteArray, QByteArray]:
        """The splitters as they stand."""
        return self.middle.saveState(), self.below.saveState()

    def restore_layout(self, middle: QByteArray, below: QByteArray) -> None:
        """As they were left."""
        self.middle.restoreState(middle)
        self.below.restoreState(below)

    # ------------------------------------------------------------ what the operator does

    def _on_learn_asked(self) -> None:
        self.request_made.emit(Learn())

    def _on_arm_asked(self, cue: str, role: str) -> None:
        self.request_made.emit(Arm(by=self._by, cue=cue, role=role))

    def _on_line_set(self, line: str, high: bool) -> None:
        self.request_made.emit(SetInput(by=self._by, input=line, high=high))

    def _on_value_asked(self, choice: str, value: str) -> None:
        self.request_made.emit(SetChoice(choice=choice, value=value))

    def _on_standby_asked(self) -> None:
        self.action_asked.emit("standby.set")

    def _on_code_clicked(self) -> None:
        self.action_asked.emit("code.chase")

    def _on_locate_asked(self) -> None:
        self.action_asked.emit("transport.locate")

    # ------------------------------------------------------------ what is shown

    def show_show(self, desk: Desk) -> None:
        """Another show, or an edited one."""
        self.timeline.show_show(desk)
        self.cues.show_show(desk)
        self.go_bar.show_show(desk)
        self.rundown.show_desk(desk)
        self.book.show_show(desk)

    def show_snapshot(self, desk: Desk, local_ns: int) -> None:
        """What follows the engine's word."""
        self.timeline.show_snapshot(desk)
        self.cues.show_snapshot(desk)
        self.rundown.show_desk(desk)
        self.book.show_snapshot(desk, local_ns)
        lamps = desk_lamps(desk, local_ns)
        self.lamps.show_lamps(lamps)
        self.learn.show_face(learn_face(desk))
        self.devices_heading.setText(f"Devices · {summary(lamps)}{left_over(desk)}" if lamps else "Devices")

    def show_now(self, desk: Desk, local_ns: int, refused: tuple[str, int] | None) -> None:
        """What follows the clock."""
        rolling = desk.snapshot is not None and desk.snapshot.playhead.state == "rolling"
        item = desk.snapshot.playhead.item if desk.snapshot is not None else None
        self.timeline.move_playhead(item, desk.position_ns(local_ns), rolling=rolling)
        self.head.show_now(desk, local_ns)
        self.go_bar.show_now(desk, local_ns, refused)
        self._by = desk.by
        self.hands.show_now(desk, local_ns)
        self.arming.show_now(desk, local_ns)
        self.banner.show_face(banner_face(desk), desk.keymap)
        self.now_shown.emit(desk, local_ns, refused)
        self.inspector.setVisible(desk.shows_inspector)
        self.inspector.show_desk(desk, local_ns)

    def take_trouble(self, words: str) -> None:
        """Something that was asked for in a page or the inspector is refused."""
        self.book.take_trouble(words)
        self.inspector.take_trouble(words)

    def show_line(self, line: Line) -> None:
        """One more message."""
        self.messages.add(line)

    def show_picked(self, desk: Desk) -> None:
        """The picked cues, wherever they were picked."""
        self.cues.select(desk.selected, desk.picked)
        self.timeline.select(desk.selected, desk.picked)
