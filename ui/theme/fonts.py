"""The bundled typeface and the sizes it is used in.

Showcaller Sans and Showcaller Display are static cuts of Inter 4 (SIL Open Font License, ``fonts/OFL.txt``) whose
figures are all of one width, so that a running clock does not shiver.
"""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

SANS: Final = "Showcaller Sans"
DISPLAY: Final = "Showcaller Display"
FALLBACK: Final = ("Inter", "DejaVu Sans")

SMALL_PX: Final = 12
BODY_PX: Final = 13
STRONG_PX: Final = 15
TITLE_PX: Final = 20
CLOCK_PX: Final = 26
GO_PX: Final = 52

_loaded: list[int] = []


def load_fonts() -> None:
    """Make the bundled fonts known to Qt. Needs the application; the second call does nothing."""
    if _loaded:
        return
    for entry in sorted(files("ui.theme").joinpath("fonts").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".ttf"):
            with as_file(entry) as path:
                _loaded.append(QFontDatabase.addApplicationFont(str(path)))


def forget_fonts() -> None:
    """The application ends, and what it knew of fonts with it."""
    _loaded.clear()


def font(size_px: int = BODY_PX, *, weight: QFont.Weight = QFont.Weight.Normal, display: bool = False) -> QFont:
    """The bundled face at a size in pixels."""
    made = QFont([DISPLAY if display else SANS, *FALLBACK])
    made.setPixelSize(size_px)
    made.setWeight(weight)
    made.setHintingPreference(
        QFont.HintingPreference.PreferNoHinting
    )  # glyphs stand where the type says, not on pixels
    return made


def small() -> QFont:
    """Captions, rulers."""
    return font(SMALL_PX)


def small_medium() -> QFont:
    """Captions that matter."""
    return font(SMALL_PX, weight=QFont.Weight.Medium)


def strong_display(size_px: int) -> QFont:
    """The word on the button."""
    return font(size_px, weight=QFont.Weight.DemiBold, display=True)


def body() -> QFont:
    """Rows and labels."""
    return font(BODY_PX)


def medium() -> QFont:
    """Rows that matter: numbers, titles."""
    return font(BODY_PX, weight=QFont.Weight.Medium)


def strong(size_px: int = STRONG_PX) -> QFont:
    """Headings."""
    return font(size_px, weight=QFont.Weight.DemiBold)


def clock(size_px: int = CLOCK_PX) -> QFont:
    """Running figures."""
    return font(size_px, weight=QFont.Weight.Medium, display=True)
