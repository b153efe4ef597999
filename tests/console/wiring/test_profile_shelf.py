"""The library as a window sees it, and a command tried on a ghost: in memory, with the ghost's own words."""

from pathlib import Path

import pytest

from console.vocabulary import ProfilePage, TryCommand
from console.wiring.profile_shelf import NotFoundError, profile_page, shelf, try_command
from profiles.library import list_profiles

FAULTY = """
vendor = "Mine"
product = "Desk"
department = "LX"
grade = "C"
sources = ["me"]
transports = [{ kind = "osc_udp", port = 9000 }]
[verbs."cue.fire"]
send = [{ osc = "/cue/{cue" }]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "desk.toml").write_text(FAULTY, encoding="utf-8")
    return tmp_path


def tried(profile: str, command: str, **words: str):
    return try_command(TryCommand(profile=profile, command=command, words=words), None)


def test_every_profile_has_a_card_with_its_tier() -> None:
    cards = shelf(None).cards
    assert [card.id for card in cards] == [entry.id for entry in list_profiles()]
    x32 = next(card for card in cards if card.id == "behringer/x32")
    assert (x32.department, x32.transports, x32.faults) == ("SND", ("osc_udp",), ())
    assert "level.set" in x32.verbs
    assert all(card.tier for card in cards)


def test_ones_own_faulty_profile_stands_there_with_its_problem_and_remedy(folder: Path) -> None:
    found = shelf(folder)
    card = next(card for card in found.cards if card.id == "mine/desk")
    assert not card.shipped
    assert card.file.endswith("mine/desk.toml")
    assert card.faults
    assert card.faults[0].severity == "error"
    assert card.faults[0].remedy
    assert found.folder == str(folder)
    with pytest.raises(NotFoundError, match="desk"):
        profile_page("mine/desk", folder)


@pytest.mark.parametrize("profile_id", [entry.id for entry in list_profiles()])
def test_every_page_opens_and_travels(profile_id: str) -> None:
    page = profile_page(profile_id, None)
    assert page.abilities
    assert page.sources
    assert ProfilePage.model_validate_json(page.model_dump_json()) == page


def test_every_known_example_can_be_tried_and_is_understood() -> None:
    for card in shelf(None).cards:
        for ability in profile_page(card.id, None).abilities:
            if ability.example:
                found = tried(card.id, ability.name, **ability.example)
                assert found.packets, (card.id, ability.name)
                assert found.strange == 0, (card.id, ability.name)
                assert found.understood, (card.id, ability.name)


def test_a_page_names_ranges_laws_and_what_confirms() -> None:
    page = profile_page("behringer/x32", None)
    level = next(each for each in page.abilities if each.name == "level.set")
    db = next(arg for arg in level.args if arg.name == "db")
    assert (db.type, db.unit, db.minimum, db.maximum, db.law) == ("float", "dB", float("-inf"), 10.0, "x32_level")
    assert level.confirms == "is asked for it, within 1 s"
    assert level.fades == "fades, 40 steps a second"
    assert page.next_needs


def test_a_fader_moves_on_the_ghost_and_says_so() -> None:
    found = tried("behringer/x32", "level.set", strip="ch/1", db="-10")
    assert [packet.words for packet in found.packets] == ["/ch/01/mix/fader ,f 0.5"]
    assert found.packets[0].hex.startswith("2f 63 68 2f 30 31")
    assert found.understood == ("level.set strip=ch/1 db=-10",)
    assert found.state == ("level.set strip=ch/1 db=-10",)
    assert [said.means for said in found.said] == ["level.set db=-10 strip=ch/1"]


@pytest.mark.parametrize(
    ("words", "match"),
    [
        ({"strip": "ch/1", "db": "loud"}, "^db is 'loud': give a number of dB"),
        ({"strip": "ch/99", "db": "0"}, "^ch is 99: give a whole number from 1 to 32"),
        ({"strip": "ch/1"}, "^db is missing"),
        ({"strip": "ch/1", "db": "0", "colour": "red"}, "there is no argument 'colour'"),
    ],
)
def test_a_slip_in_an_argument_is_told_in_words(words: dict[str, str], match: str) -> None:
    with pytest.raises(NotFoundError, match=match):
        tried("behringer/x32", "level.set", **words)


def test_what_is_not_there_is_told_with_the_nearest_name() -> None:
    with pytest.raises(NotFoundError, match="behringer/x32"):
        tried("behringer/x23", "level.set")
    with pytest.raises(NotFoundError, match=r"level\.set"):
        tried("behringer/x32", "level.sett")
