"""A small engine for tests of the loop and the link: a list of what leaves when, and every request is granted.

It keeps the engine's promises: nothing leaves before it is due, a request is answered once, an outcome makes a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from console.engine.outbox import Dispatch, Outbox
from console.ports import InboxItem
from console.vocabulary import Answered, Asked, Go, LedgerRow, Notice, OutputSwitched, Playhead, SetOutput, Snapshot
from devices.contract import Command, Outcome


@dataclass(frozen=True)
class Bytes:
    """A packet that is its own text."""

    text: str
    delay_ns: int = 0

    def with_value(self, value: float) -> Bytes:
        return self


def make_dispatch(
    due_ns: int, device: str = "desk", *, seq: int = 1, cue: str | None = None, once: bool = False
) -> Dispatch:
    """One command of one packet, due at an engine instant."""
    packet = Bytes(f"{device} {seq}")
    command = Command(
        seq=seq,
        device=device,
        role="lighting.main",
        verb="cue.fire",
        args={"cue": seq},
        packets=(packet,),
        due_ns=due_ns,
        cue_ns=due_ns,
        item=None,
        cue=cue,
        by="playhead",
        trigger=f"at {due_ns}",
    )
    return Dispatch(command, packet, once=once)


@dataclass
class SmallEngine:
    """``due``: dispatches to come. GO sends one at once to ``go_device``."""

    due: list[Dispatch] = field(default_factory=list)
    zero_ns: int = 7_000_000_007
    go_device: str = "desk"
    steps: list[tuple[int, datetime, tuple[InboxItem, ...]]] = field(default_factory=list)
    commands: dict[int, Command] = field(default_factory=dict)

    def step(self, now_ns: int, wall: datetime, inbox: Sequence[InboxItem]) -> Outbox:
        self.steps.append((now_ns, wall, tuple(inbox)))
        dispatches = [each for each in self.due if each.command.due_ns <= now_ns]
        self.due = [each for each in self.due if each.command.due_ns > now_ns]
        notices: list[Notice] = []
        for item in inbox:
            if isinstance(item, Asked):
                notices.append(Answered(at_ns=now_ns - self.zero_ns, request=item.id, name=item.kind, by=item.by))
            if isinstance(item, SetOutput):
                at_ns = now_ns - self.zero_ns
                notices.append(OutputSwitched(at_ns=at_ns, device=item.device, mode=item.mode, by=item.by))
            if isinstance(item, Go):
                seq = 1000 + len(self.commands)
                dispatches.append(make_dispatch(now_ns, self.go_device, seq=seq))
            if isinstance(item, Outcome):
                notices.append(self._row(item))
        self.commands.update({each.command.seq: each.command for each in dispatches})
        wake_at_ns = min((each.command.due_ns for each in self.due), default=None)
        return Outbox(tuple(dispatches), tuple(notices), wake_at_ns)

    def snapshot(self, now_ns: int, wall: datetime) -> Snapshot:
        return Snapshot(
            now_ns=now_ns - self.zero_ns,
            wall=wall.isoformat(),
            run="run-1",
            run_kind="rehearsal",
            revision=1,
            playhead=Playhead(state="rolling", item="song", position_ns=now_ns - self.zero_ns),
            standbys={"show": None},
            upcoming=(),
            running=(),
            items=(),
            done=(),
            armed=(),
            devices=(),
            panic=False,
            go_armed=True,
        )

    def _row(self, outcome: Outcome) -> LedgerRow:
        command = self.commands[outcome.seq]
        return LedgerRow(
            at_ns=outcome.sent_ns - self.zero_ns,
            seq=command.seq,
            item=command.item,
            cue=command.cue,
            role=command.role,
            device=command.device,
            command=command.verb,
            cue_s=(command.cue_ns - self.zero_ns) / 1e9,
            due_s=(command.due_ns - self.zero_ns) / 1e9,
            sent_s=(outcome.sent_ns - self.zero_ns) / 1e9,
            late_us=(outcome.sent_ns - command.due_ns) // 1000,
            outcome=outcome.result.value,
            by=command.by,
            trigger=command.trigger,
        )
