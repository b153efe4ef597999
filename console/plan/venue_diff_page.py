"""The difference of two houses as a page for a production manager: what is lost, what to decide, what only moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Final

from console.plan.page_html import heading, page_html, paragraph, table
from console.plan.venue_diff import WEIGHTS, WORDS, Change, Group, VenueDiff, Weight, grouped

MOST_NUMBERS: Final = 3
"""Cue numbers a line names before it only counts them."""

TITLES: Final[Mapping[Weight, str]] = {
    "lost": "Lost",
    "decide": "To decide",
    "routine": "Only addressed anew",
}
MEANINGS: Final[Mapping[Weight, str]] = {
    "lost": "the audience will not see or hear them",
    "decide": "somebody looks at each before doors",
    "routine": "they do the same; nothing to be done",
}
UNTOUCHED: Final = "As they are"


def diff_to_html(diff: VenueDiff, items: Mapping[str, str]) -> str:
    """One document. ``items``: the title of each item by its id."""
    title = f"{diff.show}: {diff.before} to {diff.after}"
    parts = [
        heading(1, diff.show),
        paragraph(f"From {diff.before} to {diff.after}: what changes, and what it asks of you", "dim"),
        _tiles(diff),
        *(paragraph(line) for line in summary_lines(diff)),
    ]
    for weight in TITLES:
        parts += _section(weight, diff, items)
    routine = [each for each in diff.house if not each.decide]
    if routine:
        parts.append(heading(2, "The house"))
        rows = ((each.what, each.before, each.after) for each in routine)
        parts.append(table(("", diff.before, diff.after), rows, (22, 39, 39), frozenset((0,))))
    return page_html(title, parts)


def summary_lines(diff: VenueDiff) -> tuple[str, ...]:
    """The first lines: what is lost, what needs a decision, what is only addressed anew. A sentence each."""
    weighed, counts = diff.weighed(), diff.counts()
    asked = sum(each.decide for each in diff.house)
    lines = []
    for weight, title in TITLES.items():
        kinds = "; ".join(f"{counts[kind]}: {WORDS[kind]}" for kind in counts if WEIGHTS[kind] == weight)
        cues = _cues(weighed[weight]) if weighed[weight] else "no cue"
        house = f", and {asked} thing{'s' * (asked != 1)} of the house" if weight == "decide" and asked else ""
        lines.append(f"{title}: {cues}{house}" + (f" ({kinds})." if kinds else "."))
    lines.append(f"{UNTOUCHED}: {diff.untouched()} of {_cues(diff.cues)}.")
    return tuple(lines)


def cue_words(group: Group) -> str:
    """``cue 6.205``, ``cues 1.085, 1.105, 1.125 and 12 more``."""
    numbers = list(dict.fromkeys(each.number for each in group.cues))
    if len(numbers) == 1:
        return f"cue {numbers[0]}"
    first, more = ", ".join(numbers[:MOST_NUMBERS]), len(numbers) - MOST_NUMBERS
    return f"cues {first}" + (f" and {more} more" if more > 0 else "")


def _cues(count: int) -> str:
    return f"{count} cue{'s' * (count != 1)}"


def _tiles(diff: VenueDiff) -> str:
    weighed = diff.weighed()
    figures = [(TITLES[weight], weighed[weight]) for weight in TITLES]
    figures.append((UNTOUCHED, diff.untouched()))
    cells = "".join(
        f'<td width="25%" style="border: 1px solid #999; padding: 6px 10px"><span style="font-size: 20pt; '
        f'font-weight: 600">{count}</span><br><span class="small">{escape(words)}</span></td>'
        for words, count in figures
    )
    return f'<table width="100%" style="margin-top: 8px; margin-bottom: 10px"><tr>{cells}</tr></table>'


def _section(weight: Weight, diff: VenueDiff, items: Mapping[str, str]) -> Iterator[str]:
    """Cue by cue where somebody has to look at each; in groups where nobody has to."""
    changes = [each for each in diff.changes if WEIGHTS[each.kind] == weight]
    asked = [each for each in diff.house if each.decide and weight == "decide"]
    if not changes and not asked:
        return
    yield heading(2, TITLES[weight])
    yield paragraph(MEANINGS[weight][0].upper() + MEANINGS[weight][1:] + ".", "dim")
    if asked:
        yield heading(3, "The house")
        rows = ((each.what, each.before, each.after) for each in asked)
        yield table(("", diff.before, diff.after), rows, (22, 39, 39), frozenset((0,)))
    for kind, words in WORDS.items():
        of_kind = [each for each in changes if each.kind == kind]
        if of_kind:
            yield heading(3, f"{words[0].upper()}{words[1:]}: {_cues(len({each.cue for each in of_kind}))}")
            yield _groups(of_kind, diff) if weight == "routine" else _one_by_one(of_kind, diff, items)


def _groups(changes: Iterable[Change], diff: VenueDiff) -> str:
    rows = ((cue_words(each), each.role, each.before, each.after) for each in grouped(changes))
    return table(("cues", "role", diff.before, diff.after), rows, (20, 16, 32, 32), frozenset())


def _one_by_one(changes: Iterable[Change], diff: VenueDiff, items: Mapping[str, str]) -> str:
    """A line a cue, but for cues of one item that read alike."""
    alike: dict[tuple[str, ...], dict[str, None]] = {}
    for each in changes:
        words = (items.get(each.item or "", ""), each.label, each.role, each.before, each.after)
        alike.setdefault(words, {})[each.number] = None
    rows = ((", ".join(numbers), *words) for words, numbers in alike.items())
    head = ("cues", "item", "label", "role", diff.before, diff.after)
    return table(head, rows, (11, 17, 14, 14, 22, 22), frozenset((0,)))
