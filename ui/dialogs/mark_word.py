"""A word and a department for something that has just happened. The moment is that of the key, not of the word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from console.show.show import Department
from ui.picker import Picker
from ui.theme.colours import Theme


class MarkWord(QDialog):
    """``words`` and ``department`` when it was accepted."""

    def __init__(self, theme: Theme, departments: Sequence[Department], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Mark it")
        self.line = QLineEdit(self)
        self.line.setAccessibleName("What happened")
        self.line.setPlaceholderText("jib late, too bright …")
        self.line.setMaxLength(500)
        self.line.setMinimumWidth(360)
        self.picker = Picker("Department", theme, self)
        self.picker.addItem("Everybody", "")
        for each in departments:
            self.picker.addItem(f"{each.id}  {each.name}", each.id)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText("Mark it")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form = QFormLayout(self)
        form.addRow("What", self.line)
        form.addRow("For", self.picker)
        form.addRow(buttons)

    @property
    def words(self) -> str:
        return self.line.text().strip()

    @property
    def department(self) -> str:
        return str(self.picker.currentData() or "")
