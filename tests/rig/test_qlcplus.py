"""QLC+ obeys raw OSC and shows it in its DMX: the fixture is proven before the product drives it."""

import pytest

from tests.support.osc_bytes import osc
from tests.support.qlcplus import Qlcplus
from tests.support.qlcplus_workspace import path_to_channel

DIMMER_3_FULL = b"/dimmer/3\x00\x00\x00,f\x00\x00\x3f\x80\x00\x00"
DMX_CHANNEL_3_FULL = b"/0/dmx/2\x00\x00\x00\x00,f\x00\x00\x3f\x80\x00\x00"


def test_the_path_hash_is_the_published_crc() -> None:
    assert path_to_channel("123456789") == 0x906E  # the check value of CRC-16/X-25


def test_it_starts_dark_with_the_console_of_the_rig(qlcplus: Qlcplus) -> None:
    assert qlcplus.levels() == [0] * 24
    assert qlcplus.asked("getWidgetsList")[1::2][:2] == ["/dimmer/1", "/dimmer/2"]


def test_a_float_on_a_path_moves_that_dimmer_and_its_dmx(qlcplus: Qlcplus) -> None:
    assert osc("/dimmer/3", 1.0) == DIMMER_3_FULL
    qlcplus.send(DIMMER_3_FULL)
    qlcplus.await_levels({2: 0, 3: 255, 4: 0})
    qlcplus.dmx.settimeout(2.0)
    assert qlcplus.dmx.recv(1024) == DMX_CHANNEL_3_FULL


@pytest.mark.parametrize(("value", "level"), [(0.5, 127), (0.25, 63), (1.0, 255)])
def test_a_float_becomes_the_level_below(qlcplus: Qlcplus, value: float, level: int) -> None:
    qlcplus.send(osc("/dimmer/1", value))
    qlcplus.await_levels({1: level})


def test_one_fader_holds_several_channels(qlcplus: Qlcplus) -> None:
    qlcplus.send(osc("/front", 1.0))
    qlcplus.await_levels({10: 0, 11: 255, 12: 255, 13: 255, 14: 0})
    assert sorted(qlcplus.next_dmx() for _ in range(3)) == [(11, 1.0), (12, 1.0), (13, 1.0)]


def test_a_button_switches_its_scene_at_every_rise(qlcplus: Qlcplus) -> None:
    qlcplus.send(osc("/scene/1", 1.0))
    qlcplus.await_levels({17: 255, 18: 128, 19: 0})
    qlcplus.send(osc("/scene/1", 0.0))
    qlcplus.send(osc("/scene/2", 1.0))
    qlcplus.await_levels({17: 255, 18: 128, 19: 64})
    qlcplus.send(osc("/scene/1", 1.0))
    qlcplus.await_levels({17: 0, 18: 0, 19: 64})


def test_a_chase_runs_until_its_button_rises_again(qlcplus: Qlcplus) -> None:
    qlcplus.send(osc("/chase", 1.0))
    lit = [channel for channel, level in (qlcplus.next_dmx() for _ in range(9)) if level == 1.0]
    assert lit == [21, 22, 21, 22, 21]
    qlcplus.send(osc("/chase", 0.0))
    qlcplus.send(osc("/chase", 1.0))
    qlcplus.await_levels({21: 0, 22: 0})


def test_a_path_nobody_learnt_moves_nothing(qlcplus: Qlcplus) -> None:
    qlcplus.send(osc("/dimmer/99", 1.0))
    qlcplus.send(osc("/dimmer/8", 1.0))
    qlcplus.await_levels({8: 255})
    assert sum(qlcplus.levels()) == 255
