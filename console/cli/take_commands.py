"""The ``takes`` commands: the grammar alone, runs nothing."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from console.cli.grammar import Command

_TAKE: Final = "a take: a file, or what takes list calls it"
_SHOW: Final = "a show file, or the id of a shipped show"


def _takes_list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="FOLDER", nargs="?", type=Path, help="where they are; else the usual place")
    _json(parser)


def _takes_show(parser: argparse.ArgumentParser) -> None:
    _take(parser)
    _show(parser)
    _json(parser)


def _takes_compare(parser: argparse.ArgumentParser) -> None:
    _show(parser)
    parser.add_argument("takes", metavar="TAKE", nargs="+", help=_TAKE)
    parser.add_argument("--item", metavar="I", help="the cues of one item")
    parser.add_argument("--csv", action="store_true", help="for sheets: comma-separated, lags in ms")
    _json(parser)


def _takes_notes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("takes", metavar="TAKE", nargs="+", help=_TAKE)
    parser.add_argument("--department", metavar="D", help="those of one department, LX or SND or …")
    parser.add_argument("--open", action="store_true", help="those that are not done with")
    parser.add_argument("--tick", metavar="N", type=int, help="note N of the take is done with")
    parser.add_argument("--untick", metavar="N", type=int, help="note N of the take is not done with after all")
    parser.add_argument("--csv", action="store_true", help="for sheets: comma-separated")
    parser.add_argument("--html", metavar="FILE", type=Path, help="write it as a page to print or mail, too")
    parser.add_argument("--pdf", metavar="FILE", type=Path, help="write it on paper, as PDF, too")


def _takes_replay(parser: argparse.ArgumentParser) -> None:
    _take(parser)
    _show(parser)
    parser.add_argument("--venue", metavar="V", required=True, help="the house: a venue file, or its id")
    parser.add_argument("--output", action="store_true", help="send what was sent then; the engine decides nothing")
    parser.add_argument("--speed", metavar="X", type=_speed, default=1.0, help="of the score, 0.25 to 4")
    parser.add_argument("--max", action="store_true", help="never wait: every device is a ghost")
    parser.add_argument(
        "--ghost", nargs="+", metavar="all|ROLE", default=[], help="simulate every device, or some roles'"
    )
    parser.add_argument("--as-run", metavar="FILE", type=Path, help="keep the record of it here")


def _takes_adopt(parser: argparse.ArgumentParser) -> None:
    _take(parser)
    _show(parser)
    parser.add_argument("--cue", metavar="C", nargs="+", help="these cues, by id or number; else all that were pressed")
    parser.add_argument("--grid", choices=["1/4", "1/8", "1/16"], help="to the nearest of these notes")
    parser.add_argument("--write", metavar="FILE", type=Path, help="write the show with it there; else it is only told")


def _takes_learn(parser: argparse.ArgumentParser) -> None:
    _show(parser)
    parser.add_argument("cue", metavar="CUE", help="a called cue, by id or number")
    parser.add_argument("takes", metavar="TAKE", nargs="+", help=_TAKE)
    parser.add_argument("--grid", choices=["1/4", "1/8", "1/16"], help="to the nearest of these notes")
    parser.add_argument("--write", metavar="FILE", type=Path, help="write the show with it there; else it is only told")


def _takes_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("log", metavar="LOG", help="a log of presses, one JSON object a line; or a shipped one's name")
    _show(parser)
    parser.add_argument(
        "file", metavar="FILE", nargs="?", type=Path, help="where to write the take; else the usual place"
    )


def _take(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("take", metavar="TAKE", help=_TAKE)


def _show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("show", metavar="SHOW", help=_SHOW)


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs: JSON")


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0.25 <= speed <= 4:
        raise argparse.ArgumentTypeError(f"{text!r} is no speed from 0.25 to 4")
    return speed


TAKE_COMMANDS: Final = (
    Command("takes list", "list the takes that are kept", _takes_list),
    Command(
        "takes show",
        "print what was pressed, missed and marked in a take",
        _takes_show,
        ("chorus.take half-light",),
    ),
    Command(
        "takes compare",
        "lay takes beside the score: how late each press was",
        _takes_compare,
        ("half-light first.take second.take", "half-light dress.take --csv > lags.csv"),
    ),
    Command(
        "takes notes",
        "print what was marked, for one department or all",
        _takes_notes,
        ("dress.take --department LX --open", "dress.take --tick 3", "dress.take --pdf notes.pdf"),
    ),
    Command(
        "takes replay",
        "play a take again, as its operators or as what was sent",
        _takes_replay,
        (
            "dress.take half-light --venue halcyon-dome --ghost all --speed 0.5",
            "dress.take half-light --venue halcyon-dome --ghost all --output --max",
        ),
    ),
    Command(
        "takes adopt",
        "move cues to where they were pressed, outliers left for a person",
        _takes_adopt,
        ("dress.take half-light --grid 1/8", "dress.take mine.json --cue 2.040 2.055 --write mine-2.json"),
    ),
    Command(
        "takes learn",
        "learn from its presses where a called cue is expected",
        _takes_learn,
        ("mine.json 3.2 first.take second.take --write mine-2.json",),
    ),
    Command(
        "takes import",
        "make a take of another system's log of presses",
        _takes_import,
        ("half-light-copper-rain-3 half-light copper.take",),
    ),
)
