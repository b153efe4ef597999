"""The running order, while the show runs too: what is next, what is skipped, what stands where, and undo."""

from __future__ import annotations

from typing import Final

from console.vocabulary import SetNext
from ui.action import Action
from ui.state import set_list

RUNDOWN_ACTIONS: Final = (
    Action(
        "rundown.next",
        "Next is this",
        "Rundown",
        ("Shift+N",),
        set_list.not_next,
        lambda d, _: SetNext(item=None if set_list.is_put_next(d) else d.picked_item),
        toggled=True,
        is_on=set_list.is_put_next,
        hint="the picked item loads and starts next; once more, and the running order goes on",
    ),
    Action(
        "rundown.skip",
        "Skip",
        "Rundown",
        ("K",),
        set_list.not_skipped,
        edit=set_list.skip_edit,
        toggled=True,
        is_on=set_list.is_skipped,
        gap_before=True,
        hint="the picked item is not played tonight; codes and numbers stay with the songs",
    ),
    Action(
        "rundown.up",
        "Move up",
        "Rundown",
        ("Alt+Up",),
        lambda d: set_list.not_moved(d, -1),
        edit=lambda d: set_list.move_edit(d, -1),
    ),
    Action(
        "rundown.down",
        "Move down",
        "Rundown",
        ("Alt+Down",),
        lambda d: set_list.not_moved(d, 1),
        edit=lambda d: set_list.move_edit(d, 1),
    ),
)
