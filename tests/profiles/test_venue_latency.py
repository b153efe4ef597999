"""A latency written into a house: one number, and every comment as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from profiles.venue_latency import AdoptError, adopt_latencies, with_latencies
from profiles.venue_library import load_venue
from profiles.venue_text import EditTextError

HALL = """id = "hall"  # ours
name = "Hall"
time_zone = "Europe/London"
rate = "25"

# the desk upstairs
[[devices]]
id = "lx"
profile = "etc/eos"
host = "10.0.0.1"  # until Friday
latency_ms = 20

[[devices]]
id = "screens"
profile = "resolume/arena"
host = "10.0.0.2"
"""


def test_a_number_is_changed_and_another_put_in_and_nothing_else() -> None:
    text = with_latencies(HALL, {"lx": 31.26, "screens": 83.0})
    assert text == HALL.replace("latency_ms = 20", "latency_ms = 31.3").replace(
        'host = "10.0.0.2"\n', 'host = "10.0.0.2"\nlatency_ms = 83\n'
    )


def test_a_device_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(EditTextError, match=r"no device .screen.: did you mean screens\?"):
        with_latencies(HALL, {"screen": 1.0})


def test_it_is_written_into_a_house_of_ones_own_and_loaded_from_it(tmp_path: Path) -> None:
    (tmp_path / "hall.toml").write_text(HALL)
    assert adopt_latencies("hall", tmp_path, {"screens": 83.04}) == tmp_path / "hall.toml"
    venue, _ = load_venue("hall", tmp_path)
    assert venue is not None
    assert venue.device_by_id["screens"].latency_ms == 83.0


def test_a_shipped_house_needs_a_duplicate_and_a_copy_in_its_place_does_not(tmp_path: Path) -> None:
    with pytest.raises(AdoptError, match="venues duplicate halcyon-dome NEW"):
        adopt_latencies("halcyon-dome", tmp_path, {"foh": 5.0})
    (tmp_path / "halcyon-dome.toml").write_text(HALL.replace('"hall"', '"halcyon-dome"'))
    adopt_latencies("halcyon-dome", tmp_path, {"lx": 5.0})
    assert "latency_ms = 5\n" in (tmp_path / "halcyon-dome.toml").read_text()


def test_a_house_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("id = ")
    with pytest.raises(AdoptError, match="bad"):
        adopt_latencies("bad", tmp_path, {"lx": 5.0})
    assert (tmp_path / "bad.toml").read_text() == "id = "
