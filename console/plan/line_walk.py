"""The lines of a house in the order in which they are walked: department by department as the show has them, then the
house's own list. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from console.plan.patch import Patch
from console.show.show import Show
from console.vocabulary import LineCard
from devices.contract import Harmless
from profiles.device_setup import DeviceSetup
from profiles.venue_profile import Duty


def line_cards(show: Show, patch: Patch, harmless: Mapping[str, Harmless]) -> tuple[LineCard, ...]:
    """Every device of the house with what line check sends it, then every line of the house's own."""
    standing = _standing(patch)
    order = {department.id: place for place, department in enumerate(show.departments)}
    cards = [
        _card(setup, standing.get(device, []), patch, harmless.get(device)) for device, setup in patch.devices.items()
    ]
    cards.sort(key=lambda card: order.get(card.department, len(order)))  # the house's order within a department
    return (*cards, *(LineCard(line=line, name=line, device=False) for line in patch.venue.line_check))


def _standing(patch: Patch) -> dict[str, list[tuple[str, Duty]]]:
    """The roles each device stands for, those where it is the main one first."""
    found: dict[str, list[tuple[str, Duty]]] = {}
    for role in dict.fromkeys((*patch.departments, *patch.venue.role_by_id)):
        for device, duty in patch.duties_of(role):
            found.setdefault(device, []).append((role, duty))
    for roles in found.values():
        roles.sort(key=lambda each: each[1] is not Duty.MAIN)
    return found


def _card(setup: DeviceSetup, roles: list[tuple[str, Duty]], patch: Patch, found: Harmless | None) -> LineCard:
    role, duty = roles[0] if roles else ("", None)
    hazard = next((each for each, _duty in roles if patch.hazards.get(each, "none") != "none"), "")
    sends = found if not hazard else None
    return LineCard(
        line=setup.id,
        name=setup.name,
        department=patch.departments.get(role, setup.profile.department),
        role=role,
        duty=duty.value if duty is not None else "",
        profile=setup.profile.id,
        address=f"MIDI {setup.midi_port}" if setup.midi_port is not None else f"{setup.host}:{setup.port}",
        sends=sends.words if sends is not None else "",
        wire=sends.wire if sends is not None else (),
        see=sends.see if sends is not None else "",
        answers=sends is not None and sends.answers_ns is not None,
        hazard=hazard,
    )
