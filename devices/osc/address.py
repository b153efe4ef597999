"""OSC address patterns, matched without backtracking, and a table that finds receivers by address.

A received address may hold `?`, `*`, `[a-z]`, `[!x]` and `{foo,bar}` and then speaks to every address it
fits; no wildcard reaches across a `/`. The matcher keeps the set of places reached so far, so its cost is
bounded by pattern length times address length, whatever the sender writes. (OSC 1.0, "Message Dispatching".)
"""

from collections.abc import Callable, Iterator
from typing import Final, Generic, TypeVar

from devices.osc.guard import OscError

T = TypeVar("T")

PATTERN_SIGNS: Final = frozenset("?*[{")
"""An address with none of these is exact."""

Step = Callable[[str, set[int]], set[int]]
"""From the places reached in a part to the places reached after one token of the pattern."""


class AddressPattern:
    """One pattern, ready to match. OscError for one that is not closed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._parts = tuple(tuple(_steps(part, text)) for part in text.split("/"))

    def matches(self, address: str) -> bool:
        parts = address.split("/")
        return len(parts) == len(self._parts) and all(map(_part_matches, self._parts, parts))


def is_pattern(address: str) -> bool:
    """True where an address can fit more than itself."""
    return not PATTERN_SIGNS.isdisjoint(address)


class AddressTable(Generic[T]):
    """What is to be found under which address. An exact address is one dictionary look-up.

    Either side may be a pattern: a received one finds every exact address it fits, a stored one is found
    by every exact address that fits it. A pattern finds an equal stored pattern and no other.
    """

    def __init__(self) -> None:
        self._exact: dict[str, list[T]] = {}
        self._patterns: dict[str, tuple[AddressPattern, list[T]]] = {}

    def put(self, address: str, receiver: T) -> None:
        """Store a receiver; several may share an address. OscError for a broken pattern."""
        if is_pattern(address):
            self._patterns.setdefault(address, (AddressPattern(address), []))[1].append(receiver)
        else:
            self._exact.setdefault(address, []).append(receiver)

    def find(self, address: str) -> tuple[T, ...]:
        """Receivers in the order stored, exact ones first. OscError for a broken pattern."""
        if is_pattern(address):
            pattern = AddressPattern(address)
            found = [receivers for stored, receivers in self._exact.items() if pattern.matches(stored)]
            if address in self._patterns:
                found.append(self._patterns[address][1])
        else:
            found = [self._exact.get(address, [])]
            found += [receivers for stored, receivers in self._patterns.values() if stored.matches(address)]
        return tuple(receiver for receivers in found for receiver in receivers)


def _part_matches(steps: tuple[Step, ...], part: str) -> bool:
    places = {0}
    for step in steps:
        places = step(part, places)
        if not places:
            return False
    return len(part) in places


def _steps(part: str, whole: str) -> Iterator[Step]:
    at = 0
    while at < len(part):
        sign = part[at]
        at += 1
        if sign == "*":
            yield _any_run
        elif sign == "?":
            yield _one_sign
        elif sign in "[{":
            close = part.find("]" if sign == "[" else "}", at)
            if close < 0:
                raise OscError(f"OSC pattern {whole!r} opens {sign} without closing it")
            inner = part[at:close]
            yield _one_of_class(inner) if sign == "[" else _one_of_words(inner.split(","))
            at = close + 1
        else:
            yield _one_of_words([sign])


def _any_run(part: str, places: set[int]) -> set[int]:
    return set(range(min(places), len(part) + 1))


def _one_sign(part: str, places: set[int]) -> set[int]:
    return {place + 1 for place in places if place < len(part)}


def _one_of_words(words: list[str]) -> Step:
    def step(part: str, places: set[int]) -> set[int]:
        return {place + len(word) for place in places for word in words if part.startswith(word, place)}

    return step


def _one_of_class(inner: str) -> Step:
    negated = inner.startswith("!")
    signs = inner[negated:]
    singles, ranges = set[str](), list[tuple[str, str]]()
    at = 0
    while at < len(signs):
        if signs[at + 1 : at + 2] == "-" and at + 2 < len(signs):
            ranges.append((signs[at], signs[at + 2]))
            at += 3
        else:  # also a minus at either end, which means itself
            singles.add(signs[at])
            at += 1

    def step(part: str, places: set[int]) -> set[int]:
        return {
            place + 1
            for place in places
            if place < len(part)
            and negated != (part[place] in singles or any(low <= part[place] <= high for low, high in ranges))
        }

    return step
