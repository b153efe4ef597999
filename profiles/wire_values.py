"""Arguments to wire values by their rules, and back. Pure; each other's inverse as far as the wire allows."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping

from profiles.argument_rules import Rule, RuleError, Scalar, value_to_text, wanted_words, wire_to_text


def to_wire(rule: Rule, given: Mapping[str, Scalar]) -> Scalar | None:
    """The wire value of an argument, None where it is not given. ``given`` holds arguments, captures and settings.

    Raises RuleError with the value and what to give instead.
    """
    if rule.spec.fields is not None:
        return _fields_to_json(rule.spec.fields, given)
    raw = given.get(rule.source, rule.spec.default)
    if raw is None:
        return None
    if rule.table is not None:
        found = rule.table.get(value_to_text(raw))
        if found is not None:
            return found
        if rule.spec.others == "refuse":
            raise _refusal(rule, raw)
    value = _typed(rule, raw)
    if isinstance(value, str):
        _check_text(rule, value)
        return value
    if isinstance(value, bool):
        value = int(value)
    _check_limits(rule, value)
    return law_to_wire(rule, value, given)


def law_to_wire(rule: Rule, value: float, given: Mapping[str, Scalar]) -> float | int:
    """The law alone: curve, scale, setting, offset, rounding and the wire's own limits; never refuses a number."""
    spec = rule.spec
    wire = value if rule.curve is None else rule.curve.to_wire(value)
    if spec.scale != 1.0:
        wire *= spec.scale
    if spec.times is not None:
        wire *= _setting(rule, spec.times, given)
    if spec.offset:
        wire += spec.offset
    if spec.round is not None and math.isfinite(wire):
        wire = math.floor(wire + (0.5 if spec.round == "nearest" else 1e-9))
    if spec.wire_min is not None and wire < spec.wire_min:
        wire = spec.wire_min
    if spec.wire_max is not None and wire > spec.wire_max:
        wire = spec.wire_max
    return int(wire) if rule.type == "int" and wire == int(wire) else wire


def _fields_to_json(fields: Mapping[str, str], given: Mapping[str, Scalar]) -> str | None:
    filled = {key: given[name] for key, name in fields.items() if name in given}
    if not filled:
        return None
    return json.dumps({key: value_to_text(value) for key, value in filled.items()}, ensure_ascii=False)


def _setting(rule: Rule, name: str, given: Mapping[str, Scalar]) -> float:
    value = given.get(name)
    if value is None or isinstance(value, str):
        raise RuleError(f"{rule.source} needs the setting {name} as a number: give it at the device in the venue")
    return float(value)


def _typed(rule: Rule, raw: Scalar) -> Scalar:
    if rule.type == "text":
        return value_to_text(raw)
    if rule.type == "flag":
        if isinstance(raw, bool):
            return raw
        known = {"true": True, "1": True, "false": False, "0": False}
        word = value_to_text(raw).lower()
        if word in known:
            return known[word]
        raise _refusal(rule, raw)
    if isinstance(raw, bool):
        raise _refusal(rule, raw)
    try:
        number = float(raw)
    except ValueError:
        raise _refusal(rule, raw) from None
    if math.isnan(number) or (rule.type == "int" and not number.is_integer()):
        raise _refusal(rule, raw)
    return int(number) if rule.type == "int" else number


def _check_text(rule: Rule, value: str) -> None:
    spec = rule.spec
    if spec.choices and value not in spec.choices:
        raise _refusal(rule, value)
    if spec.pattern is not None and re.fullmatch(spec.pattern, value) is None:
        raise _refusal(rule, value)


def _check_limits(rule: Rule, value: float) -> None:
    if _is_outside(rule, value):
        raise _refusal(rule, value)


def _is_outside(rule: Rule, value: float) -> bool:
    spec = rule.spec
    return (spec.min is not None and value < spec.min) or (spec.max is not None and value > spec.max)


def _refusal(rule: Rule, value: Scalar) -> RuleError:
    shown = repr(value) if isinstance(value, str) else value_to_text(value)
    return RuleError(f"{rule.source} is {shown}: give {wanted_words(rule)}")


def from_wire(rule: Rule, wire: Scalar, given: Mapping[str, Scalar]) -> dict[str, Scalar]:
    """The argument (or, of a JSON object, the arguments) that were sent as ``wire``; empty where it cannot be told.

    ``given`` holds the device's settings.
    """
    if rule.spec.fields is not None:
        return _json_to_fields(rule.spec.fields, wire)
    if rule.table is not None:
        value = rule.untable.get(wire_to_text(wire))
        if value is not None:
            return {rule.source: _word_to_value(rule, value)}
        if rule.spec.others == "refuse":
            return {}
    if rule.type == "text":
        text = value_to_text(wire)
        fits = rule.spec.pattern is None or re.fullmatch(rule.spec.pattern, text) is not None
        return {rule.source: text} if fits else {}
    number = _number(wire)
    if number is None:
        return {}
    if rule.type == "flag":
        return {rule.source: bool(number)}
    spec = rule.spec
    factor = spec.scale * (_setting(rule, spec.times, given) if spec.times is not None else 1.0)
    if factor == 0:
        return {}
    value_number = (number - spec.offset) / factor
    if rule.curve is not None:
        value_number = rule.curve.from_wire(value_number)
    if rule.type != "int":
        return {rule.source: value_number}
    # A whole number outside its limits is another key's message; a level outside is just a level.
    if not math.isfinite(value_number) or _is_outside(rule, round(value_number)):
        return {}
    return {rule.source: round(value_number)}


def _json_to_fields(fields: Mapping[str, str], wire: Scalar) -> dict[str, Scalar]:
    try:
        read = json.loads(wire) if isinstance(wire, str) else None
    except ValueError:
        return {}
    if not isinstance(read, dict):
        return {}
    return {name: str(read[key]) for key, name in fields.items() if key in read}


def _word_to_value(rule: Rule, word: str) -> Scalar:
    try:
        return _typed(rule, word)
    except RuleError:
        return word  # a name beside the numbers, such as "main"


def _number(wire: Scalar) -> float | None:
    try:
        return float(wire)
    except ValueError:
        return None
