"""A MIDI box that is a program of its own: it has ports under its name, and prints what it hears."""

from __future__ import annotations

import os
import select
import sys
from pathlib import Path
from typing import ClassVar, Self

from tests.support.jackd import JackServer
from tests.support.midi_box import MidiBox
from tests.support.program import Program
from tests.support.tree import ROOT

LOOK_S = 0.005


class MidiChild(Program):
    """Listens on the JACK port `NAME:in`. `end` pulls its plug, `start` puts it in again, with nothing heard.

    Never kill it: a synchronous jackd then stands still for five seconds, and every test that shares it.
    """

    binary: ClassVar[str] = sys.executable
    package: ClassVar[str] = "python3"

    def __init__(self, runtime: Path, server: JackServer, name: str) -> None:
        super().__init__(runtime)
        self._server, self._name = server, name
        self._printed = b""

    def start(self) -> Self:
        """Start it, and wait until its ports are there."""
        self._printed = b""
        env = {"PYTHONPATH": str(ROOT), **self._server.variables}
        process = self.spawn("-m", "tests.support.midi_child", self._name, env=env, piped=True)
        assert process.stdout is not None
        os.set_blocking(process.stdout.fileno(), False)
        self.until(lambda: b"\n" in self._read(), "its ports to be there", timeout_s=60.0)
        return self

    def farewell(self) -> None:
        stdin = self._started().stdin
        assert stdin is not None
        stdin.close()

    def end(self) -> None:
        """End it in peace."""
        self.farewell()
        self._started().wait(20)
        self.stop()

    def heard(self) -> list[bytes]:
        """Every message since it was started, oldest first."""
        _, *lines = self._read().decode().splitlines(keepends=True)
        return [bytes.fromhex(line) for line in lines if line.endswith("\n")]

    def _read(self) -> bytes:
        stdout = self._started().stdout
        assert stdout is not None
        self._printed += stdout.read() or b""
        return self._printed

    def _log_path(self) -> Path:
        return self.runtime / "midi-child.log"


def main(name: str) -> None:
    """Print a line when the ports are there, then one a message, until standard input ends."""
    box = MidiBox(name)
    sys.stdout.write("here\n")
    while not select.select([sys.stdin], [], [], LOOK_S)[0]:
        for message in box.waiting():
            sys.stdout.write(f"{message.hex()}\n")
        sys.stdout.flush()
    box.close()


if __name__ == "__main__":
    main(sys.argv[1])
