"""What the cue list changes of the show, from what is picked and typed: functions from the desk to an Edit. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from console.show import cue_editing
from console.show.at_words import words_to_at
from console.show.cue_clipboard import cues_to_text, text_to_cues
from console.show.cues import Cue
from console.show.draft import EditError
from console.show.edits import Compound, Edit, change_cue, renumber
from console.show.show import Show
from ui.needs import needs_editing, needs_engine
from ui.state.desk import Desk
from ui.state.rows import DEPARTMENT_LIST

Made = Callable[[tuple[str, ...]], None]
"""Told the ids of cues that are there once the edit is made."""


def needs_place(desk: Desk) -> str:
    """Where a new cue is to stand must be known."""
    return needs_editing(desk) or ("" if _home(desk) is not None else "pick a cue, or an item in the rundown, first")


def needs_taking_out(desk: Desk) -> str:
    """Cues may be taken out, or switched off: the one thing that is done in Performance as well."""
    locked = "the console is locked: unlock it first (Show menu)" if desk.is_locked else ""
    picked = "" if desk.picked else "pick a cue in the list or on the timeline first"
    return locked or needs_engine(desk) or picked


def needs_movable(desk: Desk) -> str:
    """The cue in hand must have a place of its own, not one by its time."""
    if words := needs_editing(desk):
        return words
    return "pick a cue in the list first" if desk.selected is None else _why_it_stands(desk, desk.selected)


def insert_edit(desk: Desk, made: Made) -> Edit | None:
    """A cue behind the one in hand; the first of its item or list where none is."""
    home = _home(desk)
    if desk.show is None or home is None:
        return None
    if isinstance(home, Cue):
        edit, cue = cue_editing.insert_behind(desk.show, home.id)
    else:
        edit, cue = cue_editing.insert_first(desk.show, *home)
    made((cue,))
    return edit


def duplicate_edit(desk: Desk, made: Made) -> Edit | None:
    """Copies of what is picked, behind it."""
    if desk.show is None or not desk.picked:
        return None
    edit, cues = cue_editing.duplicate(desk.show, desk.picked)
    made(cues)
    return edit


def paste_edit(desk: Desk, text: str, made: Made) -> Edit | None:
    """The cues of the clipboard behind the one in hand. Raises :class:`EditError` where there are none."""
    if desk.show is None:
        return None
    pasted, home = text_to_cues(text), _home(desk)
    if not isinstance(home, Cue):
        raise EditError("pick the cue to paste behind first")
    name = f"Paste cue {pasted[0].number}" if len(pasted) == 1 else f"Paste {len(pasted)} cues"
    edit, cues = cue_editing.copy_behind(desk.show, pasted, home, name)
    made(cues)
    return edit


def picked_text(desk: Desk) -> str:
    """What is picked, as text for the clipboard, in the order of the list."""
    if desk.show is None:
        return ""
    with_children = [cue.id for cue in cue_editing.with_children(desk.show, desk.picked)]
    return cues_to_text([desk.show.cue_by_id[cue] for cue in in_list_order(desk, with_children)])


def delete_edit(desk: Desk) -> Edit | None:
    """What is picked goes; in Performance it is disabled instead, which can be seen and taken back on air."""
    if desk.show is None or not desk.picked:
        return None
    if desk.mode == "show":
        return cue_editing.switch(desk.show, desk.picked, disabled=True)
    return cue_editing.delete(desk.show, desk.picked)


def switch_edit(desk: Desk) -> Edit | None:
    """Enable what is picked where all of it is disabled, else disable it."""
    if desk.show is None or not desk.picked:
        return None
    return cue_editing.switch(desk.show, desk.picked, disabled=not is_off(desk))


def is_off(desk: Desk) -> bool:
    """True where all that is picked is disabled."""
    return desk.show is not None and bool(desk.picked) and all(desk.show.cue_by_id[c].disabled for c in desk.picked)


def renumber_edit(desk: Desk, first: str, step: str) -> Edit | None:
    """What is picked, from a first number in steps, in the order of the list."""
    return renumber(in_list_order(desk, desk.picked), first, step) if desk.picked else None


def field_edit(desk: Desk, cue_id: str, field: str, typed: str) -> Edit | None:
    """One field of one cue as it was typed into the list. Raises :class:`EditError` where it means nothing."""
    cue = desk.show.cue_by_id.get(cue_id) if desk.show is not None else None
    if cue is None:
        return None
    why_not = needs_editing(desk)
    if why_not:
        raise EditError(why_not)
    value = words_to_at(typed, cue) if field == "at" else typed.strip()
    return None if getattr(cue, field) == value else change_cue(cue_id, {field: value})


def move_edit(desk: Desk, by_rows: int) -> Edit | None:
    """The cue in hand one row up or down."""
    if desk.show is None or desk.selected is None:
        return None
    if words := _why_it_stands(desk, desk.selected):
        raise EditError(words)
    rows = _rows_beside(desk, desk.selected)
    place = rows.index(desk.selected) + by_rows
    if not 0 <= place < len(rows):
        raise EditError(f"{_named(desk.show, desk.selected)} stands at that end already")
    return drop_edit(desk, desk.selected, rows[place], before=by_rows < 0)


def drop_edit(desk: Desk, cue_id: str, neighbour: str, *, before: bool) -> Compound | None:
    """A cue to right before or behind another. Raises :class:`EditError` for one that stands by its time."""
    show = desk.show
    if show is None or cue_id not in show.cue_by_id or neighbour not in show.cue_by_id:
        return None
    why_not = needs_editing(desk)
    if why_not:
        raise EditError(why_not)
    if words := _why_it_stands(desk, cue_id):
        raise EditError(words)
    return cue_editing.move_beside(show, cue_id, neighbour, before=before)


def in_list_order(desk: Desk, cues: Sequence[str]) -> list[str]:
    """Cues as they stand in the lists: the show's in running order, those of free lists as stored."""
    if desk.show is None or desk.schedule is None:
        return list(cues)
    order = [cue for item in desk.show.items for cue in desk.schedule.by_item.get(item.id, ())]
    places = {cue: place for place, cue in enumerate(order)}
    stored, last = desk.show.cue_places, len(order)
    return sorted(cues, key=lambda cue: places.get(cue, last + stored[cue]))


def _rows_beside(desk: Desk, cue_id: str) -> list[str]:
    """The cues of its item or list that may be passed, in order: what belongs to another cue goes with it."""
    show = desk.show
    if show is None or desk.schedule is None:
        return []
    cue = show.cue_by_id[cue_id]
    if cue.list is not None:
        return [each.id for each in show.cues if each.list == cue.list]
    rows = desk.schedule.by_item.get(cue.item or "", ())
    return [each for each in rows if each == cue_id or show.cue_by_id[each].at.on not in ("after", "group")]


def _why_it_stands(desk: Desk, cue_id: str) -> str:
    """Why a cue cannot be moved by hand; empty where its place is its own."""
    if desk.show is None or desk.schedule is None:
        return "open a show first"
    cue = desk.show.cue_by_id[cue_id]
    part = desk.schedule.parts.get(cue.item or "")
    if cue.at.on in ("after", "group"):
        return f"cue {cue.number} stands with the cue it belongs to: move that one"
    if part is not None and part.moments.get(cue_id, (None, True))[0] is not None:
        return f"cue {cue.number} stands by its time: change when it runs, and it moves"
    return ""


def _home(desk: Desk) -> Cue | tuple[str | None, str | None] | None:
    """What a new cue stands behind; else the (item, list) it is the first of; None where that is not known."""
    show = desk.show
    if show is None:
        return None
    if desk.selected in show.cue_by_id:
        return show.cue_by_id[desk.selected]
    is_free = desk.list_shown != "show" and not desk.list_shown.startswith(DEPARTMENT_LIST)
    if is_free:
        stored = [cue for cue in show.cues if cue.list == desk.list_shown]
        return stored[-1] if stored else (None, desk.list_shown)
    item = desk.picked_item if desk.picked_item is not None else show.items[0].id if len(show.items) == 1 else None
    if item is None:
        return None
    order = desk.schedule.by_item.get(item, ()) if desk.schedule is not None else ()
    return show.cue_by_id[order[-1]] if order else (item, None)


def _named(show: Show, cue: str) -> str:
    return f"cue {show.cue_by_id[cue].number}"
