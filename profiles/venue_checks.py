"""What can be wrong between the parts of one venue: pure, and ignorant of any show.

Every check reports all it finds, with the place and the remedy. The show's side (roles nobody stands for, names a map
does not know) is in ``console.plan``.
"""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Iterable, Iterator

from profiles.near_names import near_words
from profiles.problems import Problem, Problems
from profiles.venue_maps import ArgumentMap
from profiles.venue_profile import Device, Instruction, RoleBinding, Venue
from profiles.verbs import CATALOGUE, UnknownVerbError, args_problems, find_verb


def check_venue(venue: Venue) -> tuple[Problem, ...]:
    """Everything wrong in the venue itself, errors first. Device profiles are not looked at."""
    found = Problems()
    _check_ids(venue, found)
    _check_roles(venue, found)
    _check_absent(venue, found)
    _check_lists(venue, found)
    _check_addresses(venue, found)
    _check_lines(venue, found)
    _check_timecode(venue, found)
    _check_stage(venue, found)
    return found.listed()


def venue_instructions(venue: Venue) -> Iterator[tuple[str, Instruction]]:
    """Every instruction of the venue with its place: safe lists, show stop, replacements."""
    for name in ("soft", "hard", "show_stop"):
        for n, line in enumerate(getattr(venue.safe, name), 1):
            yield f"safe.{name} {n}", line
    for absent in venue.absent:
        if absent.replace is not None:
            yield f"absent {absent.role}", absent.replace


def _check_ids(venue: Venue, found: Problems) -> None:
    sources = venue.timecode.sources if venue.timecode is not None else ()
    outs = venue.timecode.outs if venue.timecode is not None else ()
    for what, ids in (
        ("device", [device.id for device in venue.devices]),
        ("role", [role.id for role in venue.roles]),
        ("input", [line.id for line in venue.inputs]),
        ("feed", [feed.id for feed in venue.feeds]),
        ("camera", [camera.id for camera in venue.cameras]),
        ("position", [position.name for position in venue.positions]),
        ("timecode source", [source.id for source in sources]),
        ("timecode output", [out.id for out in outs]),
        ("universe", [str(universe.logical) for universe in venue.universes]),
    ):
        for name in _twice(ids):
            if what == "role":
                found.error("venue.role.twice", f"role {name}", "is bound twice", "keep one [[roles]] table for it")
            else:
                found.error("venue.twice", f"{what} {name}", "is listed twice", "rename or remove one of the two")


def _check_roles(venue: Venue, found: Problems) -> None:
    used: set[str] = set()
    for role in venue.roles:
        where = f"role {role.id}"
        names = [device for device, _ in role.devices]
        used.update(names)
        for name in names:
            if name not in venue.device_by_id:
                words = near_words(name, venue.device_by_id)
                found.error("venue.role.device", where, f"names device {name!r}, which is not listed", words)
        for name in _twice(names):
            found.error(
                "venue.role.duty", where, f"gives device {name} two duties", "keep one of main, parallel, standby"
            )
        _check_maps(role, found)
    for device in venue.devices:
        if device.id not in used:
            found.note("venue.device.idle", f"device {device.id}", "stands for no role", "bind it, or remove it")


def _check_maps(role: RoleBinding, found: Problems) -> None:
    for n, each in enumerate(role.maps):
        where = f"role {role.id} map {each.argument}"
        for verb in each.verbs:
            if verb not in CATALOGUE:
                found.error("venue.map.verb", where, f"no verb is called {verb!r}", near_words(verb, CATALOGUE))
        if not any(_has_argument(verb, each.argument) for verb in each.verbs or CATALOGUE):
            found.error(
                "venue.map.unreachable",
                where,
                f"no verb it covers has an argument {each.argument!r}, so it never applies",
                "correct the argument or the verbs",
            )
        for other in role.maps[:n]:
            if other.argument == each.argument and _share_verbs(other, each):
                found.error(
                    "venue.map.unreachable",
                    where,
                    "stands behind another map of the same argument, so it never applies",
                    "merge the two, or give each its own verbs",
                )
                break


def _check_absent(venue: Venue, found: Problems) -> None:
    for name in _twice([absent.role for absent in venue.absent if not absent.when]):
        found.error("venue.absent.twice", f"absent {name}", "is declared absent twice", "keep one policy")
    for absent in venue.absent:
        where = f"absent {absent.role}"
        bound = absent.role in venue.role_by_id
        if not absent.when and bound:
            found.error("venue.absent.bound", where, "is bound to devices as well", "remove the binding or the policy")
        for verb in absent.verbs:
            if verb not in CATALOGUE:
                found.error("venue.absent.verb", where, f"no verb is called {verb!r}", near_words(verb, CATALOGUE))
        if absent.when and not bound:
            found.warning(
                "venue.absent.unbound",
                where,
                "gives a policy for names inside a role that no device stands for",
                "bind the role, or leave 'when' out to declare it absent",
            )


def _check_lists(venue: Venue, found: Problems) -> None:
    for where, line in venue_instructions(venue):
        if line.role not in venue.role_by_id:
            absent = line.role in venue.absent_roles
            words = "is absent in this house" if absent else "is bound to nothing"
            found.error("venue.safe.role", where, f"role {line.role} {words}", "name a role that has a device")
        try:
            verb = find_verb(line.verb)
        except UnknownVerbError as error:
            found.error("venue.safe.verb", where, str(error), "write a verb of the catalogue")
            continue
        for words in args_problems(verb, line.args):
            found.error("venue.safe.args", where, f"{line.verb}: {words}", "correct the arguments")
        if verb.hazardous and where.startswith("safe."):
            found.error(
                "venue.safe.hazard", where, f"{line.verb} is a hazard", "stop effects in a safe list, never fire one"
            )
        if verb.name == "blackout.set" and line.args.get("on") is True and where.startswith("safe.show_stop"):
            found.error(
                "venue.safe.blackout", where, "show stop is never a blackout", "bring the house light up instead"
            )
    if not venue.safe.soft:
        found.warning("venue.safe.empty", "safe.soft", "panic sends nothing in this house", "list what is safe here")
    if not venue.safe.show_stop:
        found.warning(
            "venue.safe.empty",
            "safe.show_stop",
            "show stop sends nothing in this house",
            "list house light up, PA mute and a screen message",
        )


def _check_addresses(venue: Venue, found: Problems) -> None:
    networks = [ipaddress.ip_network(network.subnet) for network in venue.networks]
    places: dict[object, str] = {}
    for device in venue.devices:
        place = _place(device)
        first = places.setdefault(place, device.id)
        if first != device.id:
            found.warning(
                "venue.device.shared",
                f"device {device.id}",
                f"has the address of device {first}",
                "correct it, or bind both roles to one device",
            )
        if device.host is not None:
            _check_host(f"device {device.id}", device.host, networks, found)
    for feed in venue.feeds:
        _check_host(f"feed {feed.id}", feed.host, networks, found)
    sims = [device.sim_port for device in venue.devices] + [feed.sim_port for feed in venue.feeds]
    for port in _twice([str(port) for port in sims if port is not None]):
        found.error("venue.sim_port.twice", f"sim_port {port}", "is given twice", "give every ghost a port of its own")
    if venue.remote is not None:
        ours = {address for network in venue.networks for address in network.console}
        if ours and venue.remote.bind not in ours and not _is_loopback(venue.remote.bind):
            found.warning(
                "venue.remote.bind",
                "remote",
                f"{venue.remote.bind} is none of the console's addresses here",
                f"bind {' or '.join(sorted(ours))}",
            )
        if not venue.remote.allow and not _is_loopback(venue.remote.bind):
            found.warning("venue.remote.nobody", "remote", "lets in nobody but itself", "list senders under allow")


def _check_host(
    where: str, host: str, networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network], found: Problems
) -> None:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return  # a name: the house's own name service knows
    if networks and not address.is_loopback and not any(address in network for network in networks):
        found.warning(
            "venue.device.network", where, f"{host} is in no network of the house", "correct it, or list its network"
        )


def _check_lines(venue: Venue, found: Problems) -> None:
    for line in venue.inputs:
        for role in line.guards:
            if role not in venue.role_by_id and role not in venue.absent_roles:
                remedy = "bind the role under [[roles]], or take it from the line"
                found.error("venue.input.role", f"input {line.id}", f"guards {role}, which is not here", remedy)
    places = (f"{line.midi_port} {line.midi}" if line.midi else line.osc for line in venue.inputs)
    for port in _twice([place for place in places if place is not None]):
        found.error("venue.input.shared", f"input {port}", "drives two lines", "give every line an address of its own")


def _check_timecode(venue: Venue, found: Problems) -> None:
    """Rates, and ports that two of them share. Our own code on a port we follow would chase itself."""
    if venue.timecode is None:
        return
    sources, outs = venue.timecode.sources, venue.timecode.outs
    for way, lines in (("source", sources), ("output", outs)):
        for port in _twice(line.midi_port for line in lines):
            words = f"two timecode {way}s share it: neither can be told from the other"
            found.error("venue.timecode.port", f"MIDI port {port}", words, "give each a port of its own")
    for out in outs:
        if any(source.midi_port == out.midi_port for source in sources):
            found.warning(
                "venue.timecode.loop",
                f"timecode output {out.id}",
                f"goes to {out.midi_port!r}, which is also followed: the console would chase its own code",
                "use another port, or make sure that what is sent there does not come back",
            )
    for source in sources:
        if source.rate != venue.rate:
            found.note(
                "venue.timecode.rate",
                f"timecode source {source.id}",
                f"runs at {source.rate} in a house at {venue.rate}",
                "true seconds are kept; labels differ",
            )


def _check_stage(venue: Venue, found: Problems) -> None:
    here = {camera.id for camera in venue.cameras if camera.name is not None}
    for camera in venue.cameras:
        if camera.fallback is not None and camera.fallback not in here:
            found.error(
                "venue.camera.fallback",
                f"camera {camera.id}",
                f"falls back to {camera.fallback!r}, which is not here",
                "name a camera of this house",
            )
    standing = {position.name for position in venue.positions if position.fallback is None}
    for position in venue.positions:
        if position.fallback is not None and position.fallback not in standing:
            found.error(
                "venue.position.fallback",
                f"position {position.name}",
                f"falls back to {position.fallback!r}, which is not here",
                "name a position of this house",
            )


def _has_argument(verb: str, argument: str) -> bool:
    known = CATALOGUE.get(verb)
    return known is not None and known.find_arg(argument) is not None


def _share_verbs(one: ArgumentMap, other: ArgumentMap) -> bool:
    return not one.verbs or not other.verbs or bool(set(one.verbs) & set(other.verbs))


def _place(device: Device) -> object:
    if device.midi_port is not None:
        return device.midi_port, device.channel, device.device_id
    return device.host, device.port if device.port is not None else device.profile


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
