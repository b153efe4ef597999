"""Learned latency on the page of the house: measured, timed by hand, adopted, taken back and saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.vocabulary import AskLatencies, LearnedLatencies, LearnedLatency
from profiles.venue_library import load_venue
from tests.ui.conftest import Rig
from tests.ui.pages.test_house_page import open_in, own_venues, page, pick
from ui.pages.house.latencies import LatencyDialog
from ui.pages.house.page import HousePage

__all__ = ["own_venues", "page"]


@pytest.fixture
def dialog(rig: Rig, page: HousePage) -> LatencyDialog:
    """The dialog of a house of the user's own that is the one open."""
    open_in(rig, "meadow")
    page.checks.cancel()
    pick(page, "meadow")
    QTest.mouseClick(page.latency_button, Qt.MouseButton.LeftButton)
    assert page.latencies is not None
    return page.latencies


def device_of(page: HousePage, place: int) -> str:
    assert page.houses.file is not None
    assert page.houses.file.venue is not None
    return page.houses.file.venue.devices[place].id


def measured(rig: Rig, *devices: tuple[str, str, float]) -> None:
    times = tuple(
        LearnedLatency(device=device, of=of, median_ms=ms, p10_ms=ms - 2, p90_ms=ms + 3, count=24)  # type: ignore[arg-type]
        for device, of, ms in devices
    )
    rig.link.tell(LearnedLatencies(at_ns=1, times=times))


def latency_ms(page: HousePage, device: str) -> float | None:
    assert page.houses.file is not None
    assert page.houses.file.venue is not None
    return page.houses.file.venue.device_by_id[device].latency_ms


def test_what_was_measured_is_asked_for_shown_and_adopted_with_one_undo(
    rig: Rig, page: HousePage, dialog: LatencyDialog, own_venues: Path
) -> None:
    first, second, third = (device_of(page, place) for place in range(3))
    before = {each: latency_ms(page, each) for each in (first, second, third)}
    assert any(isinstance(each, AskLatencies) for each in rig.sent)
    measured(rig, (first, "acts", 41.84), (second, "acts", 12.0), (third, "answers", 3.3))
    QTest.mouseClick(dialog.all_button, Qt.MouseButton.LeftButton)
    assert (latency_ms(page, first), latency_ms(page, second)) == (41.8, 12.0)
    assert latency_ms(page, third) == before[third], "an answer time is adopted by name alone"
    QTest.mouseClick(page.undo_button, Qt.MouseButton.LeftButton)
    assert {each: latency_ms(page, each) for each in before} == before, "one undo for both"
    assert not page.undo_button.isEnabled()
    dialog.table.pick(third)
    QTest.mouseClick(dialog.one_button, Qt.MouseButton.LeftButton)
    dialog.close()
    QTest.mouseClick(page.save_button, Qt.MouseButton.LeftButton)
    saved, _problems = load_venue("meadow", own_venues)
    assert saved is not None
    assert saved.device_by_id[third].latency_ms == 3.3


def test_tries_by_hand_stand_before_what_was_measured(rig: Rig, page: HousePage, dialog: LatencyDialog) -> None:
    device = device_of(page, 0)
    measured(rig, (device, "acts", 41.8))
    dialog.table.pick(device)
    dialog.line.setFocus()
    QTest.keyClicks(dialog.line, "fast")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert "is no delay" in dialog.words.text()
    dialog.line.clear()
    QTest.keyClicks(dialog.line, "50, 51 52")
    QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert dialog.words.text() == ""
    assert dialog.one_button.text() == "Adopt 51.0 ms"
    QTest.mouseClick(dialog.one_button, Qt.MouseButton.LeftButton)
    assert latency_ms(page, device) == 51.0


def test_a_house_that_ships_is_not_written_and_one_that_is_not_open_offers_nothing_measured(
    rig: Rig, page: HousePage
) -> None:
    measured(rig, (device_of(page, 0), "acts", 41.8))
    page.show_latencies()
    assert page.latencies is not None
    assert not page.latencies.all_button.isEnabled()
    assert "duplicate" in page.latencies.all_button.toolTip()
    page.latencies.close()
    pick(page, "meadow")
    page.show_latencies()
    assert page.latencies is not None
    assert page.latencies.offers == {}
    assert not page.latencies.again_button.isEnabled()
    page.latencies.close()
