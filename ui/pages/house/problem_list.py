"""What is wrong with a house: severity as shape and word, the place with its line, and the remedy below."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from profiles.problems import Problem
from ui.theme.colours import Theme
from ui.theme.shapes import shape_icon

LINES_PX: Final = 40
MOST_PX: Final = 3 * LINES_PX + 6
_SHAPES: Final = {"error": "cross", "warning": "triangle", "note": "dot"}


class ProblemList(QListWidget):
    """As high as its problems, three at most; away where there are none."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName("Problems")
        self.setWordWrap(True)
        self.hide()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Errors first, as they are told everywhere."""
        self.clear()
        for problem in problems:
            shade = self._theme.stop if problem.severity == "error" else self._theme.caution
            remedy = f"\n→ {problem.remedy}" if problem.remedy else ""
            item = QListWidgetItem(f"{problem.severity} · {problem.where}: {problem.message}{remedy}")
            item.setIcon(shape_icon(_SHAPES[problem.severity], shade, shade))
            item.setToolTip(str(problem))
            self.addItem(item)
        self.setFixedHeight(min(len(problems) * LINES_PX + 6, MOST_PX))
        self.setVisible(bool(problems))
