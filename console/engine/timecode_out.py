"""Timecode out: a full frame on every jump, then quarter frames as the playhead rolls.

Follows the score position, so a vamp whose policy is *loop* repeats its labels; *hold* repeats the label of its first
frame; *free run* counts on. In a house of another rate the start label is kept and true seconds run from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from console.engine.ledger import Ledger
from console.engine.outbox import Dispatch, Tray
from console.engine.run_state import RunState
from console.plan.item_times import ItemTimes
from devices.contract import Command, Packet, TimecodeEncoder
from profiles.timecode import (
    FrameRate,
    Timecode,
    frames_to_label,
    frames_to_ns,
    label_to_frames,
    next_legal,
    ns_to_frames,
)

ROLE = "timecode.out"


@dataclass(frozen=True)
class TimecodeLine:
    """One output of the house: how its labels become bytes, and the rate they are spoken at."""

    encoder: TimecodeEncoder
    rate: FrameRate


@dataclass
class TimecodeOut:
    """One output. ``_stream`` names the run of quarter frames being sent, None between two."""

    line: TimecodeLine
    encoder: TimecodeEncoder = field(init=False)
    rate: FrameRate = field(init=False)
    _quarters: FrameRate = field(init=False)
    _stream: str | None = None
    _next: int = 0  # count since midnight of the next quarter frame
    _due_ns: int | None = None
    _midnight_ns: int = 0  # run ns that stand at label 00:00:00:00
    _place: tuple[object, ...] = ()  # what the last jump was to, so that telling twice sends once

    def __post_init__(self) -> None:
        self.encoder, self.rate = self.line.encoder, self.line.rate
        spoken = self.rate.mtc_rate
        self._quarters = FrameRate("quarters", spoken.nominal * 4, spoken.exact * 4, drop=False, mtc_code=None)

    def jumped(self, run: RunState, ledger: Ledger, tray: Tray, now_ns: int) -> None:
        """The playhead was put somewhere, or began or ceased to roll: a full frame, and a new stream if it rolls."""
        place = (run.playhead, run.transport, run.folding, run.rehearsal.code_out)
        if place == self._place:
            return
        self._place = place
        self._end_stream(run, ledger, tray)
        self._due_ns = None
        playhead = run.playhead
        if playhead is None or run.rehearsal.code_out == "off":
            return
        times = run.times(playhead.item)
        if times.tc_start is None:
            return
        label_ns = self._label_ns(run, times, max(playhead.run_at(now_ns), -times.lead_in_ns))
        label = self._held_label(run, times) or frames_to_label(ns_to_frames(label_ns, self.rate), self.rate, wrap=True)
        self._send(run, ledger, tray, now_ns, self.encoder.full_frame(label), str(label), None)
        if run.transport != "rolling" or playhead.rate == 0:
            return
        self._midnight_ns = -self._label_ns(run, times, 0)
        first = ns_to_frames(label_ns, self._quarters)
        while first % 8 or frames_to_ns(first, self._quarters) < label_ns:
            first += 1  # receivers put eight pieces together; start with the first of them
        self._next = first
        self._stream = f"{self.encoder.device}:{now_ns}"
        self._aim(run)

    def next_due_ns(self) -> int | None:
        """When the next quarter frame is due."""
        return self._due_ns

    def send_next(self, run: RunState, ledger: Ledger, tray: Tray, due_ns: int) -> None:
        """One quarter frame."""
        times = run.times(run.playhead.item) if run.playhead is not None else None
        held = self._held_label(run, times) if times is not None else None
        count = self._next
        if held is not None:
            count = frames_to_quarters(held, self.rate) + self._next % 8
        self._send(
            run, ledger, tray, due_ns, self.encoder.quarter_frame(count, self.rate), "quarter frame", self._stream
        )
        self._next += 1
        self._aim(run)

    def _aim(self, run: RunState) -> None:
        playhead = run.playhead
        if playhead is None:
            self._due_ns = None
            return
        self._due_ns = playhead.instant_of(self._midnight_ns + frames_to_ns(self._next, self._quarters))

    def _label_ns(self, run: RunState, times: ItemTimes, run_ns: int) -> int:
        """Nanoseconds since label midnight at a run time."""
        assert times.tc_start is not None  # noqa: S101 - callers asked
        start_ns = frames_to_ns(label_to_frames(next_legal(times.tc_start, self.rate)), self.rate)
        return start_ns + times.lead_in_ns + run_ns - run.folding.shift_ns + run.folding.free_ns

    def _held_label(self, run: RunState, times: ItemTimes) -> Timecode | None:
        """The label that stands still while a *hold* vamp is played from its second pass on."""
        vamp = run.folding.current(times)
        if vamp is None or vamp.vamp is None or vamp.vamp.timecode != "hold" or run.folding.pass_no < 2:
            return None
        label_ns = self._label_ns(run, times, vamp.start_ns + run.folding.shift_ns)
        return frames_to_label(ns_to_frames(label_ns, self.rate), self.rate, wrap=True)

    def _end_stream(self, run: RunState, ledger: Ledger, tray: Tray) -> None:
        if self._stream is not None:
            ledger.stream_over(run, self._stream, tray)
            self._stream = None

    def _send(
        self, run: RunState, ledger: Ledger, tray: Tray, due_ns: int, packet: Packet, words: str, stream: str | None
    ) -> None:
        if run.held is not None:
            return
        command = Command(
            seq=run.next_seq(),
            device=self.encoder.device,
            role=ROLE,
            verb="timecode",
            args={"label": words},
            packets=(packet,),
            due_ns=due_ns,
            cue_ns=due_ns,
            item=run.playhead.item if run.playhead is not None else None,
            cue=None,
            by="playhead",
            trigger="timecode out",
            stream=stream,
        )
        ledger.opened(command)
        tray.dispatches.append(Dispatch(command, packet))


def frames_to_quarters(label: Timecode, rate: FrameRate) -> int:
    """Quarter frames since midnight at the start of the two-frame group a label lies in."""
    quarters = Fraction(4 * label_to_frames(label), rate.mtc_divisor)
    return int(quarters) // 8 * 8
