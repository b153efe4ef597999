"""The window's process: the application, the theme, the link and the window, put together and run."""

from __future__ import annotations

import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QEvent, QObject, QSettings, QSize
from PySide6.QtWidgets import QApplication

from console.link.messages import OpenShow
from ui.actions import ACTIONS
from ui.bridge import Bridge
from ui.caller_window import CallerWindow
from ui.folders import APP, state_folder, venue_folder
from ui.keeping import Keeping
from ui.kept import read_keymap, read_lock
from ui.launch import Launcher, LaunchError, WindowPlan
from ui.main_window import MainWindow, Shelf
from ui.memory import Memory
from ui.saver import Saver
from ui.scale import KEY, STEPS, kept_scale, largest_scale, stepped, take_scale
from ui.state.desk import Desk
from ui.state.shelf import HouseMove, Opening, Recent, shipped_shows, venue_cards
from ui.theme.colours import DARK, LIT, Theme
from ui.theme.fonts import forget_fonts
from ui.theme.sheet import apply_theme
from ui.timers import once_timer

RETRY_MS: Final = 50
GIVE_UP_TRIES: Final = 300
SETTLE_MS: Final = 200
"""Behind the first picture of a show."""

DRAW_ANEW: Final = 75
"""The application's exit code that asks for another one, at another scale."""

BEST_SIZE: Final = QSize(1600, 900)

_PARTS: Final = ("window", "middle", "below")


def first_size(room: QSize) -> QSize:
    """Of a window that nobody has sized yet: as it looks best, and no larger than its screen has room."""
    return BEST_SIZE.boundedTo(room)


class Seat(QObject):
    """One operator's place: finds the engine, finds it again, opens shows, and builds the window anew in another light.

    The window holds nothing of its own, so a new one takes over where the old one stood.
    """

    def __init__(
        self,
        app: QApplication,
        launcher: Launcher,
        recent: Recent,
        settings: QSettings,
        memory: Memory | None = None,
        state: Path | None = None,
        desk: Desk | None = None,
    ) -> None:
        """``memory``: None where it is not the window's to settle; ``state``: the folder of what is kept, if any."""
        super().__init__()
        self._memory = memory
        self._app, self._launcher, self._recent, self._settings = app, launcher, recent, settings
        self._desk = desk or Desk()
        chosen = settings.value("inspector")  # an INI file holds text
        if desk is None and chosen in ("shown", "hidden"):
            self._desk.inspector = chosen == "shown"
        troubles: tuple[str, ...] = ()
        if state is not None:
            self._desk.keymap, troubles = read_keymap(state, ACTIONS)
            self._desk.locked_run = read_lock(state)
        self._bridge = Bridge(self)
        self._bridge.link_lost.connect(self._on_link_lost)
        self._bridge.show_opened.connect(self._on_show_opened)
        self._pending: Opening | None = None  # asked for, not open yet
        self._wanted: Opening | None = None  # to be asked for as soon as there is an engine to ask
        self._is_asked = self._remembers = True
        self._tries = 0
        self._retry = once_timer(self, RETRY_MS, self.attach)
        self._settle = once_timer(self, SETTLE_MS, self._on_settled)
        self._keeping = Keeping(
            self._desk, Saver(launcher.save_command, self), state / "unsaved" if state else None, self
        )
        self._keeping.told.connect(self._on_told)
        self._keeping.saved.connect(self._on_saved)
        self._opened_by: Opening | None = None
        self._desk.caller_screen = str(settings.value("layout/caller", "")) or None
        self._theme: Theme = LIT if settings.value("room") == LIT.name else DARK
        self.window = self._make_window()
        for each in troubles:
            self.window.say(each)

    def start(self, plan: WindowPlan) -> None:
        """Show the window and look for the engine."""
        self._wanted = plan.opening
        self._is_asked, self._remembers = plan.is_asked, plan.remember
        self.window.asks_to_save = plan.remember
        self.window.welcome.show_opening(plan.opening)
        self.window.show()
        self.attach()

    def attach(self) -> None:
        """Take up the link, or try again soon; after a while say that there is none."""
        try:
            link = self._launcher.try_attach()
        except LaunchError as error:
            self.window.say_trouble(str(error))
            return
        if link is not None:
            self._tries = 0
            self._bridge.attach(link)
            if not self._is_asked and self._desk.show is not None:
                self._wanted = None
            self._open_wanted()
        elif self._tries < GIVE_UP_TRIES:
            self._tries += 1
            self._retry.start()
        else:
            self._tries = 0
            self.window.say_trouble("the engine did not come up in 15 s: close the window and open it again")

    def open(self, opening: Opening) -> None:
        """Ask the engine for a show in a house; a refusal is told where the operator looks."""
        self._wanted, self._is_asked = opening, True
        self.window.welcome.show_opening(opening)
        if self._bridge.is_attached:
            self._open_wanted()
        else:
            self.attach()

    def load_house(self, move: HouseMove | None) -> None:
        """Ask the engine to take the open show to a house, in a run of the same kind."""
        if move is None:
            return
        opening = Opening(self._desk.show_name, move.venue, move.simulated)
        if self._bridge.open(None, move.venue, opening.ghosts, self._desk.run_kind):
            self._pending = opening if opening.show else None

    def leave(self, *, comes_back: bool = False) -> Desk:
        """The window has been closed: keep how it stood, let go of the engine, unless another comes in its place."""
        self._retry.stop()
        for part, state in zip(_PARTS, self.window.layout_state(), strict=True):
            self._settings.setValue(f"layout/{part}", state)
        self._settings.setValue("layout/caller", self._desk.caller_screen or "")
        if self._desk.inspector is not None:
            self._settings.setValue("inspector", "shown" if self._desk.inspector else "hidden")
        head = self._desk.snapshot.playhead.state if self._desk.snapshot is not None else "stopped"
        self._bridge.detach()
        if not comes_back:
            self._launcher.leave(show_is_running=head in ("rolling", "held", "locating"))
        self.window.deleteLater()
        return self._desk

    # ------------------------------------------------------------ inside

    def _make_window(self) -> MainWindow:
        apply_theme(self._app, self._theme)
        window = MainWindow(self._theme, self._desk, self._bridge, time.monotonic_ns, self._shelf)
        window.opening_asked.connect(self.open)
        window.house_asked.connect(self.load_house)
        window.room_asked.connect(self._on_room_asked)
        window.scale_asked.connect(self._on_scale_asked)
        window.out_of_step.connect(self._on_out_of_step)
        window.save_asked.connect(self._keeping.save)
        window.left_unsaved.connect(self._keeping.forget)
        window.asks_to_save = self._remembers
        saved = [self._settings.value(f"layout/{part}") for part in _PARTS]
        if all(isinstance(each, QByteArray) for each in saved):
            window.restore_layout(*saved)
        else:
            window.resize(first_size(window.screen().availableSize()))
        return window

    def _open_wanted(self) -> None:
        opening, self._wanted = self._wanted, None
        if opening is None:
            return
        # A performance is not opened but begun: after a preflight that somebody has read.
        kind = "rehearsal" if opening.run_kind == "performance" else opening.run_kind
        if self._bridge.open(opening.show, opening.venue, opening.ghosts, kind):
            self._pending = opening

    def _on_show_opened(self, opened: OpenShow | None) -> None:
        if opened is not None and self._pending is not None and self._remembers:
            self._recent.remember(replace(self._pending, run_kind=None))  # each performance is meant
        if opened is not None:
            if self._pending is not None and self._pending.run_kind == "performance":
                self.window.to_begin = "performance"
            self._opened_by, self._pending = self._pending or self._opened_by, None
            self._call_caller()
        if opened is not None and self._memory is not None:
            self._memory.load()  # the window is told after this, and then loads
            self._settle.start()

    def _call_caller(self) -> None:
        """The caller's screen stands where it stood: before the window was closed, or in other light."""
        if self._desk.caller_screen is not None and self.window.findChild(CallerWindow) is None:
            self.window.run_action("caller.show")

    def _on_told(self, words: str, well: bool) -> None:
        (self.window.say if well else self.window.say_trouble)(words)
        self.window.closes_when_saved = self.window.closes_when_saved and well

    def _on_saved(self, file: Path) -> None:
        if self._opened_by is not None and self._remembers:
            self._recent.remember(replace(self._opened_by, show=str(file), run_kind=None))
        if self.window.closes_when_saved:
            self.window.asks_to_save = False
            self.window.close()

    def _on_settled(self) -> None:
        left_over = self._keeping.left_over()
        if left_over is not None:
            self.window.say(f"Changes of another day were not saved: a copy with them is {left_over}; open it to look")
        if self._memory is not None:
            self._memory.settle()

    def _shelf(self) -> Shelf:
        return shipped_shows(), venue_cards(venue_folder()), self._recent.load()

    def _on_link_lost(self, words: str) -> None:
        if self._pending is not None:
            self._pending = None
            self.window.say_trouble(f"Not opened: {words}")
        self._retry.start()

    def _on_out_of_step(self) -> None:
        self._bridge.detach()
        self.attach()

    def _on_scale_asked(self, by: int) -> None:
        before = kept_scale(self._settings)
        wanted = stepped(before, by)
        room = self.window.screen().availableSize() * (before / STEPS[0])
        most = largest_scale(room, self.window.minimumSize())
        if wanted == before or wanted > most:
            self.window.say(f"Drawn at {before} %: this screen has room for {STEPS[0]} to {most} %")
            return
        self._settings.setValue(KEY, wanted)
        self.window.asks_to_save = False
        self._app.exit(DRAW_ANEW)

    def _on_room_asked(self, lit: bool) -> None:
        self._theme = LIT if lit else DARK
        self._settings.setValue("room", self._theme.name)
        before, layout = self.window, self.window.layout_state()
        self.window = self._make_window()
        self.window.restore_layout(*layout)
        self.window.show()
        self._call_caller()
        before.asks_to_save = False
        before.close()
        before.deleteLater()


def run_window(plan: WindowPlan, launcher: Launcher) -> int:
    """Show the window and stay until it is closed. Returns the exit code."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in the terminal ends the window, not the engine
    state = state_folder()
    desk: Desk | None = None
    memory = Memory()
    while True:
        code, desk = _sit(plan, launcher, state, memory, desk)
        if code != DRAW_ANEW:
            return code
        plan = replace(plan, opening=None, is_asked=False)  # what is open stays open


def _sit(plan: WindowPlan, launcher: Launcher, state: Path, memory: Memory, desk: Desk | None) -> tuple[int, Desk]:
    """One application from its beginning to its end, at the scale that was kept."""
    settings = QSettings(str(state / "window.ini"), QSettings.Format.IniFormat)
    take_scale(kept_scale(settings))
    app = QApplication.instance() or QApplication([APP])
    if not isinstance(app, QApplication):
        raise TypeError("a QCoreApplication without a screen is running: the window needs a QApplication")
    app.setApplicationName(APP)
    app.setDesktopFileName(APP)
    seat = Seat(app, launcher, Recent(state / "recent.json"), settings, memory, state, desk)
    seat.start(plan)
    code = app.exec()
    comes_back = code == DRAW_ANEW
    desk = seat.leave(comes_back=comes_back)
    if comes_back:
        settings.sync()
        seat.window.close()
        seat.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        forget_fonts()
        app.shutdown()
    return code, desk
