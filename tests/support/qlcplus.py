"""QLC+, a real lighting desk: told by OSC, read back over its WebSocket and by the DMX it sends out as OSC.

Sources: QLC+ 4.12 `--help`, webaccess/src/webaccess.cpp ("QLC+API"), devices.md 5.8. It runs with Qt's
offscreen platform, so it needs no display. Its OSC sockets are bound to 127.0.0.1; its web access, which
cannot be, listens on a free port.
"""

import socket
import time
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Self

from tests.support.osc_bytes import parse
from tests.support.ports import free_port
from tests.support.program import Program, ProgramError
from tests.support.qlcplus_workspace import Widget, workspace
from tests.support.websocket import WebSocket


class Qlcplus(Program):
    """One desk with `dimmers` DMX channels and a virtual console of `widgets`, in operate mode.

    `port` takes OSC. `dmx` is the socket its DMX changes arrive at, one OSC message per changed channel, unless
    `dmx_port` names someone else's.
    """

    binary: ClassVar[str] = "qlcplus"
    package: ClassVar[str] = "qlcplus"

    def __init__(self, runtime: Path, widgets: list[Widget], *, dimmers: int = 24, dmx_port: int | None = None) -> None:
        super().__init__(runtime)
        self.widgets = widgets
        self.dimmers = dimmers
        self.port = free_port()
        self.web_port = free_port(socket.SOCK_STREAM)
        self.dmx = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.dmx.bind(("127.0.0.1", 0))
        self.dmx_port = dmx_port or self.dmx.getsockname()[1]
        self._sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._web: WebSocket | None = None

    def start(self) -> Self:
        """Start it; ready when the WebSocket lists every widget of the workspace."""
        self.runtime.mkdir(parents=True, exist_ok=True)
        file = self.runtime / "rig.qxw"
        file.write_text(workspace(self.widgets, dimmers=self.dimmers, input_port=self.port, output_port=self.dmx_port))
        self.spawn(
            "-o", str(file), "-p", "-m", "-n", "-w", "-wp", str(self.web_port),
            env={"QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip
        self._web = self.until(self._connected, "its web access", 30.0)
        self.until(lambda: self.asked("getWidgetsNumber") == [str(len(self.widgets))], "the workspace", 30.0)
        return self

    def stop(self) -> None:
        if self._web is not None:
            self._web.close()
        super().stop()
        self.dmx.close()
        self._sender.close()

    def send(self, datagram: bytes) -> None:
        """Put these bytes on its OSC port."""
        self._sender.sendto(datagram, ("127.0.0.1", self.port))

    def asked(self, call: str, *arguments: int) -> list[str]:
        """The fields QLC+ answers to `QLC+API|call|arguments`."""
        if self._web is None:
            raise ProgramError(f"{self.binary}: has not been started")
        self._web.send("|".join(["QLC+API", call, *map(str, arguments)]))
        deadline = time.monotonic() + 5.0
        while time.monotonic() < deadline:  # it also tells of widgets and functions unasked, and pings
            head, *rest = self._web.receive().split("|")
            if head == "QLC+API" and rest[0] == call:
                return rest[1:]
        raise ProgramError(self.complaint(f"gave no answer to {call} within 5 s"))

    def levels(self, first: int = 1, count: int | None = None) -> list[int]:
        """The DMX levels 0..255 of `count` channels (all dimmers when None) from channel `first` (1 = first)."""
        fields = self.asked("getChannelsValues", 1, first, self.dimmers if count is None else count)
        return [int(level) for level in fields[1::3]]

    def await_levels(self, wanted: Mapping[int, int], timeout_s: float = 5.0) -> None:
        """Return once these channels (from 1) stand at these levels; ProgramError with what they are instead."""
        seen: dict[int, int] = {}

        def arrived() -> bool:
            levels = self.levels()
            seen.update({channel: levels[channel - 1] for channel in wanted})
            return seen == dict(wanted)

        try:
            self.until(arrived, f"the levels {dict(wanted)}", timeout_s)
        except ProgramError as error:
            raise ProgramError(f"{error}; they are {seen}") from None

    def next_dmx(self, timeout_s: float = 2.0) -> tuple[int, float]:
        """(channel from 1, level 0..1) of the next DMX change it sends; TimeoutError when there is none."""
        self.dmx.settimeout(timeout_s)
        address, arguments = parse(self.dmx.recv(1024))
        return int(address.rsplit("/", 1)[1]) + 1, float(arguments[0])

    def _connected(self) -> WebSocket | None:
        try:
            return WebSocket(self.web_port, "/qlcplusWS")
        except OSError:
            return None
