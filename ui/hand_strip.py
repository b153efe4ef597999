"""The strip of what the operator's hand is on: a chip each, whose press offers the way back; gone while there is none.

Signals:
    request_made(object): what was chosen in a menu.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QMenu, QPushButton, QSizePolicy, QWidget

from ui.state.desk import Desk
from ui.state.hands import HandFace, Offer, Reach, hand_faces, within_reach_of_bypass, within_reach_of_take
from ui.theme.colours import Theme
from ui.theme.shapes import shape_icon
from ui.theme.tones import tone_colour

HEIGHT_PX: Final = 50
MOST_CHIPS: Final = 5
_LONGEST: Final = 22


class HandStrip(QFrame):
    """Stands right above the GO bar, so that what the score does not do is read before the next press."""

    request_made = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._faces: tuple[HandFace, ...] = ()
        self._desk = Desk()
        self.chips: list[QPushButton] = []
        self.setObjectName("hands")
        self.setProperty("panel", True)
        self.setAccessibleName("By hand")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._heading = QLabel("By hand", self)
        self._heading.setProperty("voice", "caption")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 2, 10, 2)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # many chips never widen the window
        self.setFixedHeight(HEIGHT_PX)
        self._row.setSpacing(8)
        self._row.addWidget(self._heading)
        self._row.addStretch(1)
        self.hide()

    def show_now(self, desk: Desk, local_ns: int) -> None:
        """What a hand is on at a local instant."""
        self._desk = desk
        faces = hand_faces(desk, local_ns)
        if faces == self._faces:
            return
        known = [(face.key, face.label) for face in self._faces]
        self._faces = faces
        if [(face.key, face.label) for face in faces] != known:
            self._build()
        for chip, face in zip(self.chips, faces, strict=False):
            self._dress(chip, face)

    def open_take_menu(self) -> None:
        """Take a department or the whole show, or let it join again; for the keyboard."""
        self._pop_up(self, within_reach_of_take(self._desk))

    def open_bypass_menu(self) -> None:
        """Bypass a department or a device, or put it in line again; for the keyboard."""
        self._pop_up(self, within_reach_of_bypass(self._desk))

    def make_menu(self, reaches: Iterable[Reach]) -> QMenu:
        """One entry for each, with a menu of its own where there is more than one way."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for reach in reaches:
            self._fill(menu if len(reach.offers) == 1 else menu.addMenu(reach.label), reach.offers)
        return menu

    # ------------------------------------------------------------ inside

    def _build(self) -> None:
        for chip in self.chips:
            self._row.removeWidget(chip)
            chip.deleteLater()
        count = len(self._faces)
        shown = count if count <= MOST_CHIPS else MOST_CHIPS - 1
        self.chips = [self._make_chip() for _ in range(shown)]
        if shown < count:
            more = self._make_chip()
            more.setText(f"and {count - shown} more")
            more.setAccessibleName(more.text())
            more.setToolTip("\n".join(f"{face.mark.word} {face.label}" for face in self._faces[shown:]))
            self.chips.append(more)
        self.setVisible(bool(self._faces))

    def _make_chip(self) -> QPushButton:
        chip = QPushButton(self)
        chip.setProperty("live", True)
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        chip.clicked.connect(self._on_clicked)
        self._row.insertWidget(self._row.count() - 1, chip)
        return chip

    def _dress(self, chip: QPushButton, face: HandFace) -> None:
        if len(self._faces) > len(self.chips) and chip is self.chips[-1]:
            return
        label = face.label if len(face.label) <= _LONGEST else f"{face.label[: _LONGEST - 1]}…"
        chip.setText(f" {face.mark.word.upper()}  {label}   {face.since}".replace("&", "&&"))
        chip.setAccessibleName(f"{face.mark.word} {face.label}, by {face.by}")
        chip.setToolTip(f"{face.mark.word} {face.label}, by {face.by}, since {face.since}. Press for the way back.")
        state = "on" if face.mark.tone == "caution" else ""
        if chip.property("state") != state:
            chip.setProperty("state", state)
            chip.setIcon(shape_icon(face.mark.shape, tone_colour(face.mark.tone, self._theme), self._theme.faint))
            chip.style().unpolish(chip)
            chip.style().polish(chip)

    def _on_clicked(self) -> None:
        chip = self.sender()
        if not isinstance(chip, QPushButton):
            return
        place = self.chips.index(chip)
        faces = self._faces[place:] if place == len(self.chips) - 1 else self._faces[place : place + 1]
        if len(faces) == 1:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self._fill(menu, faces[0].offers)
            menu.popup(chip.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
        else:
            reaches = (Reach(f"{face.mark.word} {face.label}", face.offers) for face in faces)
            menu = self.make_menu(reaches)
            menu.popup(chip.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _fill(self, menu: QMenu, offers: Iterable[Offer]) -> None:
        for words, request in offers:
            action = menu.addAction(words.replace("&", "&&"))
            signed = request.model_copy(update={"by": self._desk.by})
            action.triggered.connect(lambda _=False, asked=signed: self.request_made.emit(asked))

    def _pop_up(self, at: QWidget, reaches: tuple[Reach, ...]) -> None:
        if reaches:
            menu = self.make_menu(reaches)
            window = at.window()
            place = window.rect().center() - QPoint(menu.sizeHint().width() // 2, menu.sizeHint().height() // 2)
            menu.popup(window.mapToGlobal(place))
            menu.setActiveAction(menu.actions()[0])
