"""A take played again as output only: what left then leaves again, at its own time, and nobody decides anything.

Works from the rows of the record: the house's own words for devices and arguments, so it is for the house it was made
in. A fade of ours has a row at its start and its end: between them it goes straight, in its count of steps. Hazards
and what goes once per show stay, as does timecode.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import heappop, heappush
from typing import Final

from console.engine.engine import Engine
from console.engine.ledger import command_words
from console.engine.outbox import Dispatch, Outbox
from console.plan.patch import is_hazardous
from console.ports import InboxItem
from console.show.show import Show
from console.vocabulary import Answered, Asked, LedgerRow, Notice, Snapshot
from devices.contract import Args, Command, EncodeError, Encoder, Outcome, Result, Value
from profiles.verbs import CATALOGUE, Verb, state_key

BY: Final = "replay"
TRIGGER: Final = "output of a take"

TAIL_NS: Final = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Sent:
    """One command as it left, ns from where the take began."""

    at_ns: int
    row: LedgerRow
    verb: Verb
    args: Args


def text_to_command(words: str) -> tuple[Verb, Args] | None:
    """What :func:`console.engine.ledger.command_words` wrote, read back; None for what is no verb of the catalogue."""
    name, _, rest = words.partition(" ")
    verb = CATALOGUE.get(name)
    if verb is None:
        return None
    found = list(re.finditer(rf"(?:^| )({'|'.join(re.escape(arg.name) for arg in verb.args)})=", rest)) if rest else []
    args: dict[str, Value] = {}
    for place, match in enumerate(found):
        end = found[place + 1].start() if place + 1 < len(found) else len(rest)
        args[match[1]] = _value(verb, match[1], rest[match.end() : end])
    return verb, args


def _value(verb: Verb, name: str, text: str) -> Value:
    arg = verb.find_arg(name)
    kind = "text" if arg is None else arg.type
    try:
        match kind:
            case "flag":
                return text == "True"
            case "int":
                return int(text)
            case "float":
                return float(text)
    except ValueError:
        pass  # a house's own word for a number
    return text


def sent_again(rows: Iterable[LedgerRow], show: Show, began_ns: int) -> tuple[Sent, ...]:
    """The rows that may leave again, fades filled in, in order."""
    found: list[Sent] = []
    stands: dict[tuple[str, ...], float] = {}
    began: dict[tuple[str | None, str | None, str], Sent] = {}
    for row in sorted((row for row in rows if row.sent_s is not None), key=lambda row: row.sent_s or 0.0):
        command = text_to_command(row.command)
        if command is None or row.device is None or _stays(row, command[0], show):
            continue
        sent = Sent(round((row.sent_s or 0.0) * 1e9) - began_ns, row, *command)
        key = (row.cue, row.device, row.command)
        first = began.pop(key, None) if row.count > 1 else None
        if first is not None:
            found.remove(first)
            found += _steps(first, sent, stands)
        else:
            began[key] = sent
            found.append(sent)
        value = command[1].get(command[0].fade_arg)
        if isinstance(value, int | float) and command[0].fade_arg:
            stands[row.device, *state_key(command[0], command[1])] = float(value)
    return tuple(sorted(found, key=lambda each: (each.at_ns, each.row.seq)))


def _stays(row: LedgerRow, verb: Verb, show: Show) -> bool:
    """Hazards and once-uses leave by no replay."""
    cue, role = show.cue_by_id.get(row.cue or ""), show.role_by_id.get(row.role or "")
    of_role = role is not None and role.hazard != "none" and is_hazardous(verb.name)
    return of_role or (cue is not None and (cue.hazard != "none" or cue.once_per_show))


def _steps(first: Sent, last: Sent, stands: dict[tuple[str, ...], float]) -> Iterator[Sent]:
    """A fade's steps, straight from where its parameter stood."""
    arg, count = first.verb.fade_arg, last.row.count
    target = last.args.get(arg)
    start = stands.get((first.row.device or "", *state_key(first.verb, first.args)))
    if (
        not isinstance(target, int | float)
        or start is None
        or abs(start) == float("inf")
        or abs(target) == float("inf")
    ):
        yield last
        return
    for step in range(count):
        share = (step + 1) / count
        at_ns = first.at_ns + round((last.at_ns - first.at_ns) * (step / max(count - 1, 1)))
        yield replace(first, at_ns=at_ns, args={**first.args, arg: start + (target - start) * share})


class OutputReplay:
    """Stands where the engine stands in a loop; ``zero_ns`` is where the take begins now."""

    def __init__(
        self, engine: Engine, encoder: Encoder, sends: Sequence[Sent], zero_ns: int, speed: float = 1.0
    ) -> None:
        """``engine`` is asked for the picture of the house alone, and never stepped."""
        self._engine = engine
        self._encoder = encoder
        self._sends = sends
        self._at_ns = [zero_ns + round(each.at_ns / speed) for each in sends]
        self._end_ns = (self._at_ns[-1] if self._at_ns else zero_ns) + TAIL_NS
        self._next = 0
        self._later: list[tuple[int, int, Dispatch]] = []  # a release after its press
        self._open: dict[int, Command] = {}
        self._zero_ns = zero_ns
        self.problems: dict[str, None] = {}
        self.on_over: Callable[[], None] = lambda: None

    def step(self, now_ns: int, wall: datetime, inbox: Sequence[InboxItem]) -> Outbox:
        """Give out what is due; the rows of what has left."""
        del wall
        notices: list[Notice] = []
        for each in inbox:
            if isinstance(each, Outcome):
                command = self._open.pop(each.seq, None)
                notices += [] if command is None else [self._row(command, each)]
            elif isinstance(each, Asked):
                refused = "a take's output is played: nothing is decided here"
                at_ns = now_ns - self._zero_ns
                notices.append(Answered(at_ns=at_ns, request=each.id, name=each.kind, by=each.by, refused=refused))
        due = bisect_right(self._at_ns, now_ns)
        dispatches = [dispatch for place in range(self._next, due) for dispatch in self._dispatches(place)]
        self._next = max(self._next, due)
        while self._later and self._later[0][0] <= now_ns:
            dispatches.append(heappop(self._later)[2])
        if now_ns >= self._end_ns:
            self.on_over()
        wake_ns = self._at_ns[self._next] if self._next < len(self._at_ns) else self._end_ns
        wake_ns = min(wake_ns, self._later[0][0]) if self._later else wake_ns
        return Outbox(tuple(dispatches), tuple(notices), wake_ns)

    def snapshot(self, now_ns: int, wall: datetime) -> Snapshot:
        """The house, with nothing of the score."""
        return self._engine.snapshot(now_ns, wall)

    def _dispatches(self, place: int) -> Iterator[Dispatch]:
        sent, due_ns = self._sends[place], self._at_ns[place]
        row = sent.row
        cue = self._engine.run.show.cue_by_id.get(row.cue or "")
        fades = [step.fade_s for step in cue.steps if step.verb == sent.verb.name] if cue is not None else []
        try:
            packets = self._encoder.encode(row.device or "", sent.verb.name, sent.args, next(iter(fades), None))
        except EncodeError as error:
            self.problems.setdefault(str(error))
            return
        command = Command(
            seq=place + 1,
            device=row.device or "",
            role=row.role or "",
            verb=sent.verb.name,
            args=sent.args,
            packets=packets,
            due_ns=due_ns,
            cue_ns=due_ns,
            item=row.item,
            cue=row.cue,
            by=BY,
            trigger=TRIGGER,
        )
        self._open[command.seq] = command
        for packet in packets:
            if packet.delay_ns > 0:
                heappush(self._later, (due_ns + packet.delay_ns, command.seq, Dispatch(command, packet)))
            else:
                yield Dispatch(command, packet)

    def _row(self, command: Command, outcome: Outcome) -> LedgerRow:
        left = outcome.result in (Result.SENT, Result.THINNED)
        due_s, sent_s = (command.due_ns - self._zero_ns) / 1e9, (outcome.sent_ns - self._zero_ns) / 1e9
        return LedgerRow(
            at_ns=outcome.sent_ns - self._zero_ns,
            seq=command.seq,
            item=command.item,
            cue=command.cue,
            role=command.role,
            device=command.device,
            command=command_words(command.verb, command.args),
            cue_s=due_s,
            due_s=due_s,
            sent_s=sent_s if left else None,
            late_us=(outcome.sent_ns - command.due_ns) // 1000 if left else None,
            outcome=f"{outcome.result.value}: {outcome.words}" if outcome.words else outcome.result.value,
            by=command.by,
            trigger=command.trigger,
            confirmed="",
        )
