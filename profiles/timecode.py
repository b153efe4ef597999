"""Frame rates and SMPTE timecode labels, in integers and fractions.

A *frame number* counts frames from 00:00:00:00, which is frame 0. A *label* is what is written for
it. At a drop-frame rate some labels are never used (two or four at the start of each minute that is
not a tenth one), so that labels keep up with the clock; no frame is ever dropped. Rates and the drop
rule: SMPTE ST 12-1. Wire codes: MIDI Time Code, MMA RP-004.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

_NS_PER_S: Final = 1_000_000_000
_LABEL: Final = re.compile(r"(\d\d):(\d\d):(\d\d)([:;.])(\d\d)", re.ASCII)


class FrameRateError(ValueError):
    """A frame rate that is not in the table. The text is one line and names the remedy."""


class TimecodeError(ValueError):
    """A label that its rate does not have, or a frame outside the day. One line, with the remedy."""


@dataclass(frozen=True, slots=True)
class FrameRate:
    """One rate of the closed table; get it with `frame_rate`.

    `nominal` is the number of labels in a second, `exact` the frames in a second of real time.
    `mtc_code` is the two-bit code this rate has on a MIDI cable, None where MTC knows no such rate and
    the show speaks it at half rate (see `mtc_rate`).
    """

    name: str
    nominal: int
    exact: Fraction
    drop: bool
    mtc_code: int | None

    @property
    def dropped_labels(self) -> int:
        """Labels left out at the start of a minute that is not a tenth one: 0, 2 or 4."""
        return self.nominal // 15 if self.drop else 0

    @property
    def frames_per_minute(self) -> int:
        """Frames in a minute that drops labels, if the rate has such minutes."""
        return self.nominal * 60 - self.dropped_labels

    @property
    def frames_per_ten_minutes(self) -> int:
        return self.nominal * 600 - 9 * self.dropped_labels

    @property
    def frames_per_day(self) -> int:
        """Frames from 00:00:00:00 until that label comes round again."""
        return self.frames_per_ten_minutes * 144

    @property
    def mtc_divisor(self) -> int:
        """Frames of this rate in one MTC frame: 1, or 2 where MTC runs at half rate."""
        return 1 if self.mtc_code is not None else 2

    @property
    def mtc_rate(self) -> "FrameRate":
        """The rate whose labels go over MIDI for this one; its `mtc_code` is never None."""
        return _RATES[_MTC_HALF[self.name]] if self.mtc_code is None else self

    def __str__(self) -> str:
        return self.name


def _named(rates: Iterable[FrameRate]) -> dict[str, FrameRate]:
    return {rate.name: rate for rate in rates}


# MTC has four codes: 0 = 24, 1 = 25, 2 = 29.97 drop, 3 = 30 (also sent for 29.97 non-drop). It
# cannot tell 23.976 from 24: which of the two it is must be known from the source.
_RATES: Final = _named(
    (
        FrameRate("23.976", 24, Fraction(24000, 1001), drop=False, mtc_code=0),
        FrameRate("24", 24, Fraction(24), drop=False, mtc_code=0),
        FrameRate("25", 25, Fraction(25), drop=False, mtc_code=1),
        FrameRate("29.97df", 30, Fraction(30000, 1001), drop=True, mtc_code=2),
        FrameRate("29.97", 30, Fraction(30000, 1001), drop=False, mtc_code=3),
        FrameRate("30", 30, Fraction(30), drop=False, mtc_code=3),
        FrameRate("50", 50, Fraction(50), drop=False, mtc_code=None),
        FrameRate("59.94df", 60, Fraction(60000, 1001), drop=True, mtc_code=None),
        FrameRate("59.94", 60, Fraction(60000, 1001), drop=False, mtc_code=None),
        FrameRate("60", 60, Fraction(60), drop=False, mtc_code=None),
    )
)
_MTC_HALF: Final = {"50": "25", "59.94df": "29.97df", "59.94": "29.97", "60": "30"}
_MTC_CODES: Final = ("24", "25", "29.97df", "30")

FRAME_RATE_NAMES: Final = tuple(_RATES)


def frame_rate(name: str) -> FrameRate:
    """The rate of that name; FrameRateError for any other."""
    try:
        return _RATES[name]
    except KeyError:
        raise FrameRateError(f"frame rate {name!r} is not known: use one of {', '.join(FRAME_RATE_NAMES)}") from None


def mtc_code_to_rate(code: int) -> FrameRate:
    """The rate an MTC code (0 to 3) says by itself; a source may know better (23.976, 29.97)."""
    if 0 <= code < len(_MTC_CODES):
        return _RATES[_MTC_CODES[code]]
    raise FrameRateError(f"MTC rate code {code} does not exist: codes are 0 to 3")


@dataclass(frozen=True, slots=True)
class Timecode:
    """A legal label at its rate. Making one that the rate does not have raises TimecodeError."""

    hours: int
    minutes: int
    seconds: int
    frames: int
    rate: FrameRate

    def __post_init__(self) -> None:
        fields = (self.hours, self.minutes, self.seconds, self.frames)
        problem = _label_problem(*fields, self.rate)
        if problem:
            raise TimecodeError(f"timecode {_label_text(*fields, self.rate)}: {problem}")

    def __str__(self) -> str:
        return _label_text(self.hours, self.minutes, self.seconds, self.frames, self.rate)


def parse_timecode(text: str, rate: FrameRate, *, colon_for_drop: bool = False) -> Timecode:
    """Read `hh:mm:ss:ff`; before the frames `;` or `.` says drop-frame, `:` says non-drop.

    A separator that contradicts the rate is refused, since the two readings lie seconds apart.
    `colon_for_drop` takes `:` at a drop-frame rate too, for sources that write nothing else.
    """
    match = _LABEL.fullmatch(text.strip())
    if match is None:
        raise TimecodeError(f"timecode {text!r} cannot be read: write it like {_example(rate)}")
    hours, minutes, seconds, separator, frames = match.groups()
    says_drop = separator != ":"
    if says_drop and not rate.drop:
        raise TimecodeError(
            f"timecode {text!r} is written as drop-frame, but {rate} does not drop: write it like {_example(rate)}"
        )
    if rate.drop and not says_drop and not colon_for_drop:
        raise TimecodeError(
            f"timecode {text!r} is written as non-drop, but {rate} is drop-frame: write it like {_example(rate)}"
        )
    return Timecode(int(hours), int(minutes), int(seconds), int(frames), rate)


def label_to_frames(label: Timecode) -> int:
    """Frames from 00:00:00:00 to the label, 0 to `frames_per_day` - 1."""
    rate = label.rate
    minutes = label.hours * 60 + label.minutes
    counted = (minutes * 60 + label.seconds) * rate.nominal + label.frames
    return counted - rate.dropped_labels * (minutes - minutes // 10)


def frames_to_label(frames: int, rate: FrameRate, *, wrap: bool = False) -> Timecode:
    """The label of a frame number.

    A number outside the day is refused unless `wrap` folds it into one (-1 is the day's last frame).
    """
    day = rate.frames_per_day
    if wrap:
        frames %= day
    elif not 0 <= frames < day:
        raise TimecodeError(
            f"frame {frames} at {rate} lies outside the 24 hours of timecode: use 0 to {day - 1}, or ask for it to wrap"
        )
    tens, rest = divmod(frames, rate.frames_per_ten_minutes)
    # The first minute of ten drops nothing; the labels missing from the rest are counted back in.
    late = max(0, rest - rate.dropped_labels) // rate.frames_per_minute
    counted = frames + rate.dropped_labels * (9 * tens + late)
    total_seconds, label_frames = divmod(counted, rate.nominal)
    total_minutes, seconds = divmod(total_seconds, 60)
    return Timecode(total_minutes // 60, total_minutes % 60, seconds, label_frames, rate)


def frames_to_ns(frames: int, rate: FrameRate) -> int:
    """Real time from frame 0 to the start of a frame, to the nearest ns, halves up."""
    per_s, over = rate.exact.numerator, rate.exact.denominator
    return (2 * frames * over * _NS_PER_S + per_s) // (2 * per_s)


def ns_to_frames(ns: int, rate: FrameRate) -> int:
    """The frame whose start is nearest to a time, halves up; negative before frame 0."""
    per_s, over = rate.exact.numerator, rate.exact.denominator
    ns_in_rate = over * _NS_PER_S
    return (2 * ns * per_s + ns_in_rate) // (2 * ns_in_rate)


def next_legal(label: Timecode, rate: FrameRate) -> Timecode:
    """The same label at another rate, or the next one that rate has.

    01:00:00:00 at 25 is 01:00:00;00 at 29.97df, but 01:01:00:00 becomes 01:01:00;02; a frame beyond
    the rate's last becomes the start of the next second, past midnight that of the day.
    """
    hours, minutes, seconds, frames = label.hours, label.minutes, label.seconds, label.frames
    if frames >= rate.nominal:
        second_of_day = (hours * 3600 + minutes * 60 + seconds + 1) % 86400
        hours, minutes, seconds = second_of_day // 3600, second_of_day // 60 % 60, second_of_day % 60
        frames = 0
    if _is_dropped(minutes, seconds, frames, rate):
        frames = rate.dropped_labels
    return Timecode(hours, minutes, seconds, frames, rate)


def label_to_mtc(label: Timecode) -> Timecode:
    """The label MTC sends for this one: at half rate the first and second of a pair share it."""
    rate = label.rate
    frames = label.frames // rate.mtc_divisor
    return Timecode(label.hours, label.minutes, label.seconds, frames, rate.mtc_rate)


def mtc_to_label(label: Timecode, rate: FrameRate) -> Timecode:
    """The first label at `rate` that a received MTC label stands for."""
    frames = label.frames * rate.mtc_divisor
    return Timecode(label.hours, label.minutes, label.seconds, frames, rate)


def _is_dropped(minutes: int, seconds: int, frames: int, rate: FrameRate) -> bool:
    return seconds == 0 and minutes % 10 != 0 and frames < rate.dropped_labels


def _label_problem(hours: int, minutes: int, seconds: int, frames: int, rate: FrameRate) -> str:
    """Why the rate has no such label, with the remedy; empty where it has."""
    for value, limit, noun in (
        (hours, 24, "hours"),
        (minutes, 60, "minutes"),
        (seconds, 60, "seconds"),
        (frames, rate.nominal, "frames"),
    ):
        if not 0 <= value < limit:
            return f"{noun} at {rate} go from 0 to {limit - 1}"
    if _is_dropped(minutes, seconds, frames, rate):
        first = _label_text(hours, minutes, seconds, rate.dropped_labels, rate)
        return f"{rate} drops this label: use {first}"
    return ""


def _label_text(hours: int, minutes: int, seconds: int, frames: int, rate: FrameRate) -> str:
    return f"{hours:02}:{minutes:02}:{seconds:02}{';' if rate.drop else ':'}{frames:02}"


def _example(rate: FrameRate) -> str:
    return "01:02:03;04" if rate.drop else "01:02:03:04"
