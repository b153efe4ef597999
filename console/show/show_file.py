"""Show files on disk: read, saved atomically, ten earlier ones kept (``profiles.kept_files``).

An earlier save is a plain show file and opens like any other.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from console.show.show import SCHEMA_VERSION, Show
from console.show.show_json import Loaded, ShowFileError, json_to_show, show_to_json
from console.show.upgrades import SchemaVersionError, version_of
from profiles.kept_files import list_earlier, reason_words, save_text
from profiles.problems import Problem
from profiles.text_files import UnreadableError, read_text

SUFFIX = ".json"


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
    try:
        return save_text(path, show_to_json(show), _refuse_newer)
    except OSError as error:
        raise ShowFileError.of(
            "show.file.unwritable", str(path), f"cannot be saved, {reason_words(error)}", "save elsewhere"
        ) from None


def _refuse_newer(path: Path, standing: bytes) -> None:
    try:
        version = version_of(json.loads(standing))
    except (ValueError, AttributeError, RecursionError, SchemaVersionError):
        return  # no show stands there; it is kept as an earlier save all the same
    if version > SCHEMA_VERSION:
        message = f"is of a newer Showcaller (schema {version}) and would lose what this one does not know"
        raise ShowFileError.of("show.file.newer", str(path), message, "save under another name")
