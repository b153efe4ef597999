"""The three values of every parameter: told to whoever asks, a few a turn, and to nobody else."""

from __future__ import annotations

from console.link.messages import ParameterStates
from console.link.server import STATES_AT_ONCE
from console.vocabulary import ParameterState
from tests.support.link_booth import Booth, opened


def state(number: int) -> ParameterState:
    return ParameterState(role="audio.foh", parameter=f"level ch/{number}", department="SND", device="foh", cue="c")


def test_they_come_in_parts_to_the_asker_alone(booth: Booth) -> None:
    booth.host.states = [state(number) for number in range(2 * STATES_AT_ONCE + 5)]
    asker, other = booth.attach_live(), booth.attach_live()
    asker.send_values(values_id=7)
    frames = booth.receive(asker, lambda frame: isinstance(frame, ParameterStates) and frame.is_last)
    parts = [frame for frame in frames if isinstance(frame, ParameterStates)]
    assert [(part.id, len(part.states), part.is_last) for part in parts] == [
        (7, STATES_AT_ONCE, False),
        (7, STATES_AT_ONCE, False),
        (7, 5, True),
    ]
    assert [each for part in parts for each in part.states] == booth.host.states
    assert not any(isinstance(frame, ParameterStates) for frame in other.receive())


def test_another_show_ends_the_listing(booth: Booth) -> None:
    booth.host.states = [state(number) for number in range(3 * STATES_AT_ONCE)]
    asker = booth.attach_live()
    asker.send_values()
    booth.receive(asker, lambda frame: isinstance(frame, ParameterStates))
    booth.server.open_show(opened(run="run-2"))
    frames = booth.receive(asker, lambda frame: isinstance(frame, ParameterStates) and frame.is_last)
    assert sum(len(frame.states) for frame in frames if isinstance(frame, ParameterStates)) <= STATES_AT_ONCE
