"""Ctrl+O: another show, another house."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.dialogs.notes import live_note
from ui.opening_form import OpeningForm
from ui.state.shelf import Opening, ShowCard, VenueCard
from ui.theme.colours import Theme


class OpenDialog(QDialog):
    """Ends with an opening, or without one."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Open a show")
        self.resize(820, 460)
        self.opening: Opening | None = None
        self.form = OpeningForm(theme, self, on_cancel=self.reject)
        self.form.chosen.connect(self._on_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.addWidget(self.form)
        layout.addWidget(live_note(self))

    def _on_chosen(self, opening: Opening) -> None:
        self.opening = opening
        self.accept()


def ask(
    parent: QWidget,
    theme: Theme,
    shows: tuple[ShowCard, ...],
    venues: tuple[VenueCard, ...],
    recent: tuple[Opening, ...],
) -> Opening | None:
    """The opening the operator chose, or None."""
    dialog = OpenDialog(theme, parent)
    dialog.form.show_shelf(shows, venues, recent)
    dialog.exec()
    opening = dialog.opening
    dialog.deleteLater()
    return opening
