"""Every command by its words, and what runs it. Modules are imported when their command is called: help stays quick."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from console.cli.errors import call_error
from console.cli.page import Page, takes_colour
from console.cli.play_args import PlayArgs, demo_play_args
from console.cli.take_runs import TAKE_RUNS

if TYPE_CHECKING:
    from console.cli.engine import EngineArgs
    from console.vocabulary import Faults

Run = Callable[[Namespace], int]
"""Takes the arguments, and under ``paper`` what makes PDFs; prints, returns the exit code. May raise CommandError."""


def _print(page: Page) -> int:
    sys.stdout.write(page.text)
    return page.code


def _welcome(_args: Namespace) -> int:
    raise call_error("the console is a window and there is no display: set DISPLAY, or see showcaller --help")


def _open(args: Namespace) -> int:
    words = f"showcaller play {args.show} --venue {args.venue}"
    raise call_error(f"a window needs a display and there is none: set DISPLAY, or run it without: {words}")


def _demo(args: Namespace) -> int:
    from console.cli.play import run_play

    return run_play(demo_play_args(tuple(args.faults)))


def _play(args: Namespace) -> int:
    from console.cli.play import run_play

    return run_play(namespace_to_play(args))


def namespace_to_play(args: Namespace) -> PlayArgs:
    """What was typed, as a headless run is asked for."""
    return PlayArgs(
        show=args.show,
        venue=args.venue,
        item=args.item,
        from_place=args.from_place,
        to_place=args.to_place,
        speed=args.speed,
        go_auto=args.go == "auto",
        ghosts=_ghosts(args),
        as_run=args.as_run,
        run_kind=args.run,
        faults=_faults(args),
    )


def _ghosts(args: Namespace) -> tuple[str, ...] | Literal["all"]:
    return "all" if "all" in args.ghost else tuple(args.ghost)


def _faults(args: Namespace) -> Faults:
    if args.faults and args.run == "performance":
        raise call_error("--fault does not go with --run performance: faults are played in a rehearsal or a dress run")
    return tuple(args.faults)


def _check(args: Namespace) -> int:
    from console.cli.check import run_check, run_live_check

    colour = takes_colour(sys.stdout)
    if args.live:
        return _print(run_live_check(args.show, args.venue, _ghosts(args), as_json=args.json, colour=colour))
    if args.ghost:
        raise call_error("--ghost goes with --live: on paper no device is asked")
    return _print(run_check(args.show, args.venue, as_json=args.json, colour=colour))


def _rehearse(args: Namespace) -> int:
    from console.cli.rehearse import run_rehearse

    colour = takes_colour(sys.stdout)
    faults = tuple(args.faults)
    return _print(run_rehearse(args.show, args.venue, args.run, faults, as_json=args.json, colour=colour))


def _times(args: Namespace) -> int:
    from console.cli.times import run_times

    return _print(Page(run_times(args.show, args.item, as_csv=args.csv)))


def _state(args: Namespace) -> int:
    from console.cli.state import run_state
    from console.link.doorway import default_path

    attach = (args.socket or default_path()) if args.attach or args.socket else None
    return _print(run_state(args.show, args.venue, args.at, as_json=args.json, attach=attach))


def _explain(args: Namespace) -> int:
    from console.cli.explain import run_explain

    return _print(run_explain(args.show, args.venue, args.cue, as_json=args.json))


def _profiles_list(args: Namespace) -> int:
    from console.cli.profile_pages import run_profile_list

    return _print(run_profile_list(as_json=args.json))


def _profiles_show(args: Namespace) -> int:
    from console.cli.profile_pages import run_profile_show

    return _print(run_profile_show(args.id))


def _profiles_check(args: Namespace) -> int:
    from console.cli.profile_check import run_profile_check

    return _print(run_profile_check(args.names, colour=takes_colour(sys.stdout)))


def _profiles_encode(args: Namespace) -> int:
    from console.cli.encode_command import run_encode

    return _print(
        run_encode(args.id, args.command, args.words, transport=args.transport, fade_s=args.fade, as_json=args.json)
    )


def _profiles_new(args: Namespace) -> int:
    from console.cli.profile_new import run_profile_new

    return _print(run_profile_new(args.id, args.path))


def _venues_list(args: Namespace) -> int:
    from console.cli.venue_pages import run_venue_list

    return _print(run_venue_list(as_json=args.json))


def _venues_show(args: Namespace) -> int:
    from console.cli.venue_pages import run_venue_show

    return _print(run_venue_show(args.venue, args.show, as_json=args.json))


def _venues_check(args: Namespace) -> int:
    from console.cli.venue_pages import run_venue_check

    return _print(run_venue_check(args.names, colour=takes_colour(sys.stdout)))


def _venues_new(args: Namespace) -> int:
    from console.cli.venue_new import run_venue_new

    return _print(run_venue_new(args.id, args.path, args.show))


def _venues_duplicate(args: Namespace) -> int:
    from console.cli.venue_duplicate import run_venue_duplicate

    return _print(run_venue_duplicate(args.venue, args.id))


def _venues_diff(args: Namespace) -> int:
    from console.cli.paper import Written
    from console.cli.venue_diff import run_venue_diff

    written = Written(args.html, args.pdf)
    return _print(run_venue_diff(args.before, args.after, args.show, written, args.paper, as_json=args.json))


def _venues_line_check(args: Namespace) -> int:
    from console.cli.line_check import run_line_check, walk_lines

    if args.walk:
        return walk_lines(args.venue, args.socket, args.by)
    return _print(run_line_check(args.venue, as_json=args.json))


def _venues_latency(args: Namespace) -> int:
    from console.cli.latency import run_latency

    return _print(
        run_latency(
            args.venue,
            attach=args.attach,
            socket=args.socket,
            tries=args.tries,
            rate=args.rate,
            adopt=args.adopt,
            as_json=args.json,
        )
    )


def _send(args: Namespace) -> int:
    from console.cli.send import run_send

    return _print(run_send(args.venue, args.role, args.verb, args.words))


def _venues_learn(args: Namespace) -> int:
    from console.cli.remote import run_learn

    return _print(run_learn(args.venue, args.words, args.socket, write=args.write))


def _remote(args: Namespace) -> int:
    from console.cli.remote import run_remote

    return _print(run_remote(args.venue))


def _tell(args: Namespace) -> int:
    from console.cli.remote import run_tell

    return _print(run_tell(args.words, args.socket))


def _save(args: Namespace) -> int:
    from console.cli.save import SaveArgs, run_save

    return _print(run_save(SaveArgs(args.file, args.copy, args.over, args.by, args.socket)))


def _engine(args: Namespace) -> int:
    from console.cli.engine import run_engine

    return run_engine(namespace_to_engine(args))


def namespace_to_engine(args: Namespace) -> EngineArgs:
    """What was typed, as the engine is started with. Raises CommandError for half of a show and a house."""
    from console.cli.engine import EngineArgs

    if (args.show is None) != (args.venue is None):
        raise call_error("a show and a house go together: give SHOW and --venue, or neither")
    if args.release and not args.resume:
        raise call_error("--release goes with --resume: only a run that goes on has outputs held")
    if args.despite is not None and (args.run != "performance" or args.show is None):
        raise call_error("--despite goes with SHOW and --run performance: nothing else waits for preflight")
    if args.anew and args.run != "performance":
        raise call_error("--anew goes with --run performance: a rehearsal uses up nothing of the show's")
    return EngineArgs(
        args.socket,
        args.show,
        args.venue,
        _ghosts(args),
        args.go == "auto",
        args.from_item,
        args.ends_alone,
        args.resume,
        args.release,
        args.run,
        args.anew,
        _faults(args),
        args.despite,
    )


def _as_run(args: Namespace) -> int:
    from console.cli.as_run import run_as_run

    return _print(run_as_run(args.file, as_csv=args.csv, as_json=args.json))


def _bench(args: Namespace) -> int:
    from console.cli.bench import run_bench

    return run_bench(args.rest)


def _export_cue_sheet(args: Namespace) -> int:
    from console.cli.cue_sheet import SheetArgs, run_cue_sheet
    from console.cli.paper import Written

    asked = SheetArgs(args.show, args.venue, args.department, args.by_item, Written(args.html, args.pdf), args.csv)
    return _print(run_cue_sheet(asked, args.paper))


def _new(args: Namespace) -> int:
    from console.cli.new_show import NewArgs, run_new

    return _print(run_new(NewArgs(args.name, args.template, args.songs, args.song, args.venue, args.file)))


def _import_cues(args: Namespace) -> int:
    from console.cli.import_cues import ImportArgs, run_import_cues

    home = (args.item, args.list)
    asked = ImportArgs(args.file, args.show, args.column, home, args.role, args.taken, args.write, args.leave_out)
    return _print(run_import_cues(asked, as_json=args.json))


def _compare(args: Namespace) -> int:
    from console.cli.compare import run_compare
    from console.cli.paper import Written

    written = Written(args.html, args.pdf)
    return _print(run_compare(args.before, args.after, written, args.paper, as_json=args.json))


RUNS: Final[Mapping[str, Run]] = MappingProxyType(
    {
        "": _welcome,
        "demo": _demo,
        "new": _new,
        "open": _open,
        "play": _play,
        "check": _check,
        "rehearse": _rehearse,
        "times": _times,
        "state": _state,
        "explain": _explain,
        "profiles list": _profiles_list,
        "profiles show": _profiles_show,
        "profiles check": _profiles_check,
        "profiles encode": _profiles_encode,
        "profiles new": _profiles_new,
        "venues list": _venues_list,
        "venues show": _venues_show,
        "venues check": _venues_check,
        "venues diff": _venues_diff,
        "venues duplicate": _venues_duplicate,
        "venues new": _venues_new,
        "venues line-check": _venues_line_check,
        "venues latency": _venues_latency,
        "send": _send,
        "engine": _engine,
        "remote": _remote,
        "tell": _tell,
        "save": _save,
        "venues learn": _venues_learn,
        "compare": _compare,
        "export cue-sheet": _export_cue_sheet,
        "import cues": _import_cues,
        "as-run": _as_run,
        **TAKE_RUNS,
        "bench": _bench,
    }
)
"""What the parser understands, run: the same names as ``parser.COMMANDS``, and the empty call."""
