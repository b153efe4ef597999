"""The shows that ship, by id. They are plain show files: open one, and save it under a name of your own."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from profiles.near_names import near_words

_SUFFIX = ".json"


class UnknownSampleError(LookupError):
    """No shipped show has that id. One line, with those there are."""


def list_samples() -> tuple[str, ...]:
    """Ids of the shipped shows, sorted; an id is its file's name and the show's own id."""
    return tuple(sorted(path.stem for path in _folder().glob(f"*{_SUFFIX}")))


def sample_path(sample: str) -> Path:
    """The file of a shipped show, to be read and never written. Raises :class:`UnknownSampleError`."""
    known = list_samples()
    if sample not in known:
        raise UnknownSampleError(f"no shipped show is called {sample!r}: {near_words(sample, known)}")
    return _folder() / f"{sample}{_SUFFIX}"


def is_sample(path: Path) -> bool:
    """True for the file of a shipped show."""
    return path.suffix == _SUFFIX and path.resolve().parent == _folder().resolve()


def take_log_path(name: str) -> Path | None:
    """The log of presses of a shipped take, by its name; None where none is called so."""
    path = _folder() / "takes" / f"{name}.jsonl"
    return path if path.parent.name == "takes" and path.is_file() else None


def _folder() -> Path:
    return Path(str(resources.files("console.samples")))
