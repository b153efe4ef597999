"""The console as its user starts it: `engine`, `play` and the window, in a home of its own, sending to the probe.

A stage is a home with a show and a house in it. What the engine says was due is read from its as-run, after its end;
its log says which instant of CLOCK_MONOTONIC the as-run counts from, so that no offset can hide in a figure.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from console.link.client import LinkClient
from console.link.messages import Opened, OpenRefused
from console.record.reading import read_as_run
from console.show.show import Show
from console.vocabulary import Go, GoKeyUp, Request
from tests.bench.hand import Hand
from tests.bench.hand import missing as no_hand
from tests.bench.programs import SOURCES, BenchError, end, start_ready
from tests.bench.shows import (
    ITEM,
    LEAD_S,
    Ports,
    chain_show,
    payload,
    relay_show,
    timed_show,
    trigger_payload,
    write_all,
)
from tests.bench.subjects import ProcessRelay
from tests.support.ports import free_port
from tests.support.showcaller import Showcaller
from tests.support.xvfb import Xvfb

OURS = "Showcaller"
START_S = 30.0
"""How long a show of ten thousand cues may take to open on a busy machine."""

SCREEN_PX = (1920, 1080)
LANES_PX = (420, 290)
"""A place in the timeline's lanes of a window of its first size, in the corner of the screen."""

DRAG_PX = 900

_RUN = re.compile(r"run (\S+) counts from instant (\d+) ns")


class Stage:
    """Files, ports and processes for one show. `close` ends what was started."""

    def __init__(self, directory: Path, show: Show, probe_port: int | None = None) -> None:
        shutil.rmtree(directory, ignore_errors=True)
        self.probe_port = probe_port or free_port()
        self.remote_port = free_port()
        self.home = directory / "home"
        self.link = self.home / "xdg_runtime_dir" / "showcaller" / "engine.sock"
        # Somebody must listen where the cues that are not measured go, or the system answers each with a refusal.
        self._elsewhere = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._elsewhere.bind(("127.0.0.1", 0))
        ports = Ports(self.probe_port, self._elsewhere.getsockname()[1], self.remote_port)
        self.show, self.house = write_all(directory, show, ports)
        profiles = self.home / "xdg_config_home" / "showcaller" / "profiles"
        shutil.copytree(directory / "profiles", profiles)
        for folder in (self.link.parent.parent, self.link.parent):
            folder.mkdir(mode=0o700)
        self.engine = Showcaller(self.home, "engine", self.show, "--venue", self.house, "--socket", self.link)
        self.client: LinkClient | None = None
        self._requests = 0

    def start_engine(self) -> None:
        """Return once the show is open in it."""
        self.engine.start()
        self.attach()

    def attach(self) -> LinkClient:
        """A link that asks and is told nothing, so that the engine has no work by it."""
        if self.client is None:
            self.client = LinkClient.connect(self.link, timeout_s=START_S, name="bench", subscribe=())
            if self.client.welcome.opened is None:
                raise BenchError(self.engine.complaint("no show is open in it"))
        return self.client

    def ask(self, request: Request) -> int:
        """Send a request; the instant just before, CLOCK_MONOTONIC ns."""
        client = self.attach()
        self._requests += 1
        numbered = request.model_copy(update={"id": self._requests})
        now_ns = time.monotonic_ns()
        client.send(numbered)
        return now_ns

    def go(self) -> int:
        """GO, and the key up; the instant of the press."""
        now_ns = self.ask(Go())
        self.ask(GoKeyUp())
        return now_ns

    def open_in(self, house: Path) -> float:
        """Open the show in another house; seconds until the engine says that it is open."""
        client, begun_s = self.attach(), time.monotonic()
        client.send_open(str(self.show), str(house), open_id=1)
        while time.monotonic() - begun_s < START_S:
            for frame in client.receive():
                if isinstance(frame, Opened):
                    return time.monotonic() - begun_s
                if isinstance(frame, OpenRefused):
                    raise BenchError(f"the engine does not open the house: {frame.words}")
            self.engine.pause(0.001)
        raise BenchError(f"the house was not open within {START_S} s")

    def close(self) -> None:
        """End the engine and let go of the ports. Harmless twice."""
        if self.client is not None:
            self.client.close()
            self.client = None
        self.engine.stop()
        self._elsewhere.close()

    def dues(self, as_run: Path | None = None) -> dict[bytes, int]:
        """When each measured payload was due (CLOCK_MONOTONIC ns), after the end of the run."""
        log = self.home / ".local" / "state" / "showcaller" / "log" / "showcaller.log"
        begins = _RUN.findall(log.read_text(encoding="utf-8")) if log.is_file() else []
        if len(begins) != 1:
            raise BenchError(f"{log} tells of {len(begins)} runs, not of one")
        file = as_run or next(self.engine.records.glob("*.asrun"))
        zero_ns = int(begins[0][1])
        return {
            payload(int(row.cue.removeprefix(f"{ITEM}-"))): zero_ns + round(row.due_s * 1e9)
            for row in read_as_run(file)
            if row.cue is not None and row.device == "probe" and row.cue != f"{ITEM}-start"
        }


def resident_mb(pid: int) -> float:
    """Memory of a process that is not swapped out, in MB of a million bytes."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"^VmRSS:\s+(\d+) kB$", status, re.MULTILINE)
    if found is None:
        raise BenchError(f"process {pid} has no memory: it has ended")
    return int(found[1]) * 1024 / 1e6


# ----------------------------------------------------------------------------------------------------------- senders


class PlaySender:
    """`showcaller play`: headless, the passage of the measured cues alone."""

    name = f"{OURS} play"
    silence_ms = int(START_S * 1000)  # the word to go starts the process

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._stage: Stage | None = None
        self._play: Showcaller | None = None

    def start(self, port: int, count: int, period_ns: int) -> None:
        self._stage = stage = Stage(self.directory, timed_show(count, period_ns / 1e9), port)
        until = f"{ITEM}@{LEAD_S + count * period_ns / 1e9 + 0.1:.3f}s"
        words = ("play", stage.show, "--venue", stage.house, "--from", ITEM, "--to", until)
        self._play = Showcaller(stage.home, *words, "--as-run", self._as_run)

    def go(self) -> None:
        if self._play is not None:
            self._play.start()

    def stop(self) -> None:
        play, self._play = self._play, None
        if play is not None and play.process is not None:
            try:
                if play.ended(START_S):
                    raise BenchError(play.complaint("did not play"))
            finally:
                play.stop()
        if self._stage is not None:
            self._stage.close()

    def dues(self) -> Mapping[bytes, int]:
        assert self._stage is not None
        return self._stage.dues(self._as_run)

    @property
    def _as_run(self) -> Path:
        return self.directory / "play.asrun"


class EngineSender:
    """`showcaller engine`, started over the link; `show` makes its show of (count, period_s)."""

    name = f"{OURS} engine"
    silence_ms = 4000

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._stage: Stage | None = None

    def show(self, count: int, period_s: float) -> Show:
        """What it plays."""
        return timed_show(count, period_s)

    def start(self, port: int, count: int, period_ns: int) -> None:
        self._stage = Stage(self.directory, self.show(count, period_ns / 1e9), port)
        self._stage.start_engine()

    @property
    def remote_port(self) -> int:
        """Where it hears remotes, once it is started."""
        assert self._stage is not None
        return self._stage.remote_port

    def go(self) -> None:
        assert self._stage is not None
        self._stage.go()

    def stop(self) -> None:
        if self._stage is not None:
            self._stage.close()

    def dues(self) -> Mapping[bytes, int]:
        assert self._stage is not None
        return self._stage.dues()


class WindowSender(EngineSender):
    """The same with the window attached, repainting, and somebody dragging its timeline to and fro."""

    name = f"{OURS} window"

    def __init__(self, directory: Path) -> None:
        super().__init__(directory)
        self._window: Window | None = None

    def start(self, port: int, count: int, period_ns: int) -> None:
        super().start(port, count, period_ns)
        assert self._stage is not None
        self._window = Window(self._stage).start()
        self._window.drag()

    def stop(self) -> None:
        if self._window is not None:
            self._window.stop()
        super().stop()


class ChainSender(EngineSender):
    """A chain of auto-follows: each cue lasts for the period, and the next follows its end."""

    name = OURS

    def show(self, count: int, period_s: float) -> Show:
        return chain_show(count, period_s)


class ConsoleRelay(ProcessRelay):
    """`showcaller engine` with a cue that an OSC message fires, in a show of ten thousand."""

    payloads = (trigger_payload(),)

    def __init__(self, directory: Path) -> None:
        super().__init__(OURS)
        self.directory = directory
        self._stage: Stage | None = None

    def start(self, out_port: int) -> int:
        self._stage = Stage(self.directory, relay_show(), out_port)
        self._stage.start_engine()
        return self._stage.remote_port

    def stop(self) -> None:
        if self._stage is not None:
            self._stage.close()


# ------------------------------------------------------------------------------------------------------------ window


class WindowProcess(Showcaller):
    """`python -m ui …` on a display."""

    def start(self) -> Self:
        self.spawn("-m", "ui", *self.words, env=self._env)
        return self

    def _log_path(self) -> Path:
        return self.runtime / "window.log"


class Window:
    """The real window on a screen of its own, attached to the engine of a stage, and a hand at it.

    With `words` it is called with those, and finds or starts an engine as it does for its user.
    """

    def __init__(self, stage: Stage, *words: str | Path) -> None:
        self._screen = Xvfb(stage.home.parent / "screen", width_px=SCREEN_PX[0], height_px=SCREEN_PX[1])
        self._stage = stage
        self._words = words
        self._process: WindowProcess | None = None
        self._hand: Hand | None = None
        self._dragging: subprocess.Popen[bytes] | None = None

    @staticmethod
    def missing() -> str | None:
        """Why there can be no window here, or None."""
        return Xvfb.missing() or no_hand()

    def start(self) -> Self:
        """Return once it shows the show and has the keys."""
        try:
            self.start_screen()
            self.open_on_screen()
            self.await_show()
        except BaseException:
            self.stop()
            raise
        return self

    def start_screen(self) -> None:
        """A screen without a window, and the hand before it."""
        if (reason := self.missing()) is not None:
            raise BenchError(reason)
        self._screen.start()
        self._hand = Hand(self._screen.display)

    def open_on_screen(self) -> None:
        """Start the window, and do not wait for it."""
        self._process = WindowProcess(self._stage.home, *self._words, env=self._screen.variables)
        self._process.start()

    def await_show(self) -> None:
        """Until the title names the show; then keys go to the window."""
        window = self.process.until(lambda: self.hand.window_titled("Bench"), "a window with the show", START_S)
        self.hand.focus(window)

    @property
    def process(self) -> WindowProcess:
        """The window's process."""
        assert self._process is not None
        return self._process

    @property
    def hand(self) -> Hand:
        """At its keyboard."""
        assert self._hand is not None
        return self._hand

    def drag(self) -> None:
        """Begin to drag the timeline, from a process of its own."""
        words = (SOURCES / "hand.py", self._screen.display, *LANES_PX, DRAG_PX)
        self._dragging = start_ready([sys.executable, *map(str, words)])

    def stop(self) -> None:
        """End the hand, the window and the screen. Harmless twice."""
        if self._dragging is not None:
            end(self._dragging)
            self._dragging = None
        if self._hand is not None:
            self._hand.close()
            self._hand = None
        if self._process is not None:
            self._process.stop()
        self._screen.stop()
