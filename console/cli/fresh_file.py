"""A fresh file of the user's own: written once, and never over another."""

from __future__ import annotations

from pathlib import Path

from console.cli.errors import CommandError, call_error


def write_fresh(path: Path, text: str) -> None:
    """Write it, with the folders it lies in. Raises CommandError where something is there, or it cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        if path.is_file():
            raise call_error(f"{path} is there already: choose another name, or edit it") from None
        raise CommandError(
            f"{path} cannot be written, {(error.strerror or 'refused').lower()}: give another file"
        ) from None
