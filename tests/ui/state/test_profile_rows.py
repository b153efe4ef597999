"""The library as rows that can be searched, a profile as text, and what came of a trial."""

import pytest

from console.vocabulary import ArgCard, FaultText, ProfileCard, TryCommand
from console.wiring.profile_shelf import profile_page, shelf, try_command
from ui.state.blocks import blocks_to_text
from ui.state.profile_rows import (
    Wanted,
    ability_blocks,
    ability_rows,
    fault_blocks,
    profile_blocks,
    profile_rows,
    tried_blocks,
    wanted_text,
)

CARDS = shelf(None).cards
BROKEN = ProfileCard(
    id="mine/desk",
    shipped=False,
    file="mine/desk.toml",
    faults=(FaultText(severity="error", where="desk.toml line 8", message="no such thing", remedy="close it"),),
)


def keys(wanted: Wanted) -> list[str]:
    return [row.key for row in profile_rows(CARDS, wanted)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(text="x32"), {"behringer/x32"}),
        (Wanted(text="MA grand"), {"ma/grandma2", "ma/grandma3", "ma/grandma2-msc"}),
        (Wanted(vendor="Allen & Heath"), {"allen-heath/dlive", "allen-heath/sq"}),
        (Wanted(text="nothing like it"), set()),
    ],
)
def test_a_search_finds_by_words_and_vendor(wanted: Wanted, found: set[str]) -> None:
    assert found <= set(keys(wanted))
    assert len(keys(wanted)) <= len(found) + 3


def test_department_and_verb_narrow_it() -> None:
    sound = keys(Wanted(department="SND"))
    assert "behringer/x32" in sound
    assert "etc/eos" not in sound
    cue = keys(Wanted(verb="cue.fire"))
    assert "etc/eos" in cue
    assert "behringer/x32" not in cue
    assert len(keys(Wanted())) == len(CARDS)


def test_what_has_faults_comes_first_with_line_and_remedy() -> None:
    (first, *_rest) = profile_rows((*CARDS, BROKEN), Wanted())
    assert (first.key, first.cells[:2]) == ("mine/desk", ("Faulty", "mine/desk (yours)"))
    assert blocks_to_text(fault_blocks(BROKEN)) == "error: desk.toml line 8: no such thing\nremedy: close it"


def test_every_profile_can_be_read() -> None:
    for card in CARDS:
        page = profile_page(card.id, None)
        text = blocks_to_text(profile_blocks(page))
        assert page.sources[0] in text
        assert f"Id: {card.id}" in text
        assert len(ability_rows(page)) == len(page.abilities)
        assert all(blocks_to_text(ability_blocks(each)) for each in page.abilities)


@pytest.mark.parametrize(
    ("arg", "words"),
    [
        (ArgCard(name="db", type="float", unit="dB", minimum=-60, maximum=10), "a number of dB from −60 to 10"),
        (ArgCard(name="n", type="int", minimum=1, required=False), "a whole number from 1, may be left out"),
        (ArgCard(name="n", type="int", maximum=9, default="3"), "a whole number up to 9, else 3"),
        (ArgCard(name="on", type="flag"), "true or false"),
        (ArgCard(name="w", type="text", choices=tuple("abcdefgh")), "one of a, b, c, d, e, f …"),
        (ArgCard(name="w", type="text", wanted="a name of the desk"), "a name of the desk"),
    ],
)  # fmt: skip
def test_a_field_says_what_it_wants(arg: ArgCard, words: str) -> None:
    assert wanted_text(arg) == words


def test_a_trial_is_told_from_its_bytes_to_where_the_ghost_stands() -> None:
    asked = TryCommand(profile="behringer/x32", command="level.set", words={"strip": "ch/1", "db": "-10"})
    text = blocks_to_text(tried_blocks(try_command(asked, None)))
    assert "Bytes: /ch/01/mix/fader ,f 0.5\nBy: osc_udp port 10023\n2f 63 68" in text
    assert "Ghost understood: level.set strip=ch/1 db=-10" in text
    assert "Stands now: level.set strip=ch/1 db=-10" in text
    silent = TryCommand(profile="ma/grandma3", command="cue.go", words={"playback": "5"})
    text = blocks_to_text(tried_blocks(try_command(silent, None)))
    assert "Ghost said: nothing" in text
