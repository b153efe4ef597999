"""What a command writes beside what it prints: a page as HTML, the same on paper as PDF, a sheet as CSV."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from console.cli.errors import CommandError, call_error


class Paper(Protocol):
    """Makes a PDF of HTML: of the window's toolkit, which is loaded when it is called, and may not be installed."""

    def __call__(self, html: str, file: Path, *, title: str) -> int:
        """Write it; returns how many sheets. Raises OSError, in one line, or ImportError."""


@dataclass(frozen=True, slots=True)
class Written:
    """Where copies of a page are to go; None: not asked for."""

    html: Path | None = None
    pdf: Path | None = None

    @property
    def is_asked(self) -> bool:
        return self.html is not None or self.pdf is not None


def write_page(html: str, title: str, written: Written, paper: Paper | None) -> None:
    """Write the copies that were asked for. Raises CommandError."""
    if written.html is not None:
        write_text(html, written.html)
    if written.pdf is not None:
        _write_pdf(html, title, written.pdf, paper)


def write_text(text: str, file: Path) -> None:
    """Write it, over what was there. Raises CommandError."""
    try:
        file.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise call_error(f"{file} cannot be written ({error.strerror}): give a file in a folder of yours") from None


def _write_pdf(html: str, title: str, file: Path, paper: Paper | None) -> None:
    if paper is None:
        raise call_error(f"{file} cannot be made here: call showcaller itself, or give --html and print that")
    try:
        paper(html, file, title=title)
    except ImportError as error:
        words = f"{file} cannot be made, PySide6 is not whole ({error}): install it, or give --html and print that"
        raise CommandError(words) from None
    except OSError as error:
        raise call_error(str(error)) from None
