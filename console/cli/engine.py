"""``showcaller engine``: the engine alone. Windows and scripts attach to its socket and say what to open."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from console.cli.clearance import clear_performance, goes_on
from console.cli.code_watch import CodeWatch
from console.cli.ending import ended_by_signals
from console.cli.errors import CALL_AT_FAULT, SHOW_AT_FAULT, WELL, CommandError, call_error
from console.cli.opening import join, open_show, open_venue, show_path, state_folder, user_folder
from console.link.doorway import LinkError, default_path
from console.link.messages import OpenFrame, OpenRefused
from console.loop.realtime import loading, prepare
from console.samples.library import is_sample
from console.show.show import Show
from console.show.validate import validate
from console.vocabulary import Faults, Ghosts, RunKind
from console.wiring.host import EngineHost, HostPlan, OpenError
from console.wiring.joining import Joined
from profiles.problems import has_errors


@dataclass(frozen=True, slots=True)
class EngineArgs:
    """What the engine is started with. ``show`` and ``venue`` go together; without them it waits to be told."""

    socket: Path | None = None
    show: str | None = None
    venue: str | None = None
    ghosts: Ghosts = ()
    go_auto: bool = False
    start_item: str | None = None
    ends_alone: bool = False
    resumes: bool = False
    releases: bool = False
    run_kind: RunKind = "rehearsal"
    anew: bool = False
    faults: Faults = ()
    despite: str | None = None  # who goes on in spite of what preflight fails


def run_engine(args: EngineArgs) -> int:
    """Run until told to end (SIGTERM, SIGINT). Raises CommandError where it cannot begin."""
    runs = state_folder() / "runs"
    checked = args.run_kind == "performance" and args.show is not None and not (args.resumes and goes_on(runs))
    despite = None
    if checked and args.show is not None and args.venue is not None:
        despite = clear_performance(args.show, args.venue, args.ghosts, args.despite)
    plan = HostPlan(
        args.ghosts,
        args.go_auto,
        args.start_item,
        records=runs,
        run_kind=args.run_kind,
        anew=args.anew,
        resumes=args.resumes,
        releases=args.releases,
        profiles=user_folder("profiles"),
        ends_alone=args.ends_alone,
        faults=args.faults,
        checked=checked,
        despite=despite,
        watchers=(CodeWatch(partial(print, flush=True)),),
    )
    path = args.socket or default_path()
    try:
        host = EngineHost(path, plan, _join, loading)
    except LinkError as error:
        raise CommandError(str(error)) from None
    except OSError as error:
        raise CommandError(f"{path}: cannot listen there ({error.strerror}); give another with --socket") from None
    with ended_by_signals(host.stop), closing(host):
        if args.show is not None and args.venue is not None:
            answer = host.open(OpenFrame(show=args.show, venue=args.venue))
            if isinstance(answer, OpenRefused):
                raise CommandError(answer.words, CALL_AT_FAULT if answer.by_call else SHOW_AT_FAULT)
            if args.start_item is not None and not host.has_item(args.start_item):
                raise call_error(f"--from: {host.no_item_words(args.start_item)}")
            for words in host.warnings:
                print(f"showcaller: {words}", file=sys.stderr, flush=True)
        elif args.resumes:
            print("no show is named: it goes on with the last run of the first one that is opened", flush=True)
        for words in prepare():
            print(words, flush=True)
        host.run()
    return WELL


def _join(asked: str | Show, venue_name: str) -> Joined:
    """Open and patch by name; a show that is open already as it stands. Raises OpenError with the first fault."""
    try:
        show, said, file = (asked, None, "") if isinstance(asked, Show) else _read(asked)
        venue = open_venue(venue_name)
    except CommandError as error:
        raise OpenError(str(error), by_call=error.code == CALL_AT_FAULT) from None
    joined = replace(join(show, venue), said=(said,) if said is not None else (), file=file)
    problems = (*validate(show), *joined.problems, *joined.patch.problems)
    if has_errors(problems):
        first = next(problem for problem in problems if problem.severity == "error")
        count = sum(problem.severity == "error" for problem in problems)
        more = f" (and {count - 1} more; showcaller check lists them)" if count > 1 else ""
        raise OpenError(f"{first}{more}")
    return joined


def _read(name: str) -> tuple[Show, str | None, str]:
    """A show, what is to be said of its file, and the file if it may be saved over. Raises CommandError."""
    loaded, path = open_show(name), show_path(name)
    is_own = loaded.read_only is None and not is_sample(path)
    return loaded.show, loaded.read_only, str(path.resolve()) if is_own else ""
