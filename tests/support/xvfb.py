"""A display of our own without a screen, whose pixels a test can read."""

import os
import select
import struct
from pathlib import Path
from typing import ClassVar, Self

from tests.support.program import Program, ProgramError


class Xvfb(Program):
    """An X server on a display number it finds itself; no TCP. Its frame buffer is a file under `runtime`."""

    binary: ClassVar[str] = "Xvfb"
    package: ClassVar[str] = "xvfb"

    def __init__(self, runtime: Path, *, width_px: int = 640, height_px: int = 480) -> None:
        super().__init__(runtime)
        self.geometry = f"{width_px}x{height_px}x24"
        self.display = ""

    def start(self) -> Self:
        """Start it; the server itself writes its number into our pipe when it accepts clients."""
        reader, writer = os.pipe()
        try:
            self.spawn(
                "-displayfd", str(writer), "-screen", "0", self.geometry, "-fbdir", str(self.runtime),
                "-nolisten", "tcp", "-noreset", pass_fds=[writer],
            )  # fmt: skip
            os.close(writer)
            number = b""
            while not number.endswith(b"\n"):  # number and newline are two writes, and the first may come alone
                if not select.select([reader], [], [], 15.0)[0]:
                    raise ProgramError(self.complaint("gave no display number within 15 s"))
                piece = os.read(reader, 16)
                if not piece:
                    raise ProgramError(self.complaint("ended before it had a display"))
                number += piece
        finally:
            os.close(reader)
        self.display = f":{number.decode().strip()}"
        return self

    @property
    def variables(self) -> dict[str, str]:
        """What a client needs in its environment to find this display."""
        return {"DISPLAY": self.display}

    def pixels(self, points: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
        """Red, green, blue (0..255) at (x, y) of the screen now, from the XWD file Xvfb maps (X11/XWDFile.h)."""
        self.pause(0)  # an ended server has taken its frame buffer away: let it say that it ended
        with (self.runtime / "Xvfb_screen0").open("rb") as screen:
            header = struct.unpack(">25I", screen.read(100))
            header_bytes, bits, line_bytes, colours = header[0], header[11], header[12], header[19]
            found = []
            for x, y in points:
                screen.seek(header_bytes + colours * 12 + y * line_bytes + x * bits // 8)
                blue, green, red, _ = screen.read(4)
                found.append((red, green, blue))
        return found
