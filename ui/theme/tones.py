"""From a mark's tone to a colour of the theme."""

from __future__ import annotations

from ui.state.words import Tone
from ui.theme.colours import Theme


def tone_colour(tone: Tone, theme: Theme) -> str:
    """The colour for a mark's word and shape."""
    return {
        "quiet": theme.dim,
        "plain": theme.text,
        "bright": theme.bright,
        "caution": theme.caution,
        "stop": theme.stop,
    }[tone]
