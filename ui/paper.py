"""HTML on paper: a PDF of A4 sheets with a running head and page numbers. Needs no display.

Qt's rich text lays the page out (Qt documentation, "Rich Text Processing"); the heads of tables come again on each
sheet. It holds the interpreter for longer than a picture may take, so a window has it made by a process of its own
(``python -m ui.paper FILE TITLE``, HTML on standard input, what became of it on standard output).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)

from console.plan.page_html import NEW_PAGE
from ui.paper_breaks import keep_together
from ui.theme import fonts

DOTS_PER_INCH: Final = 300
MARGIN_MM: Final = 15.0
_HEAD_MM: Final = 9.0
_TEXT_PT: Final = 9.0
_SMALL_PT: Final = 7.5
_INK: Final = "#111111"
_DIM: Final = "#555555"


class PaperError(OSError):
    """A PDF that could not be written. One line: what, where, what to do."""


def html_to_pdf(html: str, file: Path, *, title: str) -> int:
    """Write it, over what was there; ``title`` is the running head. Returns how many sheets. Raises PaperError."""
    try:
        file.open("ab").close()  # Qt says no more than that it failed
    except OSError as error:
        reason = (error.strerror or "refused").lower()
        raise PaperError(f"{file} cannot be written ({reason}): give a file in a folder of yours") from None
    app = QGuiApplication.instance() or QGuiApplication(["showcaller", "-platform", "offscreen"])
    fonts.load_fonts()
    writer = QPdfWriter(os.fspath(file))
    writer.setTitle(title)
    writer.setCreator("Showcaller")
    writer.setResolution(DOTS_PER_INCH)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            margins,
            QPageLayout.Unit.Millimeter,
        )
    )
    sheet = QRectF(0, 0, writer.width(), writer.height())
    band_dots = _HEAD_MM / 25.4 * DOTS_PER_INCH
    text = sheet.adjusted(0, band_dots, 0, -band_dots)
    documents = _documents(html, writer, text.size())
    painter = QPainter(writer)
    if not painter.isActive():
        raise PaperError(f"{file} cannot be written: give a file in a folder of yours")
    pages = [(document, page) for document in documents for page in range(document.pageCount())]
    for number, (document, page) in enumerate(pages, 1):
        if number > 1:
            writer.newPage()
        _frame(painter, sheet, title, f"{number} of {len(pages)}")
        _page(painter, document, text, page)
    painter.end()
    del app  # kept until here: Qt draws no letter without one
    return len(pages)


def make_pdf_aside(html: str, file: Path, *, title: str) -> int:
    """As :func:`html_to_pdf`, by another process: waiting for it holds up no other thread. Raises PaperError."""
    command = [sys.executable, "-m", "ui.paper", os.fspath(file), title]
    done = subprocess.run(command, input=html, capture_output=True, text=True, encoding="utf-8", check=False)
    words = done.stdout.strip()
    if done.returncode:
        raise PaperError(words or f"{file} could not be made (the process ended with {done.returncode}): try HTML")
    return int(words)


def _documents(html: str, writer: QPdfWriter, size: QSizeF) -> list[QTextDocument]:
    """One for each run of sheets: what begins a new one is laid out alone, which is quicker than one long text."""
    head, _, body = html.partition("<body>")
    return [_document(f"{head}<body>{part}", writer, size) for part in body.split(NEW_PAGE)]


def _document(html: str, writer: QPdfWriter, size: QSizeF) -> QTextDocument:
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(_font(_TEXT_PT))
    document.documentLayout().setPaintDevice(writer)
    document.setHtml(html)
    document.setPageSize(size)
    keep_together(document)
    return document


def _frame(painter: QPainter, sheet: QRectF, title: str, number: str) -> None:
    """The running head and the number of the sheet, outside the text."""
    painter.setFont(_font(_SMALL_PT))
    painter.setPen(QColor(_DIM))
    metrics = QFontMetricsF(painter.font(), painter.device())
    head = QRectF(sheet.left(), sheet.top(), sheet.width(), metrics.height())
    words = metrics.elidedText(title, Qt.TextElideMode.ElideRight, head.width())
    painter.drawText(head, Qt.AlignmentFlag.AlignLeft, words)
    foot = QRectF(sheet.left(), sheet.bottom() - metrics.height(), sheet.width(), metrics.height())
    painter.drawText(foot, Qt.AlignmentFlag.AlignRight, number)
    painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, "Showcaller")


def _page(painter: QPainter, document: QTextDocument, text: QRectF, page: int) -> None:
    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor(_INK))
    context.palette = palette
    context.clip = QRectF(0, page * text.height(), text.width(), text.height())
    painter.save()
    painter.translate(text.left(), text.top() - page * text.height())
    painter.setClipRect(context.clip)
    document.documentLayout().draw(painter, context)
    painter.restore()


def _font(size_pt: float) -> QFont:
    made = fonts.font()
    made.setPointSizeF(size_pt)
    return made


def _main(file: str, title: str) -> int:
    """Prints the number of sheets, or why there are none."""
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        sys.stdout.write(f"{html_to_pdf(sys.stdin.read(), Path(file), title=title)}\n")
    except PaperError as error:
        sys.stdout.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:3]))
