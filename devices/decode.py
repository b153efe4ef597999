"""Packets back to verbs, by the device's profile: what a ghost was told, and what a device says about itself.

The templates that send also read, and values go back through the rules: a fader's echo is in dB again. What the wire
does not carry (the words of a camera shot over MIDI) cannot come back and is left out. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from devices.contract import Value
from devices.encode import NO_SETTINGS, DeviceSettings, settings_of
from devices.message_match import Found, Heard, hear, match_message
from devices.osc.codec import OscMessage as HeardOsc
from profiles.argument_rules import Rule, RuleError, Scalar, value_to_text, wire_to_text
from profiles.device_profile import DeviceProfile, ReadyAbility, ReadyReport, ReadyVariant
from profiles.templates import Template
from profiles.verbs import CATALOGUE, Arg, Verb, args_from_text, complete_args
from profiles.wire_values import from_wire, to_wire

Told = tuple[str, dict[str, Value]]
"""A verb or command, and its physical arguments."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a device said. ``verb`` None: a sign of life only; ``is_health``: the answer to the health question.

    ``args`` holds what could be read, and no defaults: what a device does not say of itself is not known.
    """

    verb: str | None
    args: Mapping[str, Value] = field(default_factory=dict)
    is_health: bool = False


def decode(profile: DeviceProfile, body: bytes, settings: DeviceSettings = NO_SETTINGS) -> Told | None:
    """The verb and arguments a device of this profile is told by one packet; None where it is none.

    ``body`` is unframed (``WirePacket.body``). Of a verb sent in several messages the first one speaks. Where two
    verbs are the same bytes, the one that stands first in the profile is answered: see :func:`decode_all`.
    """
    readings = decode_all(profile, body, settings)
    return readings[0] if readings else None


def decode_all(profile: DeviceProfile, body: bytes, settings: DeviceSettings = NO_SETTINGS) -> tuple[Told, ...]:
    """Every reading of one packet, in the profile's order."""
    given = _settings(profile, settings)
    return tuple(told for heard in hear(profile.family, body) for told in _told(profile, heard, given, strict=True))


def decode_reply(profile: DeviceProfile, body: bytes, settings: DeviceSettings = NO_SETTINGS) -> tuple[Reply, ...]:
    """What a device of this profile says about itself, in every reading; empty where nothing is understood."""
    given = _settings(profile, settings)
    return tuple(reply for heard in hear(profile.family, body) for reply in _replies(profile, heard, given))


def _settings(profile: DeviceProfile, settings: DeviceSettings) -> dict[str, Scalar]:
    """Every setting of the profile; one that is not set is empty, which nothing received agrees with."""
    return dict.fromkeys(profile.settings, "") | settings_of(profile, settings)


def _replies(profile: DeviceProfile, heard: Heard, given: Mapping[str, Scalar]) -> Iterator[Reply]:
    health = profile.health
    if health is not None:
        found = match_message(health.reply, heard, profile.health_rules, given, strict=False)
        if found is not None and _settings_agree(found, profile.health_rules, given):
            yield Reply(None, is_health=True)
    for report in profile.ready_reports:
        reply = _reported(report, heard, given)
        if reply is not None:
            yield reply
    if profile.flags.echo or profile.flags.echo_to_others:
        for told in _told(profile, heard, given, strict=False):
            yield Reply(*told)


def _reported(report: ReadyReport, heard: Heard, given: Mapping[str, Scalar]) -> Reply | None:
    found = match_message(report.spec.receive, heard, report.rules, given, strict=False)
    values = None if found is None else _values(found, report.rules, given)
    if values is None:
        return None
    verb = CATALOGUE.get(report.spec.verb) if report.spec.verb is not None else None
    return Reply(report.spec.verb, _args(verb, values, report.spec.sets) if verb is not None else {})


def _told(profile: DeviceProfile, heard: Heard, given: Mapping[str, Scalar], *, strict: bool) -> Iterator[Told]:
    if profile.any_verb is not None and isinstance(heard, HeardOsc):
        told = _any_told(profile.any_verb.prefix, heard)
        if told is not None:
            yield told
    for ability in profile.abilities.values():
        for variant in ability.variants:
            found = match_message(variant.send[0], heard, variant.rules, given, strict=strict)
            values = None if found is None else _values(found, variant.rules, given)
            if values is not None:
                args = _ability_args(ability, variant, values)
                yield ability.name, complete_args(ability.verb, args) if strict and ability.verb is not None else args
                break


def _any_told(prefix: str, heard: HeardOsc) -> Told | None:
    verb = CATALOGUE.get(heard.address.removeprefix(prefix).removeprefix("/").replace("/", "."))
    if verb is None or not heard.address.startswith(f"{prefix}/") or len(heard.args) > len(verb.args):
        return None
    args: dict[str, Value] = {}
    for arg, value in zip(verb.args, heard.args, strict=False):
        if value is None:
            continue
        if not isinstance(value, bool | int | float | str):
            return None
        args[arg.name] = bool(value) if arg.type == "flag" else value
    return verb.name, complete_args(verb, args)


def _ability_args(ability: ReadyAbility, variant: ReadyVariant, values: Mapping[str, Scalar]) -> dict[str, Value]:
    if ability.verb is not None:
        return _args(ability.verb, values, variant.when)
    return {name: value for name, value in values.items() if name in ability.spec.args}


def _args(verb: Verb, values: Mapping[str, Scalar], patterns: Mapping[str, Template]) -> dict[str, Value]:
    """The verb's arguments as far as the wire has them: values, and patterns filled with what they had caught."""
    args = {arg.name: _typed(verb, arg, values[arg.name]) for arg in verb.args if arg.name in values}
    for name, template in patterns.items():
        if name not in args and verb.find_arg(name) is not None and template.missing(values) is None:
            filled = template.value(values, value_to_text)
            if filled is not None:
                args |= args_from_text(verb, {name: value_to_text(filled)})
    return args


def _typed(verb: Verb, arg: Arg, value: Scalar) -> Scalar:
    """The value as the catalogue types it: a mapped layer 2 is "2" again, a JSON text "30" a number."""
    if arg.type == "text":
        return value_to_text(value)
    return args_from_text(verb, {arg.name: value})[arg.name] if isinstance(value, str) else value


# ------------------------------------------------------------------------------------------------------- from the wire


def _values(found: Found, rules: Mapping[str, Rule], given: Mapping[str, Scalar]) -> dict[str, Scalar] | None:
    """Arguments, captures and settings by name; None where a value cannot be, or is another device's."""
    if not _settings_agree(found, rules, given):
        return None
    values: dict[str, Scalar] = {}
    for name, wire in found.items():
        if name in given:
            continue
        rule = rules.get(name)
        if rule is None:
            values[name] = wire
            continue
        try:
            read = from_wire(rule, wire, given)
        except RuleError:
            return None
        if not read:
            return None
        # The first place that carries an argument decides; a second one (frames beside ms) only repeats it.
        values = read | values
    return values


def _settings_agree(found: Found, rules: Mapping[str, Rule], given: Mapping[str, Scalar]) -> bool:
    """A channel or workspace that is not this device's makes it another device's message."""
    for name, wire in found.items():
        if name in given and wire_to_text(_own(rules[name], given)) != wire_to_text(_as_number(wire)):
            return False
    return True


def _own(rule: Rule, given: Mapping[str, Scalar]) -> Scalar:
    """What this device's setting is on the wire; nothing that could be received where it is not set."""
    try:
        own = to_wire(rule, given)
    except RuleError:
        return ""
    return "" if own is None else _as_number(own)


def _as_number(wire: Scalar) -> Scalar:
    try:
        return float(wire)
    except ValueError:
        return wire
