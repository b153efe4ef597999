"""Every key under its heading, from the actions and the keymap: for the sheet on Shift+F1 and the sheet on paper."""

from __future__ import annotations

from html import escape
from typing import Final

from PySide6.QtGui import QKeySequence

from ui.actions import ACTIONS, FIXED_KEYS
from ui.state.keymap import Keymap

_PARTS: Final = {
    "transport.hold": "Transport",
    "item.load": "Items",
    "panic": "Stopping",
    "hazard.arm": "Hazards, devices",
    "focus.rundown": "View, help",
    "help.keys": "View, help",
}
"""Where the longest menu is cut, and what its parts are headed."""

Group = tuple[str, tuple[tuple[str, str], ...]]


def key_rows(keymap: Keymap) -> tuple[Group, ...]:
    """(heading, ((keys, what they do), …)) in the order of the menus; the fixed keys first."""
    groups: dict[str, list[tuple[str, str]]] = {"Always": list(FIXED_KEYS)}
    menu, heading = "", ""
    for action in ACTIONS:
        first = keymap.first(action)
        if action.menu is None or not first:
            continue
        heading = _PARTS.get(action.id) or (heading if action.menu == menu else action.menu)
        menu = action.menu
        groups.setdefault(heading, []).append((_native(first), action.title))
    return tuple((each, tuple(rows)) for each, rows in groups.items())


def keys_html(keymap: Keymap) -> str:
    """A page of them, for :mod:`ui.paper` or a browser."""
    parts = []
    for heading, rows in key_rows(keymap):
        lines = "".join(
            f'<tr><td width="26%"><b>{escape(keys)}</b></td><td>{escape(words)}</td></tr>' for keys, words in rows
        )
        parts.append(f'<h2>{escape(heading)}</h2><table width="100%" cellpadding="2">{lines}</table>')
    head = '<meta charset="utf-8"><title>Showcaller: keys</title>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{''.join(parts)}</body></html>"


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
