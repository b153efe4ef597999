"""The word GO is said in calls and stands on the button: anywhere else a caller's GO could be mistaken for it."""

import ast
import re

import pytest

from tests.support.tree import modules, tree_of

MAY_SAY_IT = {
    ("ui/go_button.py", "GO"): "the button",
    ("ui/state/calls.py", " GO"): "the call",
    ("console/engine/pressing.py", "GO"): "the trigger in the as-run",
}
"""(path, text) → why it may."""

SPEAKING = ("console/engine", "console/rehearsal", "console/wiring", "console/link", "ui")


def spoken(room: str) -> list[tuple[str, str]]:
    """(path, text) of every string in a room that says GO and is not documentation."""
    found = []
    for path in modules(room.split("/")[0]):
        if not path.is_relative_to(room):
            continue
        tree = tree_of(path)
        notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        found += [
            (str(path), node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes
            if re.search(r"\bGO\b", node.value)
        ]
    return found


@pytest.mark.parametrize("room", SPEAKING)
def test_nothing_live_says_go_but_the_button_and_the_call(room: str) -> None:
    assert [each for each in spoken(room) if each not in MAY_SAY_IT] == []


def test_every_exception_is_still_needed() -> None:
    assert {each for room in SPEAKING for each in spoken(room)} == set(MAY_SAY_IT)
