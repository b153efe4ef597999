"""One show takes another's place: what is asked meanwhile, what is due at what time of day, and what ends it."""

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from console.link.client import LinkClient
from console.plan.patch import build_patch
from console.show.cues import AtClock
from console.show.show import FreeList, Show
from console.vocabulary import CueChanged, Fire, Go, LedgerRow
from console.wiring.assembly import run_card
from console.wiring.host import EngineHost, HostPlan, OpenError
from console.wiring.joining import Joined
from devices.encode import ProfileEncoder
from tests.support.builders import light, make_cue, song_show
from tests.support.houses import PROFILES, make_venue
from tests.support.showcaller import Window
from tests.support.virtual_clock import EVENING

FAR_EAST = "Pacific/Kiritimati"
"""Fourteen hours ahead of UTC, which is what the engine reads while no show is open."""


def joined(show: Show | None = None, **house: object) -> Joined:
    venue = make_venue(time_zone=FAR_EAST, **house)
    show = show or song_show()
    patch = build_patch(show, venue, PROFILES)
    return Joined(show, venue, patch, ProfileEncoder(patch.devices), ())


@pytest.fixture
def hosted(tmp_path: Path) -> Iterator[Callable[..., tuple[EngineHost, Window]]]:
    """Hosts that turn in a thread of their own, each with one window attached."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="showcaller-")))
        pool = stack.enter_context(ThreadPoolExecutor(1))

        def start(join: Callable[[str, str], Joined]) -> tuple[EngineHost, Window]:
            host = EngineHost(folder / "engine.sock", HostPlan(ghosts="all", records=tmp_path / "runs"), join)
            turning = pool.submit(host.run)
            stack.callback(turning.result, 20)
            stack.callback(host.stop)
            client = LinkClient.connect(folder / "engine.sock", timeout_s=20)
            return host, stack.enter_context(Window(client))

        yield start


def test_what_is_asked_right_behind_an_opening_is_asked_of_the_new_show(hosted: Callable) -> None:
    _, window = hosted(lambda *_: joined())
    window.client.send_open("song", "house", open_id=1)
    window.do(Go())  # most likely read in the same turn
    window.until(lambda: window.said(LedgerRow, cue="song-start"), "the row of the press")
    load = window.until(lambda: window.said(LedgerRow, cue="song-load"), "the row of the load")[0]
    assert load.outcome == "sent"
    assert 0 <= load.due_s < 10


def test_a_window_that_attaches_later_sees_the_lamp_of_timecode_out(hosted: Callable) -> None:
    out = {"id": "main", "kind": "mtc", "midi_port": "TC OUT", "rate": "25"}
    code = {"out": [out], "freewheel_frames": 12, "jam_frames": 5}
    _, window = hosted(lambda *_: joined(timecode=code))
    assert window.open("song", "house") is None
    window.until(lambda: window.snapshot is not None and window.snapshot.run != "", "the new run")
    assert window.snapshot is not None
    (lamp,) = (state for state in window.snapshot.devices if state.device == "timecode.out.main")
    assert (lamp.role, lamp.duty, lamp.mode) == ("", "", "ghost")


def test_an_opening_fires_nothing_for_the_hours_between_two_zones(hosted: Callable) -> None:
    hour_ago = datetime.now(ZoneInfo(FAR_EAST)) - timedelta(hours=1)
    at = AtClock(on="clock", time=f"{hour_ago:%H:%M:%S}")
    clock_cue = make_cue("doors", "1", at, light("1"), item=None, list="house")
    show = song_show(clock_cue, lists=(FreeList(id="house", title="House"),))
    _, window = hosted(lambda *_: joined(show))
    for _ in range(2):
        assert window.open("song", "house") is None
        window.next_snapshot()
        window.do(Fire(cue="song-clip"))
    assert not window.said(CueChanged, cue="doors")


def test_a_show_opened_twice_in_a_second_has_two_records(hosted: Callable, tmp_path: Path) -> None:
    _, window = hosted(lambda *_: joined())
    runs = set()
    for _ in range(3):
        assert window.open("song", "house") is None
        runs.add(window.next_snapshot().run)
    assert len(runs) == 3
    assert len(list((tmp_path / "runs").glob("*.asrun"))) == 3


def test_who_is_told_to_end_while_a_show_is_being_opened_ends(hosted: Callable) -> None:
    hosts: list[EngineHost] = []

    def join(show: str, venue: str) -> Joined:
        hosts[0].stop()
        return joined()

    host, window = hosted(join)
    hosts.append(host)
    window.client.send_open("song", "house")
    assert window.last_words() == "the engine ends"


def test_who_is_told_to_end_before_it_has_begun_does_not_begin(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="showcaller-") as folder:
        host = EngineHost(Path(folder) / "engine.sock", HostPlan(), lambda *_: joined())
        host.stop()
        host.run()
        host.close()  # harmless twice
        assert not (Path(folder) / "engine.sock").exists()


def test_a_refused_opening_leaves_what_is_open(hosted: Callable) -> None:
    def join(show: str, venue: str) -> Joined:
        if show == "broken":
            raise OpenError("broken.json: it is broken; mend it")
        return joined()

    _, window = hosted(join)
    assert window.open("broken", "house") == "broken.json: it is broken; mend it"
    assert window.ask(Go()).refused == "no show is open"
    assert window.open("song", "house") is None
    run = window.next_snapshot().run
    assert window.open("broken", "house") == "broken.json: it is broken; mend it"
    window.do(Go())
    assert window.next_snapshot().run == run


def test_runs_of_the_same_planned_evening_have_ids_of_their_own() -> None:
    cards = [run_card(joined(), "rehearsal", EVENING) for _ in range(2)]
    assert {card.started for card in cards} == {EVENING.isoformat()}
    assert all(card.run.startswith("test-") for card in cards)
