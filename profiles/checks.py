"""What can be wrong between the parts of a device profile. Every check collects; none raises.

One function for one idea; each problem's code ends in what it is about. What is looked for are mistakes that were seen
in integrations of real devices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from profiles.argument_rules import ArgRule, Rule, RuleError
from profiles.device_profile import FADE, FAMILY_OF_TRANSPORT, Ability, Command, DeviceProfile, Variant
from profiles.messages import Message, OscMessage, Timed, family_of
from profiles.near_names import near_words
from profiles.problems import Problem, Problems
from profiles.verbs import CATALOGUE, CHASE_STRICTNESS, Kind, Verb

_LONG_FADE_RATE_HZ: Final = 50.0


def profile_problems(profile: DeviceProfile, where: str) -> tuple[Problem, ...]:
    """Everything to be said about a profile that fits the schema, errors first."""
    found = Problems()
    for check in _CHECKS:
        check(profile, where, found)
    return found.listed()


# ------------------------------------------------------------------------------------------------------ names that lead


def _check_names(profile: DeviceProfile, where: str, found: Problems) -> None:
    for name in profile.verbs:
        if name not in CATALOGUE:
            found.error(
                "profile.verb.unknown",
                f'{where}: verbs."{name}"',
                "is no verb of the catalogue",
                f"{near_words(name, CATALOGUE)}; the device's own go under [commands]",
            )
    for name in profile.commands:
        if name in CATALOGUE:
            found.error(
                "profile.command.shadows",
                f"{where}: commands.{name}",
                "has the name of a verb",
                "describe it under verbs",
            )
    for name in profile.settings:
        if any(verb.find_arg(name) is not None for verb in CATALOGUE.values()):
            found.error(
                "profile.setting.shadows", f"{where}: settings.{name}", "has the name of a verb's argument", "rename it"
            )
    if not (profile.verbs or profile.commands or profile.any_verb):
        found.error("profile.empty", where, "understands nothing", "add a verb")


def _check_curves(profile: DeviceProfile, where: str, found: Problems) -> None:
    try:
        _ = profile.own_curves
    except ValueError as error:
        found.error("profile.curve", f"{where}: curves", str(error), "mend the points")


def _check_places(profile: DeviceProfile, where: str, found: Problems) -> None:
    """Every place in a message leads to an argument, a capture, a setting or the fade; every rule is used."""
    for place, ability, verb, way in _ways(profile, where):
        specs = ability.args | way.args
        sources = _sources(profile, ability, verb, way)
        used: set[str] = set()
        for message in _messages(way):
            for template in message.templates():
                used.update(template.names)
        for name in sorted(used):
            _check_place(profile, place, name, specs.get(name), verb, sources, found)
        read = {fields for name in used if name in specs for fields in (specs[name].fields or {}).values()}
        for name in way.args:
            if name not in used | read:
                found.warning("profile.rule.unused", place, f"the rule for {name} is never used", "take it out")
        for name in way.when:
            if name not in sources:
                found.error("profile.when", place, f"when names {name}, which is no argument", _known(sources))


def _check_place(
    profile: DeviceProfile,
    place: str,
    name: str,
    spec: ArgRule | None,
    verb: Verb | None,
    sources: Mapping[str, str],
    found: Problems,
) -> None:
    read = list((spec.fields or {}).values()) if spec is not None and spec.fields else []
    read = read or [(spec.from_ if spec is not None else None) or name]
    for source in read:
        if source not in sources:
            found.error("profile.place", place, f"{{{name}}} reads {source}, which is no argument", _known(sources))
    if spec is not None and spec.times is not None and spec.times not in profile.settings:
        found.error("profile.place", place, f"{name} is multiplied by {spec.times}, which is no setting", "declare it")
    try:
        profile.rule_for(name, spec, verb)
    except RuleError as error:
        found.error("profile.rule", place, f"{name}: {error}", "name one that is there")
    except ValueError:
        pass  # a curve of its own that makes none: told once, by _check_curves


def _known(sources: Mapping[str, str]) -> str:
    return f"there are {', '.join(sorted(sources)) or 'none'}"


def _sources(profile: DeviceProfile, ability: Ability, verb: Verb | None, way: Variant) -> dict[str, str]:
    """What a rule may read, with what it is."""
    sources = dict.fromkeys(profile.settings, "setting")
    if verb is not None:
        sources |= {arg.name: "argument" for arg in verb.args}
    if isinstance(ability, Command):
        sources |= dict.fromkeys(ability.args, "argument")
    else:
        # A map of the venue may set more than the catalogue knows; a rule with a type declares it.
        sources |= {
            name: "extra"
            for name, spec in (ability.args | way.args).items()
            if spec.type is not None and not spec.from_
        }
    for template in way.when.values():
        sources |= dict.fromkeys(template.names, "capture")
    if ability.fade == "native":
        sources[FADE] = "fade"
    return sources


# -------------------------------------------------------------------------------------------------- what is on the wire


def _check_families(profile: DeviceProfile, where: str, found: Problems) -> None:
    families = {FAMILY_OF_TRANSPORT[transport.kind] for transport in profile.transports}
    if len(families) > 1:
        found.error(
            "profile.transport.family",
            f"{where}: transports",
            f"mixes {' and '.join(sorted(families))}",
            "write one profile for each: their messages differ",
        )
    if profile.any_verb is not None and profile.family != "osc":
        found.error("profile.any_verb", where, "any_verb is OSC, the transports are not", "take it out")
    for place, message in _all_messages(profile, where):
        if family_of(message) != profile.family:
            found.error("profile.message.family", place, f"is {family_of(message)}, the transports are not", "move it")


def _check_osc_types(profile: DeviceProfile, where: str, found: Problems) -> None:
    """A number under a number's tag."""
    for place, ability, verb, way in _ways(profile, where):
        specs = ability.args | way.args
        for message in way.send:
            for arg in message.args if isinstance(message, OscMessage) else ():
                name = arg.template.single
                rule = _rule(profile, name, specs, verb) if name is not None else None
                if rule is not None and arg.tag in ("i", "h", "f", "d") and not rule.is_number:
                    found.error(
                        "profile.osc.type",
                        place,
                        f"{{{name}}} is text but sent as {arg.tag}",
                        f'give the rule a type: {name} = {{ type = "int" }}, or send it as s',
                    )


def _check_addresses(profile: DeviceProfile, where: str, found: Problems) -> None:
    """Padding and keys in addresses are whole numbers."""
    for place, ability, verb, way in _ways(profile, where):
        specs = ability.args | way.args
        for message in way.send:
            for template in message.templates():
                for padded, _optional in template.places():
                    rule = _rule(profile, padded.name, specs, verb) if padded.digits else None
                    if rule is not None and rule.type != "int":
                        found.error(
                            "profile.padding", place, f"{{{padded.name}}} is padded but no whole number", "type it int"
                        )


def _check_fades(profile: DeviceProfile, where: str, found: Problems) -> None:
    for name, ability in (*profile.verbs.items(), *profile.commands.items()):
        place = f'{where}: "{name}"'
        verb = CATALOGUE.get(name)
        fade_arg = verb.fade_arg if verb is not None else getattr(ability, "fade_arg", "")
        if ability.fade == "stream":
            if not fade_arg:
                found.error("profile.fade", place, "streams a fade, but nothing in it travels", "take fade out")
                continue
            if (ability.rate_hz or 0) > _LONG_FADE_RATE_HZ:
                found.warning("profile.fade.rate", place, f"{ability.rate_hz:g} steps a second are many", "25 to 50 do")
            for way in ability.ways:
                if not _carries(profile, ability, way, verb, fade_arg) and fade_arg not in way.when:
                    found.error("profile.fade", place, f"streams {fade_arg}, but a variant does not send it", "send it")
        if ability.fade == "native" and not any(
            (spec.from_ or name) == FADE for way in ability.ways for name, spec in (ability.args | way.args).items()
        ):
            used = {n for way in ability.ways for m in way.send for t in m.templates() for n in t.names}
            if FADE not in used:
                found.error("profile.fade", place, "times its own fade, but is never told how long", f"use {{{FADE}}}")


def _carries(profile: DeviceProfile, ability: Ability, way: Variant, verb: Verb | None, fade_arg: str) -> bool:
    specs = ability.args | way.args
    names = {name for message in way.send for template in message.templates() for name in template.names}
    rules = (_rule(profile, name, specs, verb) for name in names)
    return any(rule is not None and rule.source == fade_arg and rule.is_plain for rule in rules)


def _rule(profile: DeviceProfile, name: str, specs: Mapping[str, ArgRule], verb: Verb | None) -> Rule | None:
    try:
        return profile.rule_for(name, specs.get(name), verb)
    except ValueError:
        return None  # told by _check_places or _check_curves


# --------------------------------------------------------------------------------------------------------- what it says


def _check_chase(profile: DeviceProfile, where: str, found: Problems) -> None:
    for name, ability in profile.verbs.items():
        verb = CATALOGUE.get(name)
        if verb is None:
            continue
        place = f'{where}: verbs."{name}"'
        if ability.chase is not None and CHASE_STRICTNESS[ability.chase] < CHASE_STRICTNESS[verb.chase]:
            words = f"loosens chase from {verb.chase} to {ability.chase}"
            found.error("profile.chase", place, words, "a profile may only tighten it")
        if ability.rest is not None and verb.kind is Kind.TRIGGER:
            found.error("profile.rest", place, "is a trigger and has no rest value", "take rest out")


def _check_session(profile: DeviceProfile, where: str, found: Problems) -> None:
    alive = profile.keep_alive
    if alive is not None and alive.limit_s is not None and alive.every_s > alive.limit_s / 2:
        found.error(
            "profile.keep_alive",
            f"{where}: keep_alive",
            f"every {alive.every_s:g} s is too late for a limit of {alive.limit_s:g} s: one lost packet ends it",
            f"send at least every {alive.limit_s / 2:g} s",
        )
    if profile.login is not None and profile.login.needs and profile.login.needs not in profile.settings:
        found.error(
            "profile.login", f"{where}: login", f"needs {profile.login.needs}, which is no setting", "declare it"
        )
    if profile.health is None:
        remedy = "look at the device itself before doors; where it can be asked, say how under [health]"
        found.note("profile.health", where, "cannot be asked how it is: its lamp will say unknown", remedy)
    elif profile.health.send is not None and profile.health.timeout_s >= profile.health.every_s:
        found.error(
            "profile.health",
            f"{where}: health",
            "waits for an answer longer than until the next question",
            "shorten it",
        )
    for transport in profile.transports:
        if transport.reply == "fixed" and transport.reply_port is None:
            found.warning(
                "profile.reply_port",
                f"{where}: transports",
                f"{transport.kind} answers to a fixed port that is not told",
                "the venue must give it",
            )


def _check_service_places(profile: DeviceProfile, where: str, found: Problems) -> None:
    """Keep-alive, health and login know settings alone; reports know their verb."""
    for part, messages in _service(profile):
        for message in messages:
            for template in message.templates():
                for name in template.names:
                    if name not in profile.settings:
                        found.error("profile.place", f"{where}: {part}", f"{{{name}}} is no setting", "declare it")
    for index, report in enumerate(profile.reports):
        place = f"{where}: reports.{index}"
        verb = CATALOGUE.get(report.verb or "")
        if report.verb is not None and verb is None:
            found.error("profile.report", place, f"{report.verb} is no verb", near_words(report.verb, CATALOGUE))
            continue
        caught = {name for template in report.receive.templates() for name in template.names}
        for name, template in report.sets.items():
            if verb is None or verb.find_arg(name) is None:
                found.error("profile.report", place, f"sets {name}, which is no argument of its verb", "take it out")
            for used in template.names:
                if used not in caught:
                    found.error("profile.report", place, f"{{{used}}} is not received", "catch it in receive")


def _check_line_check(profile: DeviceProfile, where: str, found: Problems) -> None:
    """What line check sends is sent to anybody, at any time before doors: nothing that happens once may be among it."""
    named = profile.line_check
    if named is None:
        return
    verb = CATALOGUE.get(named.ask)
    if not profile.supports(named.ask):
        found.error("profile.line_check", f"{where}: line_check", f"asks {named.ask}", "describe it first")
    elif verb is not None and verb.kind is Kind.TRIGGER:
        remedy = "ask something that sets a parameter, or a command of the device's own"
        found.error("profile.line_check", f"{where}: line_check", f"asks {named.ask}, which is a trigger", remedy)


def _check_notes(profile: DeviceProfile, where: str, found: Problems) -> None:
    if not profile.setup and profile.grade != "own":
        found.warning("profile.setup", where, "does not say what must be switched on at the device", "add setup steps")
    for index, example in enumerate(profile.examples):
        if not profile.supports(example.ask):
            found.error("profile.example", f"{where}: examples.{index}", f"asks {example.ask}", "describe it first")


# -------------------------------------------------------------------------------------------------------------- walking


def _ways(profile: DeviceProfile, where: str) -> Iterator[tuple[str, Ability, Verb | None, Variant]]:
    named = [("verbs", *item) for item in profile.verbs.items()]
    named += [("commands", *item) for item in profile.commands.items()]
    for table, name, ability in named:
        for index, way in enumerate(ability.ways):
            suffix = f".variants.{index}" if ability.variants else ""
            yield f'{where}: {table}."{name}"{suffix}', ability, CATALOGUE.get(name), way


def _messages(way: Variant) -> tuple[Message, ...]:
    return way.send if way.read_back is None else (*way.send, way.read_back)


def _service(profile: DeviceProfile) -> Iterator[tuple[str, tuple[Message, ...]]]:
    if profile.keep_alive is not None:
        yield "keep_alive", profile.keep_alive.send
    if profile.login is not None:
        yield "login", profile.login.send
    if profile.health is not None and profile.health.send is not None:
        yield "health", (profile.health.send,)


def _all_messages(profile: DeviceProfile, where: str) -> Iterator[tuple[str, Timed]]:
    for place, _ability, _verb, way in _ways(profile, where):
        for message in _messages(way):
            yield place, message
    for part, messages in _service(profile):
        for message in messages:
            yield f"{where}: {part}", message
    if profile.health is not None:
        yield f"{where}: health.reply", profile.health.reply
    for index, report in enumerate(profile.reports):
        yield f"{where}: reports.{index}", report.receive


_CHECKS: Final[tuple[Callable[[DeviceProfile, str, Problems], None], ...]] = (
    _check_names,
    _check_curves,
    _check_places,
    _check_families,
    _check_osc_types,
    _check_addresses,
    _check_fades,
    _check_chase,
    _check_session,
    _check_service_places,
    _check_line_check,
    _check_notes,
)
