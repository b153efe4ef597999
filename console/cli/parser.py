"""The grammar of the command line: every command, what it takes, and its page of help. Runs nothing."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType
from typing import Final

from console.cli.errors import call_error
from console.cli.grammar import PROGRAM, Command
from console.cli.page import columns, lines_to_text
from console.cli.take_commands import TAKE_COMMANDS
from console.cli.takes import (
    takes_as_run,
    takes_check,
    takes_compare,
    takes_cue_sheet,
    takes_encode,
    takes_engine,
    takes_explain,
    takes_faults,
    takes_files,
    takes_import_cues,
    takes_json,
    takes_latency,
    takes_learn,
    takes_line_check,
    takes_new,
    takes_new_show,
    takes_new_venue,
    takes_open,
    takes_play,
    takes_profile,
    takes_rehearse,
    takes_remote,
    takes_save,
    takes_send,
    takes_state,
    takes_tell,
    takes_times,
    takes_venue_diff,
    takes_venue_duplicate,
    takes_venue_show,
)
from profiles.near_names import near_words


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


_COMMANDS: Final = (
    Command(
        "demo",
        "open the sample concert, every device simulated; without a display, play it here",
        takes_faults,
        ("", "--fault lighting.main=dead --fault all=slow:200"),
    ),
    Command(
        "new",
        "write a fresh show out of a template and a list of songs",
        takes_new_show,
        (
            "spring-tour --songs setlist.csv --venue halcyon-dome",
            "evening --template interview --song Undertow,3:45,120,4/4 --song Ballad,4:00",
        ),
    ),
    Command(
        "open",
        "open a show in a house",
        takes_open,
        ("half-light --venue halcyon-dome --ghost all", "mine.json --venue v.toml"),
    ),
    Command(
        "play",
        "run a show without a window",
        takes_play,
        (
            "half-light --venue halcyon-dome --ghost all --go auto --speed max --as-run evening.sqlite",
            "half-light --venue halcyon-dome --ghost all --from song-undertow@17.1 --to song-undertow@33.1",
            "half-light --venue halcyon-dome --ghost all --go auto --fault lighting.main=dead --fault all=slow:300",
        ),
    ),
    Command(
        "check",
        "check a show and a house against each other before doors",
        takes_check,
        (
            "half-light --venue gaslight-exchange",
            "half-light --venue gaslight-exchange --json",
            "half-light --venue gaslight-exchange --live --ghost all",
        ),
    ),
    Command(
        "rehearse",
        "play the whole evening at once, on ghosts, and list everything that would go wrong",
        takes_rehearse,
        ("half-light --venue halcyon-dome", "half-light --venue halcyon-dome --json"),
    ),
    Command(
        "times",
        "print when every cue is",
        takes_times,
        ("half-light --item song-harbour-signals", "half-light --csv > times.csv"),
    ),
    Command(
        "state",
        "print what every parameter should be at a place in the show",
        takes_state,
        (
            "half-light --venue halcyon-dome --at song-harbour-signals@17.1",
            "half-light --venue halcyon-dome --at 01:00:34:21",
            "half-light --venue halcyon-dome --at song-harbour-signals@3.1 --attach",
        ),
    ),
    Command(
        "explain",
        "print the exact bytes a cue would send in a house, and send nothing",
        takes_explain,
        ("half-light --venue halcyon-dome cue:harbour-signals-020",),
    ),
    Command("profiles list", "list the device profiles", takes_json),
    Command("profiles show", "print what a device understands", takes_profile, ("behringer/x32",)),
    Command(
        "profiles check",
        "check device profiles, the bytes of their examples included",
        takes_files,
        ("", "my/desk.toml"),
    ),
    Command(
        "profiles encode",
        "print the bytes that a command would send, and send nothing",
        takes_encode,
        ("behringer/x32 level.set strip=ch/1 db=-10", "midi/msc-lighting cue.fire cue=10 device_id=3 --json"),
    ),
    Command(
        "profiles new",
        "write a fresh device profile to fill in",
        takes_new,
        ("acme/desk", "acme/desk desks/acme/desk.toml"),
    ),
    Command("venues list", "list the houses", takes_json),
    Command(
        "venues show",
        "print what stands in a house, and for a show who stands for each role",
        takes_venue_show,
        ("halcyon-dome", "halcyon-dome --show half-light --json"),
    ),
    Command("venues check", "check houses by themselves, without a show", takes_files, ("", "my-hall.toml")),
    Command(
        "venues diff",
        "say cue by cue what another house changes",
        takes_venue_diff,
        ("halcyon-dome gaslight-exchange --show half-light", "a.toml b.toml --show s.json --pdf cost.pdf"),
    ),
    Command(
        "venues duplicate",
        "begin a house of your own with what stands in another",
        takes_venue_duplicate,
        ("halcyon-dome town-hall",),
    ),
    Command(
        "venues learn",
        "press a pad or a button, and bind it to what it is to ask for",
        takes_learn,
        ("halcyon-dome fire 12", "my-hall.toml go --write"),
    ),
    Command(
        "venues new",
        "write a fresh house to fill in, with every role of a show",
        takes_new_venue,
        ("town-hall --show half-light",),
    ),
    Command(
        "venues line-check",
        "list the line checks of a house, or walk it device by device",
        takes_line_check,
        ("halcyon-dome", "halcyon-dome --walk --by Ana"),
    ),
    Command(
        "venues latency",
        "say how long devices need, measured or timed by hand, and write it into the house",
        takes_latency,
        ("my-hall --attach", "my-hall --try screens=3f,4f,3f --adopt screens"),
    ),
    Command(
        "send",
        "send one command to a device of the house, for line check",
        takes_send,
        ("--venue halcyon-dome lighting.main cue.fire cue=10",),
    ),
    Command(
        "engine",
        "run the engine alone, for windows and scripts to attach to",
        takes_engine,
        ("", "half-light --venue halcyon-dome --ghost all"),
    ),
    Command("remote", "list what remotes may ask, and what they are told", takes_remote, ("", "--venue halcyon-dome")),
    Command(
        "tell",
        "ask the running engine for one thing, in a remote's words",
        takes_tell,
        ("go", "fire 2.5", "locate song-undertow 17.1"),
    ),
    Command(
        "save",
        "save the show that is open in the running engine",
        takes_save,
        ("", "tour.json", "backup.json --copy"),
    ),
    Command(
        "compare",
        "say cue by cue what is another thing in another show file",
        takes_compare,
        ("monday.json tuesday.json", "monday.json tuesday.json --json"),
    ),
    Command(
        "export cue-sheet",
        "write the cue sheets of a show, a department a sheet",
        takes_cue_sheet,
        (
            "half-light --pdf sheets.pdf",
            "half-light --venue gaslight-exchange --department LX --pdf lx.pdf --csv lx.csv",
        ),
    ),
    Command(
        "import cues",
        "take cues from a sheet, and say what would become of every row",
        takes_import_cues,
        (
            "lx.csv --show mine.json",
            "lx.csv --show mine.json --item song-1 --column label=Description --write mine.json",
        ),
    ),
    Command(
        "as-run", "print the record of a run", takes_as_run, ("evening.sqlite", "evening.sqlite --csv > evening.csv")
    ),
    *TAKE_COMMANDS,
    Command("bench", "run the project's own measurements, from a checkout"),
)

COMMANDS: Final[Mapping[str, Command]] = MappingProxyType({command.name: command for command in _COMMANDS})
"""Every command by its words, in the order of the help."""

_GROUPS: Final = MappingProxyType(
    {
        "profiles": "the device library",
        "venues": "the houses",
        "takes": "recorded passes",
        "export": "files to hand off",
        "import": "what others wrote, taken in",
    }
)


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
