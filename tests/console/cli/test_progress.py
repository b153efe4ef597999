"""The last lines of a headless run: what was sent, and what the devices made of it."""

from __future__ import annotations

from io import StringIO
from typing import Literal

from console.cli.progress import Progress
from console.vocabulary import Confirmed
from tests.support.builders import evening_show


def told(seq: int, result: Literal["confirmed", "contradicted", "unconfirmed"]) -> Confirmed:
    return Confirmed(at_ns=0, seq=seq, item=None, cue="1", role="audio.foh", device="foh", result=result)


def test_a_run_ends_with_what_devices_said() -> None:
    progress = Progress(evening_show(), StringIO())
    assert progress.summary(60, 1.0).splitlines() == ["0:01:00 of show in 1.0 s: 0 sent, latest 0.0 ms after due"]
    progress.tell((), (told(1, "unconfirmed"), told(2, "confirmed"), told(3, "confirmed")))
    assert progress.summary(60, 1.0).splitlines()[1] == (
        "2 confirmed, 1 unconfirmed; the others went to devices that cannot tell"
    )
