"""Makes a bare Debian machine ready to run or to test Showcaller; needs nothing but python3.

    python3 .ci/setup.py run|test

Debian's packages are installed when we are root; otherwise the line to type is printed. Python's packages go into
.venv, exactly those of requirements.lock, checked by their hashes. What has not changed since last time is skipped.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PIP = VENV / "bin" / "pip"
LOCK = ROOT / "requirements.lock"
OLDEST_PYTHON = (3, 11)
FIRST_PYTHON_WITHOUT_MIDI_WHEEL = (3, 13)

WINDOW = [
    "libdbus-1-3", "libegl1", "libfontconfig1", "libgl1", "libglib2.0-0", "libx11-xcb1", "libxcb-cursor0",
    "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-render-util0", "libxcb-shape0", "libxcb-xkb1",
    "libxkbcommon-x11-0", "libxkbcommon0",
]  # fmt: skip
MIDI = ["libasound2"]
MIDI_FROM_SOURCE = ["g++", "gcc", "libasound2-dev", "libjack-jackd2-dev", "pkg-config", "python3-dev"]
PEERS = [
    "gcc", "git", "jack-tools", "jackd2", "libc6-dev", "liblo-tools", "qlcplus", "supercollider-server", "xauth",
    "xjadeo", "xvfb",
]  # fmt: skip


def main(purpose: str) -> None:
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(f"set-up: this is Python {sys.version.split()[0]}; install 3.11 or newer, or: make PYTHON=python3.11")
    os.chdir(ROOT)
    install_debian_packages(needed_debian_packages(purpose))
    if not is_venv_whole():
        say("making .venv")
        do(sys.executable, "-m", "venv", "--clear", str(VENV))
    if not LOCK.exists():
        sys.exit("set-up: requirements.lock is missing; fetch it again: git checkout requirements.lock")
    python = str(PYTHON)
    pip = [python, "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--quiet"]
    if os.geteuid() == 0:
        pip.append("--root-user-action=ignore")
    # The place is part of the stamp: a venv that was moved or copied points to where it was made.
    place = f"{ROOT} {sys.version}".encode()
    with_stamp(
        "packages",
        LOCK.read_bytes() + place,
        "installing the packages of requirements.lock (about 250 MB the first time)",
        [*pip, "--require-hashes", "-r", str(LOCK)],
    )
    with_stamp(
        "project",
        LOCK.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + place,
        "installing showcaller itself, editable",
        [*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)],
    )


def needed_debian_packages(purpose: str) -> "list[str]":
    packages = [*WINDOW, *MIDI]
    if sys.version_info >= FIRST_PYTHON_WITHOUT_MIDI_WHEEL:
        packages += MIDI_FROM_SOURCE
    if purpose == "test":
        packages += PEERS
    if not is_venv_whole() and importlib.util.find_spec("ensurepip") is None:
        packages.append("python3-venv")
    return sorted(set(packages))


def is_venv_whole() -> bool:
    """Whether .venv has a Python that exists and a pip; one without was broken off while it was made."""
    return PYTHON.exists() and PIP.exists()


def install_debian_packages(packages: "list[str]") -> None:
    """Install what is missing, or print the line that does and stop. Elsewhere than on Debian there is no asking."""
    if shutil.which("dpkg-query") is None:
        return
    listing = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\n"], capture_output=True, text=True, check=True
    ).stdout
    missing = missing_of(packages, listing)
    if not missing:
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        sys.exit("set-up: Debian packages are missing; type this, then try again:\n  sudo " + " ".join(install))
    say("installing Debian packages: " + " ".join(missing))
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    do("apt-get", "update")
    do(*install)


def missing_of(packages: "list[str]", listing: str) -> "list[str]":
    """Those of `packages` that `listing`, a "status name" a line, does not have installed.

    Newer Debian and Ubuntu name some libraries with t64 at the end; apt takes the old name for them.
    """
    there = set(listing.splitlines())
    return [p for p in packages if not there & {f"installed {p}", f"installed {p}t64"}]


def with_stamp(name: str, content: bytes, what: str, command: "list[str]") -> None:
    """Run `command` unless it already ran to its end for this very content."""
    stamp = VENV / f".set-up-{name}"
    digest = hashlib.sha256(content).hexdigest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    say(what)
    do(*command)
    stamp.write_text(digest)


def do(*command: str) -> None:
    """Run `command`; what it says is shown only where it fails."""
    outcome = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if outcome.returncode:
        sys.exit(f"{outcome.stdout}\nset-up: this ended with {outcome.returncode}, see above: {' '.join(command)}")


def say(text: str) -> None:
    print(f"set-up: {text}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:] not in (["run"], ["test"]):
        sys.exit("usage: python3 .ci/setup.py run|test")
    main(sys.argv[1])
