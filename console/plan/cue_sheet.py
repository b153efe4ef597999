"""Cue sheets: what each department does, cue by cue in running order, for the people who sit at its desk. Pure.

With a house, what is not sent there or done otherwise stands in the notes; without one the sheet is the show's alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from console.plan.asks import asks_of
from console.plan.patch import Bound, Patch
from console.plan.schedule import Schedule
from console.show.cue_words import seconds_text, step_text, steps_text, when_text
from console.show.cues import Cue, Step
from console.show.show import Show
from console.timebase.instants import NS_PER_S


@dataclass(frozen=True, slots=True)
class Line:
    """One cue. ``at_s``: seconds from the item's zero, None where a person or a message decides."""

    cue: str
    number: str
    place: str
    at_s: float | None
    timecode: str
    called: bool
    call: str
    label: str
    role: str
    does: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The lines of one item or free list. ``start_s``: planned, from the start of the show; None for a list."""

    item: str
    title: str
    start_s: float | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One department's cues; parts without any are left out."""

    department: str
    name: str
    parts: tuple[Part, ...]

    @property
    def count(self) -> int:
        """How many cues."""
        return sum(len(part.lines) for part in self.parts)


@dataclass(frozen=True, slots=True)
class CueSheets:
    """``house`` is empty without one."""

    show: str
    house: str
    sheets: tuple[Sheet, ...]


def build_sheets(
    show: Show, schedule: Schedule, patch: Patch | None = None, department: str | None = None
) -> CueSheets:
    """The sheets of all departments that have cues, in the show's order; or that of one, even if it is empty."""
    in_house = {} if patch is None else _house_notes(show, patch)
    sheets = (
        Sheet(each.id, each.name, tuple(_parts(show, schedule, each.id, in_house)))
        for each in show.departments
        if department in (None, each.id)
    )
    house = "" if patch is None else patch.venue.name
    return CueSheets(show.title, house, tuple(sheet for sheet in sheets if sheet.parts or department is not None))


def _parts(show: Show, schedule: Schedule, department: str, in_house: dict[str, tuple[str, ...]]) -> Iterator[Part]:
    for item, times in schedule.items.items():
        cues = [show.cue_by_id[cue] for cue in schedule.by_item[item]]
        lines = tuple(_lines(show, schedule, department, cues, in_house))
        if lines:
            title = times.item.title + (" (skipped)" if times.item.skipped else "")
            yield Part(item, title, times.planned_start_ns / NS_PER_S, lines)
    for free in show.lists:
        listed = [cue for cue in show.cues if cue.list == free.id and cue.item is None]
        cues = sorted(listed, key=lambda cue: show.cue_places[cue.id])
        lines = tuple(_lines(show, schedule, department, cues, in_house))
        if lines:
            yield Part(free.id, free.title, None, lines)


def _lines(
    show: Show, schedule: Schedule, department: str, cues: list[Cue], in_house: dict[str, tuple[str, ...]]
) -> Iterator[Line]:
    for cue in cues:
        if show.department_of(cue) != department:
            continue
        leader = show.cue_by_id.get(cue.parent or "", cue)  # the cue that is really called or placed
        time = schedule.cue_times[cue.id]
        yield Line(
            cue.id,
            cue.number,
            _place(show, cue, leader),
            None if time.position_ns is None else time.position_ns / NS_PER_S,
            "" if time.timecode is None else str(time.timecode),
            leader.is_called,
            cue.call or leader.call,
            cue.label,
            cue.role or "",
            steps_text(cue),
            (*_rules(cue), *filter(None, (cue.notes,)), *in_house.get(cue.id, ())),
        )


def _place(show: Show, cue: Cue, leader: Cue) -> str:
    words = when_text(leader)
    at = leader.at
    if at.on == "called" and at.section is not None:
        section = show.section_by_id.get(at.section)
        words = f"called, {section.name if section is not None else at.section}"
    elif at.on == "after":
        followed = show.cue_by_id.get(at.cue)
        delay = f" {seconds_text(at.delay_s, signed=True)}" if at.delay_s else ""
        words = f"{'after' if at.of == 'end' else 'with'} {followed.number if followed is not None else at.cue}{delay}"
    if cue.pre_wait_s:
        words = f"{words}, wait {seconds_text(cue.pre_wait_s)}"
    return words if leader is cue else f"{words}, in {leader.number}"


def _rules(cue: Cue) -> Iterator[str]:
    """What whoever sits there has to know of the cue besides what it does."""
    if cue.disabled:
        yield "Disabled: it does not run."
    if cue.hazard != "none":
        arms = f", armed by {' and '.join(cue.arm)}" if cue.arm else ""
        yield f"Hazard, {cue.hazard}{arms}."
    if cue.zone_clear is not None:
        yield f"Zone {cue.zone_clear} must be clear."
    if cue.once_per_show:
        yield "Once per show."
    if cue.every_pass:
        yield "On every pass of the vamp."
    if cue.condition is not None:
        joint = " and " if cue.condition.match == "all" else " or "
        yield f"Only if {joint.join(f'{term.choice} is {term.value}' for term in cue.condition.terms)}."


def _house_notes(show: Show, patch: Patch) -> dict[str, tuple[str, ...]]:
    """By cue, what the house makes of it: not sent, something else instead, another camera."""
    found: dict[str, dict[str, None]] = {}
    for ask in asks_of(show):
        bound = patch.bind(ask.role, ask.step.verb, ask.args)
        cameras = (str(ask.args[name]) for name in ("camera", "source") if name in ask.args)
        fallbacks = patch.venue.camera_fallbacks
        for words in (
            *_bound_words(bound),
            *(f"{fallbacks[cam]} for {cam} here." for cam in cameras if cam in fallbacks),
        ):
            found.setdefault(ask.cue.id, {})[words] = None
        if patch.too_fast_hz(bound) is not None:
            found.setdefault(ask.cue.id, {})[f"Held back here: no faster than {patch.strobe_hz_max:g} Hz."] = None
    return {cue: tuple(words) for cue, words in found.items()}


def _bound_words(bound: Bound) -> Iterator[str]:
    if bound.skipped is not None:
        yield f"Not sent here: {bound.skipped}."
    elif bound.replaced:
        main = bound.addressed[0]
        yield f"Here instead: {bound.role}, {step_text(Step(verb=main.verb, args=dict(main.args)))}."
