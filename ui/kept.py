"""Small things that the window keeps from one day to the next, each in a file that can be read.

Keys, the lock, and how the cue list looks.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from ui.state.keymap import Keyed, Keymap, keymap_to_toml, toml_to_keymap

KEYS_FILE: Final = "keys.toml"
LOCK_FILE: Final = "locked-run"
LOOKS_FILE: Final = "cue-list.json"


class CueListLooks(BaseModel):
    """Columns that were shown or hidden by hand, and the items that are folded, by show."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    columns: dict[str, bool] = {}
    folded: dict[str, list[str]] = {}


def read_keymap(folder: Path, actions: Iterable[Keyed]) -> tuple[Keymap, tuple[str, ...]]:
    """The chosen keys, and a line for each that cannot be followed."""
    try:
        return toml_to_keymap((folder / KEYS_FILE).read_text(encoding="utf-8"), actions)
    except FileNotFoundError:
        return Keymap(), ()
    except (OSError, UnicodeDecodeError):
        return Keymap(), (f"{folder / KEYS_FILE} cannot be read: the keys that ship are used",)


def write_keymap(folder: Path, keymap: Keymap) -> str:
    """Keep the chosen keys. Returns why they could not be kept, or nothing."""
    return _write(folder / KEYS_FILE, keymap_to_toml(keymap) if keymap.own else None)


def read_lock(folder: Path) -> str | None:
    """The run that was locked."""
    try:
        return (folder / LOCK_FILE).read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def write_lock(folder: Path, run: str | None) -> str:
    """Keep which run is locked; None: none is. Returns why it could not be kept, or nothing."""
    return _write(folder / LOCK_FILE, run)


def read_looks(folder: Path) -> CueListLooks:
    """How the cue list was left; as it ships where that cannot be read."""
    try:
        return CueListLooks.model_validate_json((folder / LOOKS_FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError):
        return CueListLooks()


def write_looks(folder: Path, looks: CueListLooks) -> str:
    """Keep how the cue list looks. Returns why it could not be kept, or nothing."""
    return _write(folder / LOOKS_FILE, looks.model_dump_json(indent=2))


def _write(file: Path, text: str | None) -> str:
    try:
        if text is None:
            file.unlink(missing_ok=True)
            return ""
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_text(text, encoding="utf-8")
        part.replace(file)
    except OSError as error:
        return f"{file} cannot be written ({error.strerror}): it counts until this window closes"
    return ""
