"""What options of the command line are given, read from text; what it should have been is argparse's to say."""

from __future__ import annotations

import argparse
import math

from console.vocabulary import PlayedFault, text_to_fault


def speed(text: str) -> float | None:
    """Show seconds a second; None for max."""
    return None if text == "max" else _above(text, 0.0, "a number above 0, or max")


def fade_s(text: str) -> float:
    """Seconds, from none on."""
    return _above(text, -1e-9, "seconds")


def fault(text: str) -> tuple[str, PlayedFault]:
    """Whose, and what."""
    name, equals, what = text.partition("=")
    if not (name and equals):
        raise argparse.ArgumentTypeError(f"{text!r} is not ROLE=FAULT, such as video.main=dead")
    try:
        return name, text_to_fault(what)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{name}: {error}") from None


def _above(text: str, least: float, wanted: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not (math.isfinite(number) and number > least):
        raise argparse.ArgumentTypeError(f"{text!r} is not {wanted}")
    return number
