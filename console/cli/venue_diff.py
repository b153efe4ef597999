"""``showcaller venues diff``: what it costs to take a show from one house to another."""

from __future__ import annotations

from dataclasses import asdict

from console.cli.opening import join, open_show, open_venue
from console.cli.page import Page, json_text, lines_to_text, printable
from console.cli.paper import Paper, Written, write_page
from console.plan.venue_diff import WORDS, VenueDiff, diff_venues, grouped
from console.plan.venue_diff_page import cue_words, diff_to_html, summary_lines


def run_venue_diff(
    before: str, after: str, show_name: str, written: Written, paper: Paper | None, *, as_json: bool
) -> Page:
    """Every cue that is lost, replaced, moved … on the way from one house to the other. Raises CommandError."""
    show = open_show(show_name).show
    here, there = (join(show, open_venue(name)).patch for name in (before, after))
    diff = diff_venues(show, here, there)
    if written.is_asked:
        html = diff_to_html(diff, {item.id: item.title for item in show.items})
        write_page(html, f"{diff.show}: {diff.before} to {diff.after}", written, paper)
    return Page(json_text(diff_to_json(diff)) if as_json else _text(diff))


def diff_to_json(diff: VenueDiff) -> dict[str, object]:
    """``changes`` has one object for each cue and kind of change, ``house`` what else is another there."""
    return {
        "show": diff.show,
        "before": diff.before,
        "after": diff.after,
        "cues": diff.cues,
        "counts": diff.counts(),
        "summary": {"untouched": diff.untouched()} | diff.weighed(),
        "changes": [asdict(each) | {"department": diff.departments.get(each.role)} for each in diff.changes],
        "house": [asdict(each) for each in diff.house],
    }


def _text(diff: VenueDiff) -> str:
    lines = [f"{diff.show}: from {diff.before} to {diff.after}", *summary_lines(diff)]
    groups = grouped(diff.changes)
    for kind, words in WORDS.items():
        rows = [each for each in groups if each.kind == kind]
        if rows:
            lines += ["", words[0].upper() + words[1:]]
            for group in rows:
                lines += [f"  {group.role}  {cue_words(group)}", f"      {group.before}  →  {group.after}"]
    if diff.house:
        lines += ["", "The house"]
        for each in diff.house:
            mark = "  (to decide)" if each.decide else ""
            lines += [f"  {each.what}{mark}", f"      {each.before}  →  {each.after}"]
    return lines_to_text(printable(line) for line in lines)
