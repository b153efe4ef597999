"""Does the show make sense? Every problem at once, in words an operator can act on.

Shape is pydantic's business and done when a show exists; here is what a well-formed show can still get wrong. What
depends on the house (bindings, limits, profiles) is preflight, in ``console.plan``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from console.show.checks import asks, identity, moments, music, order, structure
from console.show.checks.survey import Survey
from console.show.show import Show
from profiles.problems import Problem, sorted_problems

Check = Callable[[Survey], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    identity.check_ids,
    identity.check_numbers,
    identity.check_references,
    identity.check_sections,
    identity.check_colours,
    structure.check_homes,
    structure.check_content,
    structure.check_groups,
    structure.check_leaders,
    structure.check_cycles,
    structure.check_follow_delays,
    structure.check_starters,
    moments.check_bars,
    moments.check_labels,
    moments.check_offsets,
    moments.check_messages,
    moments.check_choices_waited_for,
    asks.check_verbs,
    asks.check_args,
    asks.check_tables,
    asks.check_fades,
    asks.check_hazards,
    music.check_tempo,
    music.check_sections_laid,
    music.check_vamps,
    music.check_clocks,
    music.check_ranges,
    order.check_lengths,
    order.check_song_lengths,
    order.check_starts,
    order.check_kinds,
    order.check_inhibits,
    order.check_total,
    order.check_air_time,
    order.check_choices,
)


def validate(show: Show) -> tuple[Problem, ...]:
    """Every problem of the show, errors first. Never raises for what is in the document."""
    survey = Survey(show)
    return sorted_problems(problem for check in CHECKS for problem in check(survey))
