"""Where an engine is found: a socket file in a directory that is the user's alone.

Where the system has no ``AF_UNIX``, a small file of the same name holds a loopback port and the token to show there.
A socket file left by an engine that was killed is replaced; one that is answered is not.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import stat
import warnings
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import IO, Final

import platformdirs

fcntl: ModuleType | None
try:
    import fcntl
except ImportError:  # no such thing on Windows: there the answer of a port decides alone
    fcntl = None

HAS_UNIX: Final = hasattr(socket, "AF_UNIX")
LONGEST_PATH: Final = 107
"""Bytes of a socket's path that the kernel takes."""


class LinkError(ConnectionError):
    """The link cannot be made or has ended. One line: what, where, what to do."""


def default_path() -> Path:
    """Where the engine of this user listens unless told otherwise."""
    with warnings.catch_warnings():  # that there is no XDG_RUNTIME_DIR is nothing an operator could act on
        warnings.simplefilter("ignore")
        return platformdirs.user_runtime_path("showcaller") / "engine.sock"


class Doorway:
    """The engine's end: a listening socket that does not block, at a path that is ours while it stands."""

    def __init__(self, path: Path, *, tcp: bool = not HAS_UNIX, token: str = "") -> None:
        """``token``: what windows must show; over TCP one is drawn where none is given. Raises :class:`LinkError`."""
        self.path = path
        self.token = token or (secrets.token_hex(16) if tcp else "")
        _make_private(path.parent)
        self._lock = _take_lock(path)
        try:
            _clear(path)
            self.socket = self._listen_tcp() if tcp else self._listen_unix()
        except BaseException:
            self._unlock()
            raise
        self.socket.setblocking(False)

    def close(self) -> None:
        """Stop listening and take the file away."""
        self.socket.close()
        self.path.unlink(missing_ok=True)
        self._unlock()

    def _listen_unix(self) -> socket.socket:
        if len(os.fsencode(self.path)) > LONGEST_PATH:
            raise LinkError(f"{self.path}: a socket's path takes {LONGEST_PATH} bytes; choose a shorter one")
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            listening.bind(str(self.path))
            self.path.chmod(0o600)
            listening.listen()
        except OSError as error:
            listening.close()
            raise LinkError(f"{self.path}: cannot listen there ({error.strerror})") from error
        return listening

    def _listen_tcp(self) -> socket.socket:
        listening = socket.create_server(("127.0.0.1", 0))
        card = json.dumps({"port": listening.getsockname()[1], "token": self.token})
        self.path.touch(mode=0o600, exist_ok=False)
        self.path.write_text(card, encoding="utf-8")
        return listening

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.close()


def dial(path: Path, timeout_s: float) -> tuple[socket.socket, str]:
    """A connected socket and the token its card asks for ("" where there is none). Raises :class:`OSError`."""
    if HAS_UNIX and stat.S_ISSOCK(path.stat().st_mode):
        dialled = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        dialled.settimeout(timeout_s)
        try:
            dialled.connect(str(path))
        except OSError:
            dialled.close()
            raise
        return dialled, ""
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
        port, token = int(card["port"]), str(card["token"])
    except (ValueError, KeyError, TypeError) as error:
        raise LinkError(f"{path} is neither a socket nor an engine's card: give the path the engine printed") from error
    return socket.create_connection(("127.0.0.1", port), timeout_s), token


def _make_private(directory: Path) -> None:
    """The directory exists, is ours, and nobody else may look into it."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    if hasattr(os, "geteuid"):
        found = directory.stat()
        if found.st_uid != os.geteuid() or found.st_mode & 0o077:
            raise LinkError(f"{directory} is open to other users: give a directory of your own with mode 0700")


def _take_lock(path: Path) -> IO[bytes] | None:
    """Held while the engine stands, so that of two that start at once one is refused."""
    if fcntl is None:
        return None
    lock = path.with_name(path.name + ".lock").open("ab")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        raise LinkError(f"{path}: another engine listens there; attach to it or end it first") from error
    return lock


def _clear(path: Path) -> None:
    """Take away what an engine that was killed left behind."""
    with suppress(FileNotFoundError, ConnectionRefusedError, TimeoutError):
        dialled, _ = dial(path, 1.0)
        dialled.close()
        raise LinkError(f"{path}: another engine listens there; attach to it or end it first")
    path.unlink(missing_ok=True)
