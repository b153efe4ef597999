"""A timecode generator for the rig: another process, mido's messages, arithmetic that shares nothing with ours.

    python mtc_sender.py NAME

Makes the JACK port ``NAME:out`` and obeys lines on stdin: ``roll HH:MM:SS:FF RATE`` sends quarter frames from that
label on, whatever it did before, and answers with the CLOCK_MONOTONIC instant at which the label began; ``full LABEL
RATE`` sends one full frame; ``stop`` falls silent; the end of stdin ends it. Rates: 24, 25, 29.97df, 30.
"""

from __future__ import annotations

import select
import sys
import time
from dataclasses import dataclass
from threading import Event

import mido
import rtmidi

RATES = {"24": (24, 24, 1, 0), "25": (25, 25, 1, 1), "29.97df": (30, 30000, 1001, 2), "30": (30, 30, 1, 3)}
"""Labels a second, frames a second as a ratio, and the code that the hours carry."""


def label_to_count(label: str, rate: str) -> int:
    """Frames since midnight, labels that drop-frame leaves out not counted."""
    hours, minutes, seconds, frames = (int(part) for part in label.replace(";", ":").split(":"))
    nominal = RATES[rate][0]
    count = ((hours * 60 + minutes) * 60 + seconds) * nominal + frames
    dropped = sum(2 for minute in range(1, hours * 60 + minutes + 1) if minute % 10) if rate == "29.97df" else 0
    return count - dropped


def next_label(parts: list[int], rate: str) -> list[int]:
    """The label after this one, carried by hand."""
    hours, minutes, seconds, frames = parts
    frames += 1
    if frames == RATES[rate][0]:
        frames, seconds = 0, seconds + 1
    if seconds == 60:
        seconds, minutes = 0, minutes + 1
        if rate == "29.97df" and minutes % 10:
            frames = 2
    if minutes == 60:
        minutes, hours = 0, (hours + 1) % 24
    return [hours, minutes, seconds, frames]


def pieces(parts: list[int], rate: str) -> list[mido.Message]:
    """The eight quarter frames of a label."""
    hours, minutes, seconds, frames = parts
    hours |= RATES[rate][3] << 5
    values = [nibble for byte in (frames, seconds, minutes, hours) for nibble in (byte % 16, byte // 16)]
    return [mido.Message("quarter_frame", frame_type=n, frame_value=value) for n, value in enumerate(values)]


@dataclass
class Roll:
    """What is being sent: from this label on, since that instant."""

    label: list[int]
    rate: str
    begun_ns: int
    sent: int = 0

    @property
    def due_ns(self) -> int:
        _, top, bottom, _ = RATES[self.rate]
        return self.begun_ns + self.sent * 1_000_000_000 * bottom // (4 * top)

    def next(self) -> mido.Message:
        """The next quarter frame; two frames of labels make one set of eight."""
        message = pieces(self.label, self.rate)[self.sent % 8]
        self.sent += 1
        if self.sent % 8 == 0:
            self.label = next_label(next_label(self.label, self.rate), self.rate)
        return message


def say(words: str) -> None:
    """One line of answer."""
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def main(name: str) -> None:
    """Send until stdin ends."""
    port = rtmidi.MidiOut(rtmidi.API_UNIX_JACK, name=name)
    port.open_virtual_port("out")
    say("ready")
    roll: Roll | None = None
    while True:
        wait_s = None if roll is None else max(0.0, (roll.due_ns - time.monotonic_ns()) / 1e9 - 0.0005)
        if select.select([sys.stdin], [], [], wait_s)[0]:
            words = sys.stdin.readline().split()
            if not words:
                break
            if words[0] == "stop":
                roll = None
            else:
                parts = [int(part) for part in words[1].replace(";", ":").split(":")]
                if words[0] == "roll":
                    roll = Roll(parts, words[2], time.monotonic_ns())
                else:
                    hours = parts[0] | RATES[words[2]][3] << 5
                    port.send_message(mido.Message("sysex", data=(0x7F, 0x7F, 1, 1, hours, *parts[1:])).bytes())
            say(str(0 if roll is None else roll.begun_ns))
        elif roll is not None:
            while time.monotonic_ns() < roll.due_ns:
                pass
            port.send_message(roll.next().bytes())
    port.close_port()
    Event().wait(0.05)  # a client is freed some JACK periods after its port, else RtMidi may crash
    port.delete()


if __name__ == "__main__":
    main(sys.argv[1])
