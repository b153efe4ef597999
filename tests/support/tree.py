"""The project's own files, for tests that read the source instead of running it."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PRODUCT_ROOMS = ("console", "devices", "profiles", "ui")
ROOMS = (*PRODUCT_ROOMS, "tests")


@cache
def project_files() -> tuple[Path, ...]:
    """Every file git keeps or would keep, relative to the root, in order of name."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = sorted({Path(name) for name in listing.split("\0") if name})
    return tuple(path for path in paths if (ROOT / path).is_file())


def modules(*rooms: str) -> list[Path]:
    """The Python files of `rooms` (all of them when none is named), relative to the root."""
    chosen = rooms or ROOMS
    return [path for path in project_files() if path.suffix == ".py" and path.parts[0] in chosen]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))


def imported_modules(path: Path) -> set[str]:
    """The dotted names of everything the module imports, `from a import b` giving both `a` and `a.b`."""
    names: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def calls(path: Path) -> list[tuple[str, ast.Call]]:
    """Every call in the module with the dotted name it is made by, as written: `rtmidi.MidiIn`, `self._timer.start`."""
    return [(ast.unparse(node.func), node) for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
