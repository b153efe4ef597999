"""Pages as HTML that stands alone, for mail, print and the paper of the window: one look for all of them. Pure.

Kept to what Qt's rich text knows too (Qt documentation, "Supported HTML Subset"), black on white, so that it prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

_STYLE: Final = """
body { font-family: "Showcaller Sans", "Inter", "Helvetica Neue", "DejaVu Sans", sans-serif; font-size: 9pt;
       color: #111; background: #fff; }
h1 { font-size: 17pt; font-weight: 600; margin-top: 0px; margin-bottom: 3px; }
h2 { font-size: 12pt; font-weight: 600; margin-top: 18px; margin-bottom: 2px; }
h3 { font-size: 9.5pt; font-weight: 600; margin-top: 10px; margin-bottom: 3px; }
p { margin-top: 0px; margin-bottom: 5px; }
.dim { color: #555; } .small { font-size: 8pt; } .strong { font-weight: 600; }
.gap { font-size: 4pt; margin-bottom: 0px; }
.new-page { page-break-after: always; }
table { border-collapse: collapse; }
th { text-align: left; vertical-align: bottom; font-size: 8pt; font-weight: 600; color: #555;
     padding: 2px 8px 2px 0px; border-bottom: 1px solid #111; }
td { text-align: left; vertical-align: top; padding: 3px 8px 3px 0px; border-bottom: 1px solid #ccc; }
"""
"""Lengths in px: of others Qt takes none for space."""


NEW_PAGE: Final = '<div class="new-page"></div>'
"""Between parts: what follows begins a sheet of paper."""


_GAP: Final = '<p class="gap">&nbsp;</p>'
"""Behind a table: Qt gives a heading there no room of its own."""


def page_html(title: str, parts: Iterable[str]) -> str:
    """A whole document; ``parts`` are HTML already."""
    head = f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
    return f"{head}<style>{_STYLE}</style></head>\n<body>\n" + "\n".join(parts) + "\n</body></html>\n"


def heading(level: int, words: str) -> str:
    """A heading, 1 the largest."""
    return f"<h{level}>{escape(words)}</h{level}>"


def paragraph(words: str, voice: str = "") -> str:
    """A paragraph; ``voice``: ``dim``, ``small`` or both."""
    return f'<p class="{voice}">{escape(words)}</p>' if voice else f"<p>{escape(words)}</p>"


def table(head: Sequence[str], rows: Iterable[Iterable[str]], widths: Sequence[int], strong: frozenset[int]) -> str:
    """A table as wide as the page, whose head comes again on each sheet.

    ``widths``: per cent of each column; ``strong``: columns whose cells are set bold. Line ends in cells are kept.
    """
    top = "".join(f'<th width="{width}%">{escape(each)}</th>' for each, width in zip(head, widths, strict=True))
    body = "".join(
        "<tr>" + "".join(_cell(cell, is_strong=place in strong) for place, cell in enumerate(row)) + "</tr>\n"
        for row in rows
    )
    return f'<table width="100%"><thead><tr>{top}</tr></thead>\n<tbody>{body}</tbody></table>{_GAP}'


def _cell(words: str, *, is_strong: bool) -> str:
    text = escape(words).replace("\n", "<br>")
    return f'<td><span class="strong">{text}</span></td>' if is_strong and text else f"<td>{text}</td>"
