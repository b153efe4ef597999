"""A show as JSON text and back. Pure; ``show_file`` does the disk.

The text is canonical: indented, keys sorted, defaults left out, ``schema_version`` always there. Equal shows give equal
bytes, and a change of one field changes one line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Self

from pydantic import ValidationError

from console.show.shapes import ShapeFault, path_to_text, shape_faults
from console.show.show import SCHEMA_VERSION, Show
from console.show.upgrades import Raw, SchemaVersionError, upgrade, version_of
from profiles.known_keys import Path
from profiles.problems import Problem

_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
"""Escapes that come in pairs; one alone is a text that nobody downstream could encode."""


class ShowFileError(ValueError):
    """A file that holds no show we can open. The text is one line; ``problems`` has every fault."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        more = f" (and {len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
        super().__init__(f"{self.problems[0]}{more}")

    @classmethod
    def of(cls, code: str, where: str, message: str, remedy: str) -> Self:
        """The error of one fault."""
        return cls([Problem("error", code, where, message, remedy)])


@dataclass(frozen=True, slots=True)
class Loaded:
    """A show that was read. ``read_only`` says in words why it must not be saved over its file, None where it may.

    ``problems`` name the parts of a newer file that were set aside; whether the show makes sense is for ``validate``.
    """

    show: Show
    read_only: str | None = None
    problems: tuple[Problem, ...] = ()


def show_to_json(show: Show) -> str:
    """The canonical text of a show, with a newline at its end."""
    raw = show.model_dump(mode="json", exclude_defaults=True) | {"schema_version": show.schema_version}
    return json.dumps(raw, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


def show_to_line(show: Show) -> str:
    """The same show on one line, in no order: for other programs, in a sixth of the time."""
    raw = show.model_dump_json(exclude_defaults=True, exclude={"schema_version"})
    return f'{{"schema_version":{show.schema_version},{raw[1:]}'


def json_to_show(text: str, where: str, upgrades: Callable[[Raw], Raw] = upgrade) -> Loaded:
    """Read a show. ``where`` names the file in what is said.

    A file of a newer schema opens read-only without the parts we do not know; they stay in the file.
    Raises :class:`ShowFileError` with every fault of the shape.
    """
    raw = _parse(text, where)
    try:
        raw = upgrades(raw)
        version = version_of(raw)
    except SchemaVersionError as error:
        raise ShowFileError.of("show.file.version", where, *_split(str(error))) from None
    if version > SCHEMA_VERSION:
        return _read_newer(raw, version, where)
    try:
        return Loaded(Show.model_validate(raw))
    except ValidationError as error:
        raise ShowFileError(_shape_problem(fault, raw, where) for fault in shape_faults(error, raw, Show)) from None


def _parse(text: str, where: str) -> Raw:
    if not text.strip():
        raise ShowFileError.of("show.file.json", where, "is empty", "name a show file")
    try:
        raw = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
        if _SURROGATE.search(text):
            json.dumps(raw, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        if where.endswith(".toml"):
            remedy = "a show is JSON; if this is the house, give it with --venue"
            raise ShowFileError.of("show.file.json", where, "is no JSON but named as TOML", remedy) from None
        place, cause = f"{where}:{error.lineno}:{error.colno}", f"{error.msg[:1].lower()}{error.msg[1:]}"
        raise ShowFileError.of("show.file.json", place, f"is no JSON, {cause}", "mend it there") from None
    except UnicodeEncodeError:
        words, remedy = "holds half of a character that takes two escapes", "write the character itself"
        raise ShowFileError.of("show.file.json", where, words, remedy) from None
    except (RecursionError, ValueError) as error:
        words = str(error) if isinstance(error, _RefusedJsonError) else "is nested too deep or holds a number too long"
        raise ShowFileError.of("show.file.json", where, words, "mend it there") from None
    if not isinstance(raw, dict):
        raise ShowFileError.of("show.file.shape", where, "holds no show", "a show file is one JSON object")
    return raw


class _RefusedJsonError(ValueError):
    """JSON that Python would read and we would not."""


def _object(pairs: list[tuple[str, Any]]) -> Raw:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _RefusedJsonError(
            f"has the key {twice!r} twice in one object ({_glimpse(found)}); only one of them can be meant"
        )
    return found


def _glimpse(found: Raw) -> str:
    return f"id {found['id']}" if "id" in found else ", ".join(sorted(found)[:4])


def _refuse_constant(name: str) -> float:
    raise _RefusedJsonError(f'holds {name}, which is no JSON; a fader at the bottom is written "-inf"')


def _shape_problem(fault: ShapeFault, raw: Raw, where: str) -> Problem:
    piece = _piece_named(fault.path, raw)
    return Problem("error", "show.file.shape", f"{where}: {piece}" if piece else where, *_split(fault.words))


def _piece_named(path: Path, raw: Raw) -> str:
    """``cues[3] is song-verse``: an index tells a person nothing."""
    if len(path) < 2 or not isinstance(path[1], int):
        return ""
    piece = raw[str(path[0])][path[1]]
    return f"{path_to_text(path[:2])} is {piece['id']}" if isinstance(piece, dict) and "id" in piece else ""


def _split(words: str) -> tuple[str, str]:
    """``what: what to do`` as message and remedy."""
    message, _, remedy = words.rpartition(": ")
    return (message, remedy) if message else (remedy, "")


# -- newer files ------------------------------------------------------------------------------------------------------


def _read_newer(raw: Raw, version: int, where: str) -> Loaded:
    """What we understand of a file of a newer schema: unknown keys are set aside, else the piece they stand in."""
    aside: list[Path] = []
    while True:
        try:
            return _newer(Show.model_validate(raw), version, where, aside)
        except ValidationError as error:
            faults = shape_faults(error, raw, Show)
        slimmer = raw
        paths = {fault.path if fault.unknown else _smallest_piece(fault.path) for fault in faults}
        # From the back, so that what is dropped from a list leaves the indexes before it alone.
        for path in sorted(paths, key=_place_key, reverse=True):
            slimmer = _without(slimmer, path)
            aside.append(path)
        if slimmer == raw:  # what is wrong is missing, or the whole file
            raise ShowFileError(_shape_problem(fault, raw, where) for fault in faults)
        raw = slimmer


def _newer(show: Show, version: int, where: str, aside: list[Path]) -> Loaded:
    made = f"was made by a newer Showcaller (schema {version}, this one knows {SCHEMA_VERSION})"
    remedy = "update this one, or save under another name"
    lost = "it may mean more than is shown"
    if aside:
        lost = f"{len(aside)} part{'' if len(aside) == 1 else 's'} of it cannot be shown"
    problems = [Problem("warning", "show.file.newer", where, f"{made}; {lost}", remedy)]
    for path in aside:
        words = f"{path_to_text(path)} is not understood here"
        problems.append(Problem("warning", "show.file.newer", where, words, "it stays in the file"))
    read_only = str(problems[0])
    return Loaded(show.model_copy(update={"schema_version": SCHEMA_VERSION}), read_only, tuple(problems))


def _smallest_piece(path: Path) -> Path:
    """The path of the innermost list element around a fault; without one, of the key at the top."""
    for end in range(len(path), 0, -1):
        if isinstance(path[end - 1], int):
            return path[:end]
    return path[:1]


def _place_key(path: Path) -> tuple[tuple[int, str, int], ...]:
    return tuple((1, "", key) if isinstance(key, int) else (0, key, 0) for key in path)


def _without(raw: Any, path: Path) -> Any:
    """A copy of the JSON without what stands at ``path``; what is no longer there stays away."""
    if not path:
        return raw
    key, rest = path[0], path[1:]
    if isinstance(raw, list) and isinstance(key, int) and key < len(raw):
        return [*raw[:key], *([_without(raw[key], rest)] if rest else []), *raw[key + 1 :]]
    if isinstance(raw, dict) and key in raw:
        kept = {name: value for name, value in raw.items() if name != key}
        return kept | {key: _without(raw[key], rest)} if rest else kept
    return raw
