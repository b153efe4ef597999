"""xjadeo, a real video player: driven by OSC or chasing MTC, read back over its remote and off the screen.

Sources: `xjadeo --osc-doc`, `help` of its stdio remote (-R), and its Debian version 0.8.12. Answers of the
remote are lines `@CODE text`: 1xx done, 2xx `name=value`, 4xx refused, 8xx talk. Its OSC has no reply.
"""

import os
import select
import socket
import time
from pathlib import Path
from typing import ClassVar, Self

from tests.support.film import BAR_PX, BITS, read_number
from tests.support.jackd import JackServer
from tests.support.osc_bytes import osc
from tests.support.ports import free_port
from tests.support.program import Program, ProgramError
from tests.support.xvfb import Xvfb

MTC_PORT = "xjadeo:MTC in"


class Xjadeo(Program):
    """One player showing `film` on `display`. It listens on `osc_port`, and on JACK once `chase_mtc` is called.

    `frame()` is the number it believes in, `shown_frame()` the one a camera before the screen would read.
    """

    binary: ClassVar[str] = "xjadeo"
    package: ClassVar[str] = "xjadeo"

    def __init__(self, runtime: Path, *, display: Xvfb, film: Path, jack: JackServer | None = None) -> None:
        super().__init__(runtime)
        self.display = display
        self.film = film
        self.jack = jack
        self.osc_port = free_port()
        self._sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._unread = b""

    def start(self) -> Self:
        """Start it at frame 0, following nobody; ready when an OSC message has come back over the remote."""
        jack = self.jack.variables if self.jack else {}
        self.spawn(
            "-R", "-J", "-S", "-x", "imlib2", "-d", "jack-midi", "-O", str(self.osc_port), str(self.film),
            env={**self.display.variables, **jack}, piped=True,
        )  # fmt: skip
        self.tell("window pos 0x0")
        self.until(self._osc_arrives, "an OSC ping to be answered on the remote")
        return self

    def farewell(self) -> None:
        self.tell("quit")

    def stop(self) -> None:
        super().stop()
        self._sender.close()

    def send(self, datagram: bytes) -> None:
        """Put these bytes on xjadeo's OSC port."""
        self._sender.sendto(datagram, ("127.0.0.1", self.osc_port))

    def tell(self, command: str) -> None:
        """One line to the remote, without waiting for an answer."""
        stdin = self._started().stdin
        assert stdin is not None
        stdin.write(command.encode() + b"\n")

    def get(self, name: str) -> str:
        """The value the remote gives for `get NAME`, for example position, smpte, frames, offset, syncsource, file."""
        self.tell(f"get {name}")
        deadline = time.monotonic() + 5.0
        while time.monotonic() < deadline:
            code, text = self._next_answer(deadline)
            if code == 2 and "=" in text:
                return text.split("=", 1)[1].split("#")[0].strip()
            if code == 4:
                raise ProgramError(self.complaint(f"refused `get {name}`: {text}"))
        raise ProgramError(self.complaint(f"gave no answer to `get {name}` within 5 s"))

    def frame(self) -> int:
        """The frame it is on."""
        return int(self.get("position"))

    def shown_frame(self) -> int:
        """The frame number burnt into the picture on the screen now."""
        points = [(BAR_PX * bar + BAR_PX // 2, 8) for bar in range(BITS)]
        return read_number([red > 127 for red, _, _ in self.display.pixels(points)])

    def await_frame(self, frame: int, timeout_s: float = 5.0) -> None:
        """Return once both the remote and the picture say `frame`; ProgramError with what they say instead."""
        seen = (-1, -1)

        def arrived() -> bool:
            nonlocal seen
            seen = (self.frame(), self.shown_frame())
            return seen == (frame, frame)

        try:
            self.until(arrived, f"frame {frame}", timeout_s)
        except ProgramError as error:
            raise ProgramError(f"{error}; it is on {seen[0]} and shows {seen[1]}") from None

    def chase_mtc(self) -> str:
        """Follow MTC from now on; returns the JACK port to send it to. Seeks are ignored meanwhile."""
        self.tell("midi connect none")  # a port nobody has: it opens its own and connects to none
        self.until(lambda: self.get("syncsource") == "2", "MTC as its source")
        return MTC_PORT

    def follow_nobody(self) -> None:
        """Drop the MTC source, so that seeks work again."""
        self.tell("midi disconnect")
        self.until(lambda: self.get("syncsource") == "0", "no source")

    def _osc_arrives(self) -> bool:
        self.send(osc("/jadeo/cmd", "ping"))
        deadline = time.monotonic() + 0.2
        while time.monotonic() < deadline:
            if self._next_answer(deadline)[1] == "pong.":
                return True
        return False

    def _next_answer(self, deadline: float) -> tuple[int, str]:
        """(hundreds of the code, text) of the next line, or (0, "") at the deadline."""
        stdout = self._started().stdout
        assert stdout is not None
        while b"\n" not in self._unread:
            ready, _, _ = select.select([stdout], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                return 0, ""
            piece = os.read(stdout.fileno(), 4096)
            if not piece:
                raise ProgramError(self.complaint("closed its remote"))
            self._unread += piece
        line, self._unread = self._unread.split(b"\n", 1)
        code, _, text = line.decode(errors="replace").removeprefix("@").partition(" ")
        return (int(code[0]), text) if code.isdigit() else (8, line.decode(errors="replace"))
