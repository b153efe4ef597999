"""Which MIDI port a written name means.

The system numbers its clients anew with every plug, so the numbers in `Launchpad MIDI 1 24:0` (ALSA) and
`a2j:Launchpad [24] (capture): MIDI 1` (ALSA seen through JACK) are left out of the comparison. The first rule that
finds any port decides, and two ports found are one too many:

1. the name as the system writes it, numbers and all (for two boxes of one make);
2. the name without its numbers, upper and lower case alike;
3. a name that contains the written one.
"""

import re
from collections.abc import Sequence
from typing import Final

_CLIENT_NUMBERS: Final = re.compile(r"\s+\d+:\d+$|\s*\[\d+\]")


def strip_numbers(name: str) -> str:
    """The name without what changes when a box is plugged again."""
    return _CLIENT_NUMBERS.sub("", name)


def find_name(wanted: str, names: Sequence[str]) -> tuple[str | None, str]:
    """The one name that is meant, and no words; or None, and why there is not one, with the remedy."""
    plain = strip_numbers(wanted).casefold()
    for rule in (
        lambda name: name == wanted,
        lambda name: strip_numbers(name).casefold() == plain,
        lambda name: plain in strip_numbers(name).casefold(),
    ):
        found = [name for name in names if rule(name)]
        if len(found) == 1:
            return found[0], ""
        if found:
            return None, f"MIDI name {wanted!r} fits {len(found)} ports, write one in full: {', '.join(found)}"
    there = ", ".join(names) or "none at all"
    return None, f"MIDI port {wanted!r} is not there: plug it in, or choose from: {there}"
