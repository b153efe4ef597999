"""What another show file has otherwise, as a page: what is new and gone first, then field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from console.plan.page_html import heading, page_html, paragraph, table
from console.plan.show_diff import WORDS, Kind, ShowChange, ShowDiff

TITLES: Final[Mapping[Kind, str]] = {
    "removed": "Gone",
    "added": "New",
    "moved": "Moved",
    "changed": "Changed",
}


def compare_summary(diff: ShowDiff) -> tuple[str, ...]:
    """What changed in short: a sentence."""
    if not diff.changes:
        return ("Nothing is otherwise.",)
    counts = [f"{count} {WORDS[kind]}" for kind, count in diff.counts().items() if count]
    others = diff.others()
    lines = ["Cues: " + ("; ".join(counts) if counts else "none") + "."]
    if others:
        lines.append(f"Besides: {others} other{'s' * (others != 1)}, of items, songs, roles and the like.")
    return tuple(lines)


def compare_to_html(diff: ShowDiff, names: tuple[str, str], items: Mapping[str, str]) -> str:
    """One document. ``names``: what the two files are called; ``items``: the title of each item by its id."""
    title = compare_title(diff, names)
    parts = [
        heading(1, diff.after),
        paragraph(f"From {names[0]} to {names[1]}: what is otherwise", "dim"),
        *(paragraph(line) for line in compare_summary(diff)),
    ]
    cues = [each for each in diff.changes if each.thing == "cue"]
    for kind, words in TITLES.items():
        of_kind = [each for each in cues if each.kind == kind]
        if of_kind:
            count = len({each.id for each in of_kind})
            parts += [heading(2, f"{words}: {count} cue{'s' * (count != 1)}"), _cues(of_kind, items)]
    others = [each for each in diff.changes if each.thing != "cue"]
    if others:
        rows = ((each.thing, each.name or each.id, field_words(each), each.before, each.after) for each in others)
        head = ("", "which", "what", names[0], names[1])
        parts += [heading(2, "Besides"), table(head, rows, (10, 20, 14, 28, 28), frozenset())]
    return page_html(title, parts)


def compare_title(diff: ShowDiff, names: tuple[str, str]) -> str:
    """The running head."""
    return f"{diff.after}: {names[0]} and {names[1]}"


def field_words(change: ShowChange) -> str:
    """``label``, ``new``, ``order``: what of the piece it is."""
    return change.field or ("order" if change.kind == "moved" else WORDS[change.kind])


def _cues(changes: Iterable[ShowChange], items: Mapping[str, str]) -> str:
    rows = (
        (each.number, items.get(each.item or "", ""), each.name, field_words(each), each.before, each.after)
        for each in changes
    )
    return table(("cue", "item", "label", "what", "before", "after"), rows, (8, 17, 15, 12, 24, 24), frozenset((0,)))
