"""``did you mean …?``: the one place that guesses what a mistyped name was meant to be."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from typing import Final

_LIKENESS: Final = 0.5
_MOST_NAMED: Final = 8


def near_words(name: str, known: Collection[str]) -> str:
    """``did you mean …?``, or the first few there are: a show has hundreds of cues, and an error one line."""
    near = near_name(name, known)
    if near is not None:
        return f"did you mean {near}?"
    named = list(known)[:_MOST_NAMED]
    return f"there are {', '.join(named)}{' …' if len(known) > len(named) else ''}" if named else "there are none"


def near_name(name: str, known: Collection[str]) -> str | None:
    """The known name that is most like this one, whatever its capitals; None where none is like it."""
    folded = {each.casefold(): each for each in known}
    near = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=_LIKENESS)
    return folded[near[0]] if near else None
