"""What every test shares: Qt without a display, nothing left behind, no stray warning, the same run every time."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.support import leaks
from tests.support.golden import Golden
from tests.support.logs import ExpectedLogs

leaks.watch_qt()

RIG = Path(__file__).parent / "rig"

# The same examples in every run: a failure found today is found again tomorrow, on any machine.
# `SHOWCALLER_EXPLORE=1 pytest …` looks further afield; what it finds becomes an @example.
_PACE_IS_NOT_A_FAULT = [hypothesis.HealthCheck.too_slow]
hypothesis.settings.register_profile(
    "steady",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=60,
    print_blob=True,
    suppress_health_check=_PACE_IS_NOT_A_FAULT,
)
hypothesis.settings.register_profile(
    "explore", deadline=None, max_examples=2000, print_blob=True, suppress_health_check=_PACE_IS_NOT_A_FAULT
)
hypothesis.settings.load_profile("explore" if os.environ.get("SHOWCALLER_EXPLORE") else "steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/golden from the results of this run")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update-golden") and os.environ.get("CI"):
        raise pytest.UsageError("--update-golden is refused where CI is set: update at your desk and read the diff")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what lies in tests/rig; real programs share ports, so one worker runs them all."""
    for item in items:
        if RIG in item.path.parents:
            item.add_marker(pytest.mark.rig)
            item.add_marker(pytest.mark.xdist_group("rig"))


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """Fail the test that leaves a thread, a running Qt timer or a window behind."""
    before = leaks.note_standing()
    yield
    if found := leaks.find_leaks(before):
        pytest.fail("left behind: " + "; ".join(found), pytrace=False)


@pytest.fixture(autouse=True)
def expected_logs(_nothing_left_behind: None) -> Iterator[ExpectedLogs]:
    """Fail on a log record of WARNING or above. A test that provokes one says `expected_logs.expect("its text")`."""
    watch = ExpectedLogs()
    root = logging.getLogger()
    root.addHandler(watch)
    yield watch
    root.removeHandler(watch)
    if faults := watch.faults():
        pytest.fail("; ".join(faults), pytrace=False)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """The golden files; `golden.check_text("mtc/full_frames.txt", text)`."""
    return Golden(update=request.config.getoption("--update-golden"))
