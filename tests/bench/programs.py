"""The C programs of the bench: compiled where they are run, started, waited for and ended by pid."""

import select
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SOURCES = Path(__file__).parent
READY_WITHIN_S = 10.0


class BenchError(RuntimeError):
    """The bench cannot go on; one line for the person who started it."""


@dataclass(frozen=True)
class Binaries:
    """Where the compiled programs lie."""

    reference: Path
    probe: Path


def compile_all(directory: Path) -> Binaries:
    """Compile both programs into `directory`; BenchError with the compiler's words when that fails."""
    compiler = shutil.which("gcc")
    if compiler is None:
        raise BenchError("gcc is not installed (Debian: gcc, libc6-dev): the bench compares with programs in C")
    built = Binaries(directory / "reference", directory / "probe")
    for binary in (built.reference, built.probe):
        source = SOURCES / f"{binary.name}.c"
        command = [compiler, "-O2", "-Wall", "-Wextra", "-Werror", "-o", str(binary), str(source)]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        if result.returncode:
            raise BenchError(f"{source.name} does not compile: {result.stderr.strip()}")
    return built


def start_ready(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a program and return when it has written "ready"; its standard error is ours."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, bufsize=0)
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], READY_WITHIN_S)
    if not ready or process.stdout.readline() != b"ready\n":
        end(process)
        raise BenchError(f"{command[0]} was not ready within {READY_WITHIN_S} s")
    return process


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program by its pid. Harmless when it is gone."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(3)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(3)
    if process.stdout is not None:
        process.stdout.close()
