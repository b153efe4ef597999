"""What the picked cue would send, what became of it last, and trying one of its sends by itself. No Qt.

A ghost is tried at the bench: in memory, away from the engine and from every device. Live goes the way of line check,
which refuses hazards, a rolling show and held outputs; in Performance it is not offered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from console.vocabulary import CheckDevice, ExplainedCue, ExplainedSend, TryCommand
from profiles.argument_rules import value_to_text
from ui.needs import needs_engine, needs_held_or_stopped
from ui.state.blocks import Block, packet_blocks
from ui.state.desk import Desk
from ui.state.device_log import Told, late_text
from ui.state.explained import args_text, due_text
from ui.state.words import clock_text

MOST_RUNS: Final = 4
"""Commands of the cue that are listed, newest first."""


def send_words(send: ExplainedSend) -> str:
    """``step 1 → FOH desk``."""
    duty = "" if send.duty == "main" else f" ({send.duty})"
    return f"step {send.step} → {send.device}{duty}"


def own_sends(explained: ExplainedCue | None) -> tuple[ExplainedSend, ...]:
    """The sends of the cue's own steps; its group's children are tried from their own rows."""
    return () if explained is None else tuple(send for send in explained.sends if send.cue == explained.cue)


def sends_blocks(explained: ExplainedCue) -> Iterator[Block]:
    """The exact bytes, step by step, short enough for a narrow panel."""
    for words in explained.words:
        yield Block("dim", words)
    if not explained.sends:
        yield Block("dim", "This cue sends nothing here.")
    for send in explained.sends:
        where = "" if send.cue == explained.cue else f"{send.number}, "
        yield Block("title", f"{where}{send_words(send)}")
        yield Block("text", f"{send.verb}{args_text(send.args)}; {due_text(send)} the cue")
        if send.fade:
            yield Block("dim", send.fade)
        for block in packet_blocks(send.packets):
            yield block._replace(label="")
        for words in send.against:
            yield Block("caution", f"Would not leave now: {words}")


def last_blocks(desk: Desk, cue: str) -> Iterator[Block]:
    """When the cue's commands left last in this run, how late, and what the devices made of them."""
    told = [each for device in desk.cards for each in desk.told.of(device) if each.row.cue == cue]
    told.sort(key=lambda each: each.row.seq, reverse=True)
    if not told:
        words = desk.words_about(cue)
        yield Block("dim", f"Not sent in this run{': ' + words if words else '.'}")
    for each in told[:MOST_RUNS]:
        yield Block("text", _told_words(each))
        answer = each.confirmed.words if each.confirmed is not None else ""
        kind = {"caution": "caution", "stop": "stop"}.get(each.mark.tone, "dim")
        yield Block(kind, each.mark.word + (f": {answer}" if answer else ""))  # type: ignore[arg-type]


def _told_words(told: Told) -> str:
    late = late_text(told.row.late_us)
    return f"{clock_text(told.row.at_ns)} {told.row.device}: {told.row.command}" + (f", {late}" if late else "")


def ghost_trial(desk: Desk, send: ExplainedSend) -> TryCommand | None:
    """What a ghost is told of a send, as this house says it; None where the house does not say what the device is."""
    card = desk.cards.get(send.device)
    if card is None:
        return None
    words = {name: value_to_text(value) for name, value in send.args.items()}
    return TryCommand(profile=card.profile, command=send.verb, words=words)


def live_trial(desk: Desk, send: ExplainedSend) -> CheckDevice:
    """The step by itself, to the one device, as line check sends what somebody chose."""
    return CheckDevice(device=send.device, verb=send.asked_verb, args=dict(send.asked), by=desk.by)


def not_live(desk: Desk, send: ExplainedSend | None) -> str:
    """Why a step cannot be tried on its device; empty where it can. The engine has the last word."""
    if send is None:
        return "this cue sends nothing here"
    if desk.is_locked:
        return "the console is locked"
    if desk.mode == "show":
        return "not in Performance: line check, or the cue itself, reaches the device"
    role = desk.show.role_by_id.get(send.role) if desk.show is not None else None
    cue = desk.show.cue_by_id.get(send.cue) if desk.show is not None else None
    if (role is not None and role.hazard != "none") or (cue is not None and cue.hazard != "none"):
        return "a hazard is never tried from here"
    return needs_engine(desk) or needs_held_or_stopped(desk)


def live_words(send: ExplainedSend, *, sure: bool) -> str:
    """What stands on the button: it is pressed twice."""
    where = {"ghost": " (a ghost)", "off": " (off)"}.get(send.mode, "")
    return f"Yes, send to {send.device}{where}" if sure else "Try live…"
