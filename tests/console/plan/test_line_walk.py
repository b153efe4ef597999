"""The order in which a house is walked, and what a person is shown of each line."""

from __future__ import annotations

import pytest

from console.plan.line_walk import line_cards
from console.plan.patch import build_patch
from console.samples.library import sample_path
from console.show.show_file import read_show
from console.vocabulary import LineCard
from devices.line_check import harmless_of
from profiles.library import load_profiles
from profiles.venue_library import list_venues, load_venue
from tests.support.builders import song_show
from tests.support.houses import HOUSE, PROFILES, make_venue


def cards(venue_name: str) -> tuple[LineCard, ...]:
    show = read_show(sample_path("half-light")).show
    venue, _ = load_venue(venue_name)
    assert venue is not None
    profiles, _ = load_profiles(device.profile for device in venue.devices)
    patch = build_patch(show, venue, profiles)
    return line_cards(show, patch, harmless_of(patch.devices))


@pytest.mark.parametrize("venue", [entry.id for entry in list_venues()])
def test_every_device_of_a_shipped_house_is_walked_once_and_what_is_sent_is_shown(venue: str) -> None:
    found = cards(venue)
    house, _ = load_venue(venue)
    assert house is not None
    assert sorted(card.line for card in found if card.device) == sorted(device.id for device in house.devices)
    assert tuple(card.line for card in found if not card.device) == house.line_check
    for card in found:
        if card.device:
            assert card.hazard or (card.sends and card.wire and card.see), card.line
            assert card.department


def test_departments_follow_one_another_in_the_shows_order_and_the_houses_own_list_comes_last() -> None:
    found = cards("halcyon-dome")
    departments = [card.department for card in found if card.device]
    assert departments == sorted(departments, key=list(dict.fromkeys(departments)).index)
    assert departments[0] == "LX"
    assert [card.device for card in found] == sorted((card.device for card in found), reverse=True)


def test_what_stands_for_a_hazard_is_shown_and_sent_nothing() -> None:
    pyro = next(card for card in cards("halcyon-dome") if card.line == "pyro")
    assert (pyro.hazard, pyro.sends, pyro.wire, pyro.answers) == ("sfx.pyro", "", (), False)


def test_a_device_of_two_roles_is_a_hazard_by_either() -> None:
    venue = make_venue(absent=[], roles=[*HOUSE["roles"], {"id": "sfx.pyro", "main": "lx-backup"}])
    show = song_show()
    patch = build_patch(show, venue, PROFILES)
    backup = next(card for card in line_cards(show, patch, harmless_of(patch.devices)) if card.line == "lx-backup")
    assert backup.hazard == "sfx.pyro"
