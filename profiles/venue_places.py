"""Where in a venue's file a problem between its parts stands: ``role x`` of a check to the line of its table. Pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any, Final

from profiles.problems import Problem
from profiles.toml_lines import Path, line_of

_LISTS: Final = {
    "device": (("devices",), "id"),
    "role": (("roles",), "id"),
    "absent": (("absent",), "role"),
    "input": (("inputs",), "id"),
    "feed": (("feeds",), "id"),
    "camera": (("cameras",), "id"),
    "position": (("positions",), "name"),
    "universe": (("universes",), "logical"),
    "timecode source": (("timecode", "in"), "id"),
    "timecode output": (("timecode", "out"), "id"),
    "sim_port": (("devices",), "sim_port"),
}
"""What a check calls a thing, where its rows stand, and the key that names one."""

_NAMED: Final = re.compile(rf"({'|'.join(sorted(_LISTS, key=len, reverse=True))}) (\S+)(?: map (\S+))?")
_SAFE: Final = re.compile(r"safe\.(soft|hard|show_stop)(?: (\d+))?")
_DEPARTMENT: Final = re.compile(r"department (\S+)")


def placed(problems: Iterable[Problem], text: str, file: str) -> tuple[Problem, ...]:
    """The same problems with file and line behind their place, where the file says it: ``role x (hall.toml:41)``."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return tuple(problems)
    return tuple(_placed(problem, content, text, file) for problem in problems)


def _placed(problem: Problem, content: Mapping[str, Any], text: str, file: str) -> Problem:
    if not problem.code.startswith("venue.") or problem.where.startswith(file):
        return problem
    path = where_to_path(problem.where, content, last=problem.code.endswith(".twice"))
    line = line_of(text, path) if path else None
    return problem if line is None else replace(problem, where=f"{problem.where} ({PurePath(file).name}:{line})")


def where_to_path(where: str, content: Mapping[str, Any], *, last: bool = False) -> Path:
    """The path of what a check speaks of; empty where it is of no single place. ``last``: of several, the last."""
    if safe := _SAFE.fullmatch(where):
        return ("safe", safe[1], int(safe[2]) - 1) if safe[2] else ("safe", safe[1])
    if department := _DEPARTMENT.fullmatch(where):
        return ("departments", department[1])
    if where == "remote":
        return ("remote",)
    named = _NAMED.fullmatch(where)
    if named is None:
        return ()
    way, key = _LISTS[named[1]]
    rows: Any = content
    for part in way:
        rows = rows.get(part, {}) if isinstance(rows, Mapping) else {}
    found = [n for n, row in enumerate(rows) if isinstance(row, Mapping) and str(row.get(key)) == named[2]]
    if not found:
        return ()
    path: Path = (*way, found[-1 if last else 0])
    if named[3] is None:
        return path
    maps = rows[found[0]].get("maps", ())
    fitting = [n for n, each in enumerate(maps) if each.get("argument") == named[3]]
    return (*path, "maps", fitting[-1]) if fitting else path
