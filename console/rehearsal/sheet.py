"""What there is to compare of a take, from its record. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from console.plan.schedule import Schedule
from console.rehearsal.script import AskedRow
from console.show.show import Show
from console.vocabulary import (
    Fire,
    Go,
    LedgerRow,
    Notice,
    Pressed,
    Take,
    TakeCard,
    TakeLeave,
    TakeNote,
    TakePress,
    TakeSheet,
)


def make_sheet(
    card: TakeCard,
    show: Show,
    schedule: Schedule,
    asked: Sequence[AskedRow],
    facts: Iterable[Notice],
    rows: Iterable[LedgerRow],
    notes: Sequence[TakeNote],
) -> TakeSheet:
    """The sheet of a take of a show, laid beside the show as it is now."""
    pressed = [fact for fact in facts if isinstance(fact, Pressed)]
    presses = [TakePress(**fact.model_dump(exclude={"kind"})) for fact in pressed]
    for at_ns, request, refused in asked:
        if isinstance(request, Go | Fire) and refused is not None and at_ns is not None:
            name, key = (request.list, request.input) if isinstance(request, Go) else ("", "")
            presses.append(
                TakePress(
                    at_ns=at_ns,
                    cue=None,
                    item=None,
                    position_ns=None,
                    list=name,
                    by=request.by,
                    input=key,
                    refused=refused,
                )
            )
    presses.sort(key=lambda press: press.at_ns)
    return TakeSheet(
        card=card,
        presses=tuple(presses),
        leaves=tuple(_leaves(schedule, pressed, rows)),
        notes=tuple(notes),
        by_hand=_by_hand(show, asked),
    )


def _by_hand(show: Show, asked: Iterable[AskedRow]) -> tuple[str, ...]:
    """Departments that a hand took at some time of the take."""
    found: dict[str, None] = {}
    for _, request, refused in asked:
        if isinstance(request, Take) and refused is None:
            names = [each.id for each in show.departments] if request.department is None else [request.department]
            found.update(dict.fromkeys(names))
    return tuple(found)


def _leaves(schedule: Schedule, pressed: Sequence[Pressed], rows: Iterable[LedgerRow]) -> Iterable[TakeLeave]:
    """Where each cue's first command left: so long after its press, or so much later than its own moment."""
    seen: set[str] = set()
    for row in sorted((row for row in rows if row.sent_s is not None), key=lambda row: row.sent_s or 0.0):
        time = schedule.cue_times.get(row.cue or "")
        if time is None or time.item is None or time.cue in seen:
            continue
        seen.add(time.cue)
        sent_ns = round((row.sent_s or 0.0) * 1e9)
        press = next((each for each in reversed(pressed) if each.cue == time.cue and each.at_ns <= sent_ns), None)
        if press is not None and press.by == row.by and press.position_ns is not None:
            yield TakeLeave(cue=time.cue, item=time.item, position_ns=press.position_ns + sent_ns - press.at_ns)
        elif time.position_ns is not None:
            late_ns = (row.late_us or 0) * 1000
            yield TakeLeave(cue=time.cue, item=time.item, position_ns=time.position_ns + late_ns)
