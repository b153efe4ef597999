"""Colours as data: two themes, and department tints that never shout. No Qt.

Nothing here is saturated while all is well: amber means *look*, red means stop or fault, and both always come with a
word and a shape. A department keeps its hue from the show file but not its saturation; hues are laid out in OKLCH
(Björn Ottosson, 2020), where equal lightness looks equally light.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

RED_HUES: Final = (2.0, 48.0)
"""OKLCH hues kept for stop and fault, in degrees; a department that asks for one is moved to the nearer edge."""

_SPREAD: Final = (250.0, 150.0, 305.0, 85.0, 200.0, 340.0, 115.0, 275.0, 60.0, 225.0, 175.0, 320.0)


@dataclass(frozen=True, slots=True)
class Theme:
    """One room's light. Every value is ``#rrggbb``; the pairs used for text keep 4.5:1."""

    name: str
    ground: str  # behind everything
    panel: str  # lists, lanes
    raised: str  # buttons, headers
    hover: str
    line: str  # hairlines
    text: str
    dim: str  # second voice; still 4.5:1 on panel and raised
    faint: str  # ticks and outlines, never text
    select: str  # what the operator has picked
    standby: str  # the row that runs next
    bright: str  # playhead, standby edge, the ready button
    on_bright: str
    caution: str
    caution_fill: str
    stop: str
    stop_fill: str
    tint_fill: tuple[float, float]  # OKLCH lightness and chroma of a clip's body …
    tint_edge: tuple[float, float]  # … of its edge and of department marks
    tint_text: tuple[float, float]  # … and of text in the department's colour


DARK: Final = Theme(
    name="dark room",
    ground="#0b0d0f",
    panel="#121518",
    raised="#1b1f23",
    hover="#262b31",
    line="#282d33",
    text="#dde1e5",
    dim="#98a1aa",
    faint="#59626b",
    select="#24303b",
    standby="#2a3138",
    bright="#eef1f4",
    on_bright="#0e1012",
    caution="#f0b43c",
    caution_fill="#33270d",
    stop="#ff6a5c",
    stop_fill="#48130f",
    tint_fill=(0.34, 0.035),
    tint_edge=(0.62, 0.065),
    tint_text=(0.82, 0.05),
)

LIT: Final = Theme(
    name="lit room",
    ground="#c9ced3",
    panel="#dde1e5",
    raised="#eceff2",
    hover="#f8f9fa",
    line="#aeb5bc",
    text="#14181c",
    dim="#424a52",
    faint="#858e97",
    select="#b9cbdc",
    standby="#fbfcfd",
    bright="#14181c",
    on_bright="#f6f8fa",
    caution="#7a4d00",
    caution_fill="#f3d9a0",
    stop="#800f06",
    stop_fill="#f6c9c3",
    tint_fill=(0.80, 0.045),
    tint_edge=(0.52, 0.065),
    tint_text=(0.36, 0.06),
)

THEMES: Final = {theme.name: theme for theme in (DARK, LIT)}


@dataclass(frozen=True, slots=True)
class Tint:
    """One department's colours in one theme."""

    fill: str
    edge: str
    text: str


def department_tints(departments: Sequence[tuple[str, str | None]], theme: Theme) -> dict[str, Tint]:
    """A tint for each (department id, colour of the show file or None), in order."""
    tints: dict[str, Tint] = {}
    for place, (department, colour) in enumerate(departments):
        hue = _hue_of(colour) if colour else None
        tints[department] = hue_to_tint(_SPREAD[place % len(_SPREAD)] if hue is None else hue, theme)
    return tints


def hue_to_tint(hue: float, theme: Theme) -> Tint:
    """The three shades of an OKLCH hue in degrees, kept clear of red."""
    low, high = RED_HUES
    if low < hue % 360 < high:
        hue = low if hue % 360 - low < high - hue % 360 else high
    return Tint(*(oklch_to_hex(lightness, chroma, hue) for lightness, chroma in _shades(theme)))


def plain_tint(theme: Theme) -> Tint:
    """For what belongs to no department: the same three shades without a hue."""
    return Tint(*(oklch_to_hex(lightness, 0.0, 0.0) for lightness, _ in _shades(theme)))


def _shades(theme: Theme) -> tuple[tuple[float, float], ...]:
    return theme.tint_fill, theme.tint_edge, theme.tint_text


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two ``#rrggbb``, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """WCAG 2 relative luminance of a ``#rrggbb``, 0 to 1."""
    red, green, blue = _hex_to_linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def oklch_to_hex(lightness: float, chroma: float, hue: float) -> str:
    """OKLCH (0–1, 0–0.4, degrees) to ``#rrggbb``, clipped to what a screen can show."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _to_gamma(min(max(value, 0.0), 1.0))):02x}" for value in linear)


def _hue_of(colour: str) -> float | None:
    """The OKLCH hue of a ``#rrggbb``; None for a grey or for what is no such colour."""
    try:
        red, green, blue = _hex_to_linear(colour)
    except ValueError:
        return None
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return None if math.hypot(a, b) < 0.01 else math.degrees(math.atan2(b, a)) % 360


def _hex_to_linear(colour: str) -> tuple[float, float, float]:
    digits = colour.removeprefix("#")
    if len(digits) != 6:
        raise ValueError(f"colour {colour!r} is not #rrggbb")
    red, green, blue = (_to_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return red, green, blue


def _to_linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _to_gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
