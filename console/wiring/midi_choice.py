"""Which of the machine's MIDI systems is used: the first that answers, unless ``SHOWCALLER_MIDI`` names one.

A machine with ALSA has it first; who drives programs on a JACK graph says ``SHOWCALLER_MIDI=jack``.
"""

from __future__ import annotations

import os
from typing import Final

from devices.io.midi_system import MidiApi, MidiSystem

VARIABLE: Final = "SHOWCALLER_MIDI"


class MidiChoiceError(OSError):
    """The environment names a MIDI system that there is not. One line."""


def chosen_midi() -> MidiSystem:
    """A system of the chosen kind; it opens nothing yet. Raises MidiChoiceError."""
    name = os.environ.get(VARIABLE) or MidiApi.AUTO
    try:
        return MidiSystem(MidiApi(name.lower()))
    except ValueError:
        raise MidiChoiceError(f"{VARIABLE} is {name!r}: give one of {', '.join(MidiApi)}") from None
