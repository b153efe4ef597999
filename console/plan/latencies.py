"""What was measured of a device's latency, and what may be made of it. Pure.

Two things can be measured from here. A device whose profile says that its own word for a command leaves when the
effect is there (``echo_when_done``) tells its latency: from our command to that word, less the way back, which is half
of what a question and its answer take. Any other answer says how long a message is on its way there and back, and
nothing of when the light came on: it is offered as that, under that name. A flash or a clap, timed by a person, says
more than either, and stands before both.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from console.plan.spread import Spread, spread_of
from console.vocabulary import LearnedLatency
from profiles.device_profile import DeviceProfile
from profiles.timecode import frame_rate

After = Literal["question", "command"]
Kind = Literal["acts", "answers", "entered"]

KIND_WORDS: Final[Mapping[Kind, str]] = {
    "acts": "until it has acted, by its own word",
    "answers": "answer time, there and back: not when it acts",
    "entered": "entered by hand",
}

MOST_MS: Final = 10_000.0
"""More than any device of a show needs; a try beyond it is a slip of the key."""


@dataclass(frozen=True, slots=True)
class Latency:
    """A latency that is offered for a device, in milliseconds, and what it is."""

    kind: Kind
    spread: Spread

    @property
    def words(self) -> str:
        """What kind of figure it is."""
        return KIND_WORDS[self.kind]


class TryError(ValueError):
    """A try that cannot be read. One line: what, and what to write."""


def learned(profile: DeviceProfile, spreads: Mapping[After, Spread]) -> Latency | None:
    """What the answers of one device come to, by what they answered; None where there were none."""
    commands, questions = spreads.get("command"), spreads.get("question")
    if profile.flags.echo_when_done and commands is not None:
        back_ms = questions.median / 2 if questions is not None else 0.0
        low, middle, high = (max(0.0, each - back_ms) for each in (commands.p10, commands.median, commands.p90))
        return Latency("acts", Spread(middle, low, high, commands.count))
    found = questions or commands
    return None if found is None else Latency("answers", found)


def told_latency(told: LearnedLatency) -> Latency:
    """What the engine told of a device, as it told it."""
    return Latency(told.of, Spread(told.median_ms, told.p10_ms, told.p90_ms, told.count))


def entered(tries_ms: Sequence[float]) -> Latency | None:
    """What several tries of a flash or clap test come to."""
    found = spread_of(tries_ms)
    return None if found is None else Latency("entered", found)


def text_to_tries(text: str, rate: str) -> tuple[float, ...]:
    """``42, 40.5, 3f``: milliseconds, or frames at a house rate, as milliseconds. Raises :class:`TryError`."""
    return tuple(_try_ms(word, rate) for word in text.replace(",", " ").split())


def _try_ms(word: str, rate: str) -> float:
    number, in_frames = (word[:-1], True) if word.endswith("f") else (word.removesuffix("ms"), False)
    try:
        value = float(number)
    except ValueError:
        value = math.nan
    found_ms = value * 1000 / float(frame_rate(rate).exact) if in_frames else value
    if not 0 <= found_ms <= MOST_MS:
        raise TryError(f"{word!r} is no delay: write milliseconds (42 or 40.5) or frames (3f), up to {MOST_MS:g} ms")
    return found_ms
