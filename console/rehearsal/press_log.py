"""A take from another system's log: who pressed what and when, counted from an item's zero, made into a take of ours.

One JSON object a line. The first names ``show``, ``item``, ``take``, ``label`` and ``recorded`` (ISO 8601); each other
has ``at_ms``, ``by``, ``did`` (*go* or *note*), and ``cue``, ``input`` or ``words`` where there are such.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import Field, ValidationError

from console.plan.schedule import Schedule
from console.show.show import Show
from console.timebase.positions import position_to_timecode
from console.vocabulary import (
    Answered,
    Go,
    ItemChanged,
    Marked,
    MarkIt,
    Notice,
    Pressed,
    Request,
    StartItem,
    Take,
    TransportChanged,
    Word,
)
from profiles.timecode import frame_rate

BY = "imported"

Piece = tuple[Sequence[Request], Sequence[Notice]]


class LogHead(Word):
    """What the log is of."""

    show: str
    item: str
    take: int = Field(default=1, ge=1)
    label: str = ""
    recorded: datetime


class LogLine(Word):
    """One thing somebody did."""

    at_ms: float
    by: str
    did: Literal["go", "note"]
    input: str = ""
    cue: str | None = None
    words: str = ""


class PressLogError(ValueError):
    """A log that cannot be read, or is of another show. One line: what, where, what to do."""


@dataclass(frozen=True)
class PressLog:
    """A log that has been read, in order of time."""

    head: LogHead
    lines: tuple[LogLine, ...]


def read_press_log(text: str, name: str) -> PressLog:
    """Read a log; ``name`` is what it is called in errors. Raises PressLogError."""
    numbered = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not numbered:
        raise PressLogError(f"{name} is empty: its first line names show, item and recorded")
    at = numbered[0][0]
    try:
        head = LogHead.model_validate_json(numbered[0][1])
        lines: list[LogLine] = []
        for number, line in numbered[1:]:
            at = number
            lines.append(LogLine.model_validate_json(line))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "it"
        raise PressLogError(f"{name}, line {at}: {where}: {first['msg'].lower()}") from None
    return PressLog(head, tuple(sorted(lines, key=lambda line: line.at_ms)))


def log_to_pieces(log: PressLog, show: Show, schedule: Schedule) -> Iterator[Piece]:
    """What an engine would have told, had these hands been on it.

    The departments whose score cues were pressed are taken by hand, then the item starts; its first click is 0 of the
    take. Raises PressLogError for what the show does not have.
    """
    times = schedule.items.get(log.head.item)
    if times is None or log.head.show != show.id:
        raise PressLogError(f"the log is of {log.head.item} in {log.head.show}, and {show.id} has no such item")
    lead_ns = times.lead_in_ns
    takes: list[Request] = [
        Take(id=number, by=BY, department=name) for number, name in enumerate(_by_hand(log, show), 1)
    ]
    start = StartItem(id=len(takes) + 1, by=BY, item=log.head.item)
    asked = [*takes, start]
    rolling = TransportChanged(at_ns=0, state="rolling", item=log.head.item, position_ns=-lead_ns, words="start item")
    live = ItemChanged(at_ns=0, item=log.head.item, life="live", by=BY)
    yield asked, [*_answers(asked, 0), live, rolling]
    for number, line in enumerate(log.lines, len(asked) + 1):
        position_ns = round(line.at_ms * 1e6)
        at_ns = position_ns + lead_ns
        if line.did == "go":
            cue = show.cue_by_id[_known(line, show)]
            name = f"dept:{show.department_of(cue)}"
            go = Go(id=number, by=line.by, list=name, input=line.input)
            told = Pressed(
                at_ns=at_ns,
                cue=cue.id,
                item=cue.item,
                position_ns=position_ns,
                list=name,
                by=line.by,
                input=line.input,
            )
            yield [go], [*_answers([go], at_ns), told]
        else:
            noted = show.cue_by_id.get(line.cue or "")
            department = (show.department_of(noted) or "") if noted is not None else ""
            bar, beat, tick = (0, 0, 0) if times.tempo is None else times.tempo.ns_to_bbt(position_ns)
            code = ""
            if times.tc_start is not None:
                code = str(position_to_timecode(position_ns, times.tc_start, lead_ns, frame_rate(show.rate)))
            words = line.words if noted is None else f"{noted.number} {noted.label}: {line.words}"
            mark = MarkIt(id=number, by=line.by, words=words, department=department)
            told_note = Marked(
                at_ns=at_ns,
                item=log.head.item,
                position_ns=position_ns,
                bar=bar,
                beat=beat,
                tick=tick,
                timecode=code,
                by=line.by,
                department=department,
                words=words,
            )
            yield [mark], [*_answers([mark], at_ns), told_note]


def _by_hand(log: PressLog, show: Show) -> list[str]:
    """Departments in which a cue of the score was pressed."""
    cues = [show.cue_by_id[_known(line, show)] for line in log.lines if line.did == "go"]
    names = [show.department_of(cue) for cue in cues if not cue.is_called]
    return list(dict.fromkeys(name for name in names if name is not None))


def _known(line: LogLine, show: Show) -> str:
    if line.cue is None or line.cue not in show.cue_by_id:
        raise PressLogError(f"at {line.at_ms:g} ms a press of cue {line.cue!r}, which {show.id} does not have")
    return line.cue


def _answers(asked: Iterable[Request], at_ns: int) -> list[Notice]:
    return [Answered(at_ns=at_ns, request=each.id, name=each.kind, by=each.by) for each in asked]
