"""Changing the show: what is taken back and made again, whatever was changed."""

from __future__ import annotations

from typing import Final

from ui.action import Action
from ui.state import set_list

EDIT_ACTIONS: Final = (
    Action("edit.undo", "Undo", "Edit", ("Ctrl+Z",), lambda d: set_list.not_undone(d, redo=False), undoes="undo"),
    Action(
        "edit.redo",
        "Redo",
        "Edit",
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        lambda d: set_list.not_undone(d, redo=True),
        undoes="redo",
    ),
)
