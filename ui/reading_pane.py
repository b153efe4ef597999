"""Blocks of text to read, scroll and copy; never to write in."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby
from typing import Final

from PySide6.QtWidgets import QTextBrowser, QWidget

from ui.state.blocks import Block, blocks_to_text
from ui.theme import fonts
from ui.theme.colours import Theme

LABEL_PX: Final = 118
_MONO: Final = "'DejaVu Sans Mono', 'Menlo', 'Consolas', monospace"


class ReadingPane(QTextBrowser):
    """Says the same to the eye and to a screen reader. Where the text stays, so does the place it is scrolled to."""

    def __init__(self, name: str, theme: Theme, parent: QWidget | None = None, *, label_px: int = LABEL_PX) -> None:
        super().__init__(parent)
        self._theme, self._label_px = theme, label_px
        self._blocks: tuple[Block, ...] = ()
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.document().setDocumentMargin(8)

    @property
    def text(self) -> str:
        """What stands there, line by line."""
        return blocks_to_text(self._blocks)

    def show_blocks(self, blocks: Iterable[Block]) -> None:
        """This, in place of what was there."""
        found = tuple(blocks)
        if found == self._blocks:
            return
        self._blocks = found
        place = self.verticalScrollBar().value()
        groups = groupby(found, key=lambda block: bool(block.label))
        self.setHtml("".join(self._table(group) if labelled else self._lines(group) for labelled, group in groups))
        self.verticalScrollBar().setValue(place)
        self.setAccessibleDescription(self.text)

    def _table(self, blocks: Iterable[Block]) -> str:
        """What has labels, side by side; a label that is said again is not repeated."""
        rows, before = [], ""
        for block in blocks:
            label = "" if block.label == before else escape(block.label)
            before = block.label
            sign = {"caution": "\u25b2 ", "stop": "\u2715 "}.get(block.kind, "")
            rows.append(
                f'<tr><td width="{self._label_px}" style="color:{self._theme.dim}">{label}</td>'
                f'<td style="color:{self._colour(block)}">{sign}{escape(block.text)}</td></tr>'
            )
        return f'<table cellspacing="0" cellpadding="1" width="100%">{"".join(rows)}</table>'

    def _lines(self, blocks: Iterable[Block]) -> str:
        return "".join(self._line(block) for block in blocks)

    def _line(self, block: Block) -> str:
        style = {
            "title": f"font-size:{fonts.BODY_PX + 1}px; font-weight:600; margin:8px 0 2px 0",
            "hex": f"font-family:{_MONO}; font-size:{fonts.SMALL_PX}px; margin:0 0 4px {self._label_px + 2}px",
        }.get(block.kind, "margin:2px 0")
        sign = {"caution": "\u25b2 ", "stop": "\u2715 "}.get(block.kind, "")
        return f'<p style="color:{self._colour(block)}; {style}">{sign}{escape(block.text)}</p>'

    def _colour(self, block: Block) -> str:
        t = self._theme
        return {"dim": t.dim, "hex": t.dim, "caution": t.caution, "stop": t.stop}.get(block.kind, t.text)
