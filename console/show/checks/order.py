"""The running order and the show itself: lengths, starts, breaks, choices, the air time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import get_args

from console.show.checks.survey import Survey, doubles, error, place, warning
from console.show.cues import Hazard
from console.timebase.instants import NS_PER_S
from profiles.problems import Problem

_NEAR_ENOUGH_S = 0.5


def check_lengths(survey: Survey) -> Iterator[Problem]:
    """``show.item.lengths``: shortest, planned and longest in rising order."""
    for item in survey.show.items:
        shortest = item.min_s if item.min_s is not None else item.planned_s
        longest = item.max_s if item.max_s is not None else item.planned_s
        if not shortest <= item.planned_s <= longest:
            message = f"lengths {shortest:g} / {item.planned_s:g} / {longest:g} s (min / planned / max) do not rise"
            yield error("show.item.lengths", place(item), message, "put them in order")


def check_song_lengths(survey: Survey) -> Iterator[Problem]:
    """``show.item.planned``: a song's row that plans another length than the song has with its planned passes."""
    for item in survey.show.items:
        laid = survey.songs.get(item.song) if item.song is not None else None
        if laid is None or laid.end_ns is None:
            continue
        vamps = [section for section in laid.song.sections if section.vamp is not None]
        extra_ns = sum((each.vamp.planned_repeats - 1) * laid.section_ns(each) for each in vamps if each.vamp)
        runs_s = (laid.lead_in_ns + laid.end_ns + extra_ns) / NS_PER_S
        if abs(runs_s - item.planned_s) > _NEAR_ENOUGH_S:
            message = f"it plans {item.planned_s:g} s, {laid.song.title} runs {runs_s:.3f} s with its planned passes"
            yield warning("show.item.planned", place(item), message, "plan what it runs")


def check_starts(survey: Survey) -> Iterator[Problem]:
    """``show.item.start``: a start at a time of day says the time; other starts have none."""
    for item in survey.show.items:
        if item.start is None:
            continue
        if item.start.rule == "time_of_day" and item.start.time is None:
            message = "it starts at a time of day and does not say which"
            yield error("show.item.start", place(item), message, "give the time")
        if item.start.rule != "time_of_day" and item.start.time is not None:
            message = f"it names {item.start.time}, yet starts {item.start.rule}"
            yield warning("show.item.start", place(item), message, "start it at a time of day, or remove the time")


def check_kinds(survey: Survey) -> Iterator[Problem]:
    """``show.item.kind``: song rows have songs, ad breaks have breaks, no break is told twice."""
    for item in survey.show.items:
        if item.kind == "song" and item.song is None:
            yield warning("show.item.kind", place(item), "it is a song row without a song", "name the song")
        if item.kind == "ad_break" and item.ad_break is None:
            yield warning("show.item.kind", place(item), "it is an ad break without a break", "give id and length")
    for number in doubles(str(item.ad_break.id) for item in survey.show.items if item.ad_break is not None):
        message = f"two items tell the inserter of break {number}"
        yield error("show.item.break", "rundown", message, "give one of them another id")


def check_inhibits(survey: Survey) -> Iterator[Problem]:
    """``show.item.inhibits``, ``show.inhibit``: what is inhibited are roles, departments or hazard classes."""
    show = survey.show
    known = (
        {department.id for department in show.departments} | {role.id for role in show.roles} | set(get_args(Hazard))
    )
    remedy = f"give one of {', '.join(sorted(known))}"
    for item in show.items:
        for name in item.inhibits:
            if name not in known:
                message = f"it inhibits {name!r}, which is neither role nor department nor hazard class"
                yield error("show.item.inhibits", place(item), message, remedy)
    for rule in show.inhibits:
        for name in rule.what:
            if name not in known:
                message = f"it inhibits {name!r}, which is neither role nor department nor hazard class"
                yield error("show.inhibit", f"inhibit {rule.id}", message, remedy)
        for item_id in rule.items:
            if item_id not in show.item_by_id:
                message = f"it names item {item_id!r}, which is not in the rundown"
                yield error("show.inhibit", f"inhibit {rule.id}", message, "name an item of the rundown, or drop it")


def check_total(survey: Survey) -> Iterator[Problem]:
    """``show.total.over``: the plan runs past the hard out."""
    hard_out_s = survey.show.hard_out_s
    planned_s = sum(item.planned_s for item in survey.show.items if item.counts and not item.skipped)
    if hard_out_s is not None and planned_s > hard_out_s + _NEAR_ENOUGH_S:
        message = f"the plan runs {planned_s - hard_out_s:.1f} s past the hard out"
        yield warning("show.total.over", "rundown", message, "shorten or drop an item")


def check_air_time(survey: Survey) -> Iterator[Problem]:
    """``show.on_air.shape``: an ISO 8601 date and time with its offset."""
    on_air = survey.show.on_air
    if on_air is None:
        return
    try:
        known = datetime.fromisoformat(on_air).tzinfo is not None
    except ValueError:
        known = False
    if not known:
        message = f"on_air {on_air!r} is no date and time with an offset"
        yield error("show.on_air.shape", "show", message, "write it like 2026-09-19T20:00:00+01:00")


def check_choices(survey: Survey) -> Iterator[Problem]:
    """``show.choice.values``: a choice has values, each once, and its default is one of them."""
    for choice in survey.show.choices:
        where = f"choice {choice.id}"
        for value in doubles(choice.values):
            yield error("show.choice.values", where, f"it has the value {value!r} twice", "remove one")
        if choice.default not in choice.values:
            message = f"its default {choice.default!r} is none of its values"
            yield error(
                "show.choice.values", where, message, f"give one of {', '.join(choice.values) or 'some values'}"
            )
