"""The closed catalogue of verbs: everything a show may ask of a role.

A verb has named arguments in a fixed order (the order *generic OSC* sends them in). Arguments are logical: names and
units of the show; the venue's maps and the device's profile turn them into what goes over the wire.

*Parameters* have a value that can be resolved, faded, compared and sent again; *triggers* happen once. Verbs of one
family displace each other under the same key: what stands in ``state_key(...)`` is the last of them.
Source: design chapters 1 and 6.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

ArgType = Literal["int", "float", "text", "flag"]
ArgValue = bool | int | float | str

MAIN = "main"
"""What a key argument is when the show does not name one."""


class Kind(StrEnum):
    """A parameter has a value at every moment; a trigger is an occurrence and is never replayed."""

    PARAMETER = "parameter"
    TRIGGER = "trigger"


class Blend(StrEnum):
    """How a value travels from one to the next."""

    LINEAR = "linear"
    DB = "db"  # in decibels, so that a fade does not jump at the bottom
    COLOUR = "colour"  # channel by channel
    STEP = "step"  # no way between: it snaps, or the device times its own fade


class Chase(StrEnum):
    """May a jump (locate, chase, loop, reconnect) send this again?"""

    YES = "yes"
    ASK = "ask"  # the operator is asked
    NEVER = "never"


CHASE_STRICTNESS = MappingProxyType({Chase.YES: 0, Chase.ASK: 1, Chase.NEVER: 2})
"""A profile may only move a verb to a higher number."""


class UnknownVerbError(LookupError):
    """A verb that the catalogue does not hold: one line, with the nearest name."""


@dataclass(frozen=True, slots=True)
class Arg:
    """One argument of a verb. ``minimum`` and ``maximum`` are inclusive and in ``unit``."""

    name: str
    type: ArgType
    unit: str = ""
    required: bool = True
    default: ArgValue | None = None
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing a role can be asked.

    ``keys`` and ``value`` name arguments: the keys say which parameter, the value says what it becomes. ``fade_arg``
    is the one that travels in a fade, in its own unit; empty where the verb cannot be streamed. ``chase`` of
    ``mute.set`` depends on its value: ask :func:`chase_of`. ``hazardous``: the role's hazard class applies.
    """

    name: str
    family: str
    kind: Kind
    args: tuple[Arg, ...]
    keys: tuple[str, ...]
    value: tuple[str, ...]
    blend: Blend
    chase: Chase
    fade_arg: str = ""
    hazardous: bool = False
    note: str = ""

    def find_arg(self, name: str) -> Arg | None:
        """The argument of that name, or None."""
        return next((arg for arg in self.args if arg.name == name), None)


# ------------------------------------------------------------------------------------------- arguments, by short forms


def _text(name: str, note: str = "", choices: tuple[str, ...] = ()) -> Arg:
    return Arg(name, "text", note=note, choices=choices)


def _maybe_text(name: str, note: str = "") -> Arg:
    return Arg(name, "text", required=False, note=note)


def _key(name: str, note: str) -> Arg:
    return Arg(name, "text", required=False, default=MAIN, note=note)


def _choice(name: str, choices: tuple[str, ...], default: str) -> Arg:
    return Arg(name, "text", required=False, default=default, choices=choices)


def _number(name: str, note: str = "", minimum: int = 0, maximum: int | None = None) -> Arg:
    return Arg(name, "int", minimum=minimum, maximum=maximum, note=note)


def _maybe_number(name: str, note: str = "", minimum: int = 0) -> Arg:
    return Arg(name, "int", required=False, minimum=minimum, note=note)


def _seconds(name: str, note: str = "") -> Arg:
    return Arg(name, "float", unit="s", minimum=0.0, note=note)


def _maybe_seconds(name: str, note: str = "") -> Arg:
    return Arg(name, "float", unit="s", required=False, minimum=0.0, note=note)


def _ms(name: str, default: int | None = None, note: str = "") -> Arg:
    return Arg(name, "int", unit="ms", required=default is None, default=default, minimum=0, maximum=600_000, note=note)


def _flag(name: str, *, default: bool | None = None, note: str = "") -> Arg:
    return Arg(name, "flag", required=default is None, default=default, note=note)


def _maybe_flag(name: str, note: str = "") -> Arg:
    return Arg(name, "flag", required=False, note=note)


def _unit_level(*, required: bool) -> Arg:
    return Arg(
        "level", "float", unit="0..1", required=required, default=None if required else 1.0, minimum=0, maximum=1
    )


_PLAYBACK = _key("playback", "which playback of the desk")
_LAYER = _key("layer", "which layer or channel of the machine")
_STRIP = _text("strip", "ch/1, dca/3, bus/2, mutegroup/1, main, or a name the venue maps")
_ZONE = _text("zone", "a zone of the house, or all")
_COLOUR = _maybe_text("colour", "#rrggbb")
_CAMERA = _text("camera", "a camera of the show")
_TRANSITION = _choice("transition", ("cut", "mix", "wipe"), "cut")
_SESSION = _maybe_text("session", "a session of the playback rig; without one, the session that is loaded")
_TEMPLATE = _text("template", "a template of the graphics machine")
_LINES = tuple(_maybe_text(f"line{n}") for n in range(1, 7))
_FIELDS = (*_LINES, _maybe_text("option", "which option or name is meant"), _maybe_seconds("secs", "for a count"))
_FIELD_NAMES = tuple(arg.name for arg in _FIELDS)
_STATION = _text("station", "a cue light station, or all")
_TIMER = _key("timer", "which timer or display")
_DEVICE = _text("device", "an effect or axis of the show")
_BREAK = _number("event_id", "the break's id at the injector")


# --------------------------------------------------------------------------------------------------------- the verbs


def _parameter(
    name: str,
    family: str,
    chase: Chase,
    *args: Arg,
    keys: tuple[str, ...] = (),
    value: tuple[str, ...] = (),
    blend: Blend = Blend.STEP,
    fade_arg: str = "",
    note: str = "",
) -> Verb:
    return Verb(name, family, Kind.PARAMETER, args, keys, value, blend, chase, fade_arg, note=note)


def _trigger(name: str, family: str, *args: Arg, hazardous: bool = False, note: str = "") -> Verb:
    return Verb(name, family, Kind.TRIGGER, args, (), (), Blend.STEP, Chase.NEVER, hazardous=hazardous, note=note)


_VERBS = (
    # lighting playbacks
    _parameter(
        "cue.fire",
        "cue",
        Chase.YES,
        _PLAYBACK,
        Arg("list", "int", required=False, default=1, minimum=0, note="cue list"),
        _text("cue", "cue number as the desk writes it"),
        keys=("playback",),
        value=("list", "cue"),
        note="a fade is the desk's own time",
    ),
    _parameter("cue.release", "cue", Chase.YES, _PLAYBACK, keys=("playback",)),
    _trigger("cue.go", "cue step", _PLAYBACK),
    _trigger("cue.back", "cue step", _PLAYBACK),
    _trigger("macro.fire", "macro", _number("macro")),
    _parameter("blackout.set", "blackout", Chase.YES, _flag("on"), value=("on",)),
    # zones of the house
    _parameter(
        "zone.scene",
        "zone",
        Chase.YES,
        _ZONE,
        _text("scene"),
        _unit_level(required=False),
        _COLOUR,
        keys=("zone",),
        value=("scene", "level", "colour"),
    ),
    _parameter(
        "zone.effect",
        "zone",
        Chase.YES,
        _ZONE,
        _text("effect"),
        Arg("rate_hz", "float", unit="Hz", required=False, default=1.0, minimum=0.0, maximum=30.0),
        _unit_level(required=False),
        _COLOUR,
        keys=("zone",),
        value=("effect", "rate_hz", "level", "colour"),
    ),
    _parameter("zone.off", "zone", Chase.YES, _ZONE, keys=("zone",)),
    # sound
    _parameter(
        "level.set",
        "level",
        Chase.YES,
        _STRIP,
        Arg("db", "float", unit="dB", minimum=-math.inf, maximum=24.0, note="-inf is off"),
        keys=("strip",),
        value=("db",),
        blend=Blend.DB,
        fade_arg="db",
    ),
    _parameter(
        "mute.set",
        "mute",
        Chase.YES,
        _STRIP,
        _flag("on", note="true mutes"),
        keys=("strip",),
        value=("on",),
        note="muting may be chased, opening a microphone never",
    ),
    _parameter("scene.recall", "scene", Chase.ASK, _PLAYBACK, _number("scene"), keys=("playback",), value=("scene",)),
    # pictures and sound clips
    _parameter("clip.load", "clip", Chase.ASK, _LAYER, _text("clip"), keys=("layer",), value=("clip",)),
    _parameter(
        "clip.play",
        "clip",
        Chase.ASK,
        _LAYER,
        _text("clip"),
        _flag("loop", default=False),
        _maybe_seconds("position_s", "where in the clip it starts"),
        keys=("layer",),
        value=("clip", "loop", "position_s"),
    ),
    _parameter("clip.stop", "clip", Chase.ASK, _LAYER, keys=("layer",)),
    _parameter("clip.loop", "clip loop", Chase.ASK, _LAYER, _flag("on"), keys=("layer",), value=("on",)),
    _parameter(
        "opacity.set",
        "opacity",
        Chase.YES,
        _LAYER,
        _unit_level(required=True),
        keys=("layer",),
        value=("level",),
        blend=Blend.LINEAR,
        fade_arg="level",
    ),
    # the track rig
    _trigger("transport.play", "transport", _text("session", "a session of the playback rig")),
    _trigger("transport.stop", "transport", _SESSION),
    _trigger("transport.locate", "transport", _SESSION, _seconds("position_s")),
    _trigger(
        "transport.loop",
        "transport",
        _SESSION,
        _flag("on", default=True),
        _maybe_seconds("start_s", "in the session"),
        _maybe_seconds("length_s"),
    ),
    _trigger("transport.exit_loop", "transport", _SESSION),
    # text on air
    _parameter(
        "text.load",
        "text load",
        Chase.ASK,
        _LAYER,
        _TEMPLATE,
        *_FIELDS,
        keys=("layer",),
        value=("template", *_FIELD_NAMES),
        note="made ready, not seen",
    ),
    _parameter(
        "text.take",
        "text",
        Chase.ASK,
        _LAYER,
        _TEMPLATE,
        *_FIELDS,
        keys=("layer",),
        value=("template", *_FIELD_NAMES),
        note="fields left out are those that were loaded",
    ),
    _parameter("text.update", "text update", Chase.ASK, _LAYER, *_FIELDS, keys=("layer",), value=_FIELD_NAMES),
    _parameter("text.clear", "text", Chase.ASK, _LAYER, _maybe_text("template"), keys=("layer",)),
    # cameras and the mixer
    _parameter(
        "camera.take",
        "bus",
        Chase.YES,
        Arg("bus", "text", required=False, default="pgm", note="pgm, pvw, aux/1 …"),
        _text("source"),
        _TRANSITION,
        _ms("ms", 0, "length of the transition"),
        keys=("bus",),
        value=("source", "transition", "ms"),
    ),
    _parameter(
        "camera.shot",
        "camera",
        Chase.YES,
        _CAMERA,
        _text("shot", "what the operator reads"),
        _TRANSITION,
        _ms("ms", 0, "length of the transition"),
        keys=("camera",),
        value=("shot", "transition", "ms"),
    ),
    _parameter("camera.standby", "camera", Chase.YES, _CAMERA, keys=("camera",)),
    _parameter("camera.clear", "camera", Chase.YES, _CAMERA, keys=("camera",)),
    _parameter("ftb.set", "ftb", Chase.NEVER, _flag("on"), value=("on",), note="fade to black of the programme"),
    # stations, timers, prompter
    _parameter("station.standby", "station", Chase.YES, _STATION, keys=("station",)),
    _parameter("station.go", "station", Chase.YES, _STATION, keys=("station",)),
    _parameter("station.clear", "station", Chase.YES, _STATION, keys=("station",)),
    _parameter(
        "timer.countdown",
        "timer",
        Chase.YES,
        _TIMER,
        _seconds("secs"),
        _maybe_seconds("light_at", "seconds run when the wrap light comes on"),
        _maybe_seconds("flash_at", "seconds run when it starts to flash"),
        keys=("timer",),
        value=("secs", "light_at", "flash_at"),
    ),
    _parameter(
        "timer.countup",
        "timer",
        Chase.YES,
        _TIMER,
        _maybe_seconds("light_at", "seconds run when the wrap light comes on"),
        _maybe_seconds("flash_at", "seconds run when it starts to flash"),
        keys=("timer",),
        value=("light_at", "flash_at"),
    ),
    _parameter("timer.message", "timer message", Chase.YES, _TIMER, _text("text"), keys=("timer",), value=("text",)),
    _trigger("timer.flash", "timer flash", _TIMER),
    _parameter("timer.clear", "timer", Chase.YES, _TIMER, keys=("timer",)),
    _parameter(
        "prompter.load",
        "prompter",
        Chase.YES,
        _key("prompter", "which prompter"),
        _text("page"),
        keys=("prompter",),
        value=("page",),
    ),
    _trigger("prompter.run", "prompter move", _key("prompter", "which prompter")),
    _trigger("prompter.hold", "prompter move", _key("prompter", "which prompter")),
    # effects and moving scenery: the role's hazard class applies
    _trigger("effect.fire", "effect", _DEVICE, _ms("ms", 0, "how long; 0 is the device's own length"), hazardous=True),
    _trigger("effect.stop", "effect", _DEVICE, hazardous=False, note="stopping is always allowed"),
    _trigger("automation.move", "automation", _DEVICE, _text("preset"), hazardous=True),
    _trigger("automation.release", "automation", _DEVICE, hazardous=True),
    # broadcast
    _trigger(
        "splice.start",
        "splice",
        _BREAK,
        _seconds("duration_s"),
        _ms("pre_roll_ms", 8000),
        _flag("auto_return", default=True),
        _maybe_number("unique_program_id"),
        _maybe_number("avail_num"),
        _maybe_number("avails_expected"),
    ),
    _trigger("splice.end", "splice", _BREAK, _ms("pre_roll_ms", 0)),
    _trigger("splice.cancel", "splice", _BREAK),
    _trigger("delay.arm", "delay"),
    _trigger("delay.dump", "delay"),
    _trigger("delay.rebuild", "delay"),
    _trigger("replay.mark", "replay", _maybe_text("name"), _maybe_seconds("before_s", "how far back the mark lies")),
    _trigger(
        "replay.roll",
        "replay",
        _maybe_text("name", "a marked clip; without one, the last mark"),
        Arg("speed", "float", unit="×", required=False, default=1.0, minimum=0.0, maximum=4.0),
    ),
    _parameter(
        "nowplaying.show",
        "nowplaying",
        Chase.YES,
        _text("title"),
        _maybe_text("artist"),
        _maybe_text("composer"),
        _maybe_text("isrc"),
        value=("title", "artist", "composer", "isrc"),
    ),
    _parameter("nowplaying.clear", "nowplaying", Chase.YES),
)

CATALOGUE: Mapping[str, Verb] = MappingProxyType({verb.name: verb for verb in _VERBS})
"""Every verb by its name."""


# ---------------------------------------------------------------------------------------------------------- questions


def find_verb(name: str) -> Verb:
    """The verb of that name. Raises :class:`UnknownVerbError` with the nearest name."""
    verb = CATALOGUE.get(name)
    if verb is None:
        raise UnknownVerbError(f"no verb is called {name!r}: {nearest_words(name, CATALOGUE)}")
    return verb


def nearest_words(name: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    """``did you mean …?``, or what there is to choose from."""
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(known))}"


def value_problem(arg: Arg, value: object) -> str | None:
    """What is wrong with one value, with what to do; None where it is well. A whole number is a good float."""
    wanted = f"give {_wanted(arg)}"
    match arg.type:
        case "flag":
            if not isinstance(value, bool):
                return f"{arg.name} is {value!r}: {wanted}"
        case "text":
            if not isinstance(value, str):
                return f"{arg.name} is {value!r}, not text: {wanted}"
            if arg.choices and value not in arg.choices:
                return f"{arg.name} is {value!r}: {wanted}"
        case "int" | "float":
            good = isinstance(value, int) if arg.type == "int" else isinstance(value, int | float)
            if isinstance(value, bool) or not good or (isinstance(value, float) and math.isnan(value)):
                return f"{arg.name} is {value!r}: {wanted}"
            assert isinstance(value, int | float)  # noqa: S101 - for the type checker: tested in the line above
            return _range_problem(arg, value)
    return None


def _range_problem(arg: Arg, value: float) -> str | None:
    if arg.minimum is not None and value < arg.minimum:
        return f"{arg.name} is {value:g}, below {arg.minimum:g}: give {_wanted(arg)}"
    if arg.maximum is not None and value > arg.maximum:
        return f"{arg.name} is {value:g}, above {arg.maximum:g}: give {_wanted(arg)}"
    if math.isinf(value) and arg.minimum != value:
        return f"{arg.name} is {value:g}: give {_wanted(arg)}"
    return None


def _wanted(arg: Arg) -> str:
    if arg.type == "flag":
        return "true or false"
    if arg.type == "text":
        return f"one of {', '.join(arg.choices)}" if arg.choices else "text in quotes"
    word = "a whole number" if arg.type == "int" else "a number"
    unit = f" of {arg.unit}" if arg.unit and arg.unit != "0..1" else ""
    if arg.minimum is None or (arg.minimum == -math.inf and arg.maximum is None):
        return f"{word}{unit}"
    if arg.maximum is None:
        return f"{word}{unit} from {arg.minimum:g}"
    return f"{word}{unit} from {arg.minimum:g} to {arg.maximum:g}"


def args_problems(verb: Verb, args: Mapping[str, object]) -> list[str]:
    """Everything wrong with a verb's arguments as the show gives them: one line each, with what to do."""
    problems = [
        f"{arg.name} is missing: give {_wanted(arg)}" for arg in verb.args if arg.required and arg.name not in args
    ]
    known = tuple(arg.name for arg in verb.args)
    for name, value in args.items():
        arg = verb.find_arg(name)
        if arg is None:
            words = nearest_words(name, known) if known else "it takes none"
            problems.append(f"{verb.name} has no argument {name!r}: {words}")
        elif (problem := value_problem(arg, value)) is not None:
            problems.append(problem)
    return problems


def complete_args(verb: Verb, args: Mapping[str, ArgValue]) -> dict[str, ArgValue]:
    """The arguments in catalogue order with defaults filled; whole numbers become floats where a float is meant.

    Arguments the catalogue does not know (a venue's map may add some) follow at the end, untouched.
    """
    complete: dict[str, ArgValue] = {}
    for arg in verb.args:
        value = args.get(arg.name, arg.default)
        if value is None:
            continue
        if arg.type == "float" and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        complete[arg.name] = value
    return complete | {name: value for name, value in args.items() if name not in complete}


def state_key(verb: Verb, args: Mapping[str, ArgValue]) -> tuple[str, ...]:
    """What a parameter is kept under: its family, then its key values (``main`` where none is given).

    A trigger has no state and answers ``()``.
    """
    if verb.kind is Kind.TRIGGER:
        return ()
    return (verb.family, *(_key_value(verb, name, args) for name in verb.keys))


def _key_value(verb: Verb, name: str, args: Mapping[str, ArgValue]) -> str:
    if name in args:
        return str(args[name])
    arg = verb.find_arg(name)
    return str(arg.default) if arg is not None and arg.default is not None else MAIN


def chase_of(verb: Verb, args: Mapping[str, ArgValue]) -> Chase:
    """May a jump send this again? Muting yes, opening a microphone never."""
    if verb.name == "mute.set":
        return Chase.YES if args.get("on") is True else Chase.NEVER
    return verb.chase


def args_from_text(verb: Verb, given: Mapping[str, str]) -> dict[str, ArgValue]:
    """Arguments typed as ``key=value`` words, converted to the catalogue's types.

    A word that does not convert stays text, so that :func:`args_problems` names it.
    """
    return {name: _value_from_text(verb.find_arg(name), word) for name, word in given.items()}


def _value_from_text(arg: Arg | None, word: str) -> ArgValue:
    if arg is None or arg.type == "text":
        return word
    if arg.type == "flag":
        return {
            "true": True,
            "on": True,
            "yes": True,
            "1": True,
            "false": False,
            "off": False,
            "no": False,
            "0": False,
        }.get(word.lower(), word)
    try:
        return int(word) if arg.type == "int" else float(word)
    except ValueError:
        return word
