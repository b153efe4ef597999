"""The devices of the house as rows, what is known of the picked one, and what can be asked of it. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple, get_args

from console.link.messages import DeviceCard
from console.vocabulary import Bypass, ChangeOver, DeviceState, Mode, PutRight, Request, SetOutput
from ui.state.blocks import Block
from ui.state.desk import Desk
from ui.state.device_figures import DeviceFigures, ms_text
from ui.state.hands import in_line_ways
from ui.state.lamps import Lamp, desk_lamps
from ui.state.latencies import offer_words
from ui.state.table_rows import TableRow
from ui.state.words import ago_text

TITLES: Final = ("State", "Device", "Stands for", "Output", "Heard", "Sends", "Answers")

RATE_SHOWN: Final = 0.05

MODE_SHAPES: Final[dict[Mode, str]] = {"live": "disc", "ghost": "ring", "off": "dash"}


class Offer(NamedTuple):
    """Something that can be asked of a device, in one or several ways. ``why_not`` greys it, in words.

    ``now``: the way that stands; ``state``: "on" where a hand is on it.
    """

    title: str
    shape: str
    ways: tuple[tuple[str, Request], ...]
    why_not: str = ""
    now: str = ""
    state: str = ""


def device_rows(desk: Desk, figures: DeviceFigures, local_ns: int) -> tuple[TableRow, ...]:
    """A row for each device of the house, then for the console's own ports."""
    if desk.snapshot is None:
        return ()
    now_ns = desk.run_now_ns(local_ns)
    rows: dict[str, TableRow] = {}
    lamps = {(lamp.device, lamp.role): lamp for lamp in desk_lamps(desk, local_ns)}
    for states in _by_device(desk):
        first = states[0]
        lamp = lamps[first.device, first.role]
        rows[first.device] = _row(desk, figures, states, lamp, now_ns)
    return tuple(rows.values())


def device_blocks(desk: Desk, figures: DeviceFigures, device: str, local_ns: int) -> Iterator[Block]:
    """All that is known of one device."""
    states = next((states for states in _by_device(desk) if states[0].device == device), None)
    if states is None:
        return
    first = states[0]
    lamp = next(lamp for lamp in desk_lamps(desk, local_ns) if lamp.device == device)
    kind = {"caution": "caution", "stop": "stop"}.get(lamp.mark.tone, "text")
    yield Block(kind, f"{lamp.mark.word}: {lamp.detail}", "Now")  # type: ignore[arg-type]
    for state in states:
        if state.role:
            shown = "on show" if state.active else "off show"
            yield Block("fact", f"{state.role}, {state.duty}, {shown}", "Stands for")
    card = desk.cards.get(device)
    if card is not None:
        yield from _card_blocks(card)
    yield Block("fact", figures.answers_text(device), "Answers")
    offer = desk.latencies.get(device)
    if offer is not None:
        yield Block("fact", f"latency {offer_words(offer)}", "Suggested")
    if first.drifts:
        yield Block("caution", f"{first.drifts} values stand elsewhere than they were told", "Drift")


def device_offers(desk: Desk, device: str | None) -> dict[str, Offer]:
    """What can be asked of a device, by a stable name."""
    states = next((states for states in _by_device(desk) if states[0].device == device), [])
    state = states[0] if states else None
    name, role, by = device or "", state.role if state is not None else "", desk.by
    why = "" if desk.linked else "the engine is not heard"
    if state is None:
        why = "pick a device first"
    elif not role:
        why = "this is a port of the console's own"
    mode = state.mode if state is not None else "live"
    outputs = tuple((each.title(), SetOutput(by=by, device=name, mode=each)) for each in get_args(Mode))
    on_show = "it is on show" if state is not None and state.active else ""
    alone = why or ("" if role and _is_shared(desk, role) else "nothing else stands for its role")
    return {
        "bypass": _bypass_offer(desk, name, why),
        "put_right": Offer("Put right", "continue", (("Put right", PutRight(by=by, role=role)),), why),
        "output": Offer(f"Output: {mode}", MODE_SHAPES[mode], outputs, why, mode.title()),
        "change_over": Offer(
            "Put on show", "play", (("Put on show", ChangeOver(by=by, role=role, device=name)),), alone or on_show
        ),
    }


def _bypass_offer(desk: Desk, device: str, why: str) -> Offer:
    if not is_bypassed(desk, device):
        return Offer("Bypass", "barred", (("Bypass", Bypass(by=desk.by, target=device)),), why)
    ways = tuple((title, request.model_copy(update={"by": desk.by})) for title, request in in_line_ways(device))
    return Offer("Bypassed", "barred", ways, why, state="on")


def is_bypassed(desk: Desk, device: str) -> bool:
    """True where nothing but panic and its like leaves for a device."""
    return desk.snapshot is not None and any(each.target == device for each in desk.snapshot.bypassed)


def _by_device(desk: Desk) -> list[list[DeviceState]]:
    found: dict[str, list[DeviceState]] = {}
    for state in desk.snapshot.devices if desk.snapshot is not None else ():
        found.setdefault(state.device, []).append(state)
    return list(found.values())


def _is_shared(desk: Desk, role: str) -> bool:
    return desk.snapshot is not None and sum(each.role == role for each in desk.snapshot.devices) > 1


def _row(desk: Desk, figures: DeviceFigures, states: list[DeviceState], lamp: Lamp, now_ns: int) -> TableRow:
    first = states[0]
    answers = figures.answers_ms(first.device)
    rate = figures.rate_per_s(first.device)
    output = "bypassed" if is_bypassed(desk, first.device) else first.mode
    heard = ago_text(None if first.heard_ns is None else now_ns - first.heard_ns).removeprefix("heard ")
    return TableRow(
        key=first.device,
        cells=(
            lamp.mark.word,
            first.device,
            ", ".join(_stands_for(each) for each in states if each.role) or "the console",
            output,
            heard,
            f"{first.sent}" + (f"  {rate:.1f}/s" if rate >= RATE_SHOWN else ""),
            ms_text(answers[-1]) if answers else "",
        ),
        mark=lamp.mark,
        spark=answers,
        hint=lamp.detail,
    )


def _stands_for(state: DeviceState) -> str:
    return state.role if state.duty in ("main", "") else f"{state.role} ({state.duty})"


def _card_blocks(card: DeviceCard) -> Iterator[Block]:
    yield Block("fact", f"{card.make} ({card.profile})", "Is a")
    yield Block("fact", f"{card.address} by {card.transport}", "Reached at")
    latency = "as its profile says" if card.latency_ms is None else f"{card.latency_ms:g} ms"
    yield Block("fact", f"{latency}; trim {card.trim_ms:g} ms", "Latency")
    yield Block("fact", card.watch, "Watched")
