"""One command of a profile, tried on a simulated device in memory: arguments to fill in, bytes and answers to read.

Signals:
    trial_asked(object): a TryCommand.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from console.vocabulary import AbilityCard, ArgCard, Finding, Tried, TryCommand
from ui.reading_pane import ReadingPane
from ui.state.blocks import Block
from ui.state.profile_rows import ability_blocks, tried_blocks, wanted_text
from ui.theme.colours import Theme

LEFT_OUT = "left out"


class TryPanel(QFrame):
    """The fields of one command; what its example holds stands in them to begin with."""

    trial_asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setMinimumWidth(340)
        self._profile = ""
        self._ability: AbilityCard | None = None
        self._asked: TryCommand | None = None
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        self.heading = QLabel("Try on a ghost", self)
        self.heading.setProperty("voice", "heading")
        note = QLabel("A simulated device in memory: nothing leaves this machine.", self)
        note.setProperty("voice", "dim")
        note.setWordWrap(True)
        self.about = ReadingPane("How it behaves", theme, self)
        self.about.setMaximumHeight(76)
        self._form_holder = QScrollArea(self)
        self._form_holder.setWidgetResizable(True)
        self._form_holder.setFrameShape(QFrame.Shape.NoFrame)
        self._form_holder.setStyleSheet("background: transparent;")
        self._form_holder.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._form_holder.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.button = QPushButton("Try", self)
        self.button.setAccessibleName("Try on a ghost")
        self.button.clicked.connect(self._on_try)
        self.result = ReadingPane("What came of it", theme, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(4)
        layout.addWidget(self.heading)
        layout.addWidget(note)
        layout.addWidget(self.about)
        layout.addWidget(self._form_holder, 4)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.result, 5)
        self.show_ability("", None)

    # ------------------------------------------------------------ what is shown

    def show_ability(self, profile: str, ability: AbilityCard | None) -> None:
        """The fields of one command, or none."""
        self._profile, self._ability, self._asked = profile, ability, None
        self.fields = {}
        form_of = QWidget(self)
        form = QVBoxLayout(form_of)
        form.setContentsMargins(0, 0, 8, 0)
        form.setSpacing(2)
        for arg in ability.args if ability is not None else ():
            field = self._field(arg, ability.example.get(arg.name, "") if ability is not None else "")
            self.fields[arg.name] = field
            label = QLabel(f"{arg.name}:  {wanted_text(arg)}", form_of)
            label.setProperty("voice", "caption")
            label.setWordWrap(True)
            label.setBuddy(field)
            label.setToolTip(arg.note)
            form.addWidget(label)
            form.addWidget(field)
        form.addStretch(1)
        self._form_holder.setWidget(form_of)
        self.heading.setText(f"Try on a ghost: {ability.name}" if ability is not None else "Try on a ghost")
        self.about.show_blocks(ability_blocks(ability) if ability is not None else ())
        self.button.setEnabled(ability is not None)
        self.result.show_blocks(())

    def take_finding(self, asked: TryCommand, finding: Finding | None, words: str) -> None:
        """What came of the last trial; of an earlier one nobody wants to know any more."""
        if asked != self._asked:
            return
        self.button.setEnabled(True)
        self.result.show_blocks(tried_blocks(finding) if isinstance(finding, Tried) else [Block("caution", words)])

    def words(self) -> dict[str, str]:
        """The arguments as they stand in the fields; what is left out is not there."""
        typed = {name: _typed(field) for name, field in self.fields.items()}
        return {name: text for name, text in typed.items() if text}

    # ------------------------------------------------------------ inside

    def _field(self, arg: ArgCard, text: str) -> QLineEdit | QComboBox:
        choices = ("true", "false") if arg.type == "flag" else arg.choices
        if choices:
            combo = QComboBox(self)
            if not arg.required:
                combo.addItem(LEFT_OUT, "")
            for choice in choices:
                combo.addItem(choice, choice)
            combo.setCurrentIndex(max(combo.findData(text), 0))
            combo.setAccessibleName(arg.name)
            return combo
        line = QLineEdit(text, self)
        line.setPlaceholderText(arg.default or arg.unit)
        line.setAccessibleName(arg.name)
        line.setAccessibleDescription(wanted_text(arg))
        line.returnPressed.connect(self._on_try)
        return line

    def _on_try(self) -> None:
        if self._ability is None:
            return
        self._asked = TryCommand(profile=self._profile, command=self._ability.name, words=self.words())
        self.button.setEnabled(False)
        self.trial_asked.emit(self._asked)


def _typed(field: QLineEdit | QComboBox) -> str:
    return field.text().strip() if isinstance(field, QLineEdit) else str(field.currentData() or "")
