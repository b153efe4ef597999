"""The sample show in both houses over real sockets: every cue is fired by hand, and every ghost understands its device.

The houses are copies: who has a network address is reached at its ghost on loopback, over the transport of the house;
MIDI devices are ghosts in memory, so that no MIDI system is needed.
"""

import re
import select
import socket
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from console.samples.library import sample_path
from console.show.show_file import read_show
from console.vocabulary import Answered, Fire, LedgerRow
from devices.ghosts.core import GhostCore
from devices.ghosts.house import GhostHouse
from profiles.device_setup import DeviceSetup, device_to_setup
from profiles.library import load_profile
from profiles.venue_library import read_venue
from tests.support.ports import free_port
from tests.support.showcaller import REPO, EngineChild, Window

BATCH = 20
MIDI_GHOSTS = {"camera-cards", "foh", "automation", "flys", "pyro"}


def on_loopback(venue_id: str) -> str:
    """The house's TOML, each network device on loopback at a free port, each MIDI device a ghost, no timecode out."""
    text = (REPO / "profiles" / "venues" / f"{venue_id}.toml").read_text(encoding="utf-8")
    text = re.sub(r"\[\[timecode\.out\]\](\n.+)+\n", "", text)
    text = re.sub(r"\nport = 53100\n", f"\nport = {free_port()}\n", text)
    head, *blocks = text.split("[[devices]]\n")
    blocks[-1], *tail = re.split(r"(?=\n# -{20})", blocks[-1], maxsplit=1)
    return "[[devices]]\n".join([head, *map(_block_on_loopback, blocks)]) + "".join(tail)


def _block_on_loopback(block: str) -> str:
    if "midi_port" in block:
        return f'mode = "ghost"\n{block}'
    block = re.sub(r'host = ".*"', 'host = "127.0.0.1"', block)
    return re.sub(r"(?m)^((?:reply_)?port) = \d+", lambda found: f"{found[1]} = {_free_for_both()}", block)


def _free_for_both() -> int:
    """A port that is free for datagrams and for connections."""
    while True:
        port = free_port()
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def setups_on_sockets(text: str) -> list[DeviceSetup]:
    """The devices that are reached by sockets, each with its ghost where the device would be."""
    venue, problems = read_venue(text, "copy")
    assert venue is not None, problems
    setups = []
    for device in venue.devices:
        if device.mode == "live":
            profile, _ = load_profile(device.profile)
            assert profile is not None
            setup, found = device_to_setup(device.model_copy(update={"sim_port": device.port}), profile)
            assert setup is not None, found
            setups.append(setup)
    return setups


@contextmanager
def served(setups: list[DeviceSetup]) -> Iterator[GhostHouse]:
    """The ghosts, served by a thread of their own."""
    house = GhostHouse(setups)
    near, far = socket.socketpair()

    def serve() -> None:
        ended = False
        while not ended:
            wake_ns = house.wake_at_ns()
            timeout_s = None if wake_ns is None else max(0.0, (wake_ns - time.monotonic_ns()) / 1e9)
            readable, _, _ = select.select([near, *house.descriptors()], [], [], timeout_s)
            house.service(time.monotonic_ns())
            ended = near in readable

    with near, far, ThreadPoolExecutor(1) as pool:
        serving = pool.submit(serve)
        try:
            yield house
        finally:
            far.send(b"\0")
            serving.result(10)
            house.close()


def fire_all(window: Window, cues: list[str]) -> None:
    """Every cue by hand, a few at a time, so that no device's queue runs over."""
    for first in range(0, len(cues), BATCH):
        for number, cue in enumerate(cues[first : first + BATCH], first + 1000):
            window.client.send(Fire(id=number, cue=cue))
        last = min(first + BATCH, len(cues)) + 999
        window.until(lambda last=last: window.said(Answered, request=last), "the answers of a batch")


@pytest.mark.parametrize("venue", ["halcyon-dome", "gaslight-exchange"])
def test_every_cue_of_the_sample_show_is_understood_at_the_other_end(venue: str, tmp_path: Path) -> None:
    show = read_show(sample_path("half-light")).show
    text = on_loopback(venue)
    (tmp_path / "house.toml").write_text(text, encoding="utf-8")
    with served(setups_on_sockets(text)) as house, EngineChild(tmp_path / "home") as engine:
        window = engine.attach()
        assert window.open("half-light", tmp_path / "house.toml") is None
        fire_all(window, [cue.id for cue in show.cues if not cue.starts_item])
        fired = {cue.id for cue in show.cues if not cue.starts_item}
        # What a slow device keeps waiting has its row when it has left.
        window.until(lambda: {row.cue for row in window.said(LedgerRow)} == fired, "a row for every cue")
        rows = window.said(LedgerRow)
        assert {row.outcome.partition(":")[0] for row in rows} <= {"sent", "inhibited", "skipped", "thinned"}
        assert {row.role for row in rows if row.outcome.startswith("inhibited")} <= {"sfx.pyro", "stage.automation"}
        sent = Counter(row.device for row in rows if row.sent_s is not None)
        exact = {name: sent[name] for name, ghost in house.ghosts.items() if not is_paced(ghost.core)}
        assert sum(exact.values()) > 200
        window.until(lambda: heard_by(house, exact) == exact, f"the ghosts to have heard {exact}")
        for name, ghost in house.ghosts.items():
            assert not ghost.core.strange, name
            assert bool(ghost.core.heard) == bool(sent[name]), name  # of what a slow device waits for, the newest
        can_answer = {name for name, ghost in house.ghosts.items() if ghost.core.profile.health is not None}
        assert len(can_answer) > 5
        window.until(lambda: can_answer <= good_lamps(window), f"good lamps for {can_answer}")
        assert good_lamps(window) <= can_answer | MIDI_GHOSTS, "nothing turns green by being sent to"


def good_lamps(window: Window) -> set[str]:
    """The devices whose lamp is good now."""
    return {device.device for device in window.next_snapshot().devices if device.severity == "good"}


def is_paced(ghost: GhostCore) -> bool:
    """True where its device bears so much at a time that newer values take the place of older ones."""
    return ghost.profile.limits.messages_per_s is not None or ghost.profile.flags.one_at_a_time


def heard_by(house: GhostHouse, names: Iterable[str]) -> dict[str, int]:
    """How many commands each ghost has understood so far."""
    return {name: len(house.ghosts[name].core.heard) for name in names}
