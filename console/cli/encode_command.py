"""``showcaller profiles encode``: the bytes that a command would send. Sends nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from console.cli.errors import call_error
from console.cli.key_values import words_to_pairs
from console.cli.page import Page, columns, json_text, lines_to_text
from console.cli.profile_pages import open_profile
from devices.contract import EncodeError
from devices.encode import DeviceSettings, encode_command
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


def run_encode(
    profile_id: str,
    command: str,
    words: Sequence[str],
    *,
    transport: str | None = None,
    fade_s: float | None = None,
    as_json: bool,
) -> Page:
    """The packets, one a line. ``words`` are arguments as the device gets them, or settings of it (``channel=2``).

    Raises CommandError, code 2, for a command or argument that this device cannot be told.
    """
    profile = open_profile(profile_id)
    if not profile.supports(command):
        known = [*profile.verbs, *profile.commands, *(CATALOGUE if profile.any_verb is not None else ())]
        raise call_error(f"{profile.id} has no command {command!r}: {near_words(command, known)}")
    args, settings = _sorted_out(profile, command, words_to_pairs(words))
    try:
        packets = encode_command(profile, command, args, fade_s, DeviceSettings(transport, None, settings))
    except EncodeError as error:
        raise call_error(str(error)) from None
    if as_json:
        return Page(json_text({"device": profile.id, "packets": packets}))
    return Page(lines_to_text(columns([_row(packet) for packet in packets])))


def _sorted_out(
    profile: DeviceProfile, command: str, pairs: Mapping[str, str]
) -> tuple[dict[str, Scalar], dict[str, Scalar]]:
    """Arguments and settings of the right types. Whoever the words do not fit is told what would."""
    extra = _extra_args(profile, command)
    verb = find_verb(command) if command in CATALOGUE else _as_verb(command, extra)
    settings = [
        Arg(name, each.type, required=False, minimum=each.min, maximum=each.max)
        for name, each in profile.settings.items()
        if verb.find_arg(name) is None and name not in extra
    ]
    by_name = {arg.name: arg for arg in settings}
    given = args_from_text(verb, {name: text for name, text in pairs.items() if name not in by_name})
    problems = args_problems(verb, {name: value for name, value in given.items() if name in verb_names(verb)})
    for name in given:
        if name not in verb_names(verb) and name not in extra:
            problems.append(f"there is no argument {name!r}: {near_words(name, [*verb_names(verb), *extra, *by_name])}")
    meant = args_from_text(_as_verb("settings", by_name), {name: pairs[name] for name in by_name if name in pairs})
    problems += [problem for name, value in meant.items() if (problem := value_problem(by_name[name], value))]
    if problems:
        raise call_error(f"{profile.id}: {command}: {'; '.join(problems)}")
    return given, meant


def verb_names(verb: Verb) -> tuple[str, ...]:
    """The arguments of a verb, in order."""
    return tuple(arg.name for arg in verb.args)


def _extra_args(profile: DeviceProfile, command: str) -> dict[str, Arg]:
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


def _row(packet: Mapping[str, Any]) -> tuple[str, str]:
    port = f"port {packet['port']}" if packet["port"] is not None else ""
    framing = f"framed {packet['framing']}" if packet["framing"] != "none" else ""
    delay = f"after {packet['delay_ms']:g} ms" if packet["delay_ms"] else ""
    return " ".join(filter(None, (packet["transport"], port, framing, delay))), packet["hex"]
