"""Who opens a show says which devices are simulated; where nobody does, it is as the engine was started."""

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from console.link.client import LinkClient
from console.link.messages import Opened, OpenRefused
from console.plan.patch import build_patch
from console.vocabulary import AtKeys, Ghosts, SetChoice
from console.wiring.host import EngineHost, HostPlan
from console.wiring.joining import Joined
from devices.encode import ProfileEncoder
from tests.support.builders import evening_show
from tests.support.houses import HOUSE, PROFILES, make_venue
from tests.support.showcaller import Window

VENUE = make_venue(devices=[{**row, "host": "127.0.0.1", "port": 9} for row in HOUSE["devices"]])
EVERY = {row["id"] for row in HOUSE["devices"]}


def join(show_name: str, venue_name: str) -> Joined:
    show = evening_show(choices=({"id": "winner", "values": ("a", "b"), "default": "a"},))
    patch = build_patch(show, VENUE, PROFILES)
    return Joined(show, VENUE, patch, ProfileEncoder(patch.devices), ())


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="showcaller-") as made:  # a socket's path must be short
        yield Path(made)


def open_in(folder: Path, plan: HostPlan, *openings: Ghosts | None) -> list[set[str] | str]:
    """For each opening in turn the devices that are ghosts then, or the words of its refusal."""
    found: list[set[str] | str] = []
    host = EngineHost(folder / "engine.sock", plan, join)
    with ThreadPoolExecutor(1) as pool:
        turning = pool.submit(host.run)
        with Window(LinkClient.connect(folder / "engine.sock", timeout_s=10)) as window:
            for number, ghosts in enumerate(openings, 1):
                window.client.send_open("evening", "small-hall", ghosts=ghosts, open_id=number)
                answer = window.until(lambda n=number: answers(window, n), "the answer")[0]
                if isinstance(answer, OpenRefused):
                    found.append(answer.words)
                    continue
                opened = window.shows[-1].opened
                assert opened is not None
                found.append({card.id for card in opened.venue.devices if card.mode == "ghost"})
            host.stop()
        turning.result(10)
    return found


def answers(window: Window, number: int) -> list[Opened | OpenRefused]:
    return [frame for frame in window.frames if isinstance(frame, Opened | OpenRefused) and frame.id == number]


def test_who_opens_says_which_devices_are_ghosts(folder: Path) -> None:
    assert open_in(folder, HostPlan(), "all", (), ("video.server",), None) == [EVERY, set(), {"vid-a", "vid-b"}, set()]


def test_where_nobody_says_it_is_as_the_engine_was_started(folder: Path) -> None:
    assert open_in(folder, HostPlan(ghosts="all"), None, ("audio.foh",), None) == [EVERY, {"foh"}, EVERY]


def test_a_role_the_show_does_not_have_is_refused_in_words(folder: Path) -> None:
    (words,) = open_in(folder, HostPlan(), ("lighting.moon",))
    assert "the show has no role 'lighting.moon'" in words


@pytest.mark.parametrize("machine", [True, False])
def test_a_screen_is_told_who_is_at_the_keys_and_what_was_chosen(folder: Path, *, machine: bool) -> None:
    host = EngineHost(folder / "engine.sock", HostPlan(ghosts="all", machine=machine), join)
    with ThreadPoolExecutor(1) as pool:
        turning = pool.submit(host.run)
        with Window(LinkClient.connect(folder / "engine.sock", timeout_s=10)) as window:
            assert window.open("evening", "small-hall") is None
            window.until(lambda: window.snapshot is not None and window.snapshot.run != "", "the new run")
            assert window.snapshot is not None
            assert (window.snapshot.machine, window.snapshot.choices) == (machine or None, {"winner": "a"})
            answer = window.ask(AtKeys(machine=False))
            assert answer.refused == (None if machine else "no machine stands by at these keys")
            window.do(SetChoice(choice="winner", value="b"))
            after = window.next_snapshot()
            assert (after.machine, after.choices) == (False if machine else None, {"winner": "b"})
            host.stop()
        turning.result(10)
