"""``showcaller explain``: the exact bytes a cue would send in a house, and why; sends nothing."""

from __future__ import annotations

from collections.abc import Iterator

from console.cli.errors import call_error
from console.cli.opening import join, open_show_aloud, open_venue
from console.cli.page import Page, json_text, lines_to_text, printable
from console.engine.engine import Engine, House
from console.vocabulary import ExplainedCue, ExplainedSend, PacketText
from console.vocabulary.values import Values
from console.wiring.casting import cast_devices
from console.wiring.explaining import explain_cue
from profiles.argument_rules import value_to_text
from profiles.near_names import near_words


def run_explain(show_name: str, venue_name: str, place: str, *, as_json: bool) -> Page:
    """One cue, as it would leave if it were pressed before the doors open. Raises CommandError."""
    show = open_show_aloud(show_name)
    venue = open_venue(venue_name)
    cue = show.cue_by_id.get(place.removeprefix("cue:"))
    if not place.startswith("cue:") or cue is None:
        words = near_words(place.removeprefix("cue:"), show.cue_by_id)
        raise call_error(f"{place!r} names no cue of the show, as cue:ID does: {words}")
    joined = join(show, venue)
    engine = Engine(joined.show, House(joined.patch, joined.encoder), "explain", "rehearsal", 0)
    slices = explain_cue(engine.run, cast_devices(show, joined.patch, ()), cue, 0)
    while True:
        try:
            next(slices)
        except StopIteration as done:
            found: ExplainedCue = done.value
            break
    if as_json:
        return Page(json_text(found.model_dump(mode="json")))
    return Page(lines_to_text(printable(line).rstrip() for line in _lines(found, joined.venue.name)))


def _lines(cue: ExplainedCue, venue: str) -> Iterator[str]:
    yield f"{cue.number} {cue.label}".rstrip() + f" ({cue.cue}) in {venue}; nothing is sent"
    yield from (f"  does not run now: {words}" for words in cue.against)
    yield from (f"  here: {words}" for words in cue.words)
    if not cue.sends:
        yield "  sends nothing"
    for send in cue.sends:
        yield ""
        yield from _send_lines(send)


def _send_lines(send: ExplainedSend) -> Iterator[str]:
    yield f"step {send.step} of {send.number}: {send.asked_verb}{_args(send.asked)}"
    duty = "" if send.duty == "main" else f" ({send.duty})"
    mode = "" if send.mode == "live" else f", {send.mode}"
    yield f"  {send.role} is {send.device}{duty}{mode}: {send.verb}{_args(send.args)}"
    counted = f"latency {send.latency_ms:g} ms, trim {send.trim_ms:g} ms, advance {send.advance_ms:g} ms"
    yield f"  leaves {send.due_s:+.3f} s from the cue ({counted})"
    yield from ([f"  {send.fade}"] if send.fade else [])
    for packet in send.packets:
        yield f"  {_packet_head(packet)}: {packet.words}"
        yield f"    {packet.hex}"
    yield from (f"  would not leave: {words}" for words in send.against)


def _packet_head(packet: PacketText) -> str:
    port = f"port {packet.port}" if packet.port is not None else ""
    framing = f"framed {packet.framing}" if packet.framing != "none" else ""
    delay = f"after {packet.delay_ms:g} ms" if packet.delay_ms else ""
    return " ".join(filter(None, (packet.transport, port, framing, delay)))


def _args(args: Values) -> str:
    return "".join(f" {name}={value_to_text(value)}" for name, value in args.items())
