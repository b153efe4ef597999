"""How long devices need, as the house has it, as it was measured or timed by a person; what adopting changes. No Qt.

A try by hand stands before what was measured, as on the command line.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from console.plan.latencies import Latency
from profiles.venue_profile import Venue
from profiles.venue_text import Change, Put
from ui.state.table_rows import TableRow
from ui.state.words import Mark

TITLES: Final = ("", "Device", "In the house", "Offered", "Spread", "Tries", "What it is")

MARKS: Final[Mapping[str, Mark]] = {
    "acts": Mark("Acts", "tick", "plain"),
    "answers": Mark("Answers", "question", "quiet"),
    "entered": Mark("By hand", "hand", "bright"),
}
NOTHING: Final = Mark("Nothing", "ring", "quiet")


def latency_rows(
    venue: Venue, by_profile_ms: Mapping[str, float], offers: Mapping[str, Latency]
) -> tuple[TableRow, ...]:
    """A row for each device of the house; ``by_profile_ms`` counts where the house says nothing."""
    return tuple(
        _row(device.id, _present(device.latency_ms, by_profile_ms.get(device.id)), offers.get(device.id))
        for device in venue.devices
    )


def _present(said_ms: float | None, by_profile_ms: float | None) -> str:
    if said_ms is not None:
        return f"{said_ms:g} ms"
    return "not known" if by_profile_ms is None else f"{by_profile_ms:g} ms, by its profile"


def _row(device: str, present: str, offer: Latency | None) -> TableRow:
    if offer is None:
        return TableRow(device, (NOTHING.word, device, present, "", "", "", "not measured and not timed yet"), NOTHING)
    spread = offer.spread
    cells = (
        MARKS[offer.kind].word,
        device,
        present,
        f"{spread.median:.1f} ms",
        f"{spread.p10:.1f} to {spread.p90:.1f}",
        str(spread.count),
        offer.words,
    )
    return TableRow(device, cells, MARKS[offer.kind], hint=offer.words)


def offer_words(offer: Latency) -> str:
    """``41.8 ms, 38.0 to 47.1, of 24: until it has acted, by its own word``."""
    spread = offer.spread
    return f"{spread.median:.1f} ms, {spread.p10:.1f} to {spread.p90:.1f}, of {spread.count}: {offer.words}"


def adopted(venue: Venue, offers: Mapping[str, Latency], devices: Collection[str]) -> tuple[Change, ...]:
    """The changes that give these devices what is offered for them, to a tenth of a millisecond; one edit."""
    return tuple(
        Put(("devices", place, "latency_ms"), round(offers[device.id].spread.median, 1))
        for place, device in enumerate(venue.devices)
        if device.id in devices and device.id in offers
    )


def adoptable(offers: Mapping[str, Latency]) -> frozenset[str]:
    """What may be adopted all at once: an answer time says when a message is back, not when a device acts."""
    return frozenset(device for device, offer in offers.items() if offer.kind != "answers")
