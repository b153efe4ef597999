"""Asked before what is not saved would be out of reach."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QMessageBox, QWidget

from ui.state.desk import Desk

Answer = Literal["save", "leave", "stay"]


def ask(parent: QWidget, desk: Desk) -> Answer:
    """What becomes of the changes."""
    title = desk.show.title if desk.show is not None else "the show"
    box = QMessageBox(parent)
    box.setWindowTitle("Not saved")
    box.setText(f"{title} was changed since it was saved.")
    box.setInformativeText("Without saving, the changes end with the engine.")
    save = box.addButton("Save", QMessageBox.ButtonRole.AcceptRole)
    leave = box.addButton("Leave without saving", QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton("Stay", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(save)
    box.setEscapeButton(stay)
    box.exec()
    if box.clickedButton() is save:
        return "save"
    return "leave" if box.clickedButton() is leave else "stay"
