"""The engine as a child of the test: the sample show in the sample arena, every device a ghost."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.evening import Evening, write_evening
from tests.support.showcaller import EngineChild


@pytest.fixture
def evening(tmp_path: Path) -> Evening:
    """The files alone."""
    return write_evening(tmp_path)


@pytest.fixture
def engine(tmp_path: Path, evening: Evening) -> Iterator[EngineChild]:
    """Started with the evening open; nobody is attached yet."""
    with EngineChild(tmp_path / "home", evening.show, "--venue", evening.house, "--ghost", "all") as child:
        yield child
