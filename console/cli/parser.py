"""The grammar of the command line: every command, what it takes, and its page of help. Runs nothing."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import MappingProxyType
from typing import Final, NoReturn

from console.cli.errors import call_error
from console.cli.option_values import fade_s, fault, speed
from console.cli.page import columns, lines_to_text
from console.vocabulary import RunKind
from profiles.near_names import near_name, near_words

PROGRAM: Final = "showcaller"
_PLACE_WORDS: Final = "ITEM, ITEM@17.1, ITEM@12.5s, cue:ID or a timecode"
_SHOW_WORDS: Final = "a show file, or the id of a shipped show"
_VENUE_WORDS: Final = "the house: a venue file, or its id"
_ARGS_WORDS: Final = "an argument of the command, such as cue=10"


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line and raises, where argparse would print a page and exit."""

    def error(self, message: str) -> NoReturn:
        raise call_error(f"{message}: see {self.prog} --help")

    def refuse_unknown(self, words: Sequence[str]) -> None:
        """Raise for an option there is none of, with the nearest: argparse would miss the one that was meant first."""
        for word in words:
            if word == "--":
                return
            option = word.partition("=")[0]
            if option.startswith("--") and option not in self._option_string_actions:
                near = near_name(option[2:], [known[2:] for known in self._option_string_actions if known[:2] == "--"])
                words = f"see {self.prog} --help" if near is None else f"did you mean --{near}?"
                raise call_error(f"there is no option {option} here: {words}")


@dataclass(frozen=True)
class Command:
    """One command: its words (``profiles encode``), a line of help, what it takes, and calls that work."""

    name: str
    summary: str
    takes: Callable[[argparse.ArgumentParser], None] = lambda _parser: None
    examples: tuple[str, ...] = ()

    def parser(self) -> _Parser:
        """A parser of what follows the command's words."""
        epilog = "\n".join(["examples:", *(f"  {PROGRAM} {self.name} {each}".rstrip() for each in self.examples)])
        parser = _Parser(
            prog=f"{PROGRAM} {self.name}",
            description=f"{self.summary[0].upper()}{self.summary[1:]}.",
            epilog=epilog if self.examples else None,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        self.takes(parser)
        return parser


@dataclass(frozen=True, slots=True)
class Asked:
    """A call that was understood: the command with its arguments, or a page to be printed instead."""

    command: str
    args: argparse.Namespace
    help: str | None = None


def parse(argv: Sequence[str]) -> Asked:
    """Understand a call; ``argv`` without the program's name. Raises CommandError, code 2."""
    nothing = argparse.Namespace()
    if not argv:
        return Asked("", nothing)
    first, *rest = argv
    if first == "--version":
        return Asked("", nothing, f"{PROGRAM} {_version()}\n")
    if first in ("-h", "--help", "help"):
        return parse([*rest, "--help"]) if rest and first == "help" else Asked("", nothing, _overview())
    if first.startswith("-"):
        raise call_error(f"a call begins with a command, not with {first}: see {PROGRAM} --help")
    name = first
    if first in _GROUPS:
        if not rest or rest[0] in ("-h", "--help"):
            return Asked(first, nothing, _overview(first))
        name, rest = f"{first} {rest[0]}", rest[1:]
    if name not in COMMANDS:
        raise call_error(f"there is no command {name!r}: {near_words(name, _siblings(name))}")
    parser = COMMANDS[name].parser()
    if {"-h", "--help"} & set(rest):
        return Asked(name, nothing, parser.format_help())
    if name == "bench":  # its own program reads what follows
        return Asked(name, argparse.Namespace(rest=rest))
    parser.refuse_unknown(rest)
    return Asked(name, parser.parse_intermixed_args(rest))


# ------------------------------------------------------------------------------------------------- what commands take


def _takes_show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("show", metavar="SHOW", help=_SHOW_WORDS)


def _takes_show_in_venue(parser: argparse.ArgumentParser) -> None:
    _takes_show(parser)
    parser.add_argument("--venue", metavar="V", required=True, help=_VENUE_WORDS)


def _takes_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs: JSON")


def _takes_play(parser: argparse.ArgumentParser) -> None:
    _takes_show_in_venue(parser)
    parser.add_argument("--item", metavar="I", help="play one item")
    parser.add_argument("--from", dest="from_place", metavar="P", help=f"begin there: {_PLACE_WORDS}")
    parser.add_argument("--to", dest="to_place", metavar="P", help="end there")
    parser.add_argument(
        "--speed", metavar="X|max", type=speed, default=1.0, help="show seconds a second; max: never wait"
    )
    _takes_go_and_ghosts(parser)
    _takes_run(parser, "rehearsal")
    parser.add_argument("--as-run", metavar="FILE", type=Path, help="keep the record of the run here")


def _takes_go_and_ghosts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--go", choices=["auto"], help="auto: the machine presses GO, arms and exits vamps")
    parser.add_argument(
        "--ghost", nargs="+", metavar="all|ROLE", default=[], help="simulate every device, or those of some roles"
    )
    _takes_faults(parser)


def _takes_faults(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--fault",
        dest="faults",
        metavar="ROLE=FAULT",
        type=fault,
        action="append",
        default=[],
        help="play on a ghost (a role, a device or all): dead, slow:MS, lossy:PERCENT, garbage, touch; may be repeated",
    )


def _takes_run(parser: argparse.ArgumentParser, default: RunKind | None) -> None:
    kinds = ["performance", "dress", "rehearsal"]
    words = "the kind of run; a performance and what is opened within it count what goes once per show together"
    parser.add_argument("--run", choices=kinds, default=default, help=words)


def _takes_open(parser: argparse.ArgumentParser) -> None:
    _takes_show_in_venue(parser)
    parser.add_argument("--ghost", choices=["all"], help="simulate every device: nothing is sent to the house")
    _takes_run(parser, None)


def _takes_check(parser: argparse.ArgumentParser) -> None:
    _takes_show_in_venue(parser)
    _takes_json(parser)


def _takes_times(parser: argparse.ArgumentParser) -> None:
    _takes_show(parser)
    parser.add_argument("--item", metavar="I", help="the cues of one item")
    parser.add_argument("--csv", action="store_true", help="for sheets: comma-separated, seconds with six decimals")


def _takes_state(parser: argparse.ArgumentParser) -> None:
    _takes_show_in_venue(parser)
    parser.add_argument("--at", metavar="P", required=True, help=_PLACE_WORDS)
    parser.add_argument(
        "--attach", action="store_true", help="ask the engine that runs what it has sent, and what devices say"
    )
    parser.add_argument("--socket", metavar="FILE", type=Path, help="where that engine is; without it, the usual place")
    _takes_json(parser)


def _takes_profile(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="vendor/product, as in profiles list")


def _takes_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", metavar="FILE|ID", nargs="*", help="without any: all there are")


def _takes_encode(parser: argparse.ArgumentParser) -> None:
    _takes_profile(parser)
    parser.add_argument("command", metavar="COMMAND", help="a verb, or a command of the device's own")
    parser.add_argument("words", metavar="key=value", nargs="*", help=f"{_ARGS_WORDS}; or a setting of the device")
    parser.add_argument("--transport", metavar="KIND", help="another way to reach the device than its first")
    parser.add_argument("--fade", metavar="S", type=fade_s, help="seconds, for a device that times its own fades")
    _takes_json(parser)


def _takes_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="VENDOR/PRODUCT", help="small letters, digits and hyphens")
    parser.add_argument("path", metavar="FILE", nargs="?", type=Path, help="where; by default your own profile folder")


def _takes_venue_id(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("venue", metavar="V", help="a venue file, or an id as in venues list")


def _takes_venue_show(parser: argparse.ArgumentParser) -> None:
    _takes_venue_id(parser)
    parser.add_argument("--show", metavar="SHOW", help=f"also who stands for each of its roles: {_SHOW_WORDS}")
    _takes_json(parser)


def _takes_venue_duplicate(parser: argparse.ArgumentParser) -> None:
    _takes_venue_id(parser)
    parser.add_argument("id", metavar="NEW", help="what the new house is called, such as town-hall")


def _takes_venue_diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("before", metavar="A", help="the house the show comes from: a venue file or an id")
    parser.add_argument("after", metavar="B", help="the house it goes to")
    parser.add_argument("--show", metavar="SHOW", required=True, help=_SHOW_WORDS)
    _takes_copies(parser)
    _takes_json(parser)


def _takes_copies(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--html", metavar="FILE", type=Path, help="write it as a page to mail, too")
    parser.add_argument("--pdf", metavar="FILE", type=Path, help="write it as A4 sheets to print, too")


def _takes_remote(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--venue", metavar="V", help="also what this house binds and whom it listens to")


def _takes_engine_socket(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--socket", metavar="FILE", type=Path, help="the engine's, where it was given another")


def _takes_tell(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", metavar="WORD", nargs="+", help="as in showcaller remote: go, fire 2.5, panic")
    _takes_engine_socket(parser)


def _takes_learn(parser: argparse.ArgumentParser) -> None:
    _takes_venue_id(parser)
    parser.add_argument("words", metavar="WORD", nargs="+", help="what the pad is to ask for: go, fire 2.5")
    parser.add_argument("--write", action="store_true", help="write it into the house, a shipped one as your own copy")
    _takes_engine_socket(parser)


def _takes_new_venue(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="what the house is called, such as town-hall")
    parser.add_argument("path", metavar="FILE", nargs="?", type=Path, help="where to write it; else your venue folder")
    parser.add_argument("--show", metavar="SHOW", required=True, help=f"whose roles it has to know: {_SHOW_WORDS}")


def _takes_send(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("role", metavar="ROLE", help="a role of the house, such as lighting.main")
    parser.add_argument("verb", metavar="VERB", help="what it is asked, such as cue.fire")
    parser.add_argument("words", metavar="key=value", nargs="*", help=_ARGS_WORDS)
    parser.add_argument("--venue", metavar="V", required=True, help=_VENUE_WORDS)


def _takes_engine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("show", metavar="SHOW", nargs="?", help=f"{_SHOW_WORDS}; without one it waits to be told")
    parser.add_argument("--venue", metavar="V", help=_VENUE_WORDS)
    parser.add_argument("--socket", metavar="FILE", type=Path, help="where windows attach")
    parser.add_argument("--from", dest="from_item", metavar="ITEM", help="begin with this item")
    parser.add_argument("--resume", action="store_true", help="go on with the last run, outputs held")
    parser.add_argument("--release", action="store_true", help="with --resume: let the outputs go at once")
    _takes_run(parser, "rehearsal")
    parser.add_argument("--anew", action="store_true", help="a new performance: what goes once per show may go again")
    parser.add_argument("--ends-alone", action="store_true", help="end when the last window has gone")
    _takes_go_and_ghosts(parser)


def _takes_as_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="the record of a run")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="for sheets: comma-separated")
    form.add_argument("--json", action="store_true", help="for programs: one JSON object a line")


_COMMANDS: Final = (
    Command(
        "demo",
        "open the sample concert, every device simulated; without a display, play it here",
        _takes_faults,
        ("", "--fault lighting.main=dead --fault all=slow:200"),
    ),
    Command(
        "open",
        "open a show in a house",
        _takes_open,
        ("half-light --venue halcyon-dome --ghost all", "mine.json --venue v.toml"),
    ),
    Command(
        "play",
        "run a show without a window",
        _takes_play,
        (
            "half-light --venue halcyon-dome --ghost all --go auto --speed max --as-run evening.sqlite",
            "half-light --venue halcyon-dome --ghost all --from song-undertow@17.1 --to song-undertow@33.1",
            "half-light --venue halcyon-dome --ghost all --go auto --fault lighting.main=dead --fault all=slow:300",
        ),
    ),
    Command(
        "check",
        "check a show and a house against each other before doors",
        _takes_check,
        ("half-light --venue gaslight-exchange", "half-light --venue gaslight-exchange --json"),
    ),
    Command(
        "times",
        "print when every cue is",
        _takes_times,
        ("half-light --item song-harbour-signals", "half-light --csv > times.csv"),
    ),
    Command(
        "state",
        "print what every parameter should be at a place in the show",
        _takes_state,
        (
            "half-light --venue halcyon-dome --at song-harbour-signals@17.1",
            "half-light --venue halcyon-dome --at 01:00:34:21",
            "half-light --venue halcyon-dome --at song-harbour-signals@3.1 --attach",
        ),
    ),
    Command("profiles list", "list the device profiles", _takes_json),
    Command("profiles show", "print what a device understands", _takes_profile, ("behringer/x32",)),
    Command(
        "profiles check",
        "check device profiles, the bytes of their examples included",
        _takes_files,
        ("", "my/desk.toml"),
    ),
    Command(
        "profiles encode",
        "print the bytes that a command would send, and send nothing",
        _takes_encode,
        ("behringer/x32 level.set strip=ch/1 db=-10", "midi/msc-lighting cue.fire cue=10 device_id=3 --json"),
    ),
    Command(
        "profiles new",
        "write a fresh device profile to fill in",
        _takes_new,
        ("acme/desk", "acme/desk desks/acme/desk.toml"),
    ),
    Command("venues list", "list the houses", _takes_json),
    Command(
        "venues show",
        "print what stands in a house, and for a show who stands for each role",
        _takes_venue_show,
        ("halcyon-dome", "halcyon-dome --show half-light --json"),
    ),
    Command("venues check", "check houses by themselves, without a show", _takes_files, ("", "my-hall.toml")),
    Command(
        "venues diff",
        "say cue by cue what another house changes",
        _takes_venue_diff,
        ("halcyon-dome gaslight-exchange --show half-light", "a.toml b.toml --show s.json --pdf cost.pdf"),
    ),
    Command(
        "venues duplicate",
        "begin a house of your own with what stands in another",
        _takes_venue_duplicate,
        ("halcyon-dome town-hall",),
    ),
    Command(
        "venues learn",
        "press a pad or a button, and bind it to what it is to ask for",
        _takes_learn,
        ("halcyon-dome fire 12", "my-hall.toml go --write"),
    ),
    Command(
        "venues new",
        "write a fresh house to fill in, with every role of a show",
        _takes_new_venue,
        ("town-hall --show half-light",),
    ),
    Command(
        "send",
        "send one command to a device of the house, for line check",
        _takes_send,
        ("--venue halcyon-dome lighting.main cue.fire cue=10",),
    ),
    Command(
        "engine",
        "run the engine alone, for windows and scripts to attach to",
        _takes_engine,
        ("", "half-light --venue halcyon-dome --ghost all"),
    ),
    Command("remote", "list what remotes may ask, and what they are told", _takes_remote, ("", "--venue halcyon-dome")),
    Command(
        "tell",
        "ask the running engine for one thing, in a remote's words",
        _takes_tell,
        ("go", "fire 2.5", "locate song-undertow 17.1"),
    ),
    Command(
        "as-run", "print the record of a run", _takes_as_run, ("evening.sqlite", "evening.sqlite --csv > evening.csv")
    ),
    Command("bench", "run the project's own measurements, from a checkout"),
)

COMMANDS: Final[Mapping[str, Command]] = MappingProxyType({command.name: command for command in _COMMANDS})
"""Every command by its words, in the order of the help."""

_GROUPS: Final = MappingProxyType({"profiles": "the device library", "venues": "the houses"})


# ----------------------------------------------------------------------------------------------------------- overview


def _overview(group: str = "") -> str:
    """The page that lists commands: all of them, or those of a group."""
    named = [command for command in _COMMANDS if command.name.startswith(f"{group} " if group else "")]
    rows = [(f"{PROGRAM} {command.name}", command.summary) for command in named]
    if not group:
        rows.insert(0, (PROGRAM, "open the console: the last show, or a page to choose from"))
    what = _GROUPS.get(group, "a show-control console for live concert specials")
    lines = [
        f"{PROGRAM} {group}".rstrip() + f": {what}",
        "",
        *(f"  {line}" for line in columns(rows)),
        "",
        f"Each has a page of its own: {PROGRAM} {named[0].name if group else 'play'} --help",
        "A show or venue is a file, or the id of a shipped one. Exit codes: 0 well, 1 the show or venue is at fault,",
        f"2 the call is, 3 {PROGRAM} itself.",
    ]
    return lines_to_text(lines)


def _siblings(name: str) -> list[str]:
    """What a misspelt command may have meant."""
    group = name.partition(" ")[0] if " " in name else ""
    inside = [known for known in COMMANDS if known.startswith(f"{group} ")]
    return inside if group else [*(known for known in COMMANDS if " " not in known), *_GROUPS]


def _version() -> str:
    try:
        return version(PROGRAM)
    except PackageNotFoundError:
        return "(not installed)"
