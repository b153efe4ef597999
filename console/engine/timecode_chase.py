"""One source of outside timecode: waiting, locked, freewheel, lost; and what of it is believed.

A reading that stands within one MTC frame of where it is expected continues the line. Any other must be followed by
so many good frames (the house's ``jam_frames``) before it is believed, so that a stutter, a splice or a burst of
nonsense moves nothing; the fold of a running vamp is expected and believed at once. Code that runs backwards, stands,
or runs at a speed that is no song's is never believed. Silence freewheels, and is bounded.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, Literal

from console.engine.code_clock import FASTEST, SLOWEST, CodeClock
from console.timebase.instants import NS_PER_S
from console.vocabulary import CodeState
from devices.contract import CodeReading, CodeRefusal
from profiles.timecode import FrameRate, Timecode, frames_to_label, frames_to_ns

Stimulus = Literal["continues", "believed", "strays", "located", "silent", "over"]

CHASE: Final[dict[tuple[CodeState, Stimulus], CodeState]] = {
    ("waiting", "continues"): "waiting",
    ("waiting", "believed"): "locked",
    ("waiting", "strays"): "waiting",
    ("waiting", "located"): "waiting",
    ("waiting", "silent"): "waiting",
    ("waiting", "over"): "waiting",
    ("locked", "continues"): "locked",
    ("locked", "believed"): "locked",  # a jump
    ("locked", "strays"): "freewheel",
    ("locked", "located"): "waiting",
    ("locked", "silent"): "freewheel",
    ("locked", "over"): "lost",
    ("freewheel", "continues"): "locked",
    ("freewheel", "believed"): "locked",
    ("freewheel", "strays"): "freewheel",
    ("freewheel", "located"): "waiting",
    ("freewheel", "silent"): "freewheel",
    ("freewheel", "over"): "lost",
    ("lost", "continues"): "lost",  # what was lost has to be believed anew
    ("lost", "believed"): "locked",
    ("lost", "strays"): "lost",
    ("lost", "located"): "waiting",
    ("lost", "silent"): "lost",
    ("lost", "over"): "lost",
}

SILENT_FRAMES: Final = 2
"""MTC frames without a reading before a source counts as silent: a busy machine may be late by one."""

ASSEMBLY_FRAMES: Final = 4
"""Most MTC frames until a label is whole again after silence. As long as that, code on its way back is waited for."""

STEADY: Final = 0.03
"""A speed measured over a few frames is this uncertain; nearer to 1 it counts as 1."""


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """Readings away from the line, that may be the next one."""

    first: CodeReading
    last: CodeReading
    clock: CodeClock


@dataclass(frozen=True, slots=True)
class CodeInput:
    """A source as the house describes it: its rate, and how patient the chase is, in frames of that rate."""

    id: str
    rate: FrameRate
    freewheel_frames: int
    jam_frames: int  # good frames until it is believed


@dataclass
class CodeSource:
    """One source of the house. Give it readings and silence; it says what they were taken for."""

    input: CodeInput
    state: CodeState = "waiting"
    clock: CodeClock | None = None  # of the last line that was believed
    line: int = 0  # how many lines have been believed: one that was jumped from never comes again
    good: int = 0  # readings that continued a line
    dropouts: int = 0
    refused: int = 0
    words: str = "no code yet"  # why it stands as it does
    refusal: str = ""  # what was last not believed
    told_ns: int | None = None  # when somebody was last told of one
    located_ns: int | None = None  # where a full frame has put it
    _heard_ns: int = 0  # the last reading of the line
    _pulse_ns: int = 0  # anything at all
    _elsewhere: _Elsewhere | None = None
    id: str = field(init=False)
    rate: FrameRate = field(init=False)
    frame_ns: int = field(init=False)
    mtc_frame_ns: int = field(init=False)
    day_ns: int = field(init=False)

    def __post_init__(self) -> None:
        self.id, self.rate = self.input.id, self.input.rate
        self.frame_ns = frames_to_ns(1, self.rate)
        self.mtc_frame_ns = frames_to_ns(1, self.rate.mtc_rate)
        self.day_ns = frames_to_ns(self.rate.frames_per_day, self.rate)

    @property
    def runs(self) -> bool:
        """True where it says, or is trusted to know, where the code stands now."""
        return self.state in ("locked", "freewheel")

    def code_at(self, now_ns: int) -> int:
        """Nanoseconds past label midnight, below a day. Only where it runs."""
        return 0 if self.clock is None else self.clock.code_at(now_ns) % self.day_ns

    def label_at(self, now_ns: int) -> Timecode | None:
        """The label that stands at an instant: as it runs, or where it was put; None where nobody knows."""
        code_ns = self.code_at(now_ns) if self.runs else self.located_ns
        return None if code_ns is None else ns_to_label(code_ns, self.rate)

    def take(self, reading: CodeReading, folds: tuple[int, ...] = ()) -> Stimulus | None:
        """A reading; None where it only shows that something is there. ``folds``: jumps expected now, in ns."""
        self._pulse_ns = max(self._pulse_ns, reading.received_ns)
        if reading.code_ns is None:
            return None
        if reading.motion == "located":
            self.located_ns = reading.code_ns % self.day_ns
            self._elsewhere = None
            return self._become("located", f"put to {ns_to_label(self.located_ns, self.rate)}, not running")
        if reading.motion == "reverse":
            self._elsewhere = None
            return self._refuse("it runs backwards")
        if self.clock is not None and self.runs and (off_ns := self._off_ns(self.clock, reading, folds)) is not None:
            self.clock = self.clock.heard(reading.received_ns, off_ns)
            self._heard_ns = max(self._heard_ns, reading.received_ns)
            self.good += 1
            if self._elsewhere is not None:
                self._elsewhere = None
                self._note_refusal(self.words)  # it went away, and came back
            return self._become("continues", "")
        return self._take_elsewhere(reading)

    def refuse(self, refusal: CodeRefusal) -> Stimulus:
        """What cannot be a label of this source."""
        self._pulse_ns = max(self._pulse_ns, refusal.received_ns)
        self._elsewhere = None
        return self._refuse(refusal.words)

    def next_due_ns(self) -> int | None:
        """When silence is to be looked at again."""
        if self.state == "locked":
            return self._heard_ns + SILENT_FRAMES * self.mtc_frame_ns
        return self._over_ns() if self.state == "freewheel" else None

    def fall_silent(self, now_ns: int) -> Stimulus | None:
        """Nothing more has come until now; None where that is too early to say."""
        due_ns = self.next_due_ns()
        if due_ns is None or now_ns < due_ns:
            return None
        if self.state == "locked":
            return self._become("silent", "nothing comes")
        return self._become("over", f"no code for {self.input.freewheel_frames} frames")

    def _over_ns(self) -> int:
        """When freewheeling ends: with the first frame too many, a little later where something is heard again."""
        over_ns = self._heard_ns + (self.input.freewheel_frames + 1) * self.frame_ns
        returning = self._pulse_ns > over_ns - ASSEMBLY_FRAMES * self.mtc_frame_ns
        return over_ns + (ASSEMBLY_FRAMES * self.mtc_frame_ns if returning else 0)

    def _off_ns(self, clock: CodeClock, reading: CodeReading, folds: tuple[int, ...]) -> int | None:
        """How far a reading stands from a clock; None where it does not continue it. A fold takes the clock along."""
        code_ns = 0 if reading.code_ns is None else reading.code_ns
        off_ns = self._signed(code_ns - clock.code_at(reading.received_ns))
        if abs(off_ns) <= self.mtc_frame_ns:
            return off_ns
        for fold_ns in folds:
            if abs(off_ns - fold_ns) <= SILENT_FRAMES * self.mtc_frame_ns:
                self.clock = clock.jumped(fold_ns)
                return off_ns - fold_ns
        return None

    def _take_elsewhere(self, reading: CodeReading) -> Stimulus:
        code_ns, before = reading.code_ns or 0, self._elsewhere
        if before is None or abs(self._ahead_ns(before.last, reading)) > self.mtc_frame_ns:
            self._elsewhere = _Elsewhere(reading, reading, CodeClock(reading.received_ns, code_ns))
            return self._become("strays", self._stray_words(reading))
        off_ns = self._signed(code_ns - before.clock.code_at(reading.received_ns))
        clock = before.clock.heard(reading.received_ns, off_ns)
        self._elsewhere = replace(before, last=reading, clock=clock)
        between_ns = reading.received_ns - before.first.received_ns
        heard_ns = between_ns + self._ahead_ns(before.first, reading)
        good_frames = min(before.first.good_frames, ASSEMBLY_FRAMES) + heard_ns // self.mtc_frame_ns
        if good_frames < self.input.jam_frames:
            return self._become("strays", self._stray_words(reading))
        speed = heard_ns / between_ns if between_ns > 0 else 0.0
        if not SLOWEST <= speed <= FASTEST:
            self._elsewhere = None
            return self._refuse(f"it runs at {speed:.2f} of its speed")
        self.clock = clock if abs(speed - 1) <= STEADY else CodeClock(reading.received_ns, code_ns, speed)
        self._elsewhere = None
        self._heard_ns = reading.received_ns
        self.line += 1
        return self._become("believed", "")

    def _ahead_ns(self, earlier: CodeReading, later: CodeReading) -> int:
        """By how much the code between two readings is more than the time between them."""
        code_ns = (later.code_ns or 0) - (earlier.code_ns or 0)
        return self._signed(code_ns - (later.received_ns - earlier.received_ns))

    def _stray_words(self, reading: CodeReading) -> str:
        if self.clock is None or not self.runs:
            return "code comes, and is not believed yet"
        off_s = self._signed((reading.code_ns or 0) - self.clock.code_at(reading.received_ns)) / NS_PER_S
        return f"a jump of {off_s:+.2f} s"

    def _refuse(self, words: str) -> Stimulus:
        self._note_refusal(words)
        return self._become("strays", words)

    def _note_refusal(self, words: str) -> None:
        self.refused += 1
        self.refusal = words

    def _become(self, stimulus: Stimulus, words: str) -> Stimulus:
        state = CHASE[self.state, stimulus]
        if self.state == "locked" and state == "freewheel":
            self.dropouts += 1
        if state == "waiting" and stimulus == "located":
            self.line += 1
        self.state, self.words = state, words
        return stimulus

    def _signed(self, ns: int) -> int:
        """A distance between two labels, the shorter way round the day."""
        return (ns + self.day_ns // 2) % self.day_ns - self.day_ns // 2


def ns_to_label(code_ns: int, rate: FrameRate) -> Timecode:
    """The label whose frame a time past midnight lies in; half a microsecond early counts as the next."""
    frames = int((code_ns + 500) * rate.exact / NS_PER_S)
    return frames_to_label(frames, rate, wrap=True)
