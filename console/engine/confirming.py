"""What becomes of a command after it was sent: confirmed, contradicted, or not confirmed, by the device's own words.

A command waits for its device's word as long as the profile says, from when it left or, where the device takes its own
time, from when it is there. A word that came before the bytes left, too late, of another parameter or another value
confirms nothing. A value other than the one sent is no contradiction until the time is over: it may be on its way.
Nothing that is said later changes what became of a command: that is a drift (``reported``).
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from console.engine.expected import DeviceKey, Sent
from console.engine.outbox import Tray
from console.engine.run_state import RunState
from console.vocabulary import Confirmed
from devices.contract import LINE_CHECK, Args, Command, Outcome, Report
from profiles.argument_rules import value_to_text
from profiles.verbs import CATALOGUE, Kind, Verb, complete_args, find_verb

UNCONFIRMABLE = "unconfirmable"
"""Of a device that has no word to say: known at once, and nobody is troubled with it."""


@dataclass(slots=True)
class _Awaited:
    """A command whose device has still to speak. ``against``: what it said instead."""

    command: Command
    key: DeviceKey | None  # None for a trigger
    args: Args
    sent_ns: int
    settled_ns: int
    until_ns: int
    against: str = ""
    displaced: bool = False
    over: bool = False


@dataclass
class Confirmations:
    """Commands that wait for their device's word, each for a bounded time."""

    _by_verb: dict[tuple[str, str], list[_Awaited]] = field(default_factory=dict)
    _ends: list[tuple[int, int, _Awaited]] = field(default_factory=list)  # until when; some are over before

    def sent(self, run: RunState, command: Command, outcome: Outcome, *, over: bool = True) -> str:
        """A command has left. Returns what its row says of it: nothing yet, or that nobody will ever know.

        ``over`` False: it is the first of a stream, and only its last is waited for.
        """
        verb = CATALOGUE.get(command.verb)
        if verb is None:
            asks = run.encoder.confirms_within_ns(command.device, command.verb, command.args) is not None
            return "" if asks and command.verb == LINE_CHECK else UNCONFIRMABLE  # ``line_checking`` says the rest
        key = parameter_key(run, command.device, verb, command.args)
        if key is not None:
            run.reported.mark(key, drifts=False)  # it is on its way to where it should be
        within_ns = run.encoder.confirms_within_ns(command.device, command.verb, command.args)
        if within_ns is None:
            return UNCONFIRMABLE
        if not over:
            return ""
        settled_ns = outcome.sent_ns + command.settles_ns
        args = _told(verb, command, key, run)
        awaited = _Awaited(command, key, args, outcome.sent_ns, settled_ns, settled_ns + within_ns)
        waiting = self._by_verb.setdefault((command.device, command.verb), [])
        for earlier in waiting:
            if key is not None and earlier.key == key:
                earlier.displaced = True
        waiting.append(awaited)
        heapq.heappush(self._ends, (awaited.until_ns, command.seq, awaited))
        return ""

    def heard(self, run: RunState, report: Report, tray: Tray) -> None:
        """A device has spoken: whoever it answers is confirmed; what it says instead is kept until the time is over."""
        verb = CATALOGUE.get(report.verb or "")
        if verb is None:
            return
        key = parameter_key(run, report.device, verb, report.args)
        waiting = self._by_verb.get((report.device, verb.name), ())
        confirmed: list[_Awaited] = []
        for awaited in waiting:
            if not awaited.sent_ns <= report.received_ns <= awaited.until_ns:
                continue
            if run.encoder.agrees(report.device, verb.name, awaited.args, report.args):
                confirmed.append(awaited)
            elif key is not None and awaited.key == key and report.received_ns >= awaited.settled_ns:
                awaited.against = reading_words(verb, report.args)
        if verb.kind is Kind.TRIGGER:
            del confirmed[1:]  # one answer is to one command; a parameter stands where all of them wanted it
        for awaited in confirmed:
            self._end(run, awaited, tray, report.received_ns, "confirmed", "")

    def expire(self, run: RunState, now_ns: int, tray: Tray) -> None:
        """End those whose time is over."""
        while self._ends and (self._ends[0][0] < now_ns or self._ends[0][2].over):
            until_ns, _, awaited = heapq.heappop(self._ends)
            if awaited.over:
                continue
            if awaited.displaced:
                words = "a later command took its place before the device spoke"
                self._end(run, awaited, tray, until_ns, "unconfirmed", words)
            elif awaited.against:
                self._end(run, awaited, tray, until_ns, "contradicted", f"the device says {awaited.against}")
            else:
                within_s = (awaited.until_ns - awaited.settled_ns) / 1e9
                self._end(run, awaited, tray, until_ns, "unconfirmed", f"no answer within {within_s:g} s")

    def next_ns(self) -> int | None:
        """When :meth:`expire` has something to end."""
        while self._ends and self._ends[0][2].over:
            heapq.heappop(self._ends)
        return self._ends[0][0] + 1 if self._ends else None

    def awaits(self, sent: Sent) -> bool:
        """True while the device may still speak of this command."""
        waiting = self._by_verb.get((sent.send.device, sent.send.verb), ())
        return any(awaited.command.seq == sent.seq for awaited in waiting)

    def _end(
        self,
        run: RunState,
        awaited: _Awaited,
        tray: Tray,
        at_ns: int,
        result: Literal["confirmed", "contradicted", "unconfirmed"],
        words: str,
    ) -> None:
        command = awaited.command
        awaited.over = True
        waiting = self._by_verb[command.device, command.verb]
        waiting.remove(awaited)
        if not waiting:
            del self._by_verb[command.device, command.verb]
        tray.notices.append(
            Confirmed(
                at_ns=run.at(at_ns),
                seq=command.seq,
                item=command.item,
                cue=command.cue,
                role=command.role,
                device=command.device,
                result=result,
                words=words,
            )
        )
        sent = run.expected.get(awaited.key)
        if awaited.key is not None and sent is not None and sent.seq == command.seq:
            run.reported.mark(awaited.key, drifts=result == "contradicted")


def heard_of(run: RunState, confirmations: Confirmations, report: Report) -> None:
    """Keep what a device says of a parameter, and mark whether it stands where our sends should have put it."""
    verb = CATALOGUE.get(report.verb or "")
    key = None if verb is None else parameter_key(run, report.device, verb, report.args)
    if key is None or report.verb is None:
        return
    run.reported.heard(key, report, report.verb)
    sent = run.expected.get(key)
    if sent is None or report.received_ns < sent.sent_ns:
        return
    if sent.send.verb == report.verb and run.encoder.agrees(key[0], report.verb, told_args(sent), report.args):
        run.reported.mark(key, drifts=False)
    elif report.received_ns >= sent.settled_ns and not confirmations.awaits(sent) and not _fades(run, sent):
        run.reported.mark(key, drifts=True)


def told_args(sent: Sent) -> Args:
    """The arguments a device was told, with the number that left last."""
    fade_arg = find_verb(sent.send.verb).fade_arg
    if fade_arg and sent.value is not None:
        return {**sent.send.args, fade_arg: sent.value}
    return sent.send.args


def reading_words(verb: Verb, args: Mapping[str, object]) -> str:
    """What a device said, without the keys: ``db=-12``."""
    said = {name: value for name, value in args.items() if name not in verb.keys}
    return " ".join(f"{name}={_short(value)}" for name, value in said.items()) or verb.name


def _short(value: object) -> str:
    return value_to_text(value, 2) if isinstance(value, bool | int | float | str) else str(value)


def parameter_key(run: RunState, device: str, verb: Verb, args: Args) -> DeviceKey | None:
    """Which parameter of a device is spoken of; keys that are not named are the main ones. None for a trigger."""
    setup = run.patch.devices.get(device)
    if setup is None or verb.kind is Kind.TRIGGER:
        return None
    return (device, *setup.profile.state_key(verb, args))


def _told(verb: Verb, command: Command, key: DeviceKey | None, run: RunState) -> Args:
    """The command's arguments with defaults, and of a stream the number that left last."""
    args = complete_args(verb, command.args)
    sent = run.expected.get(key) if command.stream is not None else None
    if sent is not None and sent.value is not None and verb.fade_arg:
        args[verb.fade_arg] = sent.value
    return args


def _fades(run: RunState, sent: Sent) -> bool:
    return sent.send.key is not None and (sent.send.device, *sent.send.key) in run.fades
