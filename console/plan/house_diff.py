"""What of the house itself is another there: rates, clock, curfew, limits, lines for hazards, what panic sends. Pure.

Words for a production manager, who asks after these before any cue. A row that leaves something to decide says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from console.plan.curfew import over_curfew, planned_end
from console.plan.patch import Patch, SafeLine
from console.show.show import Show
from profiles.quality import quality_of

TO_SPARE: Final = timedelta(minutes=15)
"""A planned end that is closer to the curfew than this is somebody's decision."""


@dataclass(frozen=True, slots=True)
class HouseChange:
    """Something of the house itself that is another there. ``decide``: somebody has to say yes to it."""

    what: str
    before: str
    after: str
    decide: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    """One thing about one house. ``trouble``: it stands in the show's way there."""

    what: str
    words: str
    trouble: bool = False


def house_changes(show: Show, before: Patch, after: Patch) -> tuple[HouseChange, ...]:
    """Every row that reads otherwise there, what is to be decided first."""
    rows = zip(_rows(show, before), _rows(show, after), strict=True)
    changed = [HouseChange(was.what, was.words, will.words, will.trouble) for was, will in rows if was != will]
    return tuple(sorted(changed, key=lambda each: not each.decide))


def _rows(show: Show, patch: Patch) -> Iterator[_Row]:
    venue = patch.venue
    limits, curfew, code = venue.limits, venue.curfew, venue.timecode
    over = over_curfew(show, venue)
    yield _Row("planned end", _end_words(show, patch, over), over is not None and over > -TO_SPARE)
    yield _Row("curfew", "none" if curfew is None else f"{curfew.time}{', hard' if curfew.hard else ''}")
    yield _Row("time zone", venue.time_zone)
    yield _Row("frame rate", f"{venue.rate} fps")
    sources = _listed(f"{each.id} ({each.rate} fps)" for each in (code.sources if code else ()))
    yield _Row("timecode in", sources, sources == "none" and any(song.clock == "chase" for song in show.songs))
    yield _Row("strobe limit", "none" if limits.strobe_hz_max is None else f"{limits.strobe_hz_max:g} Hz")
    yield _Row("sound limit", "none" if limits.spl_laeq15_db is None else f"{limits.spl_laeq15_db:g} dB LAeq 15 min")
    yield _Row("pyro", limits.pyro or "nothing said")
    yield _Row("laser", limits.laser or "nothing said")
    yield _Row("confetti", _allowed(limits.confetti))
    yield _Row("CO2", _allowed(limits.co2))
    yield _Row("a zone cleared by hand counts for", f"{limits.zone_clear_s:g} s")
    bare = _listed(_bare_hazards(show, patch))
    yield _Row("hazards without an enable line", bare, bare != "none")
    yield _Row("lines from outside", _listed(f"{each.id} ({each.kind})" for each in venue.inputs))
    cameras = _listed(f"{cam} by {other}" for cam, other in venue.camera_fallbacks.items())
    yield _Row("cameras stood in for", cameras)  # cue by cue among the changes
    missing = _listed(f"{each.name} by {each.fallback}" for each in venue.positions if each.fallback is not None)
    yield _Row("positions stood in for", missing, missing != "none")
    parked = _listed(str(each.logical) for each in venue.universes if each.physical is None)
    yield _Row("universes parked", parked, parked != "none")
    yield _Row("roles absent", _listed(venue.absent_roles))
    doubled = _listed(role.id for role in show.roles if len(patch.duties_of(role.id)) > 1)
    yield _Row("roles with a second device", doubled)
    low = _listed(_low_devices(show, patch))
    yield _Row(f"devices below {show.rules.min_tier}", low, low != "none")
    for name, lines in (
        ("panic sends", patch.safe_list(hard=False)),
        ("a second panic sends", patch.safe_list(hard=True)),
        ("show stop sends", patch.show_stop_list),
    ):
        sent = _listed(_line_words(line) for line in lines if line.bound.skipped is None)
        yield _Row(name, sent, sent == "none")


def _end_words(show: Show, patch: Patch, over: timedelta | None) -> str:
    end = planned_end(show, patch.venue)
    if end is None:
        return "not known"
    if over is None:
        return f"{end:%H:%M}"
    minutes = round(abs(over).total_seconds() / 60)
    hours, minutes = divmod(minutes, 60)
    span = f"{hours} h {minutes} min" if hours else f"{minutes} min"
    return f"{end:%H:%M}, {span} {'after' if over > timedelta(0) else 'before'} the curfew"


def _bare_hazards(show: Show, patch: Patch) -> Iterator[str]:
    """Roles that must be armed, stand here, and that nothing outside this console holds back."""
    for role in show.roles:
        if role.hazard == "high" and patch.duties_of(role.id):
            lines = (line for line in patch.venue.inputs if line.kind == "enable")
            if not any(role.id in line.roles for line in lines):
                yield role.id


def _low_devices(show: Show, patch: Patch) -> Iterator[str]:
    """Devices of the show's roles whose profiles are below what its rules ask for."""
    used = dict.fromkeys(device for role in show.roles for device, _ in patch.duties_of(role.id))
    for device in used:
        setup = patch.devices.get(device)
        tier = quality_of(setup.profile).tier if setup is not None else None
        if tier is not None and tier.rank < show.rules.min_tier.rank:
            yield f"{device} ({tier})"


def _line_words(line: SafeLine) -> str:
    return f"{line.role} {line.verb}"


def _allowed(allowed: object) -> str:
    return "nothing said" if allowed is None else "allowed" if allowed else "not allowed"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words) or "none"
