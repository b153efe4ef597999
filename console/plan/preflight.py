"""Static preflight: show and venue checked against each other before doors. Pure; nothing is sent.

``showcaller check`` prints it. What needs the devices themselves (who answers, whether timecode runs) is the engine's
line check. Source: design chapters 7 and 10.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from console.plan.asks import Ask, asks_of
from console.plan.flashes import check_flashes
from console.plan.folds import find_doubles
from console.plan.house_checks import check_hazard, check_house, check_tiers
from console.plan.leads import early_ns
from console.plan.patch import Addressed, Args, Bound, Patch
from console.plan.patch_checks import Tally, check_bindings
from console.plan.schedule import Schedule, build_schedule
from console.show.show import Show
from devices.contract import EncodeError, Encoder
from profiles.device_profile import DeviceProfile
from profiles.problems import Problem, Problems, Verdict, sorted_problems, verdict_of
from profiles.venue_checks import check_venue
from profiles.venue_profile import Venue
from profiles.verbs import CATALOGUE, Kind, Verb, complete_args, state_key

GROUP_KEY = "all"


@dataclass(frozen=True, slots=True)
class Report:
    """The page: a verdict in a word, and every problem with its place and remedy, errors first."""

    verdict: Verdict
    problems: tuple[Problem, ...]

    def to_json(self) -> dict[str, object]:
        """The stable form of ``check --json``."""
        return {"verdict": self.verdict, "problems": [asdict(problem) for problem in self.problems]}


def preflight(show: Show, show_problems: Iterable[Problem], venue: Venue, patch: Patch, encoder: Encoder) -> Report:
    """Check everything that can be known before doors.

    ``show_problems`` is what the show's own validation found; ``encoder`` must know the devices of ``patch``.
    """
    found = Problems()
    found.extend(show_problems)
    found.extend(check_venue(venue))
    found.extend(patch.problems)
    asks = tuple(asks_of(show))
    found.extend(check_bindings(asks, patch))
    tally = Tally()
    encodings = _Encodings(patch, encoder)
    for ask in asks:
        encodings.check(ask, tally)
        check_hazard(ask, patch, tally)
    schedule = build_schedule(show)
    _check_fade_starts(asks, schedule, patch, encoder, tally)
    _check_moments(asks, schedule, patch, tally)
    found.extend(tally.listed())
    _check_safe_lists(patch, encodings, found)
    found.extend(check_flashes(asks, schedule, patch))
    found.extend(check_house(show, venue))
    found.extend(check_tiers(show, patch))
    problems = sorted_problems(dict.fromkeys(found))
    return Report(verdict_of(problems), problems)


def _with_target(ask: Ask, verb: Verb) -> dict[str, bool | int | float | str]:
    """The arguments, the target of automation points among them."""
    args = dict(ask.args)
    if ask.step.points and verb.fade_arg:
        args.setdefault(verb.fade_arg, ask.step.points[-1].value)
    return args


class _Encodings:
    """Tries every different send once."""

    def __init__(self, patch: Patch, encoder: Encoder) -> None:
        self._patch = patch
        self._encoder = encoder
        self._words: dict[tuple[object, ...], str | None] = {}

    def check(self, ask: Ask, tally: Tally) -> None:
        """Every send of the step, standby devices too, at its target and at each automation point."""
        step = ask.step
        verb = CATALOGUE.get(step.verb)
        args = ask.args if verb is None else _with_target(ask, verb)
        bound = self._patch.bind(ask.role, step.verb, args)
        for send in (*bound.addressed, *bound.standby):
            fade_s = None if bound.replaced else step.fade_s
            tried = [send.args]
            if verb is not None and verb.fade_arg and not bound.replaced:
                tried += [{**send.args, verb.fade_arg: point.value} for point in step.points]
            for each in tried:
                words = self.try_one(send, each, fade_s)
                if words is not None:
                    tally.add("error", "cue.encode", f"device {send.device}", words, "correct cue or map", ask.cue)
                    break
        if verb is not None and (step.fade_s or step.points) and not bound.replaced:
            for send in bound.addressed:
                self._check_fade(ask, send, verb, tally)

    def try_one(self, send: Addressed, args: Args, fade_s: float | None = None) -> str | None:
        """The encoder's words where it refuses, else None."""
        key = (send.device, send.verb, fade_s, *args.items())
        if key not in self._words:
            try:
                self._encoder.encode(send.device, send.verb, args, fade_s)
                self._words[key] = None
            except EncodeError as error:
                self._words[key] = str(error)
        return self._words[key]

    def _check_fade(self, ask: Ask, send: Addressed, verb: Verb, tally: Tally) -> None:
        if self._encoder.fades_itself(send.device, send.verb) or self._encoder.fade_rate_hz(send.device, send.verb) > 0:
            return
        where = f"device {send.device}"
        if verb.fade_arg:
            words = f"{send.verb} cannot be faded here: it snaps to its target"
            tally.add("warning", "cue.fade.snaps", where, words, "drop the fade, or use another device", ask.cue)
        else:
            words = f"{send.verb} takes no time over the wire: the time stored in the device counts"
            tally.add("note", "cue.fade.own", where, words, "store the cue's time in the device", ask.cue)


def _check_moments(asks: Sequence[Ask], schedule: Schedule, patch: Patch, tally: Tally) -> None:
    """Cues that cannot be in time here however they are run, and cameras that are asked for two shots at once."""
    for ask in asks:
        bound = patch.bind(ask.role, ask.step.verb, ask.args)
        too_early_ns = early_ns(ask, bound, schedule)
        if too_early_ns > 0:
            words = (
                f"{bound.verb} would have to leave {too_early_ns / 1e6:g} ms before its song begins, and will be late"
            )
            remedy = "move it later, run it at the load, or lengthen the count-in"
            tally.add("warning", "cue.lead.early", f"role {bound.role}", words, remedy, ask.cue)
    for first, second, camera in find_doubles(asks, schedule, patch):
        words = f"camera {camera} is asked for two shots at one moment, with cue {first.cue.number}"
        remedy = "drop one of them for this house, or give the cameras other fallbacks"
        tally.add("warning", "venue.camera.double", f"role {second.role}", words, remedy, second.cue)


def _check_fade_starts(asks: Sequence[Ask], schedule: Schedule, patch: Patch, encoder: Encoder, tally: Tally) -> None:
    """Streamed fades that come first on their key, at a device that neither tells its value nor has a rest value."""
    place = {cue: n for n, cue in enumerate(schedule.order)}
    in_order = sorted((ask for ask in asks if ask.cue.id in place), key=lambda ask: place[ask.cue.id])
    standing: set[tuple[str, ...]] = set()
    for ask in in_order:
        verb = CATALOGUE.get(ask.step.verb)
        if verb is None or verb.kind is not Kind.PARAMETER:
            continue
        family = (ask.role, verb.family)
        key = (ask.role, *state_key(verb, complete_args(verb, ask.args)))
        fades = bool(verb.fade_arg) and bool(ask.step.fade_s or ask.step.points)
        if fades and key not in standing and (*family, GROUP_KEY) not in standing:
            bound = patch.bind(ask.role, verb.name, ask.args)
            for device in _snapping(bound, verb, patch, encoder):
                tally.add(
                    "warning",
                    "cue.fade.start",
                    f"device {device}",
                    f"nothing sets {verb.name} {' '.join(key[2:])} before this fade, so it snaps".replace("  ", " "),
                    "set it in a cue before, or at the load",
                    ask.cue,
                )
        standing.add(key)


def _snapping(bound: Bound, verb: Verb, patch: Patch, encoder: Encoder) -> list[str]:
    """Devices whose fade would have nothing to start from."""
    found: dict[str, None] = {}
    for send in bound.addressed:
        if not _tells_value(patch.devices[send.device].profile, verb.name) and not encoder.fades_itself(
            send.device, verb.name
        ):
            found[send.device] = None
    return list(found)


def _tells_value(profile: DeviceProfile, verb: str) -> bool:
    """True where the value is known without our having set it: reported, echoed, asked for, or at rest."""
    ability = profile.verbs.get(verb)
    if ability is None:
        return False
    asked = any(way.read_back is not None for way in ability.ways)
    reported = any(report.verb == verb for report in profile.reports)
    return asked or reported or ability.rest is not None or profile.flags.echo or profile.flags.echo_to_others


def _check_safe_lists(patch: Patch, encodings: _Encodings, found: Problems) -> None:
    lists = (
        ("safe.soft", patch.safe_list(hard=False)),
        ("safe.hard", patch.safe_list(hard=True)),
        ("safe.show_stop", patch.show_stop_list),
    )
    for name, lines in lists:
        for n, line in enumerate(lines, 1):
            where = f"{name} {n}"
            if line.bound.skipped is not None and line.bound.why != "unbound":  # unbound is the venue check's
                found.error("venue.safe.skipped", where, f"{line.verb}: {line.bound.skipped}", "correct or remove it")
            if line.bound.replaced:
                words = f"{line.role} is replaced by {line.bound.role} here"
                found.warning("venue.safe.replaced", where, words, "say what is meant in this house")
            for send in line.bound.addressed:
                words_or_none = encodings.try_one(send, send.args)
                if words_or_none is not None:
                    found.error("venue.safe.encode", where, words_or_none, "correct the line or the map")
