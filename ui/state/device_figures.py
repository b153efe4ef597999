"""How long devices take to answer, and how much they are told: bounded rings, fed while somebody looks. No Qt."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from console.timebase.instants import NS_PER_S
from console.vocabulary import AnswerTimes, DeviceState

MOST_ANSWERS: Final = 64
RATE_OVER_NS: Final = 5 * NS_PER_S
SAMPLE_NS: Final = NS_PER_S // 2
ASK_EVERY_NS: Final = NS_PER_S


@dataclass
class DeviceFigures:
    """Of the house that is open. ``after_ns``: answers up to then are known."""

    after_ns: int = -1
    _answers: dict[str, deque[int]] = field(default_factory=dict)
    _sent: dict[str, deque[tuple[int, int]]] = field(default_factory=dict)
    _sampled_ns: int | None = None

    def take_answers(self, found: AnswerTimes) -> None:
        """Answers since the last look."""
        for each in found.times:
            self._answers.setdefault(each.device, deque(maxlen=MOST_ANSWERS)).append(each.took_ns)
            self.after_ns = max(self.after_ns, each.at_ns)

    def sample(self, now_ns: int, states: Iterable[DeviceState]) -> None:
        """Count sends, twice a second at most; a clock that went back is another run's."""
        if self._sampled_ns is not None and now_ns < self._sampled_ns:
            self._sent.clear()
        elif self._sampled_ns is not None and now_ns - self._sampled_ns < SAMPLE_NS:
            return
        self._sampled_ns = now_ns
        for state in states:
            kept = self._sent.setdefault(state.device, deque())
            kept.append((now_ns, state.sent))
            while now_ns - kept[0][0] > RATE_OVER_NS:
                kept.popleft()

    def answers_ms(self, device: str) -> tuple[float, ...]:
        """The last answer times, oldest first."""
        return tuple(took_ns / 1e6 for took_ns in self._answers.get(device, ()))

    def answers_text(self, device: str) -> str:
        """``usually 3.2 ms, 12 ms at most, of 24``; words where none came."""
        known = self.answers_ms(device)
        if not known:
            return "none heard while this page was open"
        return f"usually {ms_text(median(known))}, {ms_text(max(known))} at most, of {len(known)}"

    def rate_per_s(self, device: str) -> float:
        """Sends a second over the last five."""
        kept = self._sent.get(device)
        if not kept or len(kept) < 2:
            return 0.0
        (first_ns, first), (last_ns, last) = kept[0], kept[-1]
        return max(last - first, 0) * NS_PER_S / max(last_ns - first_ns, 1)


def ms_text(ms: float) -> str:
    """``0.8 ms``, ``12 ms``, ``1.2 s``."""
    if ms >= 1000:
        return f"{ms / 1000:.1f} s"
    return f"{ms:.0f} ms" if ms >= 10 else f"{ms:.1f} ms"
