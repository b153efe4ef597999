"""What every test shares: Qt without a display, and rig tests one at a time."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

RIG = Path(__file__).parent / "rig"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in tests/rig; real programs share ports, so one worker runs them all."""
    for item in items:
        if RIG in item.path.parents:
            item.add_marker(pytest.mark.rig)
            item.add_marker(pytest.mark.xdist_group("rig"))
