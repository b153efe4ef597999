"""Value laws against the tables they come from, and back again."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profiles.curves import CURVES, OFF, curve_from_points

X32 = {
    -90: 0.0,
    -75: 0.03125,
    -60: 0.0625,
    -45: 0.15625,
    -30: 0.25,
    -20: 0.375,
    -10: 0.5,
    -5: 0.625,
    0: 0.75,
    3: 0.825,
    10: 1.0,
}
ABLETON = {6: 1.0, 0: 0.85, -6: 0.7, -12: 0.55, -18: 0.4, -30: 0.2384, -41: 0.1499, -60: 0.0357}
DLIVE = {OFF: 0x00, -50: 0x07, -40: 0x1B, -30: 0x2F, -20: 0x43, -10: 0x57, -5: 0x61, 0: 0x6B, 5: 0x75, 10: 0x7F}
SQ_LINEAR = {
    OFF: (0x00, 0x00),
    -89: (0x24, 0x16),
    -80: (0x2C, 0x42),
    -70: (0x35, 0x65),
    -60: (0x3F, 0x09),
    -50: (0x48, 0x2C),
    -40: (0x51, 0x4F),
    -30: (0x5A, 0x72),
    -20: (0x64, 0x16),
    -10: (0x6D, 0x39),
    -5: (0x72, 0x0A),
    0: (0x76, 0x5C),
    5: (0x7B, 0x2E),
    10: (0x7F, 0x7F),
}
SQ_AUDIO = {
    OFF: (0x00, 0x00),
    -89: (0x01, 0x40),
    -80: (0x02, 0x40),
    -70: (0x04, 0x00),
    -60: (0x06, 0x00),
    -50: (0x08, 0x00),
    -40: (0x0F, 0x40),
    -30: (0x1F, 0x00),
    -20: (0x2E, 0x40),
    -10: (0x3E, 0x00),
    -5: (0x4E, 0x40),
    0: (0x62, 0x00),
    5: (0x73, 0x40),
    10: (0x7F, 0x40),
}
DIGICO = {10: 1.0, 0: 0.75, -10: 0.5, -30: 0.25, -50: 0.125, OFF: 0.0}
CENTI = {OFF: -32768, -138: -13800, -6.25: -625, 0.29: 29, 0: 0, 10: 1000}


@pytest.mark.parametrize(
    ("name", "table", "exact_to"),
    [
        ("x32_level", X32, 1e-12),
        ("ableton_volume", ABLETON, 6e-5),
        ("dlive_lv", DLIVE, 0),
        ("digico_sd", DIGICO, 1e-12),
        ("centi_db", CENTI, 0),
        ("sq_linear", {db: (h << 7) | low for db, (h, low) in SQ_LINEAR.items()}, 0),
        ("sq_audio", {db: (h << 7) | low for db, (h, low) in SQ_AUDIO.items()}, 0),
        ("db_direct", {OFF: OFF, -3.5: -3.5, 12: 12}, 0),
        ("percent_100", {0: 0, 0.5: 50, 1: 100, 1.5: 100, -1: 0}, 1e-12),
        ("unit_linear", {0: 0, 0.5: 0.5, 1: 1, 1.5: 1, -1: 0}, 0),
        ("gain_linear", {OFF: 0, -20: 0.1, 0: 1, 6: 1}, 1e-12),
    ],
)
def test_curves_meet_their_tables(name, table, exact_to):
    for value, wire in table.items():
        assert CURVES[name].to_wire(value) == pytest.approx(wire, abs=exact_to)


@pytest.mark.parametrize("curve", [c for c in CURVES.values() if c.unit == "dB"], ids=lambda c: c.name)
def test_minus_infinity_goes_both_ways(curve):
    assert curve.from_wire(curve.to_wire(OFF)) == OFF
    assert curve.to_wire(OFF) == curve.low


@pytest.mark.parametrize("curve", CURVES.values(), ids=lambda c: c.name)
@settings(max_examples=40)
@given(data=st.data())
def test_curves_rise_stay_in_bounds_and_come_back(curve, data):
    span = (-59.0, 5.9) if curve.unit == "dB" else (0.0, 1.0)
    a, b = sorted(data.draw(st.tuples(st.floats(*span), st.floats(*span))))
    assert curve.low <= curve.to_wire(a) <= curve.to_wire(b) <= curve.high
    wire = curve.to_wire(a)
    back = curve.to_wire(curve.from_wire(wire))
    # A law that cuts to whole steps may come back one step lower: cutting twice.
    assert back == pytest.approx(wire, abs=1.0 if curve.name == "dlive_lv" else 2e-4)


@pytest.mark.parametrize("curve", CURVES.values(), ids=lambda c: c.name)
def test_curves_clamp_far_values(curve):
    assert curve.to_wire(-1000) >= curve.low
    assert curve.to_wire(1000) <= curve.high


def test_points_hold_at_the_ends_and_off_is_its_own_value():
    curve = curve_from_points("own", [(-40, 10), (0, 100)], off=0)
    assert [curve.to_wire(db) for db in (OFF, -41, -40, -20, 0, 6)] == [0, 0, 10, 55, 100, 100]
    assert [curve.from_wire(wire) for wire in (0, 4, 6, 10, 55, 100, 120)] == [OFF, OFF, -40, -40, -20, 0, 0]
    held = curve_from_points("held", [(0, 5), (1, 6)], off=None, unit="0..1")
    assert held.to_wire(-3) == 5
    assert held.from_wire(0) == 0


@pytest.mark.parametrize(
    ("points", "off", "words"),
    [
        ([(0, 1)], None, "two points or more"),
        ([(0, 1), (0, 2)], None, "must rise"),
        ([(0, 1), (1, 1)], None, "must rise"),
        ([(0, 1), (1, 2)], 1, "off is 1, not below the first point's 1; leave off out"),
        ([(OFF, 0), (0, 1)], None, "inf and nan are no points"),
        ([(0, 1), (1, math.inf)], None, "inf and nan are no points"),
        ([(0, 1), (math.nan, 2)], None, "inf and nan are no points"),
        ([(0, 1), (1, 2)], OFF, "inf and nan are no points"),
    ],
)
def test_points_that_make_no_law_are_refused(points, off, words):
    with pytest.raises(ValueError, match=words):
        curve_from_points("own", points, off)


def test_every_curve_answers_numbers_for_numbers():
    for curve in CURVES.values():
        for value in (-200.0, -41.0, -0.5, 0.0, 0.3, 9.99):
            assert not math.isnan(curve.to_wire(value))


@given(
    st.lists(st.floats(-200, 200), min_size=2, max_size=6, unique=True).map(sorted),
    st.lists(st.floats(0, 1000), min_size=6, max_size=6, unique=True).map(sorted),
    st.floats(allow_nan=False),
)
def test_a_drawn_law_gives_a_number_for_whatever_it_is_asked(values, wires, asked):
    try:
        curve = curve_from_points("own", list(zip(values, wires, strict=False)), off=None)
    except ValueError:
        return  # two points a hair apart
    assert math.isfinite(curve.to_wire(asked))
    assert math.isfinite(curve.from_wire(asked))
