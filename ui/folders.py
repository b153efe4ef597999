"""Where the user's own files are: the same folders that the command line uses."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import platformdirs

APP: Final = "showcaller"


def venue_folder() -> Path:
    """The user's own houses; it need not exist."""
    return Path(platformdirs.user_config_dir(APP)) / "venues"


def profile_folder() -> Path:
    """The user's own device profiles; it need not exist."""
    return Path(platformdirs.user_config_dir(APP)) / "profiles"


def state_folder() -> Path:
    """What the window keeps from one day to the next."""
    return Path(platformdirs.user_state_dir(APP))
