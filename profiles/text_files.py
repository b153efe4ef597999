"""Reading a file that a person named or wrote: its text, or in words why there is none and what to do."""

from __future__ import annotations

from contextlib import suppress
from importlib.resources.abc import Traversable
from pathlib import Path

from profiles.near_names import near_name


class UnreadableError(Exception):
    """A file that gives no text. ``message`` and ``remedy`` are one plain line each; ``gone``: it is not there."""

    def __init__(self, message: str, remedy: str, *, gone: bool = False) -> None:
        super().__init__(f"{message}: {remedy}")
        self.message, self.remedy, self.gone = message, remedy, gone


def read_text(file: Traversable, suffix: str) -> str:
    """The text of a UTF-8 file, without a byte order mark. ``suffix`` is that of files of its kind, as ``.toml``.

    Raises :class:`UnreadableError`.
    """
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise _refused(error, file, suffix) from None
    except UnicodeDecodeError as error:
        message = f"is no text in UTF-8 (byte {error.start} is {error.object[error.start]:#04x})"
        raise UnreadableError(message, f"name a {suffix} file, or save it as UTF-8") from None


def _refused(error: OSError, file: Traversable, suffix: str) -> UnreadableError:
    match error:
        case FileNotFoundError():
            near = near_name(file.name.removesuffix(suffix), _siblings(file, suffix))
            meant = None if near is None else Path(str(file)).with_name(f"{near}{suffix}")
            remedy = "check the path" if meant is None else f"did you mean {meant}?"
            return UnreadableError("there is no such file", remedy, gone=True)
        case IsADirectoryError():
            return UnreadableError("is a folder", f"name a {suffix} file")
        case PermissionError():
            return UnreadableError("may not be read by you", "give yourself the right to read it, as with chmod u+r")
    reason = (error.strerror or type(error).__name__).lower()
    return UnreadableError(f"cannot be read, {reason}", f"name a {suffix} file")


def _siblings(file: Traversable, suffix: str) -> list[str]:
    """The files of its kind that stand where it was looked for, without their suffix."""
    found: list[str] = []
    with suppress(OSError):
        found = sorted(each.stem for each in Path(str(file)).parent.iterdir() if each.suffix == suffix)
    return found
