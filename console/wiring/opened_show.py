"""What a window is told of the show that is open."""

from __future__ import annotations

from console.link.messages import DeviceCard, OpenShow, VenueCard
from console.plan.line_walk import line_cards
from console.show.show import Show
from console.show.show_json import show_to_line
from console.timebase.instants import ns_to_ms
from console.wiring.assembly import Assembly
from devices.health import watch_rule
from devices.line_check import harmless_of
from profiles.device_setup import DeviceSetup


def opened_show(assembly: Assembly, names: tuple[str, str]) -> OpenShow:
    """Show, house and run, and what can be undone. ``names``: what show and house were opened by."""
    joined = assembly.joined
    roles = {
        device: (role.id, duty.value)
        for role in reversed(joined.show.roles)
        for device, duty in joined.patch.duties_of(role.id)
    }
    devices = tuple(
        DeviceCard(
            id=device,
            profile=setup.profile.id,
            role=roles.get(device, ("", ""))[0],
            duty=roles.get(device, ("", ""))[1],
            mode=assembly.modes[device].value,
            name=setup.name,
            make=f"{setup.profile.vendor} {setup.profile.product}",
            address=setup.midi_port or f"{setup.host}:{setup.port}",
            transport=setup.transport,
            latency_ms=setup.latency_ms,
            trim_ms=ns_to_ms(setup.trim_ns),
            watch=_watch_words(setup),
        )
        for device, setup in joined.patch.devices.items()
    )
    house = joined.venue
    lines = line_cards(joined.show, joined.patch, harmless_of(joined.patch.devices))
    venue = VenueCard(id=house.id, name=house.name, zone=house.time_zone, devices=devices, lines=lines)
    engine = assembly.engine.engine
    undo, redo = (engine.history.next_of(way) for way in ("undo", "redo"))
    return OpenShow(
        show=show_to_line(joined.show),
        revision=engine.run.revision,
        venue=venue,
        run=assembly.card.run,
        run_kind=assembly.card.kind,
        undo="" if undo is None else undo.name,
        redo="" if redo is None else redo.name,
        show_name=names[0],
        venue_name=names[1],
    )


def once_words(show: Show, used: frozenset[str], *, anew: bool) -> list[str]:
    """What beginning a run has reset, or what it has not."""
    named = ", ".join(f"{cue.number} {cue.label}".strip() for cue in show.cues if cue.id in used)
    if anew:
        words = "A performance begins: marks and choices are as the show has them, and once per show counts anew"
        return [f"{words}: {named}" if named else words]
    return [f"Used in this performance, and not again before a new one: {named}"] if named else []


def _watch_words(setup: DeviceSetup) -> str:
    """How it is known that a device is there."""
    rule = watch_rule(setup.profile, setup.health)
    if rule is None:
        return "cannot be asked" if setup.profile.health is None else "not watched in this house"
    every = f"every {rule.every_ns / 1e9:g} s"
    return f"is asked {every}" if rule.asks else f"says {every} that it is there"
