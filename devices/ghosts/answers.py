"""What a device says, made from its profile: the messages it is heard by, filled and sent the other way. Pure.

A profile describes answers in order to read them. Here the same templates write them: places that a verb's arguments
fill are filled with those, and what only the device could know (a name, a firmware) with something that fits.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from devices.contract import Args
from devices.decode import Told
from devices.encode import DeviceSettings, encode, settings_of
from devices.message_bytes import Wire, build_body, wire_of
from profiles.argument_rules import Rule, RuleError, Scalar, value_to_text
from profiles.device_profile import DeviceProfile, ReadyReport
from profiles.messages import Message, OscMessage, TextMessage
from profiles.templates import Template

_GHOST: Final = "ghost"
"""A text that only the device could know."""

_TRIED: Final = ("", "1", "0", "a", "ok", "OK", "OK set", "NOTIFY", "00:00:00:00", "#000000")
"""What is tried for a text that must fit a pattern."""


class Answers:
    """The answers of one make and model with these settings."""

    def __init__(self, profile: DeviceProfile, settings: DeviceSettings) -> None:
        self._profile = profile
        self._settings = settings
        self._given = settings_of(profile, settings)
        # A verb whose value can be asked for is told about when asked; the others are told about as they happen.
        self._asked = {
            name for name, ability in profile.abilities.items() if any(way.read_back for way in ability.variants)
        }
        self._lines = [
            report
            for report in profile.ready_reports
            if report.spec.verb is None and isinstance(report.spec.receive, TextMessage)
        ]

    def to_health(self) -> bytes | None:
        """The answer to the health question; None where the profile has none that can be made."""
        health = self._profile.health
        if health is None:
            return None
        rules = {
            place: self._profile.health_rules.get(place) or self._profile.rule_for(place, None, None)
            for template in health.reply.templates()
            for place in template.names
        }
        return compose(health.reply, rules, self._given)

    def to_packet(self, body: bytes, readings: Sequence[Told]) -> list[bytes]:
        """What the device says by itself when it is told something; ``readings`` are all that it can mean."""
        said = [body] if self._profile.flags.echo else []
        for verb, args in readings:
            if verb not in self._asked:
                said += self.reports(verb, args)
        if self._profile.family == "text":
            said += self._line_answer(body)
        return list(dict.fromkeys(said))

    def to_question(self, verb: str, args: Args) -> list[bytes]:
        """The value of a parameter, as the device says it when asked."""
        said = self.reports(verb, args)
        if said:
            return said[:1]
        try:
            return [encode(self._profile, verb, args, settings=self._settings)[0].body]
        except ValueError:
            return []

    def reports(self, verb: str, args: Args) -> list[bytes]:
        """Every report of the profile that speaks of this verb with these arguments."""
        found = (self._report(ready, args) for ready in self._profile.ready_reports if ready.spec.verb == verb)
        return [body for body in found if body is not None]

    def _report(self, ready: ReadyReport, args: Args) -> bytes | None:
        caught: dict[str, Scalar] = {}
        for name, template in ready.spec.sets.items():
            value = args.get(name)
            found = None if value is None else _caught(template, value_to_text(value))
            if found is None:
                return None
            caught |= found
        return compose(ready.spec.receive, ready.rules, {**self._given, **args, **caught})

    def _line_answer(self, body: bytes) -> list[bytes]:
        """A line protocol's answer names the command: the report that holds its word, else the one that would."""
        command = body.split(b" ", 1)[0].decode(errors="replace")
        for ready in self._lines:
            if command in _literal_words(ready.spec.receive):
                answer = compose(ready.spec.receive, ready.rules, self._given)
                return [] if answer is None else [answer]
        # Whoever takes one command at a time waits for this, so that the next one is not held up.
        for ready in self._lines if self._profile.flags.one_at_a_time else ():
            answer = compose(ready.spec.receive, ready.rules, self._given, word=command)
            if answer is not None:
                return [answer]
        return []


def compose(message: Message, rules: Mapping[str, Rule], given: Mapping[str, Scalar], word: str = "") -> bytes | None:
    """A message with everything known filled in, and the rest with what fits; None where it cannot be made so."""
    try:
        wire = wire_of(rules, given)
        values = dict(wire.values)
        for place, is_number in _open_places(message, values):
            values[place] = 1 if is_number else _fitting(rules[place], word)
        return build_body(message, Wire(rules, given, values))[0]
    except ValueError:
        return None


def _open_places(message: Message, values: Mapping[str, Scalar]) -> list[tuple[str, bool]]:
    """Places that must be filled and are not, and whether the wire wants a number there."""
    numbers: set[str] = set()
    if isinstance(message, OscMessage):
        numbers = {arg.template.single for arg in message.args if arg.template.single and arg.tag != "s"}
    return [
        (place.name, place.name in numbers or bool(place.digits) or not isinstance(message, OscMessage | TextMessage))
        for template in message.templates()
        for place, optional in template.places()
        if not optional and place.name not in values
    ]


def _fitting(rule: Rule, word: str) -> Scalar:
    if rule.type in ("int", "float"):
        return 1
    pattern = rule.spec.pattern
    if pattern is None:
        return word or _GHOST
    for text in (word, *_TRIED) if word else _TRIED:
        if re.fullmatch(pattern, text) is not None:
            return text
    raise RuleError(f"nothing fits {pattern}")


def _caught(template: Template, text: str) -> dict[str, str] | None:
    return template.match(text, lambda _name: r".+" if template.single else r"[^/]+")


def _literal_words(message: Message) -> set[str]:
    literals = (part for template in message.templates() for part in template.parts if isinstance(part, str))
    return {word for literal in literals for word in literal.split()}
