"""``showcaller state``: what every parameter should be at a place in the show, as this house would be told it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from console.cli.at_devices import AtDevice, at_devices, device_table, fetch_states
from console.cli.opening import join, open_show_aloud, open_venue
from console.cli.page import Page, columns, json_text, lines_to_text, printable
from console.cli.places import text_to_position
from console.plan.fade_curves import points_value_at, step_points
from console.plan.patch import Bound, Patch
from console.plan.resolver import Standing, StateIndex, standing_choices
from console.plan.schedule import Schedule, build_schedule
from console.show.cues import Scalar, Step
from console.show.show import Show
from console.timebase.instants import ns_to_s, ns_to_s_text, s_to_ns
from console.timebase.positions import Position, position_to_timecode
from console.vocabulary import ParameterState
from devices.contract import Encoder
from profiles.argument_rules import value_to_text
from profiles.timecode import frame_rate
from profiles.verbs import Blend, Verb, find_verb


@dataclass(frozen=True, slots=True)
class Parameter:
    """One line: what is wanted, who set it, and which devices of the house take it.

    ``args`` are the cue's own; ``value`` is what they come to at this place, half-way through a fade included.
    ``settling``: a device is on its way there in its own time. ``house`` says what is done otherwise here, or not.
    """

    role: str
    parameter: str
    verb: str
    args: dict[str, Scalar]
    value: dict[str, Scalar]
    settling: bool
    cue: str
    number: str
    devices: tuple[str, ...]
    house: str
    at_devices: tuple[AtDevice, ...] | None = None  # with a running engine


def run_state(show_name: str, venue_name: str, place: str, *, as_json: bool, attach: Path | None = None) -> Page:
    """Every parameter that something has set by then, by role. Choices stand at their defaults.

    ``attach``: the socket of a running engine, which says what it has sent and heard. Raises CommandError.
    """
    show = open_show_aloud(show_name)
    venue = open_venue(venue_name)
    schedule = build_schedule(show)
    position = text_to_position(place, show, schedule)
    joined = join(show, venue)
    index = StateIndex(show, schedule, standing_choices(show))
    standings = index.resolve(position.item, position.ns).values()
    found = sorted(
        (_parameter(each, show, joined.patch, joined.encoder) for each in standings),
        key=lambda each: (each.role, each.parameter),
    )
    if attach is not None:
        states = fetch_states(attach, show.id)
        found = [_attached(each, states, joined.patch, joined.encoder) for each in found]
    if as_json:
        at = {"item": position.item, "seconds": ns_to_s(position.ns), "timecode": _timecode(position, show, schedule)}
        return Page(json_text({"at": at, "parameters": [_as_json(each) for each in found]}))
    timecode = _timecode(position, show, schedule)
    head = f"{position.item} at {ns_to_s_text(position.ns)} s{f', timecode {timecode}' if timecode else ''}"
    count = f"{len(found)} parameter{'' if len(found) == 1 else 's'}"
    table = _table(found) if attach is None else _device_table(found)
    lines = [printable(f"{head}, {show.title} in {venue.name}: {count} set so far"), *table]
    return Page(lines_to_text(lines))


def _parameter(standing: Standing, show: Show, patch: Patch, encoder: Encoder) -> Parameter:
    verb = find_verb(standing.verb)
    cue = show.cue_by_id[standing.cue]
    bound = patch.bind(standing.key[0], standing.verb, standing.args)
    number, settling = _number_now(standing, cue.steps[standing.step], verb, bound, encoder)
    value = {name: standing.args[name] for name in verb.value if name in standing.args}
    if number is not None:
        value[verb.fade_arg] = number
    return Parameter(
        role=standing.key[0],
        parameter=" ".join(standing.key[1:]),
        verb=standing.verb,
        args=dict(standing.args),
        value=value,
        settling=settling,
        cue=cue.id,
        number=cue.number,
        devices=tuple(dict.fromkeys(send.device for send in bound.addressed)),
        house=_house_words(bound),
    )


def _attached(each: Parameter, states: list[ParameterState], patch: Patch, encoder: Encoder) -> Parameter:
    """The same with what the engine has sent to its devices, and what they say."""
    bound = patch.bind(each.role, each.verb, each.args)
    number = find_verb(each.verb).fade_arg
    own = {number: each.value[number]} if number in each.value else {}
    wanted = [(send.device, send.verb, {**send.args, **({} if bound.replaced else own)}) for send in bound.addressed]
    return replace(each, at_devices=at_devices(states, encoder, each.role, each.parameter, wanted))


def _as_json(each: Parameter) -> dict[str, object]:
    found = asdict(each)
    if each.at_devices is None:
        del found["at_devices"]
    return found


def _device_table(found: list[Parameter]) -> Iterator[str]:
    yield from device_table(
        (each.role, each.parameter, each.verb, _value_words(each), at) for each in found for at in each.at_devices or ()
    )


def _number_now(
    standing: Standing, step: Step, verb: Verb, bound: Bound, encoder: Encoder
) -> tuple[float | None, bool]:
    """The fading number at this place (None where the verb has none), and whether a device is still on its way.

    The main device decides: one that times its fade has been told the target; one that takes no stream snaps; any
    other begins where the last cue left it, else at its rest value.
    """
    target = standing.args.get(verb.fade_arg) if verb.fade_arg else None
    points = step_points(step, float(target)) if isinstance(target, int | float) else ()
    own_s = 0.0 if points else (step.fade_s or 0.0)
    elapsed_ns = standing.elapsed_ns
    if not bound.addressed or bound.replaced:
        return standing.value if points else None, False
    main = bound.addressed[0]
    if points and not step.points and encoder.fades_itself(main.device, main.verb):
        own_s, points = step.fade_s or 0.0, ()
    settling = elapsed_ns is not None and elapsed_ns < s_to_ns(own_s)
    if not points:
        return None, settling
    start = standing.from_value if standing.from_value is not None else encoder.rest_value(main.device, main.verb)
    if elapsed_ns is None or start is None or encoder.fade_rate_hz(main.device, main.verb) <= 0:
        return points[-1].value, False
    return points_value_at(points, start, elapsed_ns, in_db=verb.blend is Blend.DB), False


def _house_words(bound: Bound) -> str:
    if bound.skipped is not None:
        return f"not sent here: {bound.skipped}"
    if bound.replaced:
        return f"replaced by {bound.verb} of {bound.role}"
    return bound.warning or ""


def _timecode(position: Position, show: Show, schedule: Schedule) -> str | None:
    times = schedule.items[position.item]
    if times.tc_start is None:
        return None
    return str(position_to_timecode(position.ns, times.tc_start, times.lead_in_ns, frame_rate(show.rate)))


def _table(found: list[Parameter]) -> Iterator[str]:
    head = ("role", "parameter", "verb", "value", "cue", "in this house")
    rows = [
        (each.role, each.parameter, each.verb, _value_words(each), f"{each.number} {each.cue}", _house_column(each))
        for each in found
    ]
    yield from columns([head, *rows])


def _value_words(parameter: Parameter) -> str:
    verb = find_verb(parameter.verb)
    words = []
    for name, value in parameter.value.items():
        arg = verb.find_arg(name)
        text = f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else value_to_text(value)
        if len(parameter.value) > 1:
            words.append(f'{name}="{text}"' if " " in text else f"{name}={text}")
        else:
            words.append(f"{text} {arg.unit}" if arg is not None and arg.unit not in ("", "0..1") else text)
    return " ".join(words) + (" (settling)" if parameter.settling else "")


def _house_column(parameter: Parameter) -> str:
    devices = " + ".join(parameter.devices)
    return f"{devices} ({parameter.house})" if devices and parameter.house else devices or parameter.house
