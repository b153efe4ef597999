"""Value laws: from the show's unit (dB, 0..1) to what a device wants on the wire, and back.

Every law is monotonic. ``to_wire`` takes any number, minus infinity included, and clamps; ``from_wire`` undoes it
(the off value comes back as minus infinity). Rounding to whole wire numbers is the encoder's, done last.
Sources: Unofficial X32/M32 OSC Remote Protocol; AbletonOSC issue 44; dLive MIDI Over TCP 2.0; SQ MIDI Protocol issue 3
(its tables, which its worked examples contradict); Yamaha RCP and DM7 OSC 1.1.0; DiGiCo Other OSC list.
"""

from __future__ import annotations

import bisect
import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

OFF: Final = -math.inf
"""Silence, in dB."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One law. ``low`` and ``high`` bound the wire value; ``unit`` is that of the show's side."""

    name: str
    unit: str
    low: float
    high: float
    to_wire: Callable[[float], float]
    from_wire: Callable[[float], float]


def _clamped(value: float, low: float, high: float) -> float:
    return low if value < low else min(value, high)


# ------------------------------------------------------------------------------------------------- formulas, not tables


def _x32_to_wire(db: float) -> float:
    if db < -60:
        wire = (db + 90) / 480
    elif db < -30:
        wire = (db + 70) / 160
    elif db < -10:
        wire = (db + 50) / 80
    else:
        wire = (db + 30) / 40
    return _clamped(wire, 0.0, 1.0)


def _x32_from_wire(wire: float) -> float:
    if wire <= 0:
        return OFF
    if wire >= 0.5:
        return 40 * min(wire, 1.0) - 30
    if wire >= 0.25:
        return 80 * wire - 50
    if wire >= 0.0625:
        return 160 * wire - 70
    return 480 * wire - 90


_ABLETON_POWER: Final = 7504 / 5567


def _ableton_to_wire(db: float) -> float:
    if db >= -18:
        wire = (db + 34) / 40
    elif db >= -41:
        wire = -(math.sqrt(-799.503788 * db - 12630.61132) - 201.871345) / 399.751894
    elif db > -70:
        wire = ((db + 70) / 118.426374) ** _ABLETON_POWER
    else:
        wire = 0.0
    return _clamped(wire, 0.0, 1.0)


def _ableton_from_wire(wire: float) -> float:
    if wire <= 0:
        return OFF
    if wire >= 0.4:
        return 40 * min(wire, 1.0) - 34
    if wire >= _ableton_to_wire(-41):
        return -((201.871345 - 399.751894 * wire) ** 2 + 12630.61132) / 799.503788
    # math.pow, because mypy reads ** of floats as Any
    return float(118.426374 * math.pow(wire, 1 / _ABLETON_POWER) - 70)


def _dlive_to_wire(db: float) -> float:
    if db == OFF:
        return 0.0
    return _clamped(math.floor((db + 54) / 64 * 127), 0.0, 127.0)


def _dlive_from_wire(wire: float) -> float:
    return OFF if wire <= 0 else _clamped(wire, 0.0, 127.0) / 127 * 64 - 54


_CENTI_OFF: Final = -32768.0


def _centi_to_wire(db: float) -> float:
    # Through round: 0.29 * 100 is 28.999…, and cutting it would send one step too little.
    return _CENTI_OFF if db < -138 else min(float(math.trunc(round(db * 100, 6))), 1000.0)


def _centi_from_wire(wire: float) -> float:
    return OFF if wire <= _CENTI_OFF else wire / 100


def _gain_to_wire(db: float) -> float:
    return 0.0 if db == OFF else _clamped(math.pow(10, db / 20), 0.0, 1.0)


def _gain_from_wire(wire: float) -> float:
    return OFF if wire <= 0 else 20 * math.log10(min(wire, 1.0))


# ---------------------------------------------------------------------------------------------------------- point laws


def curve_from_points(name: str, points: Sequence[tuple[float, float]], off: float | None, unit: str = "dB") -> Curve:
    """A law drawn straight between points (value, wire), both rising; ``off`` is the wire value of minus infinity.

    Below the first point the value is off where there is an off value, else it is held at the first point.
    Raises ValueError where the points do not rise, or are no numbers to draw a line between.
    """
    values, wires = [point[0] for point in points], [point[1] for point in points]
    if len(points) < 2:
        raise ValueError(f"curve {name} needs two points or more")
    if not all(map(math.isfinite, (*values, *wires, 0.0 if off is None else off))):
        raise ValueError(f"curve {name}: inf and nan are no points; say with off what minus infinity is on the wire")
    if any(b <= a for line in (values, wires) for a, b in itertools.pairwise(line)):
        raise ValueError(f"curve {name} must rise from point to point on both sides")
    if off is not None and off >= wires[0]:
        raise ValueError(
            f"curve {name}: off is {off:g}, not below the first point's {wires[0]:g}; leave off out where the lowest "
            "point is as silent as the device gets"
        )

    def to_wire(value: float) -> float:
        if value < values[0]:
            return wires[0] if off is None else off
        return _between(value, values, wires)

    def from_wire(wire: float) -> float:
        if off is not None and wire < wires[0]:
            # The two sides of the gap between off and the first point: nearer to off is off.
            return OFF if wire - off < (wires[0] - off) / 2 else values[0]
        return _between(wire, wires, values)

    return Curve(name, unit, wires[0] if off is None else off, wires[-1], to_wire, from_wire)


def _between(x: float, xs: Sequence[float], ys: Sequence[float]) -> float:
    if x <= xs[0]:
        return ys[0]
    if x >= xs[-1]:
        return ys[-1]
    at = bisect.bisect_right(xs, x)
    x0, x1, y0, y1 = xs[at - 1], xs[at], ys[at - 1], ys[at]
    return y0 + (x - x0) * (y1 - y0) / (x1 - x0)


def _fourteen_bits(*pairs: tuple[float, str]) -> list[tuple[float, float]]:
    """Points whose wire side is printed as two 7-bit bytes, high then low."""
    return [(db, float((int(text[:2], 16) << 7) | int(text[2:], 16))) for db, text in pairs]


_SQ_LINEAR: Final = _fourteen_bits(
    (-89, "2416"),
    (-80, "2C42"),
    (-70, "3565"),
    (-60, "3F09"),
    (-50, "482C"),
    (-40, "514F"),
    (-30, "5A72"),
    (-20, "6416"),
    (-10, "6D39"),
    (-5, "720A"),
    (0, "765C"),
    (5, "7B2E"),
    (10, "7F7F"),
)
_SQ_AUDIO: Final = _fourteen_bits(
    (-89, "0140"),
    (-80, "0240"),
    (-70, "0400"),
    (-60, "0600"),
    (-50, "0800"),
    (-40, "0F40"),
    (-30, "1F00"),
    (-20, "2E40"),
    (-10, "3E00"),
    (-5, "4E40"),
    (0, "6200"),
    (5, "7340"),
    (10, "7F40"),
)
_DIGICO_SD: Final = [(-50.0, 0.125), (-30.0, 0.25), (-10.0, 0.5), (0.0, 0.75), (10.0, 1.0)]


def _same(value: float) -> float:
    return value


def _unit(value: float) -> float:
    return _clamped(value, 0.0, 1.0)


_BUILT_IN: Final = (
    Curve("x32_level", "dB", 0.0, 1.0, _x32_to_wire, _x32_from_wire),
    Curve("ableton_volume", "dB", 0.0, 1.0, _ableton_to_wire, _ableton_from_wire),
    Curve("dlive_lv", "dB", 0.0, 127.0, _dlive_to_wire, _dlive_from_wire),
    Curve("centi_db", "dB", _CENTI_OFF, 1000.0, _centi_to_wire, _centi_from_wire),
    Curve("gain_linear", "dB", 0.0, 1.0, _gain_to_wire, _gain_from_wire),
    Curve("db_direct", "dB", OFF, math.inf, _same, _same),
    Curve("unit_linear", "0..1", 0.0, 1.0, _unit, _unit),
    Curve(
        "percent_100",
        "0..1",
        0.0,
        100.0,
        lambda value: _clamped(value * 100, 0.0, 100.0),
        lambda wire: _clamped(wire, 0.0, 100.0) / 100,
    ),
    curve_from_points("sq_linear", _SQ_LINEAR, 0.0),
    curve_from_points("sq_audio", _SQ_AUDIO, 0.0),
    curve_from_points("digico_sd", _DIGICO_SD, 0.0),
)

CURVES: Final[Mapping[str, Curve]] = MappingProxyType({curve.name: curve for curve in _BUILT_IN})
"""The laws a profile may name; beside them a profile may draw its own by points."""
