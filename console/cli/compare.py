"""``showcaller compare``: what another show file has otherwise."""

from __future__ import annotations

from dataclasses import asdict

from console.cli.opening import open_show, show_path
from console.cli.page import Page, json_text, lines_to_text, printable
from console.cli.paper import Paper, Written, write_page
from console.plan.show_diff import ShowChange, ShowDiff, compare_shows
from console.plan.show_diff_page import TITLES, compare_summary, compare_title, compare_to_html, field_words


def run_compare(before: str, after: str, written: Written, paper: Paper | None, *, as_json: bool) -> Page:
    """Every piece that is new, gone, elsewhere or otherwise. Raises CommandError."""
    one, other = (open_show(name).show for name in (before, after))
    diff = compare_shows(one, other)
    if written.is_asked:
        names = (show_path(before).name, show_path(after).name)
        items = {item.id: item.title for show in (one, other) for item in show.items}
        write_page(compare_to_html(diff, names, items), compare_title(diff, names), written, paper)
    return Page(json_text(compare_to_json(diff)) if as_json else _text(diff))


def compare_to_json(diff: ShowDiff) -> dict[str, object]:
    """``changes`` has one object for each piece that came or went and each field that is otherwise."""
    counts = {"others": diff.others()} | diff.counts()
    changes = [asdict(each) for each in diff.changes]
    return {"before": diff.before, "after": diff.after, "counts": counts, "changes": changes}


def _text(diff: ShowDiff) -> str:
    lines = [*compare_summary(diff)]
    for kind, title in TITLES.items():
        found = [each for each in diff.changes if each.kind == kind]
        if found:
            lines += ["", title]
        for each in found:
            lines += [f"  {_name(each)}  {field_words(each)}", f"      {each.before or '–'}  →  {each.after or '–'}"]
    return lines_to_text(printable(line) for line in lines)


def _name(change: ShowChange) -> str:
    return " ".join(filter(None, (change.thing, change.number or change.id, change.name)))
