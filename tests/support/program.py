"""A real program as a child of the test: a private home, a log of its own, ended by its own pid.

Nothing here waits for luck. `until` asks the program a question again and again, and the pause between two
questions is a wait on the child itself, so that a program that dies is noticed at once and quoted.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self, TypeVar

Answer = TypeVar("Answer")

PAUSE_S = 0.02


class ProgramError(RuntimeError):
    """The program is missing, ended by itself, or did not answer in time; the message quotes its log."""


class Program:
    """Base of the rig's programs. A subclass names its binary and starts it in `start`.

    `runtime` is a directory of its own: it becomes HOME, the XDG directories and TMPDIR of the child, which
    sees PATH and nothing else of the tester's environment.
    """

    binary: ClassVar[str]
    package: ClassVar[str]

    def __init__(self, runtime: Path) -> None:
        self.runtime = runtime
        self.process: subprocess.Popen[bytes] | None = None

    @classmethod
    def missing(cls) -> str | None:
        """Why the program cannot run here, or None where it is installed."""
        if shutil.which(cls.binary):
            return None
        return f"{cls.binary} is not installed (Debian: {cls.package})"

    def start(self) -> Self:
        """Start the program and return once it answers."""
        raise NotImplementedError

    def farewell(self) -> None:
        """Ask the program to end. A subclass whose program has a word for it says that word."""
        self._started().terminate()

    @property
    def pid(self) -> int:
        """The child's process id; ProgramError when it has not been started."""
        return self._started().pid

    @property
    def alive(self) -> bool:
        """True while the child runs."""
        return self.process is not None and self.process.poll() is None

    @property
    def log(self) -> str:
        """What the child has written so far."""
        path = self._log_path()
        return path.read_text(errors="replace") if path.exists() else ""

    def private_env(self) -> dict[str, str]:
        """The child's environment: the path to the binaries, and directories under `runtime`."""
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "LANG": "C.UTF-8",
            "HOME": str(self.runtime),
            "TMPDIR": str(self.runtime),
            **{
                name: str(self._own_directory(name.lower()))
                for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")
            },
        }

    def spawn(
        self,
        *arguments: str,
        env: Mapping[str, str] | None = None,
        piped: bool = False,
        pass_fds: Sequence[int] = (),
    ) -> subprocess.Popen[bytes]:
        """Start the binary. `piped` opens its standard input and output; otherwise it writes to the log.

        The kernel ends the child should this process be killed (`setpriv` executes, so the pid stays).
        """
        if reason := self.missing():
            raise ProgramError(reason)
        self.runtime.mkdir(parents=True, exist_ok=True)
        leash = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
        with self._log_path().open("wb") as log:
            self.process = subprocess.Popen(
                [*leash, self.binary, *arguments],
                env={**self.private_env(), **(env or {})},
                cwd=self.runtime,
                stdin=subprocess.PIPE if piped else subprocess.DEVNULL,
                stdout=subprocess.PIPE if piped else log,
                stderr=log,
                pass_fds=pass_fds,
                bufsize=0,
            )
        return self.process

    def until(self, question: Callable[[], Answer | None], what: str, timeout_s: float = 10.0) -> Answer:
        """Ask until the answer is neither None nor False. ProgramError at the child's end or after `timeout_s`."""
        deadline = time.monotonic() + timeout_s
        while True:
            answer = question()
            if answer is not None and answer is not False:
                return answer
            if time.monotonic() > deadline:
                raise ProgramError(self.complaint(f"not within {timeout_s} s: {what}"))
            self.pause()

    def pause(self, pause_s: float = PAUSE_S) -> None:
        """Wait for the child's end, no longer than `pause_s`; ProgramError if it comes."""
        try:
            code = self._started().wait(pause_s)
        except subprocess.TimeoutExpired:
            return
        raise ProgramError(self.complaint(f"ended by itself with code {code}"))

    def complaint(self, what: str) -> str:
        """One line about this program, with the last words of its log."""
        words = self.log.strip().splitlines()[-5:]
        return f"{self.binary}: {what}" + (f"; its log: {' / '.join(words)}" if words else "")

    def kill(self) -> None:
        """End the child as a crash would; `start` may follow."""
        self._started().kill()
        self._started().wait(5)

    def stop(self) -> None:
        """End the child by its pid: by asking, and after 3 s by killing. Harmless when it is gone."""
        process = self.process
        if process is None:
            return
        for step in (self.farewell, process.kill):
            if process.poll() is None:
                with suppress(OSError):
                    step()
                with suppress(subprocess.TimeoutExpired):
                    process.wait(3)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        self.process = None

    def __enter__(self) -> Self:
        try:
            return self.start()
        except BaseException:
            self.stop()
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _started(self) -> subprocess.Popen[bytes]:
        if self.process is None:
            raise ProgramError(f"{self.binary}: has not been started")
        return self.process

    def _log_path(self) -> Path:
        return self.runtime / f"{self.binary}.log"

    def _own_directory(self, name: str) -> Path:
        path = self.runtime / name
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path
