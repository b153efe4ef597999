"""Every parameter's three values, for whoever asks to see them side by side. Given one by one: nobody waits for all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from console.engine.arming import ArmedSend
from console.engine.confirming import told_args
from console.engine.differences import Target, sends_for
from console.engine.expected import DeviceKey, Sent, own_value
from console.engine.run_state import RunState
from console.vocabulary import ParameterState
from profiles.verbs import find_verb


def parameter_states(run: RunState, now_ns: int) -> Iterator[ParameterState]:
    """What is wanted at each device, the newest first; then what was sent that nobody wants, as by a line check.

    Of two parameters that the patch folds into one, the one that was wanted later holds.
    """
    seen: set[DeviceKey] = set()
    wanted_now = sorted(run.desired.snapshot().items(), key=lambda each: each[1].since_ns, reverse=True)
    for key, wanted in wanted_now:
        for send in sends_for(run, key, wanted):
            if send.device_key is not None and send.device_key not in seen:
                seen.add(send.device_key)
                sent = run.expected.get(send.device_key)
                yield _state(run, now_ns, send, sent, Target(key, wanted, send, sent))
    for device_key, sent in run.expected.listed().items():
        if device_key not in seen:
            yield _state(run, now_ns, sent.send, sent, None)


def _state(run: RunState, now_ns: int, send: ArmedSend, sent: Sent | None, target: Target | None) -> ParameterState:
    reading = run.reported.get(send.device_key)
    key = send.key or ()
    reported_differs = False
    if reading is not None and sent is not None:
        same_verb = reading.verb == sent.send.verb
        reported_differs = not (
            same_verb and run.encoder.agrees(send.device, reading.verb, told_args(sent), reading.args)
        )
    return ParameterState(
        role=send.role,
        parameter=" ".join(key[1:]),
        department=send.department,
        device=send.device,
        cue=send.cue,
        desired_verb=send.verb if target is not None else "",
        desired=_wanted(send, target, now_ns) if target is not None else None,
        expected_verb=sent.send.verb if sent is not None else "",
        expected=dict(told_args(sent)) if sent is not None else None,
        sent_ns=run.at(sent.sent_ns) if sent is not None else None,
        settling=sent is not None and now_ns < sent.settled_ns,
        reported_verb=reading.verb if reading is not None else "",
        reported=dict(reading.args) if reading is not None else None,
        heard_ns=run.at(reading.received_ns) if reading is not None else None,
        expected_differs=target is None or target.is_off,
        reported_differs=reported_differs,
    )


def _wanted(send: ArmedSend, target: Target, now_ns: int) -> dict[str, bool | int | float | str]:
    """The send's arguments, with the number that stands now where a fade is on its way."""
    number = find_verb(send.verb).fade_arg
    args: Mapping[str, bool | int | float | str] = send.args
    value = target.wanted.value_at(now_ns) if target.wanted.fade is not None else own_value(send)
    return {**args, number: value} if number and value is not None else dict(args)
