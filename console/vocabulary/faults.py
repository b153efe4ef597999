"""Faults that a rehearsal plays on a ghost, as they are asked for: by a line of text, or as a request over the link."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import Field

from console.vocabulary.words import Asked, Word
from profiles.near_names import near_words

HAND_S: Final = 2.0
"""How long after a command a hand undoes it, where nobody says."""

_Percent = Annotated[int, Field(ge=1, le=100)]
_Seconds = Annotated[float, Field(ge=0, le=86_400)]


class _Playing(Word):
    """What every fault carries. ``for_s``: seconds until it is over by itself; None: until it is taken back."""

    for_s: float | None = Field(default=None, gt=0, le=86_400)


class DeadFault(_Playing):
    """Hears nothing and says nothing."""

    fault: Literal["dead"] = "dead"


class SlowFault(_Playing):
    """Says everything so many milliseconds later."""

    fault: Literal["slow"] = "slow"
    ms: int = Field(ge=1, le=600_000)


class LossyFault(_Playing):
    """Loses this share of what it is told, and of what it says."""

    fault: Literal["lossy"] = "lossy"
    percent: _Percent


class GarbageFault(_Playing):
    """Says noise in place of this share of its words."""

    fault: Literal["garbage"] = "garbage"
    percent: _Percent = 100


class TouchFault(_Playing):
    """A hand at the device. Without ``verb`` it moves whatever the device was told, ``after_s`` behind each command.

    With one it sets that, ``after_s`` from now, and again ``every_s`` where that is given.
    """

    fault: Literal["touch"] = "touch"
    after_s: _Seconds = HAND_S
    verb: str | None = None
    args: dict[str, bool | int | float | str] = {}
    every_s: float | None = Field(default=None, ge=0.1, le=86_400)


PlayedFault = Annotated[
    DeadFault | SlowFault | LossyFault | GarbageFault | TouchFault,
    Field(discriminator="fault"),
]


Faults = tuple[tuple[str, PlayedFault], ...]
"""Faults as somebody names them: each with a role, a device, or ``all``."""


class SetFaults(Asked):
    """Play these faults on the ghost of a device, and no others; none: it is well again. Never in a performance."""

    kind: Literal["set_faults"] = "set_faults"
    device: str
    faults: tuple[PlayedFault, ...] = ()


def fault_words(fault: PlayedFault) -> str:
    """For people: ``says everything 300 ms late``."""
    match fault:
        case DeadFault():
            return "is dead"
        case SlowFault(ms=ms):
            return f"says everything {ms} ms late"
        case LossyFault(percent=percent):
            return f"loses {percent} % both ways"
        case GarbageFault(percent=percent):
            return "talks nonsense" if percent == 100 else f"talks nonsense, {percent} % of the time"
        case TouchFault(verb=None, after_s=after_s):
            return f"a hand undoes what it is told after {after_s:g} s"
        case TouchFault(verb=verb):
            return f"a hand sets {verb} at it"


def text_to_fault(text: str) -> PlayedFault:
    """``dead``, ``slow:300``, ``lossy:20``, ``garbage`` or ``touch``. Raises ValueError: what is wrong and wanted."""
    name, colon, amount = text.partition(":")
    if name not in FAULTS:
        raise ValueError(f"there is no fault {name!r}: {near_words(name, list(FAULTS))}")
    wants, make = FAULTS[name]
    if colon and not wants:
        raise ValueError(f"{name} takes no amount: leave out {colon + amount!r}")
    try:
        return make(amount)
    except ValueError:
        given = f"{amount!r} is not that" if colon else "give it after a colon"
        raise ValueError(f"{name} wants {wants}: {given}") from None


def fault_to_text(fault: PlayedFault) -> str:
    """The text that makes it, as far as a line can say it; without its end, and without what a hand sets."""
    match fault:
        case SlowFault(ms=amount) | LossyFault(percent=amount) | GarbageFault(percent=amount):
            return f"{fault.fault}:{amount}"
        case TouchFault(after_s=after_s):
            return f"touch:{after_s:g}"
        case _:
            return fault.fault


def _percent(amount: str) -> int:
    return int(amount.removesuffix("%"))


FAULTS: Final[Mapping[str, tuple[str, Callable[[str], PlayedFault]]]] = MappingProxyType(
    {
        "dead": ("", lambda _: DeadFault()),
        "slow": ("milliseconds from 1 to 600000, as in slow:300", lambda amount: SlowFault(ms=int(amount))),
        "lossy": ("a percentage from 1 to 100, as in lossy:20", lambda amount: LossyFault(percent=_percent(amount))),
        "garbage": (
            "a percentage from 1 to 100, or nothing",
            lambda amount: GarbageFault(percent=_percent(amount or "100")),
        ),
        "touch": (
            "seconds from 0, as in touch:5, or nothing",
            lambda amount: TouchFault(after_s=float(amount or HAND_S)),
        ),
    }
)
"""By its word: what amount it wants, empty where it takes none, and what makes it."""
