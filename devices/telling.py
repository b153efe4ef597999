"""How a device lets us know that it has done as it was told, and whether what it says is what it was told. Pure.

By its profile: it echoes, it reports by itself, or it can be asked. Values are compared as they are on the wire, no
finer than the device keeps them: what a fader's echo was rounded to is still what was sent.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from devices.contract import LINE_CHECK, Args, EncodeError
from devices.ways import caught, choose
from profiles.argument_rules import Rule, RuleError, Scalar, value_to_text
from profiles.device_profile import DeviceProfile, ReadyAbility, ReadyVariant
from profiles.verbs import complete_args
from profiles.wire_values import law_to_wire

_NS_PER_MS: Final = 1_000_000

FLOAT_STEP: Final = 1e-4
"""How far two values may be apart that were a 32-bit number, or a line of text, on their way."""


def confirms_within_ns(profile: DeviceProfile, transport: str | None, verb: str, args: Args) -> int | None:
    """How long after a command the device's own word is waited for; None where it has none to say.

    ``transport``: its kind; None is the profile's first.
    """
    if verb == LINE_CHECK:
        health = profile.health
        return None if health is None or health.send is None else round(health.timeout_s * 1000 * _NS_PER_MS)
    ability = profile.abilities.get(verb)
    if ability is None:
        return None
    own_ms = ability.spec.confirm_ms
    within_ms = profile.confirm_ms if own_ms is None else own_ms
    way = profile.transport(transport)
    if within_ms == 0 or way is None or (way.reply == "none" and profile.family == "osc"):
        return None
    return round(within_ms * _NS_PER_MS) if _can_tell(profile, ability, args) else None


def agrees(profile: DeviceProfile, verb: str, told: Args, said: Args, settings: Mapping[str, Scalar]) -> bool:
    """True where nothing a device says of a verb is otherwise than it was told; what only one of them names is no
    difference. ``told`` with defaults filled in, ``said`` as it was read, ``settings`` of the device.
    """
    ability = profile.abilities.get(verb)
    given = {**settings, **told}
    rules = _rules(ability, given) if ability is not None else {}
    folds = not profile.flags.case_sensitive
    return all(
        _is_same(rules.get(name), told[name], value, given, folds=folds) for name, value in said.items() if name in told
    )


def _can_tell(profile: DeviceProfile, ability: ReadyAbility, args: Args) -> bool:
    if profile.flags.echo:
        return True
    given: dict[str, Scalar] = dict(complete_args(ability.verb, args) if ability.verb is not None else args)
    try:
        if choose(ability, given).read_back is not None:
            return True
    except EncodeError:
        return False
    return any(
        all(
            name not in given or caught(template, given[name]) is not None for name, template in ready.spec.sets.items()
        )
        for ready in profile.ready_reports
        if ready.spec.verb == ability.name
    )


def _rules(ability: ReadyAbility, given: Mapping[str, Scalar]) -> dict[str, Rule]:
    """The rules of the way the verb was sent, by argument; none where no way fits."""
    try:
        variant: ReadyVariant = choose(ability, dict(given))
    except EncodeError:
        return {}
    return {rule.source: rule for rule in variant.rules.values() if rule.spec.fields is None}


def _is_same(rule: Rule | None, told: Scalar, said: Scalar, given: Mapping[str, Scalar], *, folds: bool) -> bool:
    a, b = _wire(rule, told, given), _wire(rule, said, given)
    if isinstance(a, str) or isinstance(b, str):
        one, other = value_to_text(a), value_to_text(b)
        return one == other or (folds and one.casefold() == other.casefold())
    return a == b or abs(a - b) <= _step(rule, a)


def _wire(rule: Rule | None, value: Scalar, given: Mapping[str, Scalar]) -> float | str:
    """The value as it is on the wire, a number where it is one."""
    if rule is not None and rule.table is not None and value_to_text(value) in rule.table:
        value = rule.table[value_to_text(value)]
    elif rule is not None and rule.is_plain and (number := _number(value)) is not None:
        try:
            return law_to_wire(rule, number, given)
        except RuleError:
            return value_to_text(value)
    found = _number(value)
    return value_to_text(value) if found is None else found


def _step(rule: Rule | None, wire: float) -> float:
    """How far apart two wire values may be."""
    spec = rule.spec if rule is not None else None
    if spec is not None and spec.resolution is not None:
        return spec.resolution
    if spec is not None and spec.round is not None:
        return 1.0
    digits = 0.0 if spec is None or spec.digits is None else 10.0**-spec.digits / 2
    return max(digits, FLOAT_STEP * max(1.0, abs(wire)) if math.isfinite(wire) else 0.0)


def _number(value: Scalar) -> float | None:
    if isinstance(value, bool):
        return float(value)
    try:
        return float(value)
    except ValueError:
        return None
