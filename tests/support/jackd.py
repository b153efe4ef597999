"""A private dummy jackd for tests: started under its own name, ended by its own pid.

`jackd -r` needs no real-time rights; without `-S` MIDI is lost or doubled. MIDI passes on the grid of one
period (128 frames at 48 kHz: 2.67 ms). Close every port of this process before `stop()`: closing a JACK
port after its server went away is a segmentation fault.
"""

import io
import os
import re
import shutil
import signal
import struct
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  where jackd keeps it on Linux
PLACES_TAKEN = 255  # how jackd ends where eight others run, or seem to
REASON_MISSING = "jackd or jack_lsp is not installed (Debian: jackd2, jack-tools)"


def jack_missing() -> bool:
    """True where the programs a rig needs are not installed: skip with REASON_MISSING."""
    return shutil.which("jackd") is None or shutil.which("jack_lsp") is None


def names_of_the_dead() -> list[str]:
    """Servers of ours in JACK's list whose process is gone: each entry is a pid and `jack-UID:NAME:`."""
    registry = SHARED_MEMORY / "jack-shm-registry"
    entries = re.finditer(rb"(.{4})jack-\d+:(sc-\w+):", registry.read_bytes()[:4096], re.DOTALL)
    return [entry[2].decode() for entry in entries if not Path(f"/proc/{struct.unpack('=i', entry[1])[0]}").exists()]


class JackServer:
    """One dummy server. `env` is what a client process needs to find it, and no other.

    Use as a context manager, or `start()` and `stop()`. In-process clients (python-rtmidi reads the
    environment when it opens a client) need `with server.entered():` around the opening.
    """

    def __init__(self, name: str | None = None, *, period_frames: int = 128) -> None:
        self.name = name or f"sc-{uuid.uuid4().hex[:10]}"
        self.period_frames = period_frames
        self.process: subprocess.Popen[bytes] | None = None
        self._log: IO[bytes] = io.BytesIO()
        self._killed = False

    @property
    def variables(self) -> dict[str, str]:
        """The environment variables alone, to add to an environment; the last is the product's own."""
        return {
            "JACK_DEFAULT_SERVER": self.name,
            "JACK_NO_START_SERVER": "1",
            "JACK_NO_AUDIO_RESERVATION": "1",
            "SHOWCALLER_MIDI": "jack",
        }

    @property
    def env(self) -> dict[str, str]:
        """A whole environment for a child process."""
        return {**os.environ, **self.variables}

    @property
    def pid(self) -> int:
        return self._process().pid

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Point this process at the server; what stood in os.environ before comes back at the end."""
        before = {key: os.environ.get(key) for key in self.variables}
        os.environ.update(self.variables)
        try:
            yield
        finally:
            for key, value in before.items():
                if value is None:
                    os.environ.pop(key, None)
                else:
                    os.environ[key] = value

    def start(self, timeout_s: float = 60.0) -> Self:
        """Start and wait until a client can connect. RuntimeError with jackd's own words when it cannot.

        JACK has room for eight servers: where all places are taken, those of the dead are given back, and else it
        waits for one.
        """
        deadline = time.monotonic() + timeout_s
        self._spawn()
        while not self.answers():
            with suppress(subprocess.TimeoutExpired):
                code = self._process().wait(0.05)
                if code != PLACES_TAKEN or time.monotonic() > deadline:
                    raise RuntimeError(f"jackd {self.name} ended with code {code} before it was ready: {self._words()}")
                self._log.close()
                for name in names_of_the_dead():
                    JackServer(name).give_place_back()
                self._spawn()
            if time.monotonic() > deadline:
                words = self._words()
                self.stop()
                raise RuntimeError(f"jackd {self.name} was not ready within {timeout_s} s: {words}")
        return self

    def _spawn(self) -> None:
        # The kernel ends the server should this process be killed.
        leash = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
        command = f"jackd -r -S -n {self.name} -d dummy -r 48000 -p {self.period_frames}".split()
        self._killed = False
        self._log = tempfile.TemporaryFile()  # noqa: SIM115  open as long as the server writes to it
        self.process = subprocess.Popen(
            [*leash, *command], env=self.env, stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log
        )

    def answers(self) -> bool:
        """True when a client can connect now."""
        probe = subprocess.run(["jack_lsp"], env=self.env, capture_output=True, timeout=10, check=False)
        return probe.returncode == 0

    def ports(self) -> list[str]:
        """The names of all ports of the server, as `client:port`."""
        listing = subprocess.run(["jack_lsp"], env=self.env, capture_output=True, text=True, timeout=10, check=True)
        return listing.stdout.split("\n")[:-1]

    def stop(self) -> None:
        """End this server by its own pid. Harmless twice."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()
            self.process = None
            self._log.close()
        if self._killed:
            self.give_place_back()
        self._unlink_left()

    def give_place_back(self) -> None:
        """A server that was killed keeps its place; only one of its name that ends in peace gives it back."""
        self._spawn()
        process = self._process()
        deadline = time.monotonic() + 10
        while not self.answers() and process.poll() is None and time.monotonic() < deadline:
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        self.process = None
        self._log.close()
        self._unlink_left()

    def kill(self) -> None:
        """End this server without giving it the time to say good-bye. `start` or `stop` must follow."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(5)
            self.process = None
            self._killed = True
            self._log.close()

    def freeze(self) -> None:
        """Let this server stand still, as `-S` does when a client is killed; `thaw` must follow."""
        os.kill(self.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        os.kill(self.pid, signal.SIGCONT)

    def _unlink_left(self) -> None:
        """Semaphores of clients that outlived their server."""
        for left in SHARED_MEMORY.glob(f"jack*_{self.name}_*"):
            left.unlink(missing_ok=True)

    def _process(self) -> subprocess.Popen[bytes]:
        if self.process is None:
            raise RuntimeError(f"jackd {self.name} has not been started")
        return self.process

    def _words(self) -> str:
        """The last of what the server wrote."""
        self._log.seek(0)
        return " / ".join(self._log.read().decode(errors="replace").split("\n")[-6:])

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
