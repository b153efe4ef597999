"""``showcaller play``: a show, headless, with progress; the exit code says how it went."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from console.cli.ending import ended_by_signals
from console.cli.errors import SHOW_AT_FAULT, WELL, CommandError, call_error
from console.cli.opening import join, open_show_aloud, open_venue, state_folder
from console.cli.places import find_item, no_item_words, text_to_position
from console.cli.play_args import PlayArgs
from console.cli.progress import Progress
from console.engine.engine import Engine
from console.loop.clocks import RealClock, ScaledClock, VirtualClock
from console.loop.loop import Loop, Pace
from console.loop.realtime import prepare, settle_memory
from console.loop.waiters import RealWaiter, VirtualWaiter
from console.plan.schedule import Schedule, build_schedule
from console.ports import Clock, Waiter
from console.record.occasions import performance_spent
from console.rehearsal.output_replay import OutputReplay
from console.rehearsal.passage import Passage, only_item
from console.show.show import Show
from console.show.validate import validate
from console.timebase.positions import Position
from console.vocabulary import PlayedFault
from console.wiring.assembly import RunPlan, assemble
from console.wiring.casting import CastError, cast_devices, cast_faults
from console.wiring.joining import Joined
from console.wiring.trigger_sources import Triggers, open_triggers
from devices.contract import OutputMode
from profiles.problems import has_errors
from profiles.venue_profile import Venue

FASTEST_LIVE = 4
"""Above this speed real gear is not asked: its own times would be wrong, and so would what it shows."""


def run_play(args: PlayArgs) -> int:
    """Play, print the summary, and return the exit code: 1 where a cue could not be sent as it should."""
    show = open_show_aloud(args.show)
    venue = open_venue(args.venue)
    problems = validate(show)
    if has_errors(problems):
        raise CommandError(f"{problems[0]}; showcaller check {args.show} --venue {args.venue} lists everything")
    show, passage = _passage(args, show)
    joined = join_whole(show, venue)
    modes, faults = cast(args, joined)
    clock, waiter, pace = real_or_virtual(args.speed, show, venue.time_zone)
    plan = _kept(RunPlan(args.run_kind, modes, args.go_auto, passage, args.as_run, faults=faults), joined)
    return play_plan(joined, plan, clock, waiter, pace)


def join_whole(show: Show, venue: Venue) -> Joined:
    """The show in a house. Raises CommandError for what cannot be played there."""
    joined = join(show, venue)
    if has_errors((*joined.problems, *joined.patch.problems)):
        first = next(p for p in (*joined.problems, *joined.patch.problems) if p.severity == "error")
        raise CommandError(str(first))
    return joined


def _kept(plan: RunPlan, joined: Joined) -> RunPlan:
    """Where something is live a once-use is noted before it leaves, as in any other run; ghosts use up nothing."""
    if all(mode is not OutputMode.LIVE for mode in plan.modes.values()):
        return plan
    folder = state_folder() / "runs"
    spent = performance_spent(folder, joined.show.id, joined.venue.id) if folder.is_dir() else frozenset[str]()
    name = f"{datetime.now().astimezone():%Y%m%d-%H%M%S-%f}-{joined.show.id}.journal"
    return replace(plan, journal=folder / name, spent=spent)


def _passage(args: PlayArgs, show: Show) -> tuple[Show, Passage]:
    """What is to be played, and the show with the items that are not skipped. Raises CommandError, code 2."""
    schedule = build_schedule(show)
    start = text_to_position(args.from_place, show, schedule) if args.from_place is not None else None
    end = text_to_position(args.to_place, show, schedule) if args.to_place is not None else None
    item = None
    if args.item is not None:
        item = find_item(args.item, show, schedule)
        if item is None:
            raise call_error(no_item_words(args.item, schedule))
        for option, place in (("--from", start), ("--to", end)):
            if place is not None and place.item != item:
                raise call_error(f"{option} lies in {place.item}, and only {item} is played: leave one of them out")
    if start is not None and end is not None and _key(end, schedule) <= _key(start, schedule):
        raise call_error(f"--to {args.to_place} does not come after --from {args.from_place}: nothing would be played")
    starts_at_item = args.from_place is not None and find_item(args.from_place, show, schedule) is not None
    passage = Passage(start, end, starts_at_item=starts_at_item, exits_vamps=True)
    return (show if item is None else only_item(show, item)), passage


def _key(place: Position, schedule: Schedule) -> tuple[int, int]:
    """Where a place stands in the running order."""
    return list(schedule.items).index(place.item), place.ns


StandIn = Callable[[Engine], OutputReplay]
"""What drives the loop in the engine's place: a take whose output is played."""


def play_plan(
    joined: Joined,
    plan: RunPlan,
    clock: Clock,
    waiter: RealWaiter | VirtualWaiter,
    pace: Pace,
    stand_in: StandIn | None = None,
) -> int:
    """Play it to its end with progress on standard error, and return the exit code."""
    with ExitStack() as stack:
        stack.enter_context(closing(waiter))
        try:
            triggers = stack.enter_context(_listening(joined, plan, clock, waiter))
            assembly = assemble(joined, plan, clock)
        except OSError as error:
            raise CommandError(str(error)) from None
        stack.callback(assembly.close, ended=True)
        for words in (*triggers.problems, *assembly.warnings):
            print(f"showcaller: {words}", file=sys.stderr)
        began_ns, began_s = clock.now_ns(), time.monotonic()
        progress = Progress(joined.show, sys.stderr)
        stack.callback(progress.close)
        desk = triggers.attend(assembly.engine.engine)
        loop = assembly.loop(clock, waiter, pace, triggers.sources, [progress, desk])
        assembly.engine.on_over = loop.stop
        if stand_in is not None:
            output = stand_in(assembly.engine.engine)
            output.on_over, loop.engine = loop.stop, output
        if isinstance(clock, RealClock | ScaledClock):
            prepare()
        else:
            settle_memory()
        stack.enter_context(ended_by_signals(lambda: _stop(loop)))
        loop.run()
        show_s, real_s = (clock.now_ns() - began_ns) / 1e9, time.monotonic() - began_s
    print(progress.summary(show_s, real_s), file=sys.stderr)
    if stand_in is None and not assembly.engine.engine.run.started_ns:
        print("showcaller: no item was started: add --go auto, or say with --from where to begin", file=sys.stderr)
    for fault in [*progress.faults[:5], *(f"{what}: {count} times" for what, count in loop.faults.items())]:
        print(f"showcaller: {fault}", file=sys.stderr)
    return SHOW_AT_FAULT if progress.faults or loop.faults else WELL


def _stop(loop: Loop) -> None:
    print("\nstopped by hand", file=sys.stderr)
    loop.stop()


def _listening(joined: Joined, plan: RunPlan, clock: Clock, waiter: Waiter) -> closing[Triggers]:
    """What is heard from outside: triggers and hazard lines where something is live; where all are ghosts, nothing."""
    live = any(mode is OutputMode.LIVE for mode in plan.modes.values())
    triggers = open_triggers(joined.venue, waiter.wake, clock.now_ns, loopback=False) if live else Triggers()
    return closing(triggers)


def cast(args: PlayArgs, joined: Joined) -> tuple[dict[str, OutputMode], dict[str, tuple[PlayedFault, ...]]]:
    """Who plays what, and with which faults. Raises CommandError, code 2."""
    try:
        modes = cast_devices(joined.show, joined.patch, args.ghosts)
        faults = cast_faults(joined.show, joined.patch, modes, args.faults)
    except CastError as error:
        raise call_error(str(error)) from None
    live = [device for device, mode in modes.items() if mode is OutputMode.LIVE]
    if live and (args.speed is None or args.speed > FASTEST_LIVE):
        raise call_error(f"above speed {FASTEST_LIVE} every device must be a ghost; {live[0]} is live: add --ghost all")
    return modes, faults


def real_or_virtual(
    speed_wanted: float | None, show: Show, zone: str
) -> tuple[Clock, RealWaiter | VirtualWaiter, Pace]:
    """A clock with its waiter and pace: so many show seconds a second, None as fast as it goes."""
    here = ZoneInfo(zone)
    if speed_wanted == 1.0:
        clock = RealClock(here)
        return clock, RealWaiter(clock), Pace()
    # Away from real time the evening begins when it is planned to, so that two runs of it are alike.
    start = datetime.fromisoformat(show.on_air).astimezone(here) if show.on_air else datetime.now(here)
    if speed_wanted is None:
        virtual = VirtualClock(start)
        return virtual, VirtualWaiter(virtual), Pace(snapshot_ns=1_000_000_000, wakes=False)
    speed = Fraction(speed_wanted).limit_denominator(1000)
    scaled = ScaledClock(speed, start)
    return scaled, RealWaiter(scaled), Pace().at_speed(speed)
