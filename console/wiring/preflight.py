"""Both halves of preflight, made from values: the check on paper, and the live checks over what was measured.

Takes a tenth of a second and more, and waits for name servers: never in the loop's thread.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from console.plan.check_lines import in_order, problems_to_lines
from console.plan.live_checks import CHECKS, WALK, LiveCheck, is_live_code
from console.plan.live_facts import Evening, LiveFacts, Measure, WalkFact
from console.plan.preflight import Report, preflight
from console.record.line_checks import last_line_check
from console.show.validate import validate
from console.vocabulary import CheckLine, Snapshot
from console.wiring.joining import Joined
from console.wiring.measuring import MachineAsk, Measured, PortWanted, measure, ports_wanted
from devices.contract import OutputMode
from devices.ghost_check import machine_problems
from profiles.problems import Problem, sorted_problems, verdict_of

LOOPBACK = "127.0.0.1"

Moved = Callable[[int, int, str], None]
"""Told before each check: how many are done, of how many, and what is looked at now."""

MeasureAll = Callable[[MachineAsk, Collection[Measure]], Measured]


@dataclass(frozen=True)
class Occasion:
    """Everything that is checked, as values: the show as it stands in its house, and the engine's last word.

    ``held``: the ports that this console has open itself; ``folder``: where the run is kept, None keeps nothing.
    """

    joined: Joined
    modes: Mapping[str, OutputMode]
    snapshot: Snapshot
    held: frozenset[int] = frozenset()
    folder: Path | None = None


class Stopped(Exception):  # noqa: N818  no fault: somebody asked for it
    """The look was called off."""


def check_on_paper(joined: Joined, show_problems: Sequence[Problem] = ()) -> Report:
    """What can be known before doors, with what is to be said about the venue's device profiles."""
    show = joined.show
    report = preflight(show, (*show_problems, *validate(show)), joined.venue, joined.patch, joined.encoder)
    profiles = {setup.profile.id: setup.profile for setup in joined.patch.devices.values()}
    machine = [problem for each in profiles.values() for problem in machine_problems(each, each.id)]
    problems = sorted_problems(dict.fromkeys((*joined.problems, *report.problems, *machine)))
    return Report(verdict_of(problems), problems)


def look(
    occasion: Occasion,
    keys: Collection[str] = (),
    *,
    show_problems: Sequence[Problem] = (),
    moved: Moved = lambda _done, _total, _what: None,
    is_stopped: Callable[[], bool] = lambda: False,
    measured_by: MeasureAll = measure,
) -> tuple[CheckLine, ...]:
    """Every line, or those of the checks that the ``keys`` of some lines belong to. Raises :class:`Stopped`."""
    codes = {key.partition(" ")[0] for key in keys}
    on_paper = not keys or not all(is_live_code(code) for code in codes)
    checks = [check for check in CHECKS if not keys or check.code in codes]
    total = len(checks) + on_paper
    lines: list[CheckLine] = []
    evening = _evening(occasion)
    asked = _machine_ask(occasion, evening)
    if on_paper:
        moved(0, total, "show and house on paper")
        lines += problems_to_lines(check_on_paper(occasion.joined, show_problems).problems)
    for done, check in enumerate(checks, start=int(on_paper)):
        if is_stopped():
            raise Stopped
        moved(done, total, check.title)
        lines += check.decide(evening, _facts(occasion, asked, check, measured_by))
    if is_stopped():
        raise Stopped
    return in_order(lines)


def _evening(occasion: Occasion) -> Evening:
    modes = {device: occasion.modes.get(device, OutputMode.LIVE).value for device in occasion.joined.patch.devices}
    return Evening(occasion.joined.show, occasion.joined.patch, modes)


def _facts(occasion: Occasion, asked: MachineAsk, check: LiveCheck, measured_by: MeasureAll) -> LiveFacts:
    found = measured_by(asked, () if check.needs is None else (check.needs,))
    walked = _walked(occasion) if check.code == WALK else None
    return LiveFacts(occasion.snapshot, found.ports, found.ways, found.networks, found.clock, found.disks, walked)


def _walked(occasion: Occasion) -> WalkFact | None:
    """What the record says of the last line check of this house."""
    last = None if occasion.folder is None else last_line_check(occasion.folder, occasion.joined.venue.id)
    return None if last is None else WalkFact(last.date, last.words, is_well=last.well == last.of)


def _machine_ask(occasion: Occasion, evening: Evening) -> MachineAsk:
    """Where something must come in, and where live devices are."""
    venue, devices = occasion.joined.venue, occasion.joined.patch.devices
    live = [setup for setup in devices.values() if evening.is_live(setup.id) and setup.host is not None]
    wanted = [PortWanted("", each.reply_port, f"answers of {each.id}") for each in live if each.reply_port is not None]
    if venue.remote is not None:
        host = LOOPBACK if evening.is_simulated else str(venue.remote.bind)
        wanted.append(PortWanted(host, venue.remote.port, "remote control and lines"))
    return MachineAsk(
        ports=ports_wanted(wanted),
        held=occasion.held,
        hosts=tuple((each.id, each.host) for each in live if each.host is not None),
        folders=() if occasion.folder is None else (occasion.folder,),
    )
