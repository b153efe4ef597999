"""A line that a window holds high goes low when the window goes, however it goes."""

from __future__ import annotations

import pytest

from console.link.client import LinkClient
from console.link.codec import encode
from console.link.messages import RequestFrame
from console.vocabulary import Request, SetInput
from tests.support.link_booth import Booth, is_answer


def asked(booth: Booth) -> list[Request]:
    return [each for _, _, inbox in booth.loop.engine.steps for each in inbox if isinstance(each, SetInput)]  # type: ignore[attr-defined]


def hold(booth: Booth, client: LinkClient, line: str, request_id: int = 1, *, high: bool = True) -> None:
    client.send(SetInput(id=request_id, by="Kim", input=line, high=high))
    booth.receive(client, is_answer(request_id))


@pytest.mark.parametrize("way", ["leaves", "vanishes"])
def test_what_a_window_held_goes_low_with_it(booth: Booth, way: str) -> None:
    client, other = booth.attach_live(), booth.attach_live()
    hold(booth, client, "dead-man")
    hold(booth, client, "enable", 2)
    hold(booth, client, "enable", 3, high=False)  # let go in time
    hold(booth, other, "gate")
    if way == "leaves":
        client.close()
    else:
        client._socket.close()  # type: ignore[union-attr]  # as the system does for a killed process
    booth.until(lambda: len(asked(booth)) == 5)
    last = asked(booth)[-1]
    assert isinstance(last, SetInput)
    assert (last.input, last.high, last.by) == ("dead-man", False, "Kim, gone")


def test_what_comes_with_the_goodbye_does_not_outlive_it(booth: Booth) -> None:
    client = booth.attach_live()
    client._socket.send(encode(RequestFrame(request=SetInput(input="dead-man", high=True))))  # type: ignore[union-attr]
    client.close()
    booth.until(lambda: len(asked(booth)) == 2)
    assert [each.high for each in asked(booth) if isinstance(each, SetInput)] == [True, False]
