"""A hand at the device that undoes what it is told: what another value of the same parameter would be. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from devices.contract import Args, Value
from profiles.verbs import Arg, Blend, Verb, value_problem

UP_DB = 0.0
DOWN_DB = -20.0


def moved(verb: Verb, args: Args) -> Iterator[dict[str, Value]]:
    """The arguments with one value moved, each value in turn: a hand tries which of them its device has."""
    for name in verb.value:
        arg, value = verb.find_arg(name), args.get(name)
        if arg is None or value is None:
            continue
        for other in _others(arg, value, is_level=verb.blend is Blend.DB and name == verb.fade_arg):
            if other != value and value_problem(arg, other) is None:
                yield {**args, name: other}
                break


def _others(arg: Arg, value: Value, *, is_level: bool) -> tuple[Value, ...]:
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, str):
        return (*arg.choices, str(int(value) + 1)) if value.isdecimal() else arg.choices
    if is_level:
        return (UP_DB if value < (UP_DB + DOWN_DB) / 2 else DOWN_DB,)
    if isinstance(value, int):
        return value + 1, value - 1
    return (1.0 - value, 0.0, value + 1.0) if arg.unit == "0..1" else (value + 1.0, value - 1.0)
