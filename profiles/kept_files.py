"""Files of the user's that are saved over and over: exchanged in one step, ten earlier ones kept.

Beside ``half-light.json`` stands ``.half-light.json.earlier/`` with ``000041.json`` and so on, the highest the newest:
numbers, not times, since a clock may be set back. Source: design chapter 8.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

EARLIER_KEPT: Final = 10


def save_text(path: Path, text: str, refuse: Callable[[Path, bytes], None] = lambda _path, _standing: None) -> bool:
    """Save a text. Returns False where the file holds these very bytes already and is left alone.

    A crash at any moment leaves the old file or the new one, whole. The old one becomes an earlier save. ``refuse`` is
    given what stands there, and raises where it must not be replaced. Raises OSError where the disk refuses.
    """
    content = text.encode()
    path = path.resolve()  # a link stays a link: what it points at is exchanged
    standing = path.read_bytes() if path.exists() else None
    if standing == content:
        return False
    if standing is not None:
        refuse(path, standing)
        _keep_earlier(path)
    _exchange(path, content)
    return True


def list_earlier(path: Path) -> tuple[Path, ...]:
    """Earlier saves of a file, newest first."""
    path = path.resolve()
    folder = _earlier_folder(path)
    found = (each for each in folder.glob(f"*{path.suffix}") if each.stem.isdigit())
    return tuple(sorted(found, key=_save_number, reverse=True))


def reason_words(error: OSError) -> str:
    """Why the disk refuses, in small letters."""
    return (error.strerror or type(error).__name__).lower()


def _exchange(path: Path, content: bytes) -> None:
    """Put the bytes in the file's place in one step that a power cut cannot halve."""
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _keep_earlier(path: Path) -> None:
    """Give the standing file a second name among the earlier ones; the oldest beyond ten go."""
    folder = _earlier_folder(path)
    folder.mkdir(exist_ok=True)
    earlier = list_earlier(path)
    number = _save_number(earlier[0]) + 1 if earlier else 1
    kept = folder / f"{number:06}{path.suffix}"
    try:
        os.link(path, kept)
    except OSError:  # a file system without hard links
        shutil.copy2(path, kept)
    _sync_folder(folder)
    for old in earlier[EARLIER_KEPT - 1 :]:
        old.unlink(missing_ok=True)


def _earlier_folder(path: Path) -> Path:
    return path.with_name(f".{path.name}.earlier")


def _save_number(path: Path) -> int:
    return int(path.stem)


def _sync_folder(folder: Path) -> None:
    """A rename lasts once its folder is on the disk; not every file system lets a folder be synced."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
