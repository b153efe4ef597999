"""Ticks of the three rulers: bars and beats, timecode, seconds from the item's zero. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from console.plan.item_times import ItemTimes
from console.timebase.instants import NS_PER_S
from console.timebase.positions import position_to_timecode
from profiles.timecode import FrameRate, frames_to_ns
from ui.state.words import MINUS, clock_text
from ui.timeline.geometry import Axis, Span

RulerName = Literal["bars", "timecode", "seconds"]

_BAR_STEPS: Final = (1, 2, 4, 8, 16, 32, 64, 128)
_SECOND_STEPS: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800)
_BAR_LABEL_PX: Final = 34
_BEAT_PX: Final = 13
_CLOCK_LABEL_PX: Final = 52
_CODE_LABEL_PX: Final = 96
_NARROW_PX: Final = 22


class Tick(NamedTuple):
    """A mark on a ruler; without a label it is a minor one."""

    x_px: float
    label: str


def ruler_ticks(
    ruler: RulerName, axis: Axis, span: Span, times: ItemTimes, rate: FrameRate, from_ns: int, to_ns: int
) -> Iterator[Tick]:
    """The ticks of one item between two times of the axis, left to right. A span too narrow to read has none."""
    if (span.end_ns - span.start_ns) / axis.ns_per_px < _NARROW_PX:
        return
    from_ns, to_ns = max(from_ns, span.start_ns), min(to_ns, span.end_ns - 1)  # its end is the next one's to mark
    if from_ns > to_ns:
        return
    if ruler == "bars":
        yield from _bar_ticks(axis, span, times, from_ns, to_ns)
    elif ruler == "timecode":
        yield from _timecode_ticks(axis, span, times, rate, from_ns, to_ns)
    else:
        yield from _second_ticks(axis, span, from_ns, to_ns)


def _bar_ticks(axis: Axis, span: Span, times: ItemTimes, from_ns: int, to_ns: int) -> Iterator[Tick]:
    tempo = times.tempo
    if tempo is None:
        return
    first, last = tempo.ns_to_bbt(from_ns - span.zero_ns).bar, tempo.ns_to_bbt(to_ns - span.zero_ns).bar
    bar_px = (to_ns - from_ns) / axis.ns_per_px / max(last - first, 1)
    step = next((step for step in _BAR_STEPS if step * bar_px >= _BAR_LABEL_PX), None)
    if step is None:
        return
    minor = max(step // 4, 1)
    bar = 1 + (first - 1) // minor * minor
    while bar <= last:
        ns = span.zero_ns + tempo.bar_to_ns(bar)
        if from_ns <= ns <= to_ns:
            yield Tick(axis.ns_to_x(ns), str(bar).replace("-", MINUS) if (bar - 1) % step == 0 else "")
        beats = tempo.metre_at(bar).num
        if step == 1 and bar_px / beats >= _BEAT_PX:
            for beat in range(2, beats + 1):
                ns = span.zero_ns + tempo.bbt_to_ns(bar, beat)
                if from_ns <= ns <= to_ns:
                    yield Tick(axis.ns_to_x(ns), f"{bar}.{beat}" if bar_px / beats >= _BAR_LABEL_PX + 8 else "")
        bar += minor


def _second_ticks(axis: Axis, span: Span, from_ns: int, to_ns: int) -> Iterator[Tick]:
    wanted_s = _CLOCK_LABEL_PX * axis.ns_per_px / NS_PER_S
    step_ns = NS_PER_S // 10 if wanted_s <= 0.1 else _step(_SECOND_STEPS, wanted_s) * NS_PER_S
    minor_ns = step_ns // 5
    mark = -(-(from_ns - span.zero_ns) // minor_ns)
    while (ns := span.zero_ns + mark * minor_ns) <= to_ns:
        yield Tick(axis.ns_to_x(ns), _position_text(mark * minor_ns, step_ns))
        mark += 1


def _position_text(position_ns: int, step_ns: int) -> str:
    if position_ns % step_ns:
        return ""
    if step_ns >= NS_PER_S:
        return clock_text(position_ns)
    tenths = abs(position_ns) * 10 // NS_PER_S
    return (MINUS if position_ns < 0 else "") + f"{tenths // 600}:{tenths % 600 // 10:02}.{tenths % 10}"


def _timecode_ticks(
    axis: Axis, span: Span, times: ItemTimes, rate: FrameRate, from_ns: int, to_ns: int
) -> Iterator[Tick]:
    if times.tc_start is None:
        return
    wanted_frames = _CODE_LABEL_PX * axis.ns_per_px * float(rate.exact) / NS_PER_S
    frame_steps = (1, 2, 5, 10)
    step = next((step for step in frame_steps if step >= wanted_frames), None)
    if step is None:
        step = _step(_SECOND_STEPS, wanted_frames / rate.nominal) * rate.nominal
    first_ns = span.zero_ns - times.lead_in_ns
    frame = max(int((from_ns - first_ns) * rate.exact / NS_PER_S) // step, 0) * step
    while (ns := first_ns + frames_to_ns(frame, rate)) <= to_ns:
        if ns >= from_ns:
            label = position_to_timecode(ns - span.zero_ns, times.tc_start, times.lead_in_ns, rate)
            yield Tick(axis.ns_to_x(ns), str(label))
        frame += step


def _step(steps: tuple[int, ...], wanted: float) -> int:
    return next((step for step in steps if step >= wanted), steps[-1])
