"""A command as a person types it: words become arguments and settings of their types, or are told what would fit."""

from __future__ import annotations

from collections.abc import Mapping

from devices.contract import EncodeError
from profiles.argument_rules import Scalar
from profiles.device_profile import DeviceProfile
from profiles.near_names import near_words
from profiles.verbs import (
    CATALOGUE,
    Arg,
    Blend,
    Chase,
    Kind,
    Verb,
    args_from_text,
    args_problems,
    find_verb,
    value_problem,
)


def typed_command(
    profile: DeviceProfile, command: str, words: Mapping[str, str]
) -> tuple[dict[str, Scalar], dict[str, Scalar]]:
    """Arguments as the device gets them, and settings of the device. Raises EncodeError: one line, what and instead."""
    if not profile.supports(command):
        known = [*profile.verbs, *profile.commands, *(CATALOGUE if profile.any_verb is not None else ())]
        raise EncodeError(f"{profile.id} has no command {command!r}: {near_words(command, known)}")
    extra = extra_args(profile, command)
    verb = command_verb(profile, command)
    by_name = {arg.name: arg for arg in setting_args(profile, command)}
    given = args_from_text(verb, {name: text for name, text in words.items() if name not in by_name})
    own = tuple(arg.name for arg in verb.args)
    problems = args_problems(verb, {name: value for name, value in given.items() if name in own})
    for name in given:
        if name not in own and name not in extra:
            problems.append(
                f"there is no argument {name!r}: {near_words(name, dict.fromkeys([*own, *extra, *by_name]))}"
            )
    meant = args_from_text(_as_verb("settings", by_name), {name: words[name] for name in by_name if name in words})
    problems += [problem for name, value in meant.items() if (problem := value_problem(by_name[name], value))]
    if problems:
        raise EncodeError(f"{profile.id}: {command}: {'; '.join(problems)}")
    return given, meant


def command_verb(profile: DeviceProfile, command: str) -> Verb:
    """The verb of the catalogue, or a command of the device's own in the same form."""
    return find_verb(command) if command in CATALOGUE else _as_verb(command, extra_args(profile, command))


def setting_args(profile: DeviceProfile, command: str) -> list[Arg]:
    """The settings of a device that may stand beside a command's own arguments."""
    verb, extra = command_verb(profile, command), extra_args(profile, command)
    return [
        Arg(name, each.type, required=False, minimum=each.min, maximum=each.max, note=each.note)
        for name, each in profile.settings.items()
        if verb.find_arg(name) is None and name not in extra
    ]


def extra_args(profile: DeviceProfile, command: str) -> dict[str, Arg]:
    """Arguments that the profile's own rules declare: all of a command, and what a venue's map may add to a verb.

    Limits and tables are left to the encoder, whose words are the profile's.
    """
    ability = profile.verbs.get(command) or profile.commands.get(command)
    if ability is None:
        return {}
    rules = dict(ability.args)
    if command in profile.verbs:
        for way in ability.variants:
            rules |= way.args
        caught = {name for way in ability.variants for template in way.when.values() for name in template.names}
        rules = {name: rule for name, rule in rules.items() if rule.type and not rule.from_ and name not in caught}
    return {name: Arg(name, rule.type or "text", required=False) for name, rule in rules.items()}


def _as_verb(name: str, args: Mapping[str, Arg]) -> Verb:
    """A command of the device's own, or its settings, so that words are read for them as they are for a verb."""
    return Verb(name, name, Kind.TRIGGER, tuple(args.values()), (), (), Blend.STEP, Chase.NEVER)
