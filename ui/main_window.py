"""The window: puts the pages together, turns actions into requests, and hands what arrives to the panels.

Signals:
    opening_asked(object): an Opening the operator chose.
    house_asked(object): a HouseMove: the open show goes to another house.
    room_asked(bool): True for the lit-room theme.
    scale_asked(int): everything a step larger, or −1: smaller.
    save_asked(object): the Path to save in; None for the show's own file.
    left_unsaved(): the operator let go of what is not saved.
    out_of_step(): an edit came that does not follow the last one; the show must be asked for again.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QStackedWidget

from console.link.messages import Edited, OpenShow
from console.show.show_json import ShowFileError
from console.vocabulary import (
    Answered,
    Go,
    GoKeyUp,
    Learn,
    Notice,
    Panic,
    Request,
    RunKind,
    Snapshot,
)
from ui.actions import ACTION_BY_ID
from ui.bridge import Bridge
from ui.changes import Changes
from ui.console_page import ConsolePage
from ui.deeds import local_deeds
from ui.deeds.surface import Surface
from ui.dialogs import open_show, unsaved
from ui.live_keys import LiveKeyFilter, close_what_is_open
from ui.menus import build_menus, show_enabled
from ui.page_actions import CONSOLE
from ui.pages.book import Tabs
from ui.pages.house.page import HousePage
from ui.state.desk import Desk, Line, Mode
from ui.state.keys import Focus
from ui.state.shelf import Opening, ShowCard, VenueCard
from ui.theme.colours import LIT, Theme
from ui.timers import frame_timer
from ui.welcome import WelcomePage

NowNs = Callable[[], int]
Shelf = tuple[tuple[ShowCard, ...], tuple[VenueCard, ...], tuple[Opening, ...]]


class MainWindow(QMainWindow):
    """One window on one engine. ``now_ns`` reads a local monotonic clock, for what moves between two snapshots."""

    opening_asked = Signal(object)
    house_asked = Signal(object)
    room_asked = Signal(bool)
    scale_asked = Signal(int)
    save_asked = Signal(object)
    left_unsaved = Signal()
    out_of_step = Signal()

    def __init__(self, theme: Theme, desk: Desk, bridge: Bridge, now_ns: NowNs, shelf: Callable[[], Shelf]) -> None:
        super().__init__()
        self._theme, self._desk, self._bridge, self._now_ns, self._shelf = theme, desk, bridge, now_ns, shelf
        self._refused: tuple[str, int] | None = None
        self._shared_out = False
        self.asks_to_save = False  # what is not saved, before it closes
        self.closes_when_saved = False
        self.to_begin: RunKind | None = None  # what was asked for with the opening, once the engine is heard
        self.page = ConsolePage(theme, self)
        self.welcome = WelcomePage(theme, self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.welcome)
        self._pages.addWidget(self.page)
        self.setCentralWidget(self._pages)
        self.setWindowTitle("Showcaller")
        self.setMinimumSize(1080, 700)
        self.actions_by_id = build_menus(self, self.page, self.run_action, desk.keymap)
        self.menuBar().setCornerWidget(Tabs(self.actions_by_id, self))
        self.timer: QTimer = frame_timer(self, self.show_now)
        app = cast("QApplication", QApplication.instance())
        self.keys = LiveKeyFilter(app, self._focus, self)
        self.changes = Changes(desk, bridge, self._say_refused, self)
        self.deeds = self._make_deeds()
        self._connect()
        self.take_over()

    def _connect(self) -> None:
        self._bridge.show_opened.connect(self._on_show_opened)
        self._bridge.edited.connect(self._on_edited)
        self._bridge.open_refused.connect(self._on_open_refused)
        self._bridge.snapshot_received.connect(self._on_snapshot_received)
        self._bridge.notice_received.connect(self._on_notice_received)
        self._bridge.link_lost.connect(self._on_link_lost)
        self.keys.go_pressed.connect(self._on_go_pressed)
        self.keys.go_released.connect(self._on_go_released)
        self.keys.panic_pressed.connect(self._on_panic_pressed)
        self.keys.hold_pressed.connect(self._on_hold_pressed)
        self.keys.hold_released.connect(self._on_hold_released)
        self.keys.caret_moved.connect(self._on_caret_moved)
        page = self.page
        page.go_bar.go_pressed.connect(self._on_go_pressed)
        page.go_bar.go_released.connect(self._on_go_released)
        page.action_asked.connect(self.run_action)
        page.request_made.connect(self.ask)
        page.change_made.connect(self.changes.ask)
        page.book.inquiry_made.connect(self._bridge.look)
        self._bridge.found.connect(page.book.take_finding)
        self._bridge.found.connect(page.inspector.take_finding)
        page.learn.put_away.connect(self._on_learn_put_away)
        page.cues.cues_picked.connect(self._on_cues_picked_in_list)
        page.cues.list_chosen.connect(self._on_list_chosen)
        page.timeline.cue_picked.connect(self._pick_cue)
        page.timeline.cursor_set.connect(self._on_cursor_set)
        page.timeline.follow_changed.connect(self.actions_by_id["view.follow"].setChecked)
        page.book.cue_picked.connect(self._pick_cue)
        page.rundown.item_picked.connect(self._on_item_picked)
        self.welcome.form.chosen.connect(self.opening_asked)
        self.welcome.action_asked.connect(self.run_action)

    def _make_deeds(self) -> dict[str, Callable[[], object]]:
        """What the window does itself, by action id."""
        self.surface = Surface(
            window=self,
            page=self.page,
            theme=self._theme,
            desk=self._desk,
            bridge=self._bridge,
            now_ns=self._now_ns,
            actions=self.actions_by_id,
            ask=self.ask,
            change=self.changes.ask,
            refuse=self._say_refused,
            open=self.opening_asked.emit,
            run=self.run_action,
            pick=self._pick_cue,
            turn_to=self._turn_to,
            refresh=self.show_now,
        )
        return {
            **local_deeds(self.surface),
            "show.open": self._ask_opening,
            "house.load": self._ask_house,
            "show.save": self._save,
            "show.save_as": self._save_as,
            "mode.edit": lambda: self._set_mode("edit"),
            "mode.rehearsal": lambda: self._set_mode("rehearsal"),
            "mode.show": lambda: self._set_mode("show"),
            "view.lit": lambda: self.room_asked.emit(self.actions_by_id["view.lit"].isChecked()),
            "scale.larger": lambda: self.scale_asked.emit(1),
            "scale.smaller": lambda: self.scale_asked.emit(-1),
            "app.quit": self.close,
        }

    # ------------------------------------------------------------ what the operator does

    def run_action(self, action_id: str) -> None:
        """Do an action: here where it is local, else by asking the engine."""
        action = ACTION_BY_ID[action_id]
        why_not = action.why_not(self._desk)
        if action.request is None and not why_not:
            self.deeds[action_id]() if action.is_local else self.changes.make(action)
            return
        request = action.request(self._desk, self._now_ns()) if action.request is not None else None
        if request is None or why_not:
            self._say_refused(f"{action.title}: {why_not or 'not now'}")
            return
        self.ask(request)

    def ask(self, request: Request) -> None:
        """Send a request; what comes of it is told by the engine."""
        if self._bridge.send(request) is None:
            self._say_refused("Not sent: there is no engine to ask")

    def _say_refused(self, words: str) -> None:
        self.page.take_trouble(words)
        self._say(Line(self._desk.run_now_ns(self._now_ns()), "refused", words))

    def _on_item_picked(self, item: str) -> None:
        self._desk.picked_item = item
        self.page.timeline.zoom_to_item(item)
        self._show_enabled()

    def _on_go_pressed(self) -> None:
        self.ask(Go())

    def _on_go_released(self) -> None:
        self.ask(GoKeyUp())

    def _on_panic_pressed(self) -> None:
        self.ask(Panic())
        close_what_is_open()  # afterwards: nothing stands before a panic
        self.menuBar().setActiveAction(cast("QAction", None))

    def _on_learn_put_away(self) -> None:
        if self._desk.snapshot is not None and self._desk.snapshot.learning:
            self.ask(Learn(on=False))
        self._desk.heard = None
        self.page.learn.show_face(None)

    def _on_hold_pressed(self) -> None:
        if not self.page.arming.lines.hold_dead_man(held=True):
            words = "D holds the dead-man of the hazard in hand: there is none that may be held here"
            self._say(Line(self._desk.run_now_ns(self._now_ns()), "refused", words))

    def _on_hold_released(self) -> None:
        self.page.arming.lines.hold_dead_man(held=False)

    def _on_cues_picked_in_list(self, cue: str | None, cues: tuple[str, ...]) -> None:
        self._pick_cue(cue, cues)
        if cue is not None and self.page.cues.table.hasFocus():
            self.page.timeline.reveal(cue)

    def _pick_cue(self, cue: str | None, cues: tuple[str, ...] = ()) -> None:
        self._desk.pick(cue, cues)
        self.page.show_picked(self._desk)
        self._show_enabled()

    def _on_cursor_set(self, item: str, position_ns: int) -> None:
        self._desk.cursor = (item, position_ns)
        self._show_enabled()

    def _on_list_chosen(self, name: str) -> None:
        self._desk.list_shown = name
        self.page.cues.show_list(self._desk)

    def _on_caret_moved(self, in_text: bool) -> None:
        self._desk.text_has_caret = in_text
        self.show_now()

    def _set_mode(self, mode: Mode) -> None:
        self._desk.mode = mode
        for each in ("edit", "rehearsal", "show"):
            self.actions_by_id[f"mode.{each}"].setChecked(each == mode)
        self.show_now()

    def _turn_to(self, page: str) -> None:
        self._desk.page = page
        self.page.book.turn_to(page, self._desk, self._now_ns())
        self._show_enabled()

    def _ask_opening(self) -> None:
        opening = open_show.ask(self, self._theme, *self._shelf())
        if opening is not None:
            self.opening_asked.emit(opening)

    def _ask_house(self) -> None:
        if self._desk.page == "house":
            self.house_asked.emit(cast("HousePage", self.page.book.page("house")).asked_move())
        else:
            self._turn_to("house")

    def _save(self) -> None:
        if self._desk.show_file:
            self.save_asked.emit(None)
        else:
            self._save_as()

    def _save_as(self) -> None:
        show = self._desk.show
        start = self._desk.show_file or str(Path.home() / f"{show.id if show is not None else 'show'}.json")
        name, _ = QFileDialog.getSaveFileName(self, "Save as", start, "Shows (*.json)")
        if name:
            self.save_asked.emit(Path(name).with_suffix(".json"))
        else:
            self.closes_when_saved = False

    def _may_close(self) -> bool:
        rolls = self._desk.snapshot is not None and self._desk.snapshot.playhead.state == "rolling"
        if rolls or not self.asks_to_save or not self._desk.is_unsaved:
            return True  # an engine whose show rolls outlives the window, edits and all
        answer = unsaved.ask(self, self._desk)
        if answer == "leave":
            self.left_unsaved.emit()
        elif answer == "save":
            self.closes_when_saved = True
            self._save()
        return answer == "leave"

    # ------------------------------------------------------------ what arrives

    def _on_show_opened(self, opened: OpenShow | None) -> None:
        before = self._desk.show.id if self._desk.show is not None else None
        try:
            self._desk.take_opened(opened)
        except ShowFileError as error:
            self._desk.take_opened(None)
            self.welcome.show_words(str(error))
        if self._desk.show is None or self._desk.show.id != before:
            self.page.messages.clear()
            self._refused = None
        self.take_over()

    def _on_edited(self, edited: Edited) -> None:
        if self._desk.take_edit(edited):
            self.page.show_show(self._desk)
            self.page.show_snapshot(self._desk, self._now_ns())
            self._show_enabled()
            self.changes.take(edited)
        else:
            self.out_of_step.emit()

    def _on_open_refused(self, words: str) -> None:
        self.page.book.take_trouble(f"Not loaded: {words}")
        self.say_trouble(f"Not opened: {words}")

    def say(self, words: str) -> None:
        """One line to read."""
        self._say(Line(self._desk.run_now_ns(self._now_ns()), "note", words))

    def say_trouble(self, words: str) -> None:
        """Tell the operator what went wrong, where the operator looks."""
        if self._desk.show is None:
            self.welcome.show_words(words)
        else:
            self._say(Line(self._desk.run_now_ns(self._now_ns()), "error", words))

    def _on_snapshot_received(self, snapshot: Snapshot) -> None:
        self._desk.take_snapshot(snapshot, self._now_ns())
        self.page.show_snapshot(self._desk, self._now_ns())
        self._show_enabled()
        self.show_now()
        if self.to_begin is not None:
            kind, self.to_begin = self.to_begin, None
            self.run_action(f"run.{kind}")

    def _on_notice_received(self, notice: Notice, request: Request | None) -> None:
        line = self._desk.take_notice(notice, request)
        self.page.book.take_notice(notice)
        if isinstance(notice, Answered) and notice.refused is not None and isinstance(request, Go):
            self._refused = (notice.refused, self._now_ns())
        if line is not None:
            self.page.show_line(line)
        self.show_now()

    def _on_link_lost(self, words: str) -> None:
        self.page.arming.lines.forget()
        self._desk.lose_link()
        self._say(Line(self._desk.run_now_ns(self._now_ns()), "error", words))
        self._show_enabled()
        self.show_now()

    # ------------------------------------------------------------ what is shown

    def show_now(self) -> None:
        """Everything that follows the clock."""
        self.page.show_now(self._desk, self._now_ns(), self._refused)

    def _say(self, line: Line) -> None:
        self._desk.lines.append(line)
        self.page.show_line(line)

    def _show_enabled(self) -> None:
        show_enabled(self.actions_by_id, self._desk)
        self.setWindowModified(self._desk.is_unsaved)

    def take_over(self) -> None:
        """Show the desk as it stands: after another show was opened, or in place of a window before."""
        is_open = self._desk.show is not None
        if is_open:
            self.welcome.show_words("")
        else:
            self.welcome.form.show_shelf(*self._shelf())
        self._pages.setCurrentWidget(self.page if is_open else self.welcome)
        self.setWindowTitle(f"{self._desk.show.title}[*] – Showcaller" if self._desk.show is not None else "Showcaller")
        self.page.show_show(self._desk)
        self.page.show_snapshot(self._desk, self._now_ns())
        self.actions_by_id["view.follow"].setChecked(True)
        self.actions_by_id["view.lit"].setChecked(self._theme is LIT)
        self._set_mode(self._desk.mode)
        self._turn_to(self._desk.page if is_open else CONSOLE)

    def _focus(self) -> Focus:
        dialog = QApplication.activeModalWidget() is not None or QApplication.activePopupWidget() is not None
        return Focus(self._desk.show is not None, self._desk.mode, self._desk.text_has_caret, dialog)

    def layout_state(self) -> tuple[QByteArray, QByteArray, QByteArray]:
        """Window and splitters as they stand, to be put back another day."""
        return self.saveGeometry(), *self.page.layout_state()

    def restore_layout(self, geometry: QByteArray, middle: QByteArray, lower: QByteArray) -> None:
        """As it was left. What does not fit is ignored by Qt."""
        self._shared_out = True
        self.restoreGeometry(geometry)
        self.page.restore_layout(middle, lower)

    # ------------------------------------------------------------ Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._shared_out:
            self._shared_out = True
            self.page.share_out(self.width(), self.height())
        self.timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self.timer.stop()
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close():
            event.ignore()
            return
        self.page.arming.lines.let_go()
        self.timer.stop()
        self.keys.remove()
        super().closeEvent(event)
