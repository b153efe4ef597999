"""Inquiries on their way: looked up from the engine's own state in slices when nothing is due, or in the workshop."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator
from typing import Final

from console.link.messages import FindingFrame, InquiryFrame
from console.vocabulary import (
    AnswerTime,
    AnswerTimes,
    AtBench,
    CommandBytes,
    ExplainCue,
    Finding,
    ShowBytes,
)
from console.wiring.assembly import Assembly
from console.wiring.explaining import explain_cue, packet_texts
from console.wiring.workshop import Workshop
from profiles.near_names import near_words

SPELL_NS: Final = 300_000
"""Slices go on until this has passed: with the longest of them that stays below half a millisecond."""

MOST_WAITING: Final = 64
"""Inquiries that may wait; a window asks one after another."""

Slices = Generator[None, None, Finding | str]
"""Work in slices; what comes of it, or why nothing does."""


class InquiryDesk:
    """Takes inquiries for whatever show is open. ``answer(ticket, answer)`` tells who asked."""

    def __init__(
        self, workshop: Workshop, answer: Callable[[int, FindingFrame | bytes], None], now_ns: Callable[[], int]
    ) -> None:
        self._workshop = workshop
        self._answer = answer
        self._now_ns = now_ns
        self._asked: deque[tuple[int, InquiryFrame]] = deque()
        self._job: tuple[int, InquiryFrame, Slices] | None = None

    def ask(self, ticket: int, frame: InquiryFrame) -> None:
        """Put an inquiry by until there is time for it."""
        if len(self._asked) + self._workshop.waiting >= MOST_WAITING:
            self._answer(ticket, FindingFrame(id=frame.id, words="too much is being looked up: ask again in a moment"))
        elif isinstance(frame.inquiry, AtBench):
            self._workshop.ask(ticket, frame)
        else:
            self._asked.append((ticket, frame))

    @property
    def has_work(self) -> bool:
        """True while something is to be looked up here."""
        return self._job is not None or bool(self._asked)

    def work(self, assembly: Assembly | None) -> None:
        """Go on for a spell, and hand on what the workshop has found."""
        for ticket, answer in self._workshop.collect():
            self._answer(ticket, answer)
        until_ns = self._now_ns() + SPELL_NS
        while self.has_work and self._now_ns() < until_ns:
            self._one_slice(assembly)

    def forget(self) -> None:
        """Another show is open: what was begun about the last one begins anew."""
        if self._job is not None:
            ticket, frame, _slices = self._job
            self._job = None
            self._asked.appendleft((ticket, frame))

    def _one_slice(self, assembly: Assembly | None) -> None:
        if self._job is None:
            ticket, frame = self._asked.popleft()
            self._job = (ticket, frame, self._slices(frame, assembly))
            return
        ticket, frame, slices = self._job
        try:
            next(slices)
        except StopIteration as done:
            self._job = None
            found: Finding | str = done.value
            if isinstance(found, str):
                self._answer(ticket, FindingFrame(id=frame.id, words=found))
            else:
                self._answer(ticket, FindingFrame(id=frame.id, finding=found))

    def _slices(self, frame: InquiryFrame, assembly: Assembly | None) -> Slices:
        if assembly is None:
            return "no show is open"
        engine = assembly.engine.engine
        match frame.inquiry:
            case ExplainCue(cue=cue_id):
                cue = engine.run.show.cue_by_id.get(cue_id)
                if cue is None:
                    return f"the show has no cue {cue_id!r}: {near_words(cue_id, engine.run.show.cue_by_id)}"
                return (yield from explain_cue(engine.run, engine.modes, cue, self._now_ns()))
            case ShowBytes(seq=seq):
                command = next((each for each in reversed(engine.commands) if each.seq == seq), None)
                if command is None:
                    return "no bytes are kept of it: nothing left, or it is too long ago"
                return CommandBytes(seq=seq, packets=packet_texts(command.packets))
            case inquiry:
                assert not isinstance(inquiry, AtBench)  # noqa: S101  those are asked of the workshop
                return (yield from _answer_times(assembly, inquiry.after_ns))


def _answer_times(assembly: Assembly, after_ns: int) -> Generator[None, None, AnswerTimes]:
    """A slice for each device."""
    zero_ns = assembly.engine.engine.run.zero_ns
    times: list[AnswerTime] = []
    for device in assembly.outlet.setups:
        for received_ns, took_ns in assembly.outlet.answers(device):
            if received_ns - zero_ns > after_ns:
                times.append(AnswerTime(device=device, at_ns=received_ns - zero_ns, took_ns=took_ns))
        yield
    return AnswerTimes(times=tuple(times))
