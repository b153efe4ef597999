"""A cue explained, as text to read: each step, whom it reaches, its bytes, and what would keep it back. No Qt."""

from __future__ import annotations

from collections.abc import Iterator

from console.vocabulary import ExplainedCue, ExplainedSend
from console.vocabulary.values import Values
from profiles.argument_rules import value_to_text
from ui.state.blocks import Block, packet_blocks


def explained_blocks(cue: ExplainedCue) -> Iterator[Block]:
    """The cue as a whole, then send by send."""
    for words in cue.against:
        yield Block("caution", words, "Does not run now")
    for words in cue.words:
        yield Block("dim", words, "In this house")
    if not cue.sends:
        yield Block("dim", "This cue sends nothing here.")
    for send in cue.sends:
        yield from _send_blocks(send, cue.cue)


def _send_blocks(send: ExplainedSend, of_cue: str) -> Iterator[Block]:
    where = "" if send.cue == of_cue else f"{send.number}, "
    yield Block("title", f"{where}step {send.step}: {send.asked_verb}{args_text(send.asked)}")
    duty = "" if send.duty == "main" else f" ({send.duty})"
    mode = {"live": "", "ghost": ", a ghost: nothing leaves this machine", "off": ", off"}[send.mode]
    yield Block("fact", f"{send.device}{duty}{mode}", send.role)
    yield Block("fact", f"{send.verb}{args_text(send.args)}", "Is told")
    yield Block("fact", f"{due_text(send)} the cue ({counted_text(send)})", "Leaves")
    if send.fade:
        yield Block("fact", send.fade, "Fade")
    yield from packet_blocks(send.packets)
    for words in send.against:
        yield Block("caution", words, "Would not leave now")


def args_text(args: Values) -> str:
    """`` list=1 cue=10``, with a space before each."""
    return "".join(f" {name}={value_to_text(value)}" for name, value in args.items())


def due_text(send: ExplainedSend) -> str:
    """``8 ms before``, ``1.5 s after``, ``with``."""
    ms = send.due_s * 1000
    if abs(ms) < 0.001:
        return "with"
    amount = f"{abs(ms):g} ms" if abs(ms) < 1000 else f"{abs(ms) / 1000:g} s"
    return f"{amount} {'before' if ms < 0 else 'after'}"


def counted_text(send: ExplainedSend) -> str:
    """What its lead is made of."""
    parts = [f"latency {send.latency_ms:g} ms"]
    parts += [f"trim {send.trim_ms:g} ms"] if send.trim_ms else []
    parts += [f"advance {send.advance_ms:g} ms"] if send.advance_ms else []
    return ", ".join(parts)
