"""Where sheets of a rich text begin: no row of a table is cut in two, no heading stands alone at the foot.

Qt breaks between any two lines and knows no rule against it, so what is cut is pushed on: a row by space under the one
above it, a heading by a page break.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtGui import QPaintDevice, QTextBlock, QTextCursor, QTextDocument, QTextFormat, QTextFrame, QTextTable

LESS_PX: Final = 4.0
"""Left free at the foot: too low for a line, and enough for Qt not to take the space itself for what does not fit."""


def keep_together(document: QTextDocument) -> None:
    """Move what the document's page size would cut. Tables may be of any length, rows not longer than a page."""
    headings: list[QTextBlock] = []
    for part in _parts(document.rootFrame()):
        if isinstance(part, QTextTable):
            if headings and not _same_page(document, _top(document, headings[0]), _first_rows_end(document, part)):
                _break_before(document, headings[0])
            for row in range(part.format().headerRowCount(), part.rows()):
                _push_row(document, part, row)
            headings = []
        elif part.blockFormat().headingLevel() or (headings and part.text()):
            headings.append(part)


def _parts(frame: QTextFrame) -> Iterator[QTextTable | QTextBlock]:
    """Tables and what stands between them, in order."""
    place = frame.begin()
    while not place.atEnd():
        inner = place.currentFrame()
        if isinstance(inner, QTextTable):
            yield inner
        elif inner is None and place.currentBlock().isValid():
            yield place.currentBlock()
        place += 1


def _push_row(document: QTextDocument, table: QTextTable, row: int) -> None:
    """Where a row would be cut, the one above it is made to reach to the foot of the page."""
    top, end = _row_extent(document, table, row)
    if row == 0 or _same_page(document, top, end):
        return
    height = document.pageSize().height()
    room_px = (height - top % height) * _px_per_dot(document) - LESS_PX
    if room_px <= 0:
        return
    whole = QTextCursor(document)
    whole.beginEditBlock()  # laid out once, not for each cell
    for column in range(table.columns()):
        cell = table.cellAt(row - 1, column)
        form = cell.format().toTableCellFormat()
        form.setBottomPadding(form.bottomPadding() + room_px)
        cell.setFormat(form)
    _lay_out_anew(document)
    whole.endEditBlock()


def _lay_out_anew(document: QTextDocument) -> None:
    """All of it: Qt would leave what follows a table that has changed without a place."""
    document.markContentsDirty(0, document.characterCount())


def _px_per_dot(document: QTextDocument) -> float:
    """Spaces of a document are in px of a screen, its places in dots of what it is laid out for."""
    device: QPaintDevice | None = document.documentLayout().paintDevice()
    return 1.0 if device is None else 96 / device.logicalDpiY()


def _row_extent(document: QTextDocument, table: QTextTable, row: int) -> tuple[float, float]:
    """Where the lines of a row begin, and where the longest of its cells ends."""
    cells = [table.cellAt(row, column) for column in range(table.columns())]
    top = min(_top(document, cell.firstCursorPosition().block()) for cell in cells)
    return top, max(_end(document, cell.lastCursorPosition().block()) for cell in cells)


def _first_rows_end(document: QTextDocument, table: QTextTable) -> float:
    """Where the head and the first row under it end."""
    last = min(table.format().headerRowCount(), table.rows() - 1)
    return _row_extent(document, table, last)[1]


def _break_before(document: QTextDocument, block: QTextBlock) -> None:
    form = block.blockFormat()
    form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
    form.setTopMargin(0)  # a margin that reaches over the foot would count as a page of its own
    cursor = QTextCursor(block)
    cursor.beginEditBlock()
    cursor.setBlockFormat(form)
    _lay_out_anew(document)
    cursor.endEditBlock()


def _top(document: QTextDocument, block: QTextBlock) -> float:
    return document.documentLayout().blockBoundingRect(block).top()


def _end(document: QTextDocument, block: QTextBlock) -> float:
    """Above the last line's foot, so that a line that ends with the page is not taken for one of the next."""
    return document.documentLayout().blockBoundingRect(block).bottom() - 1


def _same_page(document: QTextDocument, one: float, other: float) -> bool:
    height = document.pageSize().height()
    return one // height == other // height
