"""Which MIDI port a written name means."""

import pytest

from devices.io.midi_names import find_name, strip_numbers

NAMES = ["Midi Through:Midi Through Port-0 14:0", "Launchpad Mini:Launchpad Mini MIDI 1 20:0", "desk:in"]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Launchpad Mini:Launchpad Mini MIDI 1 20:0", "Launchpad Mini:Launchpad Mini MIDI 1"),
        ("a2j:Launchpad [24] (capture): Launchpad MIDI 1", "a2j:Launchpad (capture): Launchpad MIDI 1"),
        ("desk:in", "desk:in"),
        ("Track 10:20 recorder", "Track 10:20 recorder"),
    ],
)
def test_numbers_of_the_moment_are_left_out(name, plain):
    assert strip_numbers(name) == plain


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("desk:in", "desk:in"),
        ("DESK:IN", "desk:in"),
        ("desk", "desk:in"),
        ("launchpad mini midi 1", NAMES[1]),
        ("Launchpad Mini:Launchpad Mini MIDI 1 28:0", NAMES[1]),  # written down before it was plugged again
        ("Through", NAMES[0]),
    ],
)
def test_one_port_is_meant(wanted, found):
    assert find_name(wanted, NAMES) == (found, "")


def test_two_boxes_of_one_make_are_told_apart_by_their_full_names():
    twins = ["nanoKONTROL2 MIDI 1 20:0", "nanoKONTROL2 MIDI 1 24:0"]
    assert find_name("nanoKONTROL2 MIDI 1 24:0", twins) == (twins[1], "")
    found, words = find_name("nanoKONTROL2 MIDI 1", twins)
    assert found is None
    assert words == f"MIDI name 'nanoKONTROL2 MIDI 1' fits 2 ports, write one in full: {twins[0]}, {twins[1]}"


def test_a_whole_name_goes_before_a_part_of_a_longer_one():
    assert find_name("desk:in", ["desk:in 2", "desk:in"])[0] == "desk:in"
    assert find_name("desk:", ["desk:in 2", "desk:in"])[0] is None


def test_a_name_that_is_not_there_says_what_is():
    assert find_name("Kontrol", ["desk:in"]) == (
        None,
        "MIDI port 'Kontrol' is not there: plug it in, or choose from: desk:in",
    )
    assert find_name("Kontrol", [])[1].endswith("choose from: none at all")
