"""What the palette finds: actions with their keys and why they cannot be used, cues, items, houses. No Qt.

Actions, items and houses are found by a few letters; cues by number or by parts of their label, since a show has
thousands and a picture has milliseconds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, Literal

from console.show.show import Show
from ui.action import Action
from ui.state.desk import Desk
from ui.state.fuzzy import BEGINS, INSIDE, WHOLE, fit
from ui.state.shelf import VenueCard

Kind = Literal["action", "cue", "item", "house"]

MOST: Final = 60
"""Rows at once; who wants more types another letter."""

_MENU_LOSS: Final = 30
"""What an action loses that fits only together with its menu."""

_PLACES: Final[dict[Kind, str]] = {"action": "", "cue": "Go to cue", "item": "Go to item", "house": "Turn to house"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: what it is, what it does it to, where else it stands, its key, and why it cannot be used now."""

    kind: Kind
    key: str  # the id of the action, cue, item, or the name of the house
    title: str
    place: str
    shortcut: str = ""
    why_not: str = ""
    is_on: bool = False


@dataclass(frozen=True, slots=True)
class Stock:
    """All there is to be found, folded once for many keys.

    ``rows`` has a line for each cue, number, tab, label, in small letters, and ``starts`` where each line begins.
    """

    show: Show | None
    actions: tuple[Action, ...]
    houses: tuple[VenueCard, ...]
    rows: str
    starts: tuple[int, ...]


def make_stock(show: Show | None, actions: Iterable[Action], houses: Iterable[VenueCard]) -> Stock:
    """Of the show as it stands."""
    lines = [f"\n{cue.number}\t{cue.label}".casefold() for cue in (() if show is None else show.cues)]
    starts = tuple(accumulate(map(len, lines), initial=0))
    return Stock(show, tuple(actions), tuple(houses), "".join(lines), starts)


def find_entries(typed: str, desk: Desk, stock: Stock) -> tuple[Entry, ...]:
    """The best first; nothing typed gives the actions as they stand in the menus."""
    found: list[tuple[int, Entry]] = []
    for action in stock.actions:
        points = _fit_action(typed, action)
        if points is not None:
            found.append((points, _entry(action, desk)))
    if typed.strip():
        for item in stock.show.items if stock.show is not None else ():
            found += _ranked(typed, "item", item.id, item.title)
        found += _cues(typed, stock)
        for house in stock.houses:
            found += _ranked(typed, "house", house.name, house.title)
        found.sort(key=lambda each: (-each[0], bool(each[1].why_not)))
        found = found[:MOST]
    return tuple(entry for _, entry in found)


def _fit_action(typed: str, action: Action) -> int | None:
    points = fit(typed, action.title)
    if points is not None:
        return points
    points = fit(typed, f"{action.title} {action.menu or ''}")
    return None if points is None else max(points - _MENU_LOSS, 1)


def _entry(action: Action, desk: Desk) -> Entry:
    is_on = action.is_on is not None and action.is_on(desk)
    return Entry(
        "action", action.id, action.title, action.menu or "", desk.keymap.first(action), action.why_not(desk), is_on
    )


def _ranked(typed: str, kind: Kind, key: str, title: str) -> Iterable[tuple[int, Entry]]:
    points = fit(typed, title)
    return () if points is None else ((points - 1, Entry(kind, key, title, _PLACES[kind])),)


def _cues(typed: str, stock: Stock) -> list[tuple[int, Entry]]:
    """A number that is typed whole comes first, then numbers that begin so, then labels with all that was typed."""
    words = [each for each in typed.casefold().split() if each != "cue"]
    found: list[tuple[int, Entry]] = []
    if not words or stock.show is None:
        return found
    rarest = min(words, key=stock.rows.count)
    for row in dict.fromkeys((*_rows(stock, f"\n{rarest}"), *_rows(stock, rarest))):
        number, _, label = stock.rows[stock.starts[row] + 1 : stock.starts[row + 1]].partition("\t")
        if len(words) == 1 and number.startswith(words[0]):
            points = WHOLE + 1 if number == words[0] else BEGINS - 1
        elif all(each in label or each == number for each in words):
            points = INSIDE * len(words)
        else:
            continue
        cue = stock.show.cues[row]
        found.append((points, Entry("cue", cue.id, f"{cue.number}  {cue.label}".strip(), _PLACES["cue"])))
    return found


def _rows(stock: Stock, part: str) -> Iterator[int]:
    """The first cues in whose line it stands, each once."""
    at = stock.rows.find(part)
    for _ in range(4 * MOST):
        if at < 0:
            return
        row = bisect_right(stock.starts, at) - 1
        yield row
        at = stock.rows.find(part, stock.starts[row + 1])
