"""Show files on disk: read, saved atomically, ten earlier ones kept.

Beside ``half-light.json`` stands ``.half-light.json.earlier/`` with ``000041.json`` and so on, the highest the newest:
numbers, not times, since a clock may be set back. An earlier save is a plain show file and opens like any other.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import stat
from dataclasses import replace
from pathlib import Path

from console.show.show import SCHEMA_VERSION, Show
from console.show.show_json import Loaded, ShowFileError, json_to_show, show_to_json
from console.show.upgrades import SchemaVersionError, version_of
from profiles.problems import Problem
from profiles.text_files import UnreadableError, read_text

SUFFIX = ".json"
EARLIER_KEPT = 10


def read_show(path: Path) -> Loaded:
    """Read a show file. Raises :class:`ShowFileError`: one line with file, place and remedy, every fault in it."""
    try:
        return json_to_show(read_text(path, SUFFIX), str(path))
    except UnreadableError as error:
        code = "show.file.missing" if error.gone else "show.file.unreadable"
        raise ShowFileError.of(code, str(path), error.message, error.remedy) from None
    except ShowFileError as error:
        raise ShowFileError(_or_earlier(path, error.problems)) from None


def _or_earlier(path: Path, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Where the file was saved before, the last good save is a remedy too."""
    earlier = list_earlier(path)
    if not earlier:
        return problems
    first = replace(problems[0], remedy=f"{problems[0].remedy}, or open the save before it, {earlier[0]}")
    return first, *problems[1:]


def write_show(path: Path, show: Show) -> bool:
    """Save a show. Returns False where the file holds these very bytes already and is left alone.

    A crash at any moment leaves the old file or the new one, whole. The old one becomes an earlier save.
    Raises :class:`ShowFileError` where the disk refuses, or where the file is of a newer Showcaller.
    """
    content = show_to_json(show).encode()
    try:
        path = path.resolve()  # a link stays a link: what it points at is exchanged
        standing = path.read_bytes() if path.exists() else None
        if standing == content:
            return False
        if standing is not None:
            _refuse_newer(path, standing)
            _keep_earlier(path)
        _exchange(path, content)
    except OSError as error:
        raise ShowFileError.of(
            "show.file.unwritable", str(path), f"cannot be saved, {_reason(error)}", "save elsewhere"
        ) from None
    return True


def list_earlier(path: Path) -> tuple[Path, ...]:
    """Earlier saves of a show file, newest first."""
    folder = _earlier_folder(path.resolve())
    return tuple(
        sorted((each for each in folder.glob("*.json") if each.stem.isdigit()), key=_save_number, reverse=True)
    )


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
    kept = folder / f"{number:06}.json"
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


def _refuse_newer(path: Path, standing: bytes) -> None:
    try:
        version = version_of(json.loads(standing))
    except (ValueError, AttributeError, RecursionError, SchemaVersionError):
        return  # no show stands there; it is kept as an earlier save all the same
    if version > SCHEMA_VERSION:
        message = f"is of a newer Showcaller (schema {version}) and would lose what this one does not know"
        raise ShowFileError.of("show.file.newer", str(path), message, "save under another name")


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
