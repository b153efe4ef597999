"""What a window asks to look at, of a real engine on a real socket: only the asker is told, and the show goes on."""

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from console.link.client import LinkClient
from console.link.messages import FindingFrame
from console.plan.patch import build_patch
from console.vocabulary import (
    AnswerTimes,
    CommandBytes,
    ExplainCue,
    ExplainedCue,
    Fire,
    Inquiry,
    LedgerRow,
    OpenProfile,
    ProfilePage,
    ShowBytes,
    WatchAnswers,
)
from console.wiring.host import EngineHost, HostPlan
from console.wiring.joining import Joined
from devices.encode import ProfileEncoder
from tests.support.builders import song_show
from tests.support.houses import PROFILES, make_venue
from tests.support.showcaller import Window

Attach = Callable[[], Window]


def joined() -> Joined:
    show, venue = song_show(), make_venue()
    patch = build_patch(show, venue, PROFILES)
    return Joined(show, venue, patch, ProfileEncoder(patch.devices), ())


@pytest.fixture
def attach() -> Iterator[Attach]:
    """Windows on one engine that turns in a thread of its own."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="showcaller-")))
        pool = stack.enter_context(ThreadPoolExecutor(1))
        host = EngineHost(folder / "engine.sock", HostPlan(ghosts="all"), lambda *_: joined())
        turning = pool.submit(host.run)
        stack.callback(turning.result, 20)
        stack.callback(host.stop)

        def one() -> Window:
            return stack.enter_context(Window(LinkClient.connect(folder / "engine.sock", timeout_s=20)))

        yield one


def look(window: Window, inquiry: Inquiry, number: int) -> FindingFrame:
    window.client.send_inquiry(inquiry, inquiry_id=number)

    def found() -> list[FindingFrame]:
        return [frame for frame in window.frames if isinstance(frame, FindingFrame) and frame.id == number]

    window.until(found, f"the answer to {inquiry.kind}")
    return found()[0]


def test_without_a_show_only_the_library_answers(attach: Attach) -> None:
    window = attach()
    assert look(window, ExplainCue(cue="song-start"), 1).words == "no show is open"
    assert isinstance(look(window, OpenProfile(profile="etc/eos"), 2).finding, ProfilePage)


def test_a_cue_is_explained_its_bytes_are_kept_and_its_answers_are_timed(attach: Attach) -> None:
    window, other = attach(), attach()
    window.client.send_open("song", "house", open_id=1)
    window.until(lambda: window.shows, "the show")
    cue = song_show().cues[0].id
    found = look(window, ExplainCue(cue=cue), 1).finding
    assert isinstance(found, ExplainedCue)
    window.do(Fire(cue=cue))
    window.until(lambda: window.said(LedgerRow, cue=cue), "its row")
    told = look(window, ShowBytes(seq=window.said(LedgerRow, cue=cue)[0].seq), 2).finding
    assert isinstance(told, CommandBytes)
    assert told.packets[0].hex == found.sends[0].packets[0].hex
    assert isinstance(look(window, WatchAnswers(), 3).finding, AnswerTimes)
    assert "song-start" in look(window, ExplainCue(cue="song-strat"), 4).words
    assert "no bytes are kept" in look(window, ShowBytes(seq=99_999), 5).words
    other.until(lambda: other.snapshots > 3, "some snapshots")
    assert not [frame for frame in other.frames if isinstance(frame, FindingFrame)]
