"""Help by topic: pages that ship, with the keys as they are now. No Qt.

A page names actions in braces, ``{show.new}``; what stands there is their title and key, so that neither can be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from ui.action import Action
from ui.state.keymap import Keymap

ACTION_WORDS: Final = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")

_TOPICS: Final = (
    ("first-steps", "What to press first, and what a show is"),
    ("running", "Standby, stopping, panic, by hand"),
    ("cues", "Editing them, and bringing them in"),
    ("music", "Bars, vamps, tapping, timecode"),
    ("houses", "Roles, devices, preflight, bytes"),
    ("rehearsal", "Modes, runs, drills, takes"),
    ("files", "Saving, paper, keys, second screen"),
)

PAGE_TOPICS: Final[Mapping[str, str]] = {
    "console": "running",
    "house": "houses",
    "houses_diff": "houses",
    "preflight": "houses",
    "devices": "houses",
    "line_check": "houses",
    "profiles": "houses",
    "explain": "houses",
    "rehearsal": "rehearsal",
    "takes": "rehearsal",
}
"""The topic that help begins with, by the page on show."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One page. ``text``: Markdown, actions still in braces."""

    id: str
    title: str
    words: str
    text: str


@cache
def topics() -> tuple[Topic, ...]:
    """Every page, in the order they are read."""
    found = []
    for topic_id, words in _TOPICS:
        text = (files("ui") / "help" / f"{topic_id}.md").read_text(encoding="utf-8")
        found.append(Topic(topic_id, text.partition("\n")[0].removeprefix("# "), words, text))
    return tuple(found)


def topic_text(topic: Topic, actions: Mapping[str, Action], keymap: Keymap) -> str:
    """The page as it is read now: titles and keys of its actions filled in."""

    def words(found: re.Match[str]) -> str:
        action = actions[found[1]]
        key = keymap.first(action)
        title = action.title.rstrip("…")
        return f"**{key}** ({title})" if key else f"**{title}** (Menu {action.menu})"

    return ACTION_WORDS.sub(words, topic.text)


def topic_for(page: str, *, is_open: bool) -> str:
    """Where help begins: with the page on show, or with the first steps while nothing is open."""
    return PAGE_TOPICS.get(page, "first-steps") if is_open else "first-steps"
