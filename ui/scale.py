"""How large everything is drawn: 100 to 200 %, chosen in the View menu, remembered, and the window drawn anew for it.

Qt reads its factor when an application begins, and scales all of it alike: type, rows, targets, what is painted. So
another scale is another application in the same process; engine and show stay where they are.
"""

from __future__ import annotations

import os
from typing import Final

from PySide6.QtCore import QSettings, QSize

STEPS: Final = (100, 125, 150, 175, 200)
"""In percent."""

KEY: Final = "scale"
_FACTOR: Final = "QT_SCALE_FACTOR"


def kept_scale(settings: QSettings) -> int:
    """The percent that was chosen; 100 where none was, or what was kept is none."""
    kept = str(settings.value(KEY, STEPS[0]))
    return next((each for each in STEPS if str(each) == kept), STEPS[0])


def stepped(percent: int, by: int) -> int:
    """The step after or before; the same at the ends."""
    return STEPS[min(max(STEPS.index(percent) + by, 0), len(STEPS) - 1)]


def largest_scale(room: QSize, window: QSize) -> int:
    """The largest percent at which a window of that least size has room; sizes in pixels at 100 %."""
    fits = [each for each in STEPS if window.width() * each <= room.width() * 100]
    fits = [each for each in fits if window.height() * each <= room.height() * 100]
    return max(fits, default=STEPS[0])


def take_scale(percent: int) -> None:
    """Have the next application drawn so large. Must come before it begins; 100 leaves the desktop its own factor."""
    if percent == STEPS[0]:
        os.environ.pop(_FACTOR, None)
    else:
        os.environ[_FACTOR] = f"{percent / 100:g}"
