"""HTML on paper: sheets are counted, no row is cut, no heading is left alone, and a file that cannot be is said."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QTextDocument, QTextTable
from pytestqt.qtbot import QtBot

from console.plan.page_html import NEW_PAGE, heading, page_html, paragraph, table
from ui.paper import PaperError, html_to_pdf, make_pdf_aside
from ui.paper_breaks import keep_together

HEIGHT = 400.0
WORDS = "as many words as it takes to fill more than a line of the narrow column they stand in"


def sheet_of(rows: int) -> str:
    cells = ((str(row), WORDS) for row in range(rows))
    return heading(2, "Cues") + table(("cue", "words"), cells, (50, 50), frozenset((0,)))


def laid_out(html: str, height: float = HEIGHT) -> QTextDocument:
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setHtml(html)
    document.setPageSize(QSizeF(300, height))
    keep_together(document)
    return document


def pages(document: QTextDocument, first: int, last: int) -> tuple[int, int]:
    layout = document.documentLayout()
    top = layout.blockBoundingRect(document.findBlock(first)).top()
    end = layout.blockBoundingRect(document.findBlock(last)).bottom() - 1
    return int(top // document.pageSize().height()), int(end // document.pageSize().height())


def test_a_page_becomes_sheets(qtbot: QtBot, tmp_path: Path):
    file = tmp_path / "cues.pdf"
    assert html_to_pdf(page_html("Cues", [sheet_of(3)]), file, title="Cues") == 1
    short = file.read_bytes()
    assert short.startswith(b"%PDF-")
    assert re.search(rb"/MediaBox \[0 0 595(\.\d+)? 84[12](\.\d+)?\]", short), "A4"
    parts = [sheet_of(3), NEW_PAGE, sheet_of(3), sheet_of(200)]
    assert html_to_pdf(page_html("Cues", parts), file, title="Cues") > 4, "the file before is written over"
    assert file.read_bytes().count(b"/Type /Page\n") > 4


def test_a_file_that_cannot_be_is_one_line(qtbot: QtBot, tmp_path: Path):
    with pytest.raises(PaperError, match=r"cannot be written \(is a directory\): give a file"):
        html_to_pdf(page_html("", []), tmp_path, title="")


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 30), st.integers(0, 20), st.sampled_from([200.0, 400.0, 517.0]))
def test_no_row_is_cut_and_no_heading_stands_alone(rows: int, before: int, height: float):
    parts = [*(paragraph("a line") for _ in range(before)), sheet_of(rows), sheet_of(rows)]
    document = laid_out(page_html("", parts), height)
    tables = [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]
    assert len(tables) == 2
    for found in tables:
        for row in range(found.rows()):
            first = found.cellAt(row, 0).firstPosition()
            last = max(found.cellAt(row, column).lastPosition() for column in range(found.columns()))
            top, end = pages(document, first, last)
            assert top == end, f"row {row} is cut"
        title = document.findBlock(found.firstPosition() - 1)
        assert title.text() == "Cues"
        body = found.cellAt(1, 1).lastPosition()
        top, end = pages(document, title.position(), body)
        assert top == end, "the heading stands alone"


def test_it_needs_no_display_and_no_window(tmp_path: Path):
    file = tmp_path / "alone.pdf"
    code = f"""
import pathlib, sys
from ui.__main__ import make_pdf
assert "PySide6" not in sys.modules
sys.exit(make_pdf("<body><p>one</p>", pathlib.Path({str(file)!r}), title="one") - 1)
"""
    env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert file.read_bytes().startswith(b"%PDF-")


def test_it_is_made_aside_and_its_fault_is_told_in_its_words(tmp_path: Path):
    file = tmp_path / "aside.pdf"
    assert make_pdf_aside(page_html("é", [sheet_of(3), NEW_PAGE, sheet_of(3)]), file, title="Müller – é") == 2
    assert file.read_bytes().startswith(b"%PDF-")
    with pytest.raises(PaperError, match=r"cannot be written \(is a directory\): give a file"):
        make_pdf_aside("", tmp_path, title="")
