"""``showcaller venues latency``: what devices need, as the house says it, as it was measured, as a person timed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from console.cli.attached import Attached
from console.cli.errors import CommandError, call_error
from console.cli.opening import house_show, join, open_venue, user_folder
from console.cli.page import Page, columns, json_text, lines_to_text
from console.plan.latencies import KIND_WORDS, Latency, TryError, entered, text_to_tries, told_latency
from console.vocabulary import AskLatencies, LearnedLatencies
from profiles.device_setup import DeviceSetup
from profiles.near_names import near_words
from profiles.venue_latency import AdoptError, adopt_latencies
from profiles.venue_profile import Venue

ALL = "all"


def run_latency(
    venue_name: str,
    *,
    attach: bool,
    socket: Path | None,
    tries: Sequence[str],
    rate: str | None,
    adopt: Sequence[str],
    as_json: bool,
) -> Page:
    """The table of a house; what is adopted is written into its file first. Raises CommandError.

    ``attach``: with what the engine that runs has measured. ``tries``: ``DEVICE=42,40.5,3f`` of a flash or clap test;
    ``adopt``: devices, or all that something is offered for.
    """
    venue = open_venue(venue_name)
    setups = join(house_show(venue), venue).patch.devices
    offers = _measured(venue, socket) if attach or socket else {}
    offers |= dict(_entered(each, setups, rate or venue.rate) for each in tries)
    written = ""
    if adopt:
        chosen = _chosen(adopt, offers, setups)
        try:
            path = adopt_latencies(venue_name, user_folder("venues"), chosen)
        except AdoptError as error:
            raise CommandError(str(error)) from None
        written = (
            f"{', '.join(f'{device} {ms:.1f} ms' for device, ms in chosen.items())} written to {path}; open it again"
        )
        venue = open_venue(venue_name)
        setups = join(house_show(venue), venue).patch.devices
    if as_json:
        return Page(json_text([_row_json(setup, offers.get(device)) for device, setup in setups.items()]))
    lines = columns(
        [
            ("device", "in the house", "measured", "p10–p90", "n", ""),
            *(_row(setup, offers.get(device)) for device, setup in setups.items()),
        ],
        right={1, 2, 4},
    )
    return Page(lines_to_text([*lines, *(["", written] if written else [])]))


def _measured(venue: Venue, socket: Path | None) -> dict[str, Latency]:
    """What the engine has measured of this house. Raises CommandError where it has another one open."""
    with Attached(socket) as engine:
        here = engine.venue
        if here is None or here.id != venue.id:
            found = "no show is open" if here is None else f"{here.id} is open"
            raise call_error(f"{found} in the engine: open a show in {venue.id} first")
        engine.send(AskLatencies(by="script"))
        told = engine.hear(lambda notice: notice if isinstance(notice, LearnedLatencies) else None)
    return {each.device: told_latency(each) for each in told.times}


def _entered(text: str, setups: Mapping[str, DeviceSetup], rate: str) -> tuple[str, Latency]:
    device, given, words = text.partition("=")
    if device not in setups:
        raise call_error(f"the house has no device {device!r}: {near_words(device, setups)}")
    try:
        found = entered(text_to_tries(words, rate)) if given else None
    except TryError as error:
        raise call_error(f"{device}: {error}") from None
    if found is None:
        raise call_error(f"{text!r} holds no try: write {device}=42,40.5 or {device}=3f")
    return device, found


def _chosen(adopt: Sequence[str], offers: Mapping[str, Latency], setups: Mapping[str, DeviceSetup]) -> dict[str, float]:
    wanted = list(offers) if ALL in adopt else list(dict.fromkeys(adopt))
    for device in wanted:
        if device not in setups:
            raise call_error(f"the house has no device {device!r}: {near_words(device, setups)}")
        if device not in offers:
            raise call_error(f"nothing was measured of {device}: give --attach, or --try {device}=MS")
    if not wanted:
        raise call_error("nothing was measured: give --attach while an engine runs, or --try DEVICE=MS")
    return {device: offers[device].spread.median for device in wanted}


def _row(setup: DeviceSetup, offer: Latency | None) -> tuple[str, ...]:
    now = f"{_now_ms(setup):g} ms" + ("" if setup.latency_ms is not None else " *")
    if offer is None:
        return (setup.id, now, "", "", "", "")
    spread = offer.spread
    return (
        setup.id,
        now,
        f"{spread.median:.1f} ms",
        f"{spread.p10:.1f}–{spread.p90:.1f}",
        str(spread.count),
        offer.words,
    )


def _row_json(setup: DeviceSetup, offer: Latency | None) -> dict[str, object]:
    found: dict[str, object] = {
        "device": setup.id,
        "latency_ms": _now_ms(setup),
        "from": "venue" if setup.latency_ms is not None else "profile",
    }
    if offer is None:
        return found | {"measured": None}
    spread = offer.spread
    measured = {"of": offer.kind, "words": KIND_WORDS[offer.kind], "median_ms": round(spread.median, 3)}
    return found | {
        "measured": {**measured, "p10_ms": round(spread.p10, 3), "p90_ms": round(spread.p90, 3), "n": spread.count}
    }


def _now_ms(setup: DeviceSetup) -> float:
    """The venue's word, else the profile's for the device as a whole."""
    return setup.profile.latency_ms if setup.latency_ms is None else setup.latency_ms
