from pathlib import Path

from ui.state.shelf import MOST_RECENT, Opening, Recent, ShowCard, shipped_shows, show_card, venue_cards


def test_the_samples_introduce_themselves() -> None:
    cards = {card.name: card for card in shipped_shows()}
    assert cards["half-light"] == ShowCard(
        "half-light", "Ondine Farrow & The Tidal Index: Half-Light, Live", "40 items · 676 cues · 1:30:00"
    )


def test_the_houses_introduce_themselves() -> None:
    cards = {card.name: card for card in venue_cards()}
    assert cards["halcyon-dome"].title == "Halcyon Dome"
    assert "22 devices" in cards["halcyon-dome"].words


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
    file.write_text('[{"show": 1}]')
    assert Recent(file).load() == ()
    (tmp_path / "file").write_text("")
    blocked = Recent(tmp_path / "file" / "recent.json")
    assert blocked.remember(Opening("a", "b")) == (Opening("a", "b"),)
