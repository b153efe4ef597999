"""What every dialog says at its foot: the one key that does not do here what it does elsewhere."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget


def live_note(parent: QWidget) -> QLabel:
    """A dialog must not hide that Esc keeps its live meaning while it is open."""
    note = QLabel("Esc closes this. While a show is open, and not in Edit, it is panic too.", parent)
    note.setProperty("voice", "caption")
    return note
