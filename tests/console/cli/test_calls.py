"""Calls themselves: help, version, misspelt commands, and which call wants a window."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pytest

from console.cli import Call, main, plan_call
from console.cli.commands import RUNS, namespace_to_engine, namespace_to_play
from console.cli.engine import EngineArgs
from console.cli.errors import CommandError
from console.cli.parser import COMMANDS, parse
from console.cli.places import text_to_position
from console.cli.play_args import PlayArgs, demo_play_args
from console.plan.schedule import build_schedule
from console.samples.library import sample_path
from console.show.show_file import read_show
from profiles.venue_library import load_venue
from tests.support.command_line import CommandLine
from tests.support.tree import ROOT


def test_every_command_of_the_help_can_be_run():
    assert set(RUNS) == {"", *COMMANDS}


def test_the_overview_names_every_command(call: CommandLine):
    page = call.well("--help").out
    for name, command in COMMANDS.items():
        assert f"showcaller {name}" in page
        assert command.summary in page
    assert call.well("-h").out == call.well("help").out == page
    assert max(map(len, page.splitlines())) <= 120


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_page_of_help(call: CommandLine, name: str):
    page = call.well(*name.split(), "--help").out
    assert page.startswith(f"usage: showcaller {name}")
    assert call.well("help", *name.split()).out == page


@pytest.mark.parametrize(
    "words", [[*name.split(), *example.split()] for name, each in COMMANDS.items() for example in each.examples]
)
def test_every_example_of_the_help_is_a_good_call(words: list[str]):
    typed = words[: words.index(">")] if ">" in words else words
    assert parse(typed).command in COMMANDS


@pytest.mark.parametrize("group", ["profiles", "venues"])
def test_a_group_alone_lists_its_commands(call: CommandLine, group: str):
    page = call.well(group).out
    assert [name for name in COMMANDS if f"showcaller {name} " in page] == [
        name for name in COMMANDS if name.startswith(f"{group} ")
    ]


def test_version(call: CommandLine):
    words = call.well("--version").out.split()
    assert words[0] == "showcaller"
    assert words[1][0].isdigit()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["tmes", "half-light"], "there is no command 'tmes': did you mean times?"),
        (["chekc"], "there is no command 'chekc': did you mean check?"),
        (["profiles", "encod"], "there is no command 'profiles encod': did you mean profiles encode?"),
        (["venue", "list"], "there is no command 'venue': did you mean venues?"),
        (["xyzzy"], "there is no command 'xyzzy': there are "),
        (["--item", "song"], "a call begins with a command, not with --item: see showcaller --help"),
        (["times"], "the following arguments are required: SHOW: see showcaller times --help"),
        (["check", "half-light"], "the following arguments are required: --venue"),
        (["times", "half-light", "--itm", "x"], "there is no option --itm here: did you mean --item?"),
        (["times", "half-light", "more"], "unrecognized arguments: more"),
        (["times", "half-light", "--item"], "argument --item: expected one argument"),
        (["as-run", "x", "--csv", "--json"], "argument --json: not allowed with argument --csv"),
        (["play", "half-light", "--venue", "v", "--speed", "fast"], "argument --speed: 'fast' is not a number above 0"),
        (["play", "half-light", "--venue", "v", "--speed", "0"], "argument --speed: '0' is not a number above 0"),
        (["play", "half-light", "--venue", "v", "--speed", "nan"], "argument --speed: 'nan' is not a number above 0"),
        (["play", "half-light", "--venue", "v", "--go", "now"], "argument --go: invalid choice: 'now'"),
    ],
)
def test_a_call_that_cannot_be_understood_is_told_so_in_a_line(call: CommandLine, words: list[str], said: str):
    answer = call(*words)
    assert answer.code == 2
    assert answer.fault.startswith(said)


def test_options_may_stand_anywhere(call: CommandLine):
    words = ["generic/osc", "cue.fire", "cue=10", "list=3"]
    usual = call.well("profiles", "encode", *words, "--json").json
    for place in range(len(words)):
        assert call.well("profiles", "encode", *words[:place], "--json", *words[place:]).json == usual


@pytest.mark.parametrize(
    ("argv", "planned"),
    [
        ([], Call("welcome")),
        (["demo"], Call("demo", "half-light", "halcyon-dome")),
        (["open", "mine.json", "--venue", "hall.toml"], Call("open", "mine.json", "hall.toml")),
        (["open", "--venue", "hall.toml", "mine.json"], Call("open", "mine.json", "hall.toml")),
        (["open", "mine.json"], Call(None)),
        (["open", "--help"], Call(None)),
        (["demo", "--help"], Call(None)),
        (["demo", "half-light"], Call(None)),
        (["check", "half-light", "--venue", "v"], Call(None)),
        (["xyzzy"], Call(None)),
        (["--version"], Call(None)),
    ],
)
def test_three_calls_want_a_window(argv: list[str], planned: Call, capsys: pytest.CaptureFixture[str]):
    assert plan_call(argv) == planned
    assert capsys.readouterr() == ("", "")


def test_without_argv_the_program_s_own_is_taken(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(sys, "argv", ["showcaller", "--version"])
    assert plan_call() == Call(None)
    assert main() == 0
    assert capsys.readouterr().out.startswith("showcaller ")


@pytest.mark.parametrize("words", [[], ["open", "half-light", "--venue", "halcyon-dome"]])
def test_a_window_without_a_display_says_what_to_do(call: CommandLine, words: list[str]):
    answer = call(*words)
    assert answer.code == 2
    assert "DISPLAY" in answer.fault


def test_the_demo_names_what_ships():
    demo = demo_play_args()
    venue, _ = load_venue(demo.venue)
    assert sample_path(demo.show).is_file()
    assert venue is not None
    assert (demo.ghosts, demo.go_auto, demo.speed) == ("all", True, 1.0)
    show = read_show(sample_path(demo.show)).show
    assert demo.from_place is not None
    assert text_to_position(demo.from_place, show, build_schedule(show)).item == demo.from_place


def test_a_whole_play_call_is_understood():
    words = "play s --venue v --item i --from i@1.1 --to i@9s --speed 2.5 --go auto --as-run r.db --ghost a.b c.d"
    asked = parse(words.split())
    assert namespace_to_play(asked.args) == PlayArgs(
        "s", "v", "i", "i@1.1", "i@9s", 2.5, True, ("a.b", "c.d"), Path("r.db")
    )


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("", "ghosts", ()),
        ("", "speed", 1.0),
        ("", "go_auto", False),
        ("--speed max", "speed", None),
        ("--ghost all", "ghosts", "all"),
        ("--ghost lighting.main all", "ghosts", "all"),
    ],
)
def test_play_s_options(words: str, field: str, value: object):
    asked = parse(["play", "s", "--venue", "v", *words.split()])
    assert getattr(namespace_to_play(asked.args), field) == value


def test_a_whole_engine_call_is_understood():
    words = "engine s --venue v --socket e.sock --ghost all --go auto --from i"
    assert namespace_to_engine(parse(words.split()).args) == EngineArgs(Path("e.sock"), "s", "v", "all", True, "i")
    assert namespace_to_engine(parse(["engine"]).args) == EngineArgs()


@pytest.mark.parametrize("words", [["half-light"], ["--venue", "halcyon-dome"]])
def test_an_engine_is_given_a_show_and_a_house_or_neither(call: CommandLine, words: list[str]):
    answer = call("engine", *words)
    assert (answer.code, answer.fault) == (
        2, "a show and a house go together: give SHOW and --venue, or neither"
    )  # fmt: skip


def test_bench_hands_its_words_on():
    assert parse(["bench", "dispatch", "--blocks", "3"]).args == argparse.Namespace(rest=["dispatch", "--blocks", "3"])


def test_bench_outside_a_checkout_says_where_it_runs(tmp_path: Path):
    from console.cli.bench import run_bench

    with pytest.raises(CommandError, match="from a checkout") as caught:
        run_bench([], tmp_path)
    assert caught.value.code == 2


def test_bench_in_a_checkout_runs_the_measurements():
    from console.cli.bench import run_bench

    assert run_bench(["--help"], ROOT) == 0
