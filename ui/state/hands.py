"""What the operator's hand is on, as chips that offer the way back; and what a hand could be laid on. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from console.vocabulary import Bypass, InHand, Rejoin, Request, SkipNext, StandDown, Take
from ui.state.desk import Desk
from ui.state.words import HAND_MARKS, Mark, clock_text

GLIDE_S: Final = 3.0
"""How long a glide takes that the window asks for."""

Offer = tuple[str, Request]
"""(what it says, what it asks)"""


@dataclass(frozen=True, slots=True)
class HandFace:
    """One chip: ``TAKEN LX 1:23``. ``key`` stays as long as the chip does; ``offers`` are the ways back."""

    key: tuple[str, str]
    mark: Mark
    label: str
    since: str
    by: str
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """Something a hand can be laid on: one offer where it is not, the ways back where it is."""

    label: str
    offers: tuple[Offer, ...]


def hand_faces(desk: Desk, local_ns: int) -> tuple[HandFace, ...]:
    """Everything a hand is on, what keeps most back first."""
    snapshot = desk.snapshot
    if snapshot is None or desk.show is None:
        return ()
    faces: list[HandFace] = []
    for kind, marks in (
        ("taken", snapshot.taken),
        ("bypassed", snapshot.bypassed),
        ("stood_down", snapshot.stood_down),
        ("to_skip", snapshot.to_skip),
    ):
        for each in marks:
            since = clock_text(desk.run_now_ns(local_ns) - each.since_ns)
            offers = tuple(_ways_back(kind, each))
            key = (kind, each.target or "")
            faces.append(HandFace(key, HAND_MARKS[kind], _label(desk, each.target), since, each.by, offers))
    return tuple(faces)


def within_reach_of_take(desk: Desk) -> tuple[Reach, ...]:
    """The whole show and each department: to be taken, or to join again."""
    if desk.show is None or desk.snapshot is None:
        return ()
    taken = {each.target for each in desk.snapshot.taken}
    found = [_reach("Whole show", None, is_taken=None in taken)]
    for department in desk.show.departments:
        is_taken = None in taken or department.id in taken
        found.append(_reach(f"{department.id}  {department.name}".rstrip(), department.id, is_taken=is_taken))
    return tuple(found)


def within_reach_of_bypass(desk: Desk) -> tuple[Reach, ...]:
    """Each department and each device: to be bypassed, or to come in line again."""
    if desk.show is None or desk.snapshot is None:
        return ()
    bypassed = {each.target for each in desk.snapshot.bypassed}
    names = [department.id for department in desk.show.departments]
    names += dict.fromkeys(each.device for each in desk.snapshot.devices if each.role in desk.show.role_by_id)
    return tuple(
        Reach(f"{name}: bypassed", tuple(in_line_ways(name)))
        if name in bypassed
        else Reach(name, ((f"Bypass {name}", Bypass(target=name)),))
        for name in names
    )


def next_to_skip(desk: Desk) -> str | None:
    """The cue that comes next and is not to be skipped yet."""
    if desk.snapshot is None:
        return None
    marked = {each.target for each in desk.snapshot.to_skip}
    coming = [up for up in desk.upcoming() if up.cue not in marked]
    timed = [up for up in coming if up.in_ns is not None]
    found = min(timed, key=lambda up: up.in_ns or 0) if timed else next(iter(coming), None)
    return found.cue if found is not None else None


def last_to_skip(desk: Desk) -> str | None:
    """The cue that was marked last."""
    return desk.snapshot.to_skip[-1].target if desk.snapshot is not None and desk.snapshot.to_skip else None


def is_stood_down(desk: Desk, cue: str | None) -> bool:
    """True where a cue, by itself, does not run in this run."""
    return desk.snapshot is not None and any(each.target == cue for each in desk.snapshot.stood_down)


def _label(desk: Desk, target: str | None) -> str:
    cue = desk.show.cue_by_id.get(target or "") if desk.show is not None else None
    if cue is not None:
        return f"{cue.number} {cue.label}".rstrip()
    return target or "whole show"


def _reach(label: str, department: str | None, *, is_taken: bool) -> Reach:
    name = department or "whole show"
    if is_taken:
        return Reach(f"{label}: taken", tuple(_rejoins(department)))
    return Reach(label, ((f"Take {name}", Take(department=department)),))


def _ways_back(kind: str, each: InHand) -> Iterable[Offer]:
    target = each.target or ""
    if kind == "taken":
        return _rejoins(each.target)
    if kind == "bypassed":
        return in_line_ways(target)
    if kind == "stood_down":
        return (("Reinstate", StandDown(target=target, on=False)),)
    return (("Run it after all", SkipNext(cue=target, on=False)),)


def _rejoins(department: str | None) -> Iterator[Offer]:
    yield "Rejoin at the next cue", Rejoin(department=department)
    yield "Rejoin now", Rejoin(department=department, how="now")
    yield f"Rejoin gliding, {GLIDE_S:g} s", Rejoin(department=department, how="glide", glide_s=GLIDE_S)


def in_line_ways(target: str) -> Iterator[Offer]:
    """The ways in which what is bypassed comes in line again."""
    yield "In line at the next cue", Bypass(target=target, on=False)
    yield "In line now", Bypass(target=target, on=False, how="now")
    yield f"In line gliding, {GLIDE_S:g} s", Bypass(target=target, on=False, how="glide", glide_s=GLIDE_S)
