"""What a jump may not send by itself: *ask* parameters, and who answers for them.

A department may have a standing answer; without one its operator is asked, and what was asked stands in the snapshot
until it is answered, or until it stands as it should. Under timecode nobody is asked. Whatever is not sent is wanted
all the same, and so stands under *put right*.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from console.engine.arming import ArmedSend, ParameterKey
from console.engine.expected import is_other
from console.engine.run_state import PASSES, Cause, RunState
from profiles.verbs import Chase

BY_CODE: Final = "timecode"
"""What the cause of a locate begins with that outside timecode brought about."""


def may_send(run: RunState, sends: Sequence[ArmedSend], chase: Chase, cause: Cause) -> bool:
    """Whether a jump sends a parameter; one that is asked for is noted, and is wanted from now on."""
    if chase is Chase.YES:
        return True
    answer = run.asks.answers.get(sends[0].department, "ask")
    if chase is Chase.ASK and answer == "send":
        return True
    if cause.origin in PASSES:
        return False  # a pass of a vamp, or of a stretch, asks nobody
    for send in sends:
        run.desired.set(send, cause.at_ns)
    key = sends[0].key
    if chase is Chase.ASK and answer == "ask" and key is not None and not cause.by.startswith(BY_CODE):
        run.asks.asked[key] = sends[0]
    return False


def stands_elsewhere(run: RunState, sends: Iterable[ArmedSend]) -> bool:
    """True where a device was told otherwise last, or never got what the run wanted of it."""
    return any(
        is_other(send, run.expected.coming(send.device_key))
        for send in sends
        if send.device not in run.expected.silent and (send.device, *(send.key or ())) not in run.fades
    )


def prune(run: RunState, left: Collection[ParameterKey]) -> None:
    """Forget what was asked for and stands as it should by now."""
    for key in [key for key in run.asks.asked if key not in left]:
        del run.asks.asked[key]
