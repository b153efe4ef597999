"""F1: help by topic. It begins where the operator is, and every key in it is the one that counts now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from ui.actions import ACTION_BY_ID
from ui.choice_list import ChoiceList
from ui.dialogs.notes import live_note
from ui.state.help_topics import topic_text, topics
from ui.state.keymap import Keymap
from ui.theme import fonts
from ui.theme.colours import Theme

_BELOW_PX: Final = 9
_LINE_PERCENT: Final = 125
_TITLE_PX: Final = 22


class HelpPages(QDialog):
    """Topics at the left, the one picked at the right; stays open beside the console."""

    def __init__(
        self, theme: Theme, keymap: Keymap, show_keys: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Help")
        self._keymap = keymap
        self.topics = ChoiceList("Topics", theme, self, fills=True)
        self.topics.setFixedWidth(300)
        self.text = QTextBrowser(self)
        self.text.setAccessibleName("Help")
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setTabChangesFocus(True)
        self.text.document().setDocumentMargin(16)
        self.text.document().setDefaultStyleSheet(f"code {{ color: {theme.bright}; }}")
        self.topics.show_choices([(each.id, each.title, each.words) for each in topics()])
        self.topics.currentRowChanged.connect(lambda _row: self._show())
        keys = QPushButton("Every key…", self)
        keys.setAutoDefault(False)
        keys.clicked.connect(show_keys)
        close = QPushButton("Close", self)
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.topics)
        middle.addWidget(self.text, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(live_note(self), 1)
        foot.addWidget(keys)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 10)
        layout.addLayout(middle, 1)
        layout.addLayout(foot)
        self.resize(1020, 600)
        self._show()

    def choose(self, topic: str) -> None:
        """Turn to a topic."""
        self.topics.choose(topic)

    def _show(self) -> None:
        chosen = next(each for each in topics() if each.id == self.topics.chosen)
        self.text.setMarkdown(topic_text(chosen, ACTION_BY_ID, self._keymap))
        self._give_air()

    def _give_air(self) -> None:
        """Markdown is set without room between its blocks."""
        block = self.text.document().begin()
        while block.isValid():
            shape = block.blockFormat()
            shape.setBottomMargin(_BELOW_PX)
            shape.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            if block.textList() is not None:
                shape.setIndent(0)
            QTextCursor(block).setBlockFormat(shape)
            block = block.next()
        title = QTextCursor(self.text.document().begin())
        title.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        letters = QTextCharFormat()
        letters.setFont(fonts.strong_display(_TITLE_PX))
        title.mergeCharFormat(letters)
