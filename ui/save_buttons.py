"""Buttons that save a page as HTML, as a PDF or as CSV, beside the window's thread: a GO never waits for paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from ui.paper import make_pdf_aside
from ui.reckoning import Reckoning
from ui.state.houses import HouseError

Form = Literal["PDF", "HTML", "CSV", "Text"]
Text = Callable[[], str]
"""Makes what is saved: HTML for PDF and HTML. May raise HouseError."""

ENDINGS: Final[Mapping[Form, str]] = {"PDF": ".pdf", "HTML": ".html", "CSV": ".csv", "Text": ".txt"}
_SIGNS: Final = str.maketrans(dict.fromkeys('/\\:*?"<>|\0', " "))


def ask_where(parent: QWidget, form: Form, suggested: str) -> str | None:
    """The path to save to, or None where nobody chose one. Qt's own dialog: Esc is panic here too."""
    path, _ = QFileDialog.getSaveFileName(
        parent, f"Save as {form}", suggested, f"{form} (*{ENDINGS[form]})", "", QFileDialog.Option.DontUseNativeDialog
    )
    return path or None


class SaveButtons(QWidget):
    """A button for each form, and a line that says what became of it."""

    ask_where = staticmethod(ask_where)  # tests put an answer here

    def __init__(self, forms: tuple[Form, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self._texts: Mapping[Form, Text] = {}
        self.reckoning = Reckoning(self)
        self.reckoning.done.connect(self._on_saved)
        self.said = QLabel(self)
        self.said.setProperty("voice", "dim")
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons = {form: QPushButton(f"{form}…", self) for form in forms}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.said, 1, Qt.AlignmentFlag.AlignRight)
        for form, button in self.buttons.items():
            button.setAccessibleName(f"Save as {form}")
            button.setAutoDefault(False)  # Return in a field beside it means the field
            button.clicked.connect(partial(self._on_asked, form))
            row.addWidget(button)
        self.offer("", {})

    def offer(self, title: str, texts: Mapping[Form, Text]) -> None:
        """What would be saved now, under a title; forms it has no text for are greyed."""
        self._title, self._texts = title, texts
        self.said.setText("")
        for form, button in self.buttons.items():
            button.setEnabled(form in texts)

    def _on_asked(self, form: Form) -> None:
        path = self.ask_where(self, form, " ".join(self._title.translate(_SIGNS).split()) + ENDINGS[form])
        if path is None:
            return
        file = Path(path) if Path(path).suffix else Path(path).with_suffix(ENDINGS[form])
        self.said.setText(f"Saving {file.name} …")
        self.reckoning.ask(partial(save, form, self._texts[form], file, self._title))

    def _on_saved(self, words: str) -> None:
        self.said.setText(words)
        self.said.setToolTip(words)


def save(form: Form, text: Text, file: Path, title: str) -> str:
    """Write it, over what was there. Returns what is to be said, in a line."""
    try:
        if form == "PDF":
            sheets = make_pdf_aside(text(), file, title=title)
            return f"Saved {file.name}, {sheets} sheet{'s' * (sheets != 1)}"
        file.write_text(text(), encoding="utf-8", newline="")
    except HouseError as error:
        return str(error)
    except OSError as error:
        return str(error) if form == "PDF" else f"{file} cannot be written ({error.strerror}): choose another folder"
    return f"Saved {file.name}"
