"""Editing cues in the list. Keys that ask for a letter elsewhere stay that letter in a text field."""

from __future__ import annotations

from typing import Final

from ui.action import Action
from ui.needs import needs_editing, needs_picked_cues, needs_show
from ui.state import cue_edits
from ui.state.desk import Desk


def _needs_in_hand(desk: Desk) -> str:
    return needs_editing(desk) or ("" if desk.selected is not None else "pick a cue in the list first")


CUE_ACTIONS: Final = (
    Action("cues.cut", "Cut cues", "Edit", ("Ctrl+X",), needs_picked_cues, gap_before=True),
    Action("cues.copy", "Copy cues", "Edit", ("Ctrl+C",), lambda d: needs_show(d) or _nothing_picked(d)),
    Action("cues.paste", "Paste cues", "Edit", ("Ctrl+V",), cue_edits.needs_place, hint="behind the cue in hand"),
    Action("cues.all", "Pick all cues of the list", "Edit", ("Ctrl+A",), needs_show),
    Action(
        "cues.insert",
        "Insert a cue",
        "Edit",
        ("Ins",),
        cue_edits.needs_place,
        gap_before=True,
        hint="behind the cue in hand, with a number that is free there",
    ),
    Action("cues.duplicate", "Duplicate cues", "Edit", ("Shift+D",), needs_picked_cues),
    Action(
        "cues.delete",
        "Delete cues",
        "Edit",
        ("Del",),
        cue_edits.needs_taking_out,
        edit=cue_edits.delete_edit,
        hint="in Performance they are disabled instead",
    ),
    Action(
        "cues.disable",
        "Disabled",
        "Edit",
        ("Shift+Del",),
        cue_edits.needs_taking_out,
        edit=cue_edits.switch_edit,
        toggled=True,
        is_on=cue_edits.is_off,
        hint="the picked cues do not run until they are enabled again",
    ),
    Action(
        "cues.type",
        "Edit in place",
        "Edit",
        ("Shift+Return", "Shift+Enter"),
        _needs_in_hand,
        gap_before=True,
        hint="label first, Tab goes on; Return ends. Return alone and a double click are standby",
    ),
    Action("cues.renumber", "Renumber…", "Edit", ("Ctrl+Shift+N",), needs_picked_cues),
    Action(
        "cues.up",
        "Cue up",
        "Edit",
        ("Ctrl+Shift+Up",),
        cue_edits.needs_movable,
        edit=lambda d: cue_edits.move_edit(d, -1),
        hint="a timed cue stands by its time; an untimed one takes a free number there",
    ),
    Action(
        "cues.down",
        "Cue down",
        "Edit",
        ("Ctrl+Shift+Down",),
        cue_edits.needs_movable,
        edit=lambda d: cue_edits.move_edit(d, 1),
    ),
    Action("cues.filter", "Filter the cue list", "View", ("Ctrl+Shift+F",), needs_show, gap_before=True),
    Action("cues.filter_clear", "Clear the filter", "View", ("Shift+Esc",), needs_show),
    Action("cues.columns", "Columns of the cue list…", "View", ("Ctrl+Shift+K",), needs_show),
    Action("cues.fold", "Fold all items", "View", ("Ctrl+Alt+Left",), needs_show, hint="Left folds the one in hand"),
    Action("cues.unfold", "Unfold all items", "View", ("Ctrl+Alt+Right",), needs_show),
)


def _nothing_picked(desk: Desk) -> str:
    return "" if desk.picked else "pick a cue in the list or on the timeline first"
