"""Places in a show, and the timecode they have.

Every item has a timeline of its own. Its zero is bar 1 beat 1, or the item's start where there is
no tempo; the count-in is negative, and its first click is the item's `tc_start`.
"""

from dataclasses import dataclass

from profiles.timecode import (
    FrameRate,
    Timecode,
    frames_to_label,
    frames_to_ns,
    label_to_frames,
    next_legal,
    ns_to_frames,
)


@dataclass(frozen=True, slots=True)
class Position:
    """`ns` after the zero of an item. Positions of two items have no order: comparing them raises."""

    item: str
    ns: int

    def __lt__(self, other: "Position") -> bool:
        return self.ns < self._same_item_ns(other)

    def __le__(self, other: "Position") -> bool:
        return self.ns <= self._same_item_ns(other)

    def __gt__(self, other: "Position") -> bool:
        return self.ns > self._same_item_ns(other)

    def __ge__(self, other: "Position") -> bool:
        return self.ns >= self._same_item_ns(other)

    def shifted(self, ns: int) -> "Position":
        """The place `ns` later in the same item."""
        return Position(self.item, self.ns + ns)

    def _same_item_ns(self, other: "Position") -> int:
        if other.item != self.item:
            raise ValueError(f"positions in {self.item!r} and {other.item!r} have no order: compare places of one item")
        return other.ns


def position_to_timecode(position_ns: int, tc_start: Timecode, count_in_ns: int, rate: FrameRate) -> Timecode:
    """The label at a position: tc_start + count-in + position, to the nearest frame, halves up.

    In a house of another rate than the show's the start label is kept (or the next legal one), and
    true seconds run from there. Labels go round at 24 hours, in both directions.
    """
    start_frames = label_to_frames(next_legal(tc_start, rate))
    elapsed_frames = ns_to_frames(position_ns + count_in_ns, rate)
    return frames_to_label(start_frames + elapsed_frames, rate, wrap=True)


def timecode_to_position_ns(label: Timecode, tc_start: Timecode, count_in_ns: int) -> int:
    """Where the frame of that label starts; the label's rate is the house's.

    Labels repeat every day, so the nearest one counts: at most 12 hours after the start, and before
    that less than 12 hours ahead of it.
    """
    rate = label.rate
    day = rate.frames_per_day
    ahead = (label_to_frames(label) - label_to_frames(next_legal(tc_start, rate))) % day
    elapsed_frames = ahead if 2 * ahead <= day else ahead - day
    return frames_to_ns(elapsed_frames, rate) - count_in_ns
