"""What a cue would send in this house, byte by byte, and what would keep it back if it were pressed now.

Read from what the engine has armed, so that it is what would leave. In slices: the show goes on between two of them.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence

from console.engine.arming import ArmedSend
from console.engine.inhibits import GUARDS
from console.engine.run_state import Cause, RunState
from console.plan.resolver import reason_against, step_args
from console.show.cues import Cue
from console.timebase.instants import ms_to_ns, ns_to_ms, ns_to_s
from console.vocabulary import ExplainedCue, ExplainedSend, PacketText
from devices.contract import OutputMode, Packet
from devices.packet_words import body_words
from devices.wire_packet import WirePacket

BY = "operator"


def explain_cue(
    run: RunState, modes: Mapping[str, OutputMode], cue: Cue, now_ns: int
) -> Generator[None, None, ExplainedCue]:
    """A slice for each send; of a group, those of its cues."""
    sends: list[ExplainedSend] = []
    words: list[str] = []
    against = list(cue_reasons(run, cue))
    for each in _with_children(run, cue):
        words += run.armed[each.id].words
        for send in run.sends_of(each.id):
            sends.append(_explained(run, modes, each, send, now_ns))
            yield
    return ExplainedCue(
        cue=cue.id,
        number=cue.number,
        label=cue.label,
        sends=tuple(sends),
        words=tuple(dict.fromkeys(words)),
        against=tuple(against),
    )


def packet_texts(packets: Sequence[Packet]) -> tuple[PacketText, ...]:
    """Ready packets as people read them."""
    return tuple(_packet_text(packet) for packet in packets if isinstance(packet, WirePacket))


def cue_reasons(run: RunState, cue: Cue) -> Iterable[str]:
    """What keeps the whole cue from running, were it pressed now."""
    if run.panic:
        yield "panic stands: release it first"
    if run.show_stopped is not None:
        yield "the show is stopped: resume it first"
    against = reason_against(run.show, cue, run.choices)
    if against is not None:
        yield against
    if cue.once_per_show and cue.id in run.spent:
        yield "used already; once per show"
    passed = run.hand.passes_over(cue, run.show.department_of(cue))
    if passed is not None:
        yield passed


def send_reasons(run: RunState, modes: Mapping[str, OutputMode], send: ArmedSend, now_ns: int) -> Iterable[str]:
    """All that would keep one send back, were its cue pressed now; the engine itself stops at the first."""
    if modes.get(send.device) is OutputMode.OFF:
        yield f"{send.device} is switched off for this run"
    kept = run.hand.keeps(send.device, send.department, BY)
    if kept is not None:
        yield kept
    if run.held is not None and send.key is not None:
        yield "outputs are held: it is tracked, and leaves when they are released"
    cause = Cause(BY, "a press", now_ns)
    for guard in GUARDS:
        reason = guard(run, send, now_ns, cause)
        if reason is not None:
            yield reason


def _with_children(run: RunState, cue: Cue) -> Iterable[Cue]:
    seen: set[str] = set()
    waiting = [cue]
    while waiting:
        each = waiting.pop(0)
        if each.id not in seen:
            seen.add(each.id)
            yield each
            waiting += [run.show.cue_by_id[child] for child in run.children.get(each.id, ())]


def _explained(run: RunState, modes: Mapping[str, OutputMode], cue: Cue, send: ArmedSend, now_ns: int) -> ExplainedSend:
    step = cue.steps[send.step]
    bound = run.patch.bind(cue.role or "", step.verb, send.show_args)
    advance_ms = (bound.advance_ms or 0.0) if send.role != cue.role else cue.advance_ms
    trim_ns = run.patch.devices[send.device].trim_ns
    latency_ns = send.lead_ns + trim_ns - ms_to_ns(advance_ms)
    return ExplainedSend(
        cue=cue.id,
        number=cue.number,
        step=send.step + 1,
        role=send.role,
        device=send.device,
        duty=send.duty.value,
        mode=modes.get(send.device, OutputMode.LIVE).value,
        asked_verb=step.verb,
        asked=dict(step_args(step, run.choices) or {}),
        verb=send.verb,
        args=dict(send.args),
        due_s=ns_to_s(send.offset_ns - send.lead_ns),
        latency_ms=ns_to_ms(latency_ns),
        trim_ms=ns_to_ms(trim_ns),
        advance_ms=advance_ms,
        fade=_fade_words(run, cue, send),
        packets=packet_texts(send.packets),
        against=tuple(dict.fromkeys(send_reasons(run, modes, send, now_ns))),
    )


def _fade_words(run: RunState, cue: Cue, send: ArmedSend) -> str:
    """How the value travels; the bytes shown are those of its end."""
    step = cue.steps[send.step]
    if send.fade is not None:
        length_s = ns_to_s(send.fade.length_ns)
        return f"fades over {length_s:g} s in {send.fade.rate_hz:g} steps a second; the bytes are those of its end"
    if not step.fade_s:
        return ""
    if run.encoder.fades_itself(send.device, send.verb):
        return f"the device takes {step.fade_s:g} s by itself"
    return f"takes no fade of {step.fade_s:g} s: its value snaps"


def _packet_text(packet: WirePacket) -> PacketText:
    return PacketText(
        transport=packet.transport,
        port=packet.port,
        framing=packet.framing,
        delay_ms=ns_to_ms(packet.delay_ns),
        hex=packet.payload.hex(" "),
        words=body_words(packet.transport, packet.body),
    )
