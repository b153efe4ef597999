"""Kinds of time, all whole nanoseconds, and the converters between them and text or seconds.

Instant, Duration and TimeOfDay are integers to the machine and different types to the checker.
Seconds come from people and files as decimals and are read as such: 2.790698 is 2,790,698,000 ns,
whatever the nearest binary float is.
"""

import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import Final, NewType

Instant = NewType("Instant", int)
"""ns on the engine's monotonic clock; its zero means nothing."""

Duration = NewType("Duration", int)
"""ns between two moments, negative backwards."""

TimeOfDay = NewType("TimeOfDay", int)
"""ns since local midnight by the venue's wall clock, 0 to NS_PER_DAY - 1."""

Number = int | float | str | Decimal | Fraction
"""A number as it comes from a file or a person."""

NS_PER_US: Final = 1_000
NS_PER_MS: Final = 1_000_000
NS_PER_S: Final = 1_000_000_000
NS_PER_DAY: Final = 86_400 * NS_PER_S

_LONGEST: Final = 400
_CLOCK: Final = re.compile(r"(\d\d?):(\d\d)(?::(\d\d)(\.\d+)?)?", re.ASCII)


class TimeError(ValueError):
    """A number or text that is no time. The text is one line and says what to write instead."""


def number_to_fraction(value: Number) -> Fraction:
    """A number exactly as written: the float 0.1 is 1/10, since that is what was typed."""
    if isinstance(value, int | Fraction):
        return Fraction(value)
    try:
        decimal = Decimal(str(value))
    except InvalidOperation:
        decimal = Decimal("nan")
    # A short text such as 1e999999999 would otherwise be written out digit by digit.
    if not decimal.is_finite() or not -_LONGEST <= decimal.adjusted() <= _LONGEST:
        raise TimeError(f"{value!r} is not a usable number: write one like 12.5")
    return Fraction(decimal)


def s_to_ns(seconds: Number) -> Duration:
    """Seconds to ns, nearest, halves up."""
    if type(seconds) is float:
        return Duration(_float_to_ns(seconds, NS_PER_S))
    return Duration(_number_to_ns(seconds, NS_PER_S))


def ms_to_ns(milliseconds: Number) -> Duration:
    """Milliseconds to ns, nearest, halves up."""
    if type(milliseconds) is float:
        return Duration(_float_to_ns(milliseconds, NS_PER_MS))
    return Duration(_number_to_ns(milliseconds, NS_PER_MS))


def ns_to_s(ns: int) -> float:
    """Seconds as a float, for display and for wires that carry floats; never for reckoning."""
    return ns / NS_PER_S


def ns_to_ms(ns: int) -> float:
    """Milliseconds as a float, for display and for wires that carry floats; never for reckoning."""
    return ns / NS_PER_MS


def ns_to_s_text(ns: int) -> str:
    """Seconds with six decimals, nearest, halves up: 2790697674 is "2.790698"."""
    microseconds = (2 * ns + NS_PER_US) // (2 * NS_PER_US)
    seconds, rest = divmod(abs(microseconds), 1_000_000)
    return f"{'-' if microseconds < 0 else ''}{seconds}.{rest:06}"


def text_to_time_of_day(text: str) -> TimeOfDay:
    """Read `20:15`, `20:15:30` or `20:15:30.5`, 00:00 to 23:59:59.999999999."""
    match = _CLOCK.fullmatch(text.strip())
    if match is not None:
        hours, minutes, seconds = int(match[1]), int(match[2]), int(match[3] or 0)
        if hours < 24 and minutes < 60 and seconds < 60:
            whole = (hours * 3600 + minutes * 60 + seconds) * NS_PER_S
            # Digits beyond the ninth are cut: rounding them up could step over midnight.
            return TimeOfDay(whole + int((match[4] or ".")[1:10].ljust(9, "0")))
    raise TimeError(f"time of day {text!r} cannot be read: write it like 20:15:30")


def time_of_day_to_text(time_of_day: int) -> str:
    """`20:15:30`, cut to the second as clocks show it; beyond midnight it begins again at 0."""
    seconds = time_of_day % NS_PER_DAY // NS_PER_S
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _number_to_ns(value: Number, unit_ns: int) -> int:
    if isinstance(value, int):
        return value * unit_ns
    return _round_half_up(number_to_fraction(value) * unit_ns)


@lru_cache(maxsize=8192)
def _float_to_ns(value: float, unit_ns: int) -> int:
    """Kept, for the same few lengths and delays are asked at every press and every step of a fade: 3 µs each."""
    return _number_to_ns(value, unit_ns)


def _round_half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
