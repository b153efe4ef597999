"""The three values of a parameter, side by side: told when asked, never in a snapshot."""

from __future__ import annotations

from console.vocabulary.words import Word

Values = dict[str, bool | int | float | str]
"""A verb's arguments, in the house's own names and numbers."""


class ParameterState(Word):
    """One parameter at one device. ``desired`` None: the show wants nothing of it; ``expected`` None: nothing of ours
    is known to have reached it; ``reported`` None: the device never spoke of it. Each with the verb it came by.
    """

    role: str
    parameter: str  # the show's: family, then keys
    department: str
    device: str
    cue: str  # that wanted it, "" where no cue did
    desired_verb: str = ""
    desired: Values | None = None
    expected_verb: str = ""
    expected: Values | None = None
    sent_ns: int | None = None
    settling: bool = False  # the device takes its own time, and is on its way
    reported_verb: str = ""
    reported: Values | None = None  # as far as the device said it
    heard_ns: int | None = None
    expected_differs: bool = False  # from desired
    reported_differs: bool = False  # from expected
