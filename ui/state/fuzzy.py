"""How well a few typed letters fit a title. Pure; the table of ranks is in its test. No Qt.

Every typed word has to be found. A whole word counts most, then the beginning of one, the first letters of several,
letters in one piece, and last letters in order with others between, which may not be spread over more than a few.
"""

from __future__ import annotations

from typing import Final

WHOLE: Final = 100
BEGINS: Final = 80
INITIALS: Final = 60
INSIDE: Final = 40
SPREAD: Final = 20
FIRST: Final = 5
"""More for the first word of a title."""

_WIDEST: Final = 3
"""How many times as long as what was typed the stretch may be that its letters are spread over."""


def fit(typed: str, title: str) -> int | None:
    """The sum over the typed words; None where one does not fit. Nothing typed fits everything alike."""
    words = _words(title)
    total = 0
    for each in typed.casefold().split():
        best = _fit_word(each, words)
        if best is None:
            return None
        total += best
    return total


def _words(title: str) -> list[str]:
    return "".join(sign if sign.isalnum() or sign == "." else " " for sign in title.casefold()).split()


def _fit_word(typed: str, words: list[str]) -> int | None:
    if typed in words:
        return WHOLE + (FIRST if words[0] == typed else 0)
    for place, word in enumerate(words):
        if word.startswith(typed):
            return BEGINS + (0 if place else FIRST)
    if len(typed) > 1 and typed in "".join(word[0] for word in words):
        return INITIALS
    if any(typed in word for word in words):
        return INSIDE
    return SPREAD if len(typed) > 2 and _is_spread(typed, " ".join(words)) else None


def _is_spread(typed: str, text: str) -> bool:
    """True where the letters come in order, beginning with the first of a word, and close together."""
    start = -1
    while (start := text.find(typed[0], start + 1)) >= 0:
        if start and text[start - 1] != " ":
            continue
        at = start
        for sign in typed[1:]:
            at = text.find(sign, at + 1)
            if at < 0:
                return False
        if at - start < _WIDEST * len(typed):
            return True
    return False
