"""``showcaller play`` away from real time: passages, items, and what is said where nothing could be played."""

from pathlib import Path

import pytest

from console.record.reading import read_as_run, read_facts
from console.vocabulary import ItemChanged
from tests.support.command_line import CommandLine, Said

FAST = ("half-light", "--venue", "halcyon-dome", "--ghost", "all", "--speed", "max")


def play(call: CommandLine, *words: str | Path) -> Said:
    return call("play", *FAST, *words)


def test_a_passage_without_the_machine_goes_through_its_vamps(call: CommandLine, tmp_path: Path) -> None:
    record = tmp_path / "passage.sqlite"
    said = play(call, "--from", "song-undertow", "--to", "song-undertow@9.1", "--as-run", record)
    assert said.code == 0, said.err
    assert {row.item for row in read_as_run(record) if row.item} == {"song-undertow"}
    assert "Undertow" in said.err


def test_one_item_is_played_alone(call: CommandLine, tmp_path: Path) -> None:
    record = tmp_path / "item.sqlite"
    assert play(call, "--go", "auto", "--item", "song-undertow", "--as-run", record).code == 0
    lives = [fact.item for fact in read_facts(record) if isinstance(fact, ItemChanged) and fact.life == "live"]
    assert lives == ["song-undertow"]


def test_a_run_in_which_nobody_presses_says_so(call: CommandLine) -> None:
    said = play(call)
    assert said.code == 0
    assert said.err.endswith("showcaller: no item was started: add --go auto, or say with --from where to begin\n")


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (
            ("--from", "song-undertow@33.1", "--to", "song-undertow@17.1"),
            "--to song-undertow@17.1 does not come after --from song-undertow@33.1: nothing would be played",
        ),
        (
            ("--from", "song-undertow", "--to", "song-harbour-signals"),
            "--to song-harbour-signals does not come after --from song-undertow: nothing would be played",
        ),
        (
            ("--item", "song-undertow", "--from", "song-harbour-signals@2.1"),
            "--from lies in song-harbour-signals, and only song-undertow is played: leave one of them out",
        ),
        (
            ("--item", "song-undertow", "--to", "song-harbour-signals@2.1"),
            "--to lies in song-harbour-signals, and only song-undertow is played: leave one of them out",
        ),
        (("--item", "song-undertaw"), "the rundown has no item 'song-undertaw': did you mean song-undertow?"),
    ],
)
def test_a_passage_that_cannot_be_is_refused(call: CommandLine, words: tuple[str, ...], fault: str) -> None:
    said = play(call, *words)
    assert (said.code, said.fault) == (2, fault)
