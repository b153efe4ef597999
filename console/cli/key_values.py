"""``key=value`` words of a call."""

from __future__ import annotations

from collections.abc import Iterable

from console.cli.errors import call_error


def words_to_pairs(words: Iterable[str]) -> dict[str, str]:
    """The words as a mapping, in order. Raises CommandError, code 2."""
    pairs: dict[str, str] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or not name:
            raise call_error(f"{word!r} is no argument: write key=value, such as cue=10")
        if name in pairs:
            raise call_error(f"{name} is given twice, {pairs[name]!r} and {value!r}: leave one out")
        pairs[name] = value
    return pairs
