"""What the show leaves to be decided, each with its value now; gone where the show declares no choice.

Signals:
    value_asked(str, str): a choice and the value it is to have.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QGridLayout, QMenu, QPushButton, QSizePolicy, QWidget

from console.show.show import Choice
from ui.state.desk import Desk

COLUMNS = 2


class ChoicesPanel(QFrame):
    """A button a choice; pressed, it opens its values. Values are what the engine says, not what was asked for."""

    value_asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self._values: dict[str, str] = {}
        self.buttons: dict[str, QPushButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(8, 6, 8, 8)
        self._grid.setSpacing(6)
        self.setAccessibleName("Choices")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_desk(self, desk: Desk) -> None:
        """The show's choices, and their values as they are now."""
        choices = desk.show.choices if desk.show is not None else ()
        if choices != self._choices:
            self._build(choices)
        known = desk.snapshot.choices if desk.snapshot is not None else {}
        for choice in choices:
            self._show_value(choice, known.get(choice.id, choice.default))

    def _build(self, choices: tuple[Choice, ...]) -> None:
        for button in self.buttons.values():
            self._grid.removeWidget(button)
            button.deleteLater()
        self._choices, self._values, self.buttons = choices, {}, {}
        for place, choice in enumerate(choices):
            button = QPushButton(self)
            button.setProperty("live", True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setObjectName(choice.id)
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            button.clicked.connect(self._on_clicked)
            self._grid.addWidget(button, place // COLUMNS, place % COLUMNS)
            self.buttons[choice.id] = button
        self.setVisible(bool(choices))

    def _show_value(self, choice: Choice, value: str) -> None:
        if self._values.get(choice.id) != value:
            self._values[choice.id] = value
            button = self.buttons[choice.id]
            button.setText(f"{choice.id}: {value}")
            button.setToolTip(f"{choice.id} is {value}; it can be {', '.join(choice.values)} (key C)")

    def open_menu(self) -> None:
        """All choices as one menu, for the keyboard."""
        if self._choices:
            self._pop_up(self, self._choices)

    # ------------------------------------------------------------ inside

    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            self._pop_up(button, tuple(choice for choice in self._choices if choice.id == button.objectName()))

    def _pop_up(self, at: QWidget, choices: tuple[Choice, ...]) -> None:
        menu = self.make_menu(choices)
        menu.popup(at.mapToGlobal(QPoint(0, at.height())))
        if len(choices) == 1:
            menu.setActiveAction(menu.actions()[0])  # of a menu of menus this would open the first

    def make_menu(self, choices: tuple[Choice, ...]) -> QMenu:
        """The values of one choice, or a menu of menus."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for choice in choices:
            values = menu if len(choices) == 1 else menu.addMenu(choice.id)
            group = QActionGroup(values)
            for value in choice.values:
                action = QAction(value, values)
                action.setCheckable(True)
                action.setChecked(value == self._values.get(choice.id))
                action.triggered.connect(lambda _=False, c=choice.id, v=value: self.value_asked.emit(c, v))
                group.addAction(action)
                values.addAction(action)
        return menu
