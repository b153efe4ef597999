"""What each command takes: its words and options, one function a command."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from console.cli.option_values import fade_s, fault, speed
from console.vocabulary import RunKind
from profiles.timecode import FRAME_RATE_NAMES

_PLACE_WORDS: Final = "ITEM, ITEM@17.1, ITEM@12.5s, cue:ID or a timecode"
_SHOW_WORDS: Final = "a show file, or the id of a shipped show"
_VENUE_WORDS: Final = "the house: a venue file, or its id"
_ARGS_WORDS: Final = "an argument of the command, such as cue=10"


def takes_show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("show", metavar="SHOW", help=_SHOW_WORDS)


def takes_show_in_venue(parser: argparse.ArgumentParser) -> None:
    takes_show(parser)
    parser.add_argument("--venue", metavar="V", required=True, help=_VENUE_WORDS)


def takes_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs: JSON")


def takes_play(parser: argparse.ArgumentParser) -> None:
    takes_show_in_venue(parser)
    parser.add_argument("--item", metavar="I", help="play one item")
    parser.add_argument("--from", dest="from_place", metavar="P", help=f"begin there: {_PLACE_WORDS}")
    parser.add_argument("--to", dest="to_place", metavar="P", help="end there")
    parser.add_argument(
        "--speed", metavar="X|max", type=speed, default=1.0, help="show seconds a second; max: never wait"
    )
    takes_go_and_ghosts(parser)
    takes_run(parser, "rehearsal")
    parser.add_argument("--as-run", metavar="FILE", type=Path, help="keep the record of the run here")


def takes_go_and_ghosts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--go", choices=["auto"], help="auto: the machine presses GO, arms and exits vamps")
    parser.add_argument(
        "--ghost", nargs="+", metavar="all|ROLE", default=[], help="simulate every device, or those of some roles"
    )
    takes_faults(parser)


def takes_faults(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--fault",
        dest="faults",
        metavar="ROLE=FAULT",
        type=fault,
        action="append",
        default=[],
        help="play on a ghost (a role, a device or all): dead, slow:MS, lossy:PERCENT, garbage, touch; may be repeated",
    )


def takes_run(parser: argparse.ArgumentParser, default: RunKind | None) -> None:
    kinds = ["performance", "dress", "rehearsal"]
    words = "the kind of run; a performance and what is opened within it count what goes once per show together"
    parser.add_argument("--run", choices=kinds, default=default, help=words)


def takes_open(parser: argparse.ArgumentParser) -> None:
    takes_show_in_venue(parser)
    parser.add_argument("--ghost", choices=["all"], help="simulate every device: nothing is sent to the house")
    takes_run(parser, None)


def takes_check(parser: argparse.ArgumentParser) -> None:
    takes_show_in_venue(parser)
    parser.add_argument(
        "--live", action="store_true", help="open and ask the devices too, try ports, hear lines and timecode"
    )
    parser.add_argument(
        "--ghost", nargs="+", metavar="all|ROLE", default=[], help="with --live: devices that are simulated, not asked"
    )
    takes_json(parser)


def takes_rehearse(parser: argparse.ArgumentParser) -> None:
    takes_show_in_venue(parser)
    takes_run(parser, "performance")
    takes_faults(parser)
    takes_json(parser)


def takes_times(parser: argparse.ArgumentParser) -> None:
    takes_show(parser)
    parser.add_argument("--item", metavar="I", help="the cues of one item")
    parser.add_argument("--csv", action="store_true", help="for sheets: comma-separated, seconds with six decimals")


def takes_state(parser: argparse.ArgumentParser) -> None:
    takes_show_in_venue(parser)
    parser.add_argument("--at", metavar="P", required=True, help=_PLACE_WORDS)
    parser.add_argument(
        "--attach", action="store_true", help="ask the engine that runs what it has sent, and what devices say"
    )
    parser.add_argument("--socket", metavar="FILE", type=Path, help="where that engine is; without it, the usual place")
    takes_json(parser)


def takes_explain(parser: argparse.ArgumentParser) -> None:
    takes_show_in_venue(parser)
    parser.add_argument("cue", metavar="cue:ID", help="the cue")
    takes_json(parser)


def takes_profile(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="vendor/product, as in profiles list")


def takes_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", metavar="FILE|ID", nargs="*", help="without any: all there are")


def takes_encode(parser: argparse.ArgumentParser) -> None:
    takes_profile(parser)
    parser.add_argument("command", metavar="COMMAND", help="a verb, or a command of the device's own")
    parser.add_argument("words", metavar="key=value", nargs="*", help=f"{_ARGS_WORDS}; or a setting of the device")
    parser.add_argument("--transport", metavar="KIND", help="another way to reach the device than its first")
    parser.add_argument("--fade", metavar="S", type=fade_s, help="seconds, for a device that times its own fades")
    takes_json(parser)


def takes_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="VENDOR/PRODUCT", help="small letters, digits and hyphens")
    parser.add_argument("path", metavar="FILE", nargs="?", type=Path, help="where; by default your own profile folder")


def takes_venue_id(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("venue", metavar="V", help="a venue file, or an id as in venues list")


def takes_venue_show(parser: argparse.ArgumentParser) -> None:
    takes_venue_id(parser)
    parser.add_argument("--show", metavar="SHOW", help=f"also who stands for each of its roles: {_SHOW_WORDS}")
    takes_json(parser)


def takes_venue_duplicate(parser: argparse.ArgumentParser) -> None:
    takes_venue_id(parser)
    parser.add_argument("id", metavar="NEW", help="what the new house is called, such as town-hall")


def takes_venue_diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("before", metavar="A", help="the house the show comes from: a venue file or an id")
    parser.add_argument("after", metavar="B", help="the house it goes to")
    parser.add_argument("--show", metavar="SHOW", required=True, help=_SHOW_WORDS)
    takes_copies(parser)
    takes_json(parser)


def takes_copies(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--html", metavar="FILE", type=Path, help="write it as a page to mail, too")
    parser.add_argument("--pdf", metavar="FILE", type=Path, help="write it as A4 sheets to print, too")


def takes_cue_sheet(parser: argparse.ArgumentParser) -> None:
    takes_show(parser)
    parser.add_argument("--venue", metavar="V", help="also what this house does otherwise: a venue file or an id")
    parser.add_argument("--department", metavar="LX", help="the sheet of one department; without it, of all")
    parser.add_argument("--by-item", action="store_true", help="each item on a sheet of its own")
    takes_copies(parser)
    parser.add_argument("--csv", metavar="FILE", type=Path, help="write it as a table for a spreadsheet, too")


def takes_new_show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="what the show is called")
    parser.add_argument(
        "--template",
        metavar="T",
        default="concert-special",
        help="concert-special (without it), awards, live-finale or interview",
    )
    parser.add_argument(
        "--songs", metavar="FILE", type=Path, help="a sheet as CSV: title, length, tempo, metre, artist, key"
    )
    parser.add_argument(
        "--song",
        metavar="WORDS",
        action="append",
        default=[],
        help="'TITLE, LENGTH, TEMPO, METRE'; all but the title may be left out; may be given again",
    )
    parser.add_argument("--venue", metavar="V", help="the house it plays in: its frame rate, and a check at the end")
    parser.add_argument("--file", metavar="FILE", type=Path, help="where to write it; without it, here, by its name")


def takes_import_cues(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="a sheet as CSV, with a row of headings")
    parser.add_argument("--show", metavar="S", required=True, help=_SHOW_WORDS)
    parser.add_argument(
        "--column",
        metavar="FIELD=HEADING",
        action="append",
        default=[],
        help="what a column means, where its heading does not say it; FIELD= leaves one out; may be given again",
    )
    home = parser.add_mutually_exclusive_group()
    home.add_argument("--item", metavar="I", help="the item of rows that name none")
    home.add_argument("--list", metavar="L", help="the free list of rows that name no item")
    parser.add_argument("--role", metavar="R", help="whom rows speak to that do not say it")
    parser.add_argument(
        "--taken",
        choices=("refuse", "change", "renumber"),
        default="refuse",
        help="a row whose number a cue has: leave it out, change that cue, or number the row anew",
    )
    parser.add_argument("--write", metavar="FILE", type=Path, help="write the show with its cues to this file")
    parser.add_argument("--leave-out", action="store_true", help="write although rows at fault are left out")
    takes_json(parser)


def takes_compare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("before", metavar="A", help=_SHOW_WORDS)
    parser.add_argument("after", metavar="B", help="the show to compare it with, or a later state of it")
    takes_json(parser)
    takes_copies(parser)


def takes_remote(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--venue", metavar="V", help="also what this house binds and whom it listens to")


def takes_engine_socket(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--socket", metavar="FILE", type=Path, help="the engine's, where it was given another")


def takes_tell(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", metavar="WORD", nargs="+", help="as in showcaller remote: go, fire 2.5, panic")
    takes_engine_socket(parser)


def takes_save(parser: argparse.ArgumentParser) -> None:
    """Where the open show goes."""
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="where it was opened from, if not given")
    parser.add_argument("--copy", action="store_true", help="write a copy; the open show goes on as unsaved")
    parser.add_argument("--over", action="store_true", help="write over whatever the file holds")
    parser.add_argument("--by", default="script", metavar="NAME", help="who saves, for the record")
    takes_engine_socket(parser)


def takes_learn(parser: argparse.ArgumentParser) -> None:
    takes_venue_id(parser)
    parser.add_argument("words", metavar="WORD", nargs="+", help="what the pad is to ask for: go, fire 2.5")
    parser.add_argument("--write", action="store_true", help="write it into the house, a shipped one as your own copy")
    takes_engine_socket(parser)


def takes_new_venue(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="what the house is called, such as town-hall")
    parser.add_argument("path", metavar="FILE", nargs="?", type=Path, help="where to write it; else your venue folder")
    parser.add_argument("--show", metavar="SHOW", required=True, help=f"whose roles it has to know: {_SHOW_WORDS}")


def takes_line_check(parser: argparse.ArgumentParser) -> None:
    """Takes the arguments of ``venues line-check``."""
    takes_venue_id(parser)
    parser.add_argument("--walk", action="store_true", help="walk the house line by line, with the engine that runs")
    parser.add_argument("--by", metavar="NAME", default="operator", help="who ticks")
    takes_engine_socket(parser)
    takes_json(parser)


def takes_latency(parser: argparse.ArgumentParser) -> None:
    """Takes the arguments of ``venues latency``."""
    takes_venue_id(parser)
    parser.add_argument("--attach", action="store_true", help="with what the engine that runs has measured")
    parser.add_argument(
        "--try",
        dest="tries",
        metavar="DEVICE=MS,MS…",
        action="append",
        default=[],
        help="what a flash or clap test gave: milliseconds, or frames (3f); several tries, their middle counts",
    )
    rates = ", ".join(FRAME_RATE_NAMES)
    parser.add_argument(
        "--rate", choices=FRAME_RATE_NAMES, metavar="RATE", help=f"of those frames, else the house's: {rates}"
    )
    parser.add_argument(
        "--adopt", metavar="DEVICE", nargs="+", default=[], help="write it into the house; all: wherever there is one"
    )
    takes_engine_socket(parser)
    takes_json(parser)


def takes_send(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("role", metavar="ROLE", help="a role of the house, such as lighting.main")
    parser.add_argument("verb", metavar="VERB", help="what it is asked, such as cue.fire")
    parser.add_argument("words", metavar="key=value", nargs="*", help=_ARGS_WORDS)
    parser.add_argument("--venue", metavar="V", required=True, help=_VENUE_WORDS)


def takes_engine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("show", metavar="SHOW", nargs="?", help=f"{_SHOW_WORDS}; without one it waits to be told")
    parser.add_argument("--venue", metavar="V", help=_VENUE_WORDS)
    parser.add_argument("--socket", metavar="FILE", type=Path, help="where windows attach")
    parser.add_argument("--from", dest="from_item", metavar="ITEM", help="begin with this item")
    parser.add_argument("--resume", action="store_true", help="go on with the last run, outputs held")
    parser.add_argument("--release", action="store_true", help="with --resume: let the outputs go at once")
    takes_run(parser, "rehearsal")
    parser.add_argument("--anew", action="store_true", help="a new performance: what goes once per show may go again")
    parser.add_argument("--despite", metavar="NAME", help="who begins a performance in spite of what preflight fails")
    parser.add_argument("--ends-alone", action="store_true", help="end when the last window has gone")
    takes_go_and_ghosts(parser)


def takes_as_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="the record of a run")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="for sheets: comma-separated")
    form.add_argument("--json", action="store_true", help="for programs: one JSON object a line")
