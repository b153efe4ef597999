"""Everything about one device: how it is and is reached, what can be asked of it, what it was told last.

Signals:
    request_made(object): a Request that a button asks for.
    bytes_asked(int): the bytes of the command of this ledger row are wanted.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from console.vocabulary import CommandBytes
from ui.empty_words import EmptyWords
from ui.reading_pane import ReadingPane
from ui.row_table import RowTable
from ui.state.blocks import Block
from ui.state.desk import Desk
from ui.state.device_figures import DeviceFigures
from ui.state.device_log import Told, command_blocks, command_rows
from ui.state.device_rows import Offer, device_blocks, device_offers
from ui.theme.colours import Theme
from ui.theme.shapes import shape_icon

COMMAND_TITLES: Final = ("Became", "At", "Cue", "Command", "Late")
_WIDTHS: Final = {0: 102, 1: 52, 2: 62, 4: 78}
_COMMAND_COLUMN: Final = 3
OFFERS: Final = ("bypass", "put_right", "output", "change_over")


class DevicePanel(QFrame):
    """Shows one device; without one it says so."""

    request_made = Signal(object)
    bytes_asked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setMinimumWidth(420)
        self._theme = theme
        self._desk = Desk()
        self._device: str | None = None
        self.offers: dict[str, Offer] = {}
        self._bytes: tuple[int, CommandBytes | None, str] | None = None
        self._asked: int | None = None
        self.name = QLabel("", self)
        self.name.setProperty("voice", "heading")
        self.facts = ReadingPane("About the device", theme, self)
        self.buttons: dict[str, QPushButton] = {}
        self.commands = RowTable("Last commands", COMMAND_TITLES, _WIDTHS, _COMMAND_COLUMN, theme, self)
        EmptyWords(self.commands, "Nothing was sent to it in this run: a cue does, or a line check (Shift+F6)")
        self.command = ReadingPane("The picked command", theme, self)
        self.commands.key_picked.connect(self._on_command_picked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(6)
        layout.addWidget(self.name)
        layout.addLayout(self._make_buttons())
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        for part in (self.facts, self.commands, self.command):
            split.addWidget(part)
        split.setSizes([118, 132, 200])
        layout.addWidget(split, 1)

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for name in OFFERS:
            button = QPushButton("", self)
            button.setProperty("live", True)
            button.setObjectName(name)
            button.clicked.connect(self._on_clicked)
            self.buttons[name] = button
            row.addWidget(button, 1)
        return row

    # ------------------------------------------------------------ what is shown

    def show_device(self, desk: Desk, figures: DeviceFigures, device: str | None, local_ns: int) -> None:
        """A device as it is now."""
        self._desk = desk
        if device != self._device:
            self._device = device
            self.commands.pick(None)
        self.name.setText(device or "No device is picked")
        self.facts.show_blocks(device_blocks(desk, figures, device, local_ns) if device is not None else ())
        self._show_offers(device_offers(desk, device))
        self.commands.show_rows(command_rows(desk.told, device, desk.show))
        self._show_command()

    def show_bytes(self, seq: int, found: CommandBytes | None, words: str) -> None:
        """The bytes that were asked for, or why there are none."""
        self._bytes = (seq, found, words)
        self._show_command()

    def _show_offers(self, offers: dict[str, Offer]) -> None:
        if offers == self.offers:
            return
        self.offers = offers
        for name, offer in offers.items():
            button = self.buttons[name]
            button.setText(offer.title)
            button.setIcon(shape_icon(offer.shape, self._theme.text, self._theme.faint))
            button.setAccessibleName(f"{offer.title} {self._device or ''}".rstrip())
            button.setEnabled(not offer.why_not)
            button.setToolTip(offer.why_not)
            if button.property("state") != offer.state:
                button.setProperty("state", offer.state)
                button.style().unpolish(button)
                button.style().polish(button)

    def _show_command(self) -> None:
        told = self._picked()
        if told is None:
            words = "Pick a command to see its cause, its times and its bytes."
            if not self.commands.rows.rowCount():
                words = "Nothing was told it yet."
            self.command.show_blocks([Block("dim", words)])
            return
        seq = told.row.seq
        if self._asked != seq:
            self._asked = seq
            self.bytes_asked.emit(seq)
        known = self._bytes if self._bytes is not None and self._bytes[0] == seq else (seq, None, "")
        self.command.show_blocks(command_blocks(told, self._desk.show, known[1], known[2]))

    def _picked(self) -> Told | None:
        key = self.commands.picked
        rows = self._desk.told.of(self._device)
        return next((told for told in rows if told.key == key), None)

    # ------------------------------------------------------------ what is done

    def _on_clicked(self) -> None:
        button = self.sender()
        offer = self.offers.get(button.objectName())
        if offer is None or not isinstance(button, QPushButton):
            return
        if len(offer.ways) == 1:
            self.request_made.emit(offer.ways[0][1])
            return
        self.open_menu(offer).popup(button.mapToGlobal(QPoint(0, button.height())))

    def open_menu(self, offer: Offer) -> QMenu:
        """The ways of an offer, to choose from."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for title, request in offer.ways:
            action = menu.addAction(title)
            action.setCheckable(title == offer.now)
            action.setChecked(title == offer.now)
            action.triggered.connect(partial(self.request_made.emit, request))
        return menu

    def _on_command_picked(self, _key: str | None) -> None:
        self._show_command()
