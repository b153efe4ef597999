"""What the show needs of the house besides devices: lines for hazards, rates, time before the curfew, triggers."""

from __future__ import annotations

from datetime import timedelta

from console.plan.asks import Ask
from console.plan.curfew import over_curfew
from console.plan.patch import Patch, is_hazardous
from console.plan.patch_checks import Tally
from console.show.cues import At
from console.show.show import Show
from profiles.near_names import near_words
from profiles.problems import Problem, Problems
from profiles.quality import quality_of
from profiles.venue_profile import DepartmentShift, Venue


def check_house(show: Show, venue: Venue) -> tuple[Problem, ...]:
    """Rates, timecode, curfew and outside triggers, errors first."""
    found = Problems()
    _check_rates(show, venue, found)
    _check_curfew(show, venue, found)
    _check_triggers(show, venue, found)
    _check_departments(show, venue, found)
    return found.listed()


def check_hazard(ask: Ask, patch: Patch, tally: Tally) -> None:
    """Hazards that go to a device want the house's lines; class and arming are the show's own check."""
    verb, zone = ask.step.verb, ask.cue.zone_clear
    bound = patch.bind(ask.role, verb, ask.args)
    if bound.replaced or bound.skipped is not None or not is_hazardous(verb):
        return
    where = f"role {ask.role}"
    inputs = patch.venue.inputs
    guarded = any(line.kind == "enable" and ask.role in line.roles for line in inputs)
    if patch.hazards.get(ask.role) == "high" and not guarded:
        words = f"{verb} has no enable line in this house: nothing outside this console holds it back"
        tally.add("warning", "venue.input.enable", where, words, "bind one under [[inputs]]", ask.cue)
    if zone is not None and not any(line.zone == zone for line in inputs):
        words = f"no input says that zone {zone} is clear: somebody must clear it by hand"
        tally.add("warning", "venue.input.zone", where, words, "bind a zone_clear line under [[inputs]]", ask.cue)


def check_tiers(show: Show, patch: Patch) -> tuple[Problem, ...]:
    """Devices of the show's roles and of the safe lists whose profiles are below what the show asks for."""
    wanted = show.rules.min_tier
    safe = patch.venue.safe
    lines = (*safe.soft, *safe.hard, *safe.show_stop)
    roles = dict.fromkeys([*(role.id for role in show.roles), *(line.role for line in lines)])
    found = Problems()
    for device in dict.fromkeys(device for role in roles for device, _duty in patch.duties_of(role)):
        setup = patch.devices.get(device)
        quality = quality_of(setup.profile) if setup is not None else None
        if setup is None or quality is None or quality.tier.rank >= wanted.rank:
            continue
        found.error(
            "venue.device.tier",
            f"device {device}",
            f"its profile {setup.profile.id} is {quality.tier}, and the show takes nothing below {wanted}",
            f"bring it there ({'; '.join(quality.next_needs)}), bind another device, or lower min_tier in the rules",
        )
    return found.listed()


def _check_rates(show: Show, venue: Venue, found: Problems) -> None:
    if show.rate != venue.rate:
        found.note(
            "venue.rate",
            f"venue {venue.id}",
            f"the show is written at {show.rate}, the house runs at {venue.rate}",
            "start labels are kept and true seconds run from them",
        )
    chased = [song.id for song in show.songs if song.clock == "chase"]
    if chased and (venue.timecode is None or not venue.timecode.sources):
        found.warning(
            "venue.timecode.none",
            f"song {chased[0]}",
            "follows timecode, and this house has no source of it",
            "list one under [[timecode.in]]; until then the song runs on its fallback clock",
        )


def _check_curfew(show: Show, venue: Venue, found: Problems) -> None:
    """The planned end against the curfew, on the evening the show is announced for."""
    over = over_curfew(show, venue)
    if venue.curfew is not None and over is not None and over > timedelta(0):
        say = found.error if venue.curfew.hard else found.warning
        say(
            "venue.curfew",
            f"venue {venue.id}",
            f"the planned end is {over.total_seconds() / 60:.0f} min after the curfew at {venue.curfew.time}",
            "start earlier, or drop items",
        )


def _check_departments(show: Show, venue: Venue, found: Problems) -> None:
    """What the house adds to whole departments, and departments that the show does not have."""
    known = {department.id for department in show.departments}
    for department, shift in venue.departments.items():
        where = f"department {department}"
        if department not in known:
            words = "is given a latency or trim, and the show has no such department"
            found.warning("venue.department.unknown", where, words, near_words(department, known))
        elif shift.latency_ms or shift.trim_ms:
            words = f"all its devices have {shift_words(shift)} in this house, besides their own"
            found.note("venue.department.shift", where, words, "see [departments] of the venue")


def shift_words(shift: DepartmentShift) -> str:
    """``40 ms more latency and 5 ms of trim``."""
    latency = f"{shift.latency_ms:g} ms more latency" if shift.latency_ms else ""
    return " and ".join(filter(None, (latency, f"{shift.trim_ms:+g} ms of trim" if shift.trim_ms else "")))


def _check_triggers(show: Show, venue: Venue, found: Problems) -> None:
    """Cues that wait for messages from outside, in a house that listens to nobody."""
    tally = Tally()
    for cue in show.cues:
        if cue.disabled or hears(venue, cue.at):
            continue
        if cue.at.on == "message" and cue.at.source == "osc":
            remedy = "say under [remote] where to listen, and to whom"
            tally.add("warning", "venue.remote.none", "remote", "waits for OSC nobody can send", remedy, cue)
        else:
            remedy = "list the port under [remote] midi_ports"
            tally.add("warning", "venue.remote.none", "remote", "waits for MIDI no port brings", remedy, cue)
    found.extend(tally.listed())


def hears(venue: Venue, at: At) -> bool:
    """False where a cue waits for a message from outside, and nobody in this house can send it."""
    if at.on != "message":
        return True
    return venue.remote is not None and (at.source == "osc" or bool(venue.remote.midi_ports))
