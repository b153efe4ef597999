"""A short directory for sockets (their paths may have 107 bytes), and a booth in it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.link_booth import Booth


@pytest.fixture
def short_path() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="link-") as directory:
        yield Path(directory)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def booth(short_path: Path, stack: ExitStack) -> Booth:
    return Booth(short_path, stack)
