"""``showcaller takes replay``: a take again, through the engine as its operators, or as what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from console.cli.errors import CommandError, call_error
from console.cli.opening import blame, open_show_aloud, open_venue
from console.cli.play import cast, join_whole, play_plan, real_or_virtual
from console.cli.play_args import PlayArgs
from console.cli.take_pages import take_path
from console.engine.engine import Engine
from console.record.as_run_schema import AsRunError
from console.record.reading import read_as_run
from console.record.take_reading import read_card, read_script
from console.rehearsal.output_replay import OutputReplay, sent_again
from console.rehearsal.replay import Replay
from console.vocabulary import Ghosts
from console.wiring.assembly import RunPlan


@dataclass(frozen=True, slots=True)
class ReplayArgs:
    """What is asked, as typed. ``speed`` None: the score at its own speed, on a clock that never waits."""

    take: str
    show: str
    venue: str
    speed: float | None
    ghosts: Ghosts
    output: bool
    as_run: Path | None


def run_take_replay(args: ReplayArgs) -> int:
    """Play it, print the summary, and return the exit code: 1 where a cue could not be sent as it should."""
    path = take_path(args.take)
    show = open_show_aloud(args.show)
    venue = open_venue(args.venue)
    try:
        card, script = read_card(path), read_script(path)
        sends = sent_again(read_as_run(path), show, script.began_ns) if args.output else ()
    except AsRunError as error:
        raise CommandError(str(error), blame(path)) from None
    if card.show != show.id:
        raise call_error(f"{path} is a take of {card.show}, not of {show.id}: name that show")
    if args.output and card.venue not in ("", venue.id):
        raise call_error(f"what was sent in {card.venue} is in its own words: name that house, or leave --output out")
    if args.output and not sends:
        raise call_error(f"{path} has no output to play: a log of presses has none; leave --output out")
    joined = join_whole(show, venue)
    clock_speed = None if args.speed is None else 1.0
    modes, _ = cast(PlayArgs(args.show, args.venue, speed=clock_speed, ghosts=args.ghosts), joined)
    clock, waiter, pace = real_or_virtual(clock_speed, show, venue.time_zone)
    speed = Fraction(args.speed or 1.0).limit_denominator(1000)
    plan = RunPlan("rehearsal", modes, passage=Replay(script, speed), as_run=args.as_run)
    if not args.output:
        return play_plan(joined, plan, clock, waiter, pace)

    def output(engine: Engine) -> OutputReplay:
        return OutputReplay(engine, joined.encoder, sends, clock.now_ns(), float(speed))

    return play_plan(joined, plan, clock, waiter, pace, output)
