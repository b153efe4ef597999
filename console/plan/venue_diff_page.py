"""The difference of two houses as a page for a production manager: HTML that stands alone, for mail and print."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from console.plan.venue_diff import WORDS, Group, VenueDiff, grouped

_STYLE: Final = """
body { font: 10pt sans-serif; color: #111; margin: 2em; }
h1 { font-size: 16pt; margin-bottom: 0; } h2 { font-size: 12pt; margin: 1.5em 0 .3em; }
p { margin: .2em 0 1em; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 3px 8px 3px 0; border-bottom: 1px solid #bbb; }
th { font-weight: bold; } td.cues { white-space: nowrap; }
"""

MOST_NUMBERS: Final = 3
"""Cue numbers a line names before it only counts them."""


def diff_to_html(diff: VenueDiff) -> str:
    """One page: what changes in short, then each kind with its cues, then the house."""
    parts = [
        f"<h1>{escape(diff.show)}</h1>",
        f"<p>From {escape(diff.before)} to {escape(diff.after)}: {escape(summary_words(diff))}</p>",
    ]
    groups = grouped(diff.changes)
    for kind, words in WORDS.items():
        rows = [each for each in groups if each.kind == kind]
        if rows:
            parts.append(f"<h2>{escape(words.capitalize())}</h2>")
            parts.append(_table(("cues", "role", diff.before, diff.after), (_row(each) for each in rows)))
    if diff.house:
        parts.append("<h2>The house</h2>")
        rows_of_house = ((each.what, each.before, each.after) for each in diff.house)
        parts.append(_table(("", diff.before, diff.after), rows_of_house))
    title = escape(f"{diff.show}: {diff.before} to {diff.after}")
    head = f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
    return f"{head}<style>{_STYLE}</style></head>\n<body>\n" + "\n".join(parts) + "\n</body></html>\n"


def summary_words(diff: VenueDiff) -> str:
    """``of 676 cues 5 are not sent there, 4 …``: one sentence."""
    told = [f"{count}: {WORDS[kind]}" for kind, count in diff.counts().items()]
    if not told:
        return f"all {diff.cues} cues are sent as they are."
    return f"of {diff.cues} cues " + "; ".join(told) + "."


def cue_words(group: Group) -> str:
    """``cue 6.205``, ``cues 1.085, 1.105, 1.125 and 12 more``."""
    numbers = list(dict.fromkeys(each.number for each in group.cues))
    if len(numbers) == 1:
        return f"cue {numbers[0]}"
    first, more = ", ".join(numbers[:MOST_NUMBERS]), len(numbers) - MOST_NUMBERS
    return f"cues {first}" + (f" and {more} more" if more > 0 else "")


def _row(group: Group) -> tuple[str, ...]:
    return cue_words(group), group.role, group.before, group.after


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    top = "".join(f"<th>{escape(each)}</th>" for each in head)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f"<table><tr>{top}</tr>\n{body}</table>"
