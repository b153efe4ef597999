"""What a window is told of the show that is open."""

from __future__ import annotations

from console.link.messages import DeviceCard, OpenShow, VenueCard
from console.show.show_json import show_to_line
from console.wiring.assembly import Assembly


def opened_show(assembly: Assembly) -> OpenShow:
    """Show, house and run, and what can be undone."""
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
        )
        for device, setup in joined.patch.devices.items()
    )
    venue = VenueCard(id=joined.venue.id, name=joined.venue.name, zone=joined.venue.time_zone, devices=devices)
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
    )
