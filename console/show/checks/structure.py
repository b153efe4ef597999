"""How cues hang together: where they live, whom they follow, what groups them, which one starts the item."""

from __future__ import annotations

from collections.abc import Iterator

from console.show.checks.survey import Survey, error, place, warning
from console.show.cues import Cue
from profiles.problems import Problem

_NEEDS_ITEM = frozenset({"bar", "timecode", "offset"})


def check_homes(survey: Survey) -> Iterator[Problem]:
    """``show.cue.home``: a cue belongs to one item or to one free list; positions belong to items."""
    for cue in survey.show.cues:
        if (cue.item is None) == (cue.list is None):
            both = "an item and a free list" if cue.item is not None else "no item and no free list"
            yield error("show.cue.home", place(cue), f"it belongs to {both}", "give it one of them")
        elif cue.list is not None and cue.at.on in _NEEDS_ITEM:
            message = f"a cue of a free list has no timeline, yet it stands at a {cue.at.on} position"
            yield error("show.cue.home", place(cue), message, "call it, or move it to an item")


def check_content(survey: Survey) -> Iterator[Problem]:
    """``show.cue.role``, ``show.cue.empty``: steps need a role; a cue with neither steps nor children does nothing."""
    for cue in survey.show.cues:
        if cue.group is not None:
            if cue.steps:
                message = "a group has children in place of steps"
                yield error("show.cue.role", place(cue), message, "move its steps into a child")
            elif cue.id not in survey.children:
                yield warning("show.cue.empty", place(cue), "the group has no children", "add some or remove it")
        elif not cue.steps:
            yield warning("show.cue.empty", place(cue), "it has no steps and sends nothing", "add a step or remove it")
        elif cue.role is None:
            yield error("show.cue.role", place(cue), "it has steps and nobody to speak to", "give it a role")


def check_groups(survey: Survey) -> Iterator[Problem]:
    """``show.group.child``: a child runs because its group does, and lives where its group lives."""
    cues = survey.show.cue_by_id
    for cue in survey.show.cues:
        if cue.parent is None:
            if cue.at.on == "group":
                yield error("show.group.child", place(cue), "it runs with a group and has none", "give it a parent")
            continue
        parent = cues.get(cue.parent)
        if parent is None:
            continue  # check_references tells
        if parent.group is None:
            message = f"its group, cue {parent.id}, is no group"
            yield error("show.group.child", place(cue), message, "say there: together or in sequence")
        if cue.at.on != "group":
            message = f"it has a group and a moment of its own ({cue.at.on})"
            yield error("show.group.child", place(cue), message, "let the group run it, or take it out")
        if (cue.item, cue.list) != (parent.item, parent.list):
            message = f"it lives elsewhere than its group, cue {parent.id}"
            yield error("show.group.child", place(cue), message, "move it there")


def check_leaders(survey: Survey) -> Iterator[Problem]:
    """``show.follow.elsewhere``: a follower lives where its leader lives, or it would wait for nobody."""
    cues = survey.show.cue_by_id
    for cue in survey.show.cues:
        leader = cues.get(cue.at.cue) if cue.at.on == "after" else None
        if leader is not None and (cue.item, cue.list) != (leader.item, leader.list):
            message = f"it follows cue {leader.id}, which is in another item or list"
            yield error("show.follow.elsewhere", place(cue), message, "follow one of its own, or move it")


def check_cycles(survey: Survey) -> Iterator[Problem]:
    """``show.follow.circle``: cues that wait for each other, by following or by grouping."""
    waits_for = {cue.id: before for cue in survey.show.cues if (before := _waits_for(cue)) is not None}
    settled: set[str] = set()
    for start in waits_for:
        path: dict[str, None] = {}
        here: str | None = start
        while here is not None and here not in settled and here not in path:
            path[here] = None
            here = waits_for.get(here)
        if here is not None and here in path:
            ids = list(path)
            circle = ids[ids.index(here) :]
            where = place(survey.show.cue_by_id[here])
            message = f"it waits for itself: {' after '.join((*circle, here))}"
            yield error("show.follow.circle", where, message, "give one of them a moment of its own")
        settled.update(path)


def _waits_for(cue: Cue) -> str | None:
    return cue.at.cue if cue.at.on == "after" else cue.parent


def check_follow_delays(survey: Survey) -> Iterator[Problem]:
    """``show.follow.early``: a follower before its leader's start, or before an end nobody knows."""
    for cue in survey.show.cues:
        if cue.at.on != "after" or cue.at.delay_s >= 0 or (leader := survey.show.cue_by_id.get(cue.at.cue)) is None:
            continue
        delay = f"{cue.at.delay_s:g} s"
        if cue.at.of == "start":
            message = f"it is to run {delay} from the start of cue {leader.id}, before its cause"
            yield error("show.follow.early", place(cue), message, "follow with a delay from 0")
            continue
        length_s = _known_length_s(survey, leader, frozenset())
        if length_s is None:
            message = f"it is to run {delay} from the end of cue {leader.id}, whose length is unknown"
            yield error("show.follow.early", place(cue), message, "give the leader's last step a length")
        elif length_s + cue.at.delay_s < 0:
            message = f"it is to run {delay} from the end of cue {leader.id}, which lasts {length_s:g} s"
            yield error("show.follow.early", place(cue), message, "shorten the delay")


def _known_length_s(survey: Survey, cue: Cue, above: frozenset[str]) -> float | None:
    """Seconds from a cue's start to its end; None where no step says how long it takes. A circle has no length."""
    if cue.group is None:
        timed = (each for each in cue.steps if each.fade_s is not None or each.points or each.length_s is not None)
        return cue.length_s if any(timed) else None
    if cue.id in above:
        return None
    lengths = [_known_length_s(survey, child, above | {cue.id}) for child in survey.children.get(cue.id, ())]
    known = [length for length in lengths if length is not None]
    if not known:
        return None
    return sum(known) if cue.group == "sequence" else max(known)


def check_starters(survey: Survey) -> Iterator[Problem]:
    """``show.start.several``, ``show.start.circle``: one cue starts an item, and not from a place inside it."""
    starters: dict[str, Cue] = {}
    for cue in survey.show.cues:
        if not cue.starts_item:
            continue
        if cue.item is None:
            message = "it starts an item and belongs to none"
            yield error("show.start.circle", place(cue), message, "move it to the item")
            continue
        first = starters.setdefault(cue.item, cue)
        if first is not cue:
            message = f"cue {first.id} starts item {cue.item} already"
            yield error("show.start.several", place(cue), message, "let one of them start it")
        inside = cue.at.on in ("bar", "timecode") or (cue.at.on == "offset" and cue.at.anchor != "load")
        if inside and not cue.is_called:
            message = f"it starts its item at a {cue.at.on} position, which is reached only once the item runs"
            yield error("show.start.circle", place(cue), message, "call it, or give it a time of day")
