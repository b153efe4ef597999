"""What may be done with the picked item of the rundown: put next, skipped, moved; and what can be undone. No Qt.

The engine has the last word. What is live is refused here already, in the words the engine would use.
"""

from __future__ import annotations

from console.show.edits import Compound, Edit, change, move
from console.show.rundown import Item
from ui.state.desk import Desk


def picked_item(desk: Desk) -> Item | None:
    """The item that was picked in the rundown."""
    return desk.show.item_by_id.get(desk.picked_item or "") if desk.show is not None else None


def needs_picked(desk: Desk) -> str:
    """Why nothing can be done with the picked item; empty where something can."""
    if desk.show is None:
        return "open a show first"
    if not desk.linked or desk.snapshot is None:
        return "the engine is not heard"
    return "" if picked_item(desk) is not None else "pick an item in the rundown first"


def not_next(desk: Desk) -> str:
    """Why the picked item cannot come next."""
    item = picked_item(desk)
    if item is None:
        return needs_picked(desk)
    life = _life(desk, item)
    if life == "live":
        return f"{item.title} is live"
    if life == "ended":
        return f"{item.title} has ended: locate to it to play it again"
    return f"{item.title} is skipped: take it back in first" if item.skipped else ""


def is_put_next(desk: Desk) -> bool:
    """True where an operator has put the picked item next."""
    snapshot = desk.snapshot
    return snapshot is not None and snapshot.next_by_hand and snapshot.next_item == desk.picked_item


def not_skipped(desk: Desk) -> str:
    """Why the picked item cannot be skipped, or taken back in."""
    item = picked_item(desk)
    if item is None:
        return needs_picked(desk)
    live = _life(desk, item) == "live"
    return f"{item.title} is live and plays to its end: end it to cut it short" if live else ""


def not_moved(desk: Desk, by_rows: int) -> str:
    """Why the picked item cannot move by so many rows."""
    item = picked_item(desk)
    if item is None or desk.show is None:
        return needs_picked(desk)
    place = desk.show.items.index(item) + by_rows
    return "" if 0 <= place < len(desk.show.items) else f"{item.title} stands at that end already"


def skip_edit(desk: Desk) -> Edit | None:
    """Skip the picked item, or take it back in."""
    item = picked_item(desk)
    if item is None:
        return None
    name = f"Take {item.title} back in" if item.skipped else f"Skip {item.title}"
    return Compound(name=name, edits=(change("item", item.id, {"skipped": not item.skipped}),))


def move_edit(desk: Desk, by_rows: int) -> Edit | None:
    """Move the picked item by so many rows."""
    item = picked_item(desk)
    if item is None or desk.show is None:
        return None
    return move("item", item.id, desk.show.items.index(item) + by_rows)


def is_skipped(desk: Desk) -> bool:
    """True where the picked item is skipped."""
    item = picked_item(desk)
    return item is not None and item.skipped


def not_undone(desk: Desk, *, redo: bool) -> str:
    """Why nothing can be taken back, or made again."""
    if desk.show is None:
        return "open a show first"
    if not desk.linked:
        return "the engine is not heard"
    return "" if (desk.redo_name if redo else desk.undo_name) else f"there is nothing to {'redo' if redo else 'undo'}"


def _life(desk: Desk, item: Item) -> str:
    state = desk.item_state(item.id)
    return "planned" if state is None else state.life
