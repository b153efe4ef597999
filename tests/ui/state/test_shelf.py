from importlib.resources import files
from pathlib import Path

import pytest

from ui.state.shelf import MOST_RECENT, Opening, Recent, ShowCard, shipped_shows, show_card, venue_cards


def test_the_samples_introduce_themselves() -> None:
    cards = {card.name: card for card in shipped_shows()}
    assert cards["half-light"] == ShowCard(
        "half-light", "Ondine Farrow & The Tidal Index: Half-Light, Live", "40 items · 676 cues · 1:30:00", ships=True
    )


def test_the_houses_introduce_themselves() -> None:
    cards = {card.name: card for card in venue_cards()}
    assert cards["halcyon-dome"].title == "Halcyon Dome"
    assert "22 devices" in cards["halcyon-dome"].words
    assert cards["halcyon-dome"].ships


def test_a_house_of_ones_own_does_not_ship(tmp_path: Path) -> None:
    shipped = files("profiles").joinpath("venues", "halcyon-dome.toml").read_text(encoding="utf-8")
    (tmp_path / "mine.toml").write_text(shipped.replace('id = "halcyon-dome"', 'id = "mine"'))
    ships = {card.name: card.ships for card in venue_cards(tmp_path)}
    assert ships.pop("mine") is False
    assert len(ships) > 1
    assert all(ships.values())


@pytest.mark.parametrize(("simulated", "ghosts"), [(None, None), (True, "all"), (False, ())])
def test_who_is_simulated_is_asked_and_remembered(tmp_path: Path, simulated: bool | None, ghosts: object) -> None:
    opening = Opening("half-light", "halcyon-dome", simulated)
    assert opening.ghosts == ghosts
    recent = Recent(tmp_path / "recent.json")
    recent.remember(Opening("half-light", "halcyon-dome", not simulated))
    recent.remember(opening)
    assert recent.load() == (opening,)


def test_what_is_no_show_has_no_card(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    assert show_card(file, "x") is None
    for text in ("", "[]", '{"items": 3}', '{"items": [], "cues": []}'):
        file.write_text(text)
        assert show_card(file, "x") is None


def test_what_was_opened_last_comes_first_and_once(tmp_path: Path) -> None:
    recent = Recent(tmp_path / "deep" / "recent.json")
    assert recent.load() == ()
    for n in range(MOST_RECENT + 3):
        recent.remember(Opening(f"show-{n}", "arena"))
    recent.remember(Opening("show-5", "arena"))
    names = [opening.show for opening in recent.load()]
    assert names[:2] == ["show-5", f"show-{MOST_RECENT + 2}"]
    assert len(names) == MOST_RECENT
    assert names.count("show-5") == 1


def test_a_spoilt_or_unwritable_list_stops_nobody(tmp_path: Path) -> None:
    file = tmp_path / "recent.json"
    for text in ('[{"show": 1}]', '["x"]', '{"show": 1}', "3"):
        file.write_text(text)
        assert Recent(file).load() == ()
    (tmp_path / "file").write_text("")
    blocked = Recent(tmp_path / "file" / "recent.json")
    assert blocked.remember(Opening("a", "b")) == (Opening("a", "b"),)
