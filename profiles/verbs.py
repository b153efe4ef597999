"""The closed catalogue of verbs: everything a show may ask of a role.

A verb has named arguments in a fixed order (the order *generic OSC* sends them in). Arguments are logical: names and
units of the show; the venue's maps and the device's profile turn them into what goes over the wire.

*Parameters* have a value that can be resolved, faded, compared and sent again; *triggers* happen once. Verbs of one
family displace each other under the same key: what stands in ``state_key(...)`` is the last of them.
Source: design chapters 1 and 6.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from profiles.near_names import near_words
from profiles.verb_catalogue import CATALOGUE
from profiles.verb_types import CHASE_STRICTNESS, MAIN, Arg, ArgType, ArgValue, Blend, Chase, Kind, Verb

__all__ = [
    "CATALOGUE",
    "CHASE_STRICTNESS",
    "MAIN",
    "Arg",
    "ArgType",
    "ArgValue",
    "Blend",
    "Chase",
    "Kind",
    "UnknownVerbError",
    "Verb",
    "args_from_text",
    "args_problems",
    "chase_of",
    "complete_args",
    "find_verb",
    "state_key",
    "value_problem",
]


class UnknownVerbError(LookupError):
    """A verb that the catalogue does not hold: one line, with the nearest name."""


def find_verb(name: str) -> Verb:
    """The verb of that name. Raises :class:`UnknownVerbError` with the nearest name."""
    verb = CATALOGUE.get(name)
    if verb is None:
        raise UnknownVerbError(f"no verb is called {name!r}: {near_words(name, CATALOGUE)}")
    return verb


def value_problem(arg: Arg, value: object) -> str | None:
    """What is wrong with one value, with what to do; None where it is well. A whole number is a good float."""
    match arg.type:
        case "flag":
            well = isinstance(value, bool)
        case "text":
            if not isinstance(value, str):
                return f"{arg.name} is {value!r}, not text: give {_wanted(arg)}"
            well = not arg.choices or value in arg.choices
        case "int" | "float":
            well = isinstance(value, int) if arg.type == "int" else isinstance(value, int | float)
            well = well and not isinstance(value, bool) and not (isinstance(value, float) and math.isnan(value))
            if well:
                assert isinstance(value, int | float)  # noqa: S101 - for the type checker: tested in the lines above
                return _range_problem(arg, value)
    return None if well else f"{arg.name} is {value!r}: give {_wanted(arg)}"


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
    for name, value in args.items():
        arg = verb.find_arg(name)
        if arg is None:
            known = tuple(arg.name for arg in verb.args)
            words = near_words(name, known) if known else "it takes none"
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
