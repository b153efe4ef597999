"""The device profile: what one make and model understands, as data. Nothing in it can run.

The TOML file is the source, these models say what it may hold; what can be wrong *between* its parts is in
``profiles.checks``. How to write one: ``profiles/devices/README.md``. Source: design chapter 6.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal, Self

from pydantic import Field, StrictBool, model_validator

from profiles.argument_rules import ArgRule, Piece, Quoting, Rule, Scalar, resolve_rule, wire_to_text
from profiles.curves import Curve, curve_from_points
from profiles.messages import Family, Message
from profiles.templates import Template
from profiles.verbs import CATALOGUE, CHASE_STRICTNESS, MAIN, ArgType, ArgValue, Chase, Kind, Verb, chase_of, state_key

Department = Literal[
    "LX", "SND", "VID", "GFX", "CAM", "AUD", "STG", "PYRO", "SFX", "ADS", "DLY", "PRO", "TC", "VOTE", "WEB", "ANY"
]
TransportKind = Literal[
    "osc_udp", "osc_tcp_len32", "osc_tcp_slip", "midi", "midi_tcp", "msc", "mmc", "text_crlf", "text_lf"
]
Framing = Literal["none", "len32", "slip", "crlf", "lf"]

FAMILY_OF_TRANSPORT: Mapping[TransportKind, Family] = MappingProxyType(
    {
        "osc_udp": "osc",
        "osc_tcp_len32": "osc",
        "osc_tcp_slip": "osc",
        "midi": "midi",
        "midi_tcp": "midi",
        "msc": "midi",
        "mmc": "midi",
        "text_crlf": "text",
        "text_lf": "text",
    }
)
FRAMING_OF_TRANSPORT: Mapping[TransportKind, Framing] = MappingProxyType(
    {
        "osc_udp": "none",
        "osc_tcp_len32": "len32",
        "osc_tcp_slip": "slip",
        "midi": "none",
        "midi_tcp": "none",
        "msc": "none",
        "mmc": "none",
        "text_crlf": "crlf",
        "text_lf": "lf",
    }
)

BY_PORT_NAME: frozenset[TransportKind] = frozenset(("midi", "msc", "mmc"))
"""Reached through a MIDI port of this machine; all others by host and port."""

FADE = "fade_s"
"""The place where a device that times its own fades is told how long."""


class Transport(Piece):
    """One way to reach the device; the first of a profile is the usual one."""

    kind: TransportKind
    port: int | None = Field(default=None, ge=1, le=65535, description="None: set by the user of the device")
    reply: Literal["same_socket", "fixed", "none"] = "none"
    reply_port: int | None = Field(default=None, ge=1, le=65535)
    note: str = ""

    @model_validator(mode="after")
    def _reply_port_is_told(self) -> Self:
        if self.reply_port is not None and self.reply != "fixed":
            raise ValueError('reply_port is given, but reply is not "fixed": the device answers to that port or not')
        return self


class Setting(Piece):
    """Something the venue says about one device: a MIDI channel, a passcode, a workspace."""

    type: ArgType
    default: Scalar | None = None
    min: float | None = None
    max: float | None = None
    note: str = ""


class KeepAlive(Piece):
    """What must be sent again and again so that the device goes on talking. Never a sign of health."""

    send: tuple[Message, ...] = Field(min_length=1)
    every_s: float = Field(gt=0)
    limit_s: float | None = Field(default=None, gt=0, description="after this the device falls silent")
    transports: tuple[TransportKind, ...] = Field(default=(), description="only there; empty: everywhere")


class Health(Piece):
    """A question whose answer proves the device alive; without ``send`` the device speaks unasked."""

    send: Message | None = None
    reply: Message
    every_s: float = Field(default=5.0, gt=0)
    timeout_s: float = Field(default=1.0, gt=0)
    misses: int = Field(default=3, ge=1, description="unanswered in a row before it counts as away")


class LineCheck(Piece):
    """A better thing to send at line check than the health question: harmless, and seen by nobody but the crew."""

    ask: str = Field(description="a verb that sets a parameter, or a command of the device's own")
    args: dict[str, Scalar] = Field(default_factory=dict)
    see: str = Field(description="what a person at the device sees or hears of it")


class Login(Piece):
    """What opens a session before anything else is heard."""

    send: tuple[Message, ...] = Field(min_length=1)
    needs: str = Field(default="", description="a setting; without it nothing is sent")


class Limits(Piece):
    """What the device bears."""

    max_packet_bytes: int | None = Field(default=None, ge=16)
    messages_per_s: float | None = Field(default=None, gt=0)


class Flags(Piece):
    """Manners of the device."""

    bundles: StrictBool = Field(
        default=False, description="takes several messages in one OSC bundle, in order, at once"
    )
    no_bundles: StrictBool = Field(default=False, description="known not to; where neither is said, nobody knows")
    no_wildcards: StrictBool = False
    case_sensitive: StrictBool = True
    echo: StrictBool = Field(default=False, description="sends values back at the address they are set at")
    echo_to_others: StrictBool = Field(default=False, description="as echo, but not to the client that set them")
    echo_when_done: StrictBool = Field(
        default=False, description="its own word for a command leaves when the effect is there, not when it is taken"
    )
    one_at_a_time: StrictBool = Field(default=False, description="next command only after the answer to the last")

    @model_validator(mode="after")
    def _bundles_or_not(self) -> Self:
        if self.bundles and self.no_bundles:
            raise ValueError("bundles and no_bundles are both true: say one")
        return self


class Variant(Piece):
    """One way a verb is sent: used where every pattern of ``when`` fits its argument (``strip = "ch/{ch}"``).

    What a pattern catches (``ch``) can be named like an argument.
    """

    when: dict[str, Template] = Field(default_factory=dict)
    args: dict[str, ArgRule] = Field(default_factory=dict)
    send: tuple[Message, ...] = Field(min_length=1)
    read_back: Message | None = Field(default=None, description="asks for the value; answered by a report or an echo")


class Ability(Piece):
    """One verb as this device is told it."""

    note: str = ""
    chase: Chase | None = Field(default=None, description="only stricter than the catalogue")
    latency_ms: float | None = Field(default=None, ge=0)
    confirm_ms: float | None = Field(
        default=None,
        ge=0,
        description="how long its own word for it is waited for; 0: what it says is no answer to this",
    )
    rest: Scalar | None = Field(default=None, description="the value it has where nothing ever set it")
    fade: Literal["none", "stream", "native"] = "none"
    rate_hz: float | None = Field(default=None, gt=0, le=100, description="fade steps a second, of fade = stream")
    args: dict[str, ArgRule] = Field(default_factory=dict)
    send: tuple[Message, ...] = ()
    read_back: Message | None = None
    variants: tuple[Variant, ...] = ()

    @model_validator(mode="after")
    def _is_sent_one_way(self) -> Self:
        if bool(self.send) == bool(self.variants):
            raise ValueError("give either send, or variants that each have a send")
        if (self.fade == "stream") != (self.rate_hz is not None):
            raise ValueError("fade = stream needs rate_hz, and nothing else has one")
        return self

    @property
    def ways(self) -> tuple[Variant, ...]:
        """The variants, or the one way there is."""
        return self.variants or (Variant(send=self.send, read_back=self.read_back),)


class Command(Ability):
    """The device's own, beside the verbs; its rules name its arguments, in order."""

    kind: Kind = Kind.TRIGGER
    summary: str = ""
    fade_arg: str = Field(default="", description="the argument that travels, of fade = stream")


class AnyVerb(Piece):
    """Sends every verb of the catalogue as an OSC address, its arguments in catalogue order."""

    prefix: str = Field(default="", pattern=r"^(/[!-~]*)?$")
    rate_hz: float = Field(gt=0, le=100)


class Report(Piece):
    """Something the device says about itself. Places that the verb's rules know are turned back into arguments."""

    receive: Message
    verb: str | None = Field(default=None, description="None: a sign of life")
    sets: dict[str, Template] = Field(
        default_factory=dict, description="arguments it implies: on = true, or strip = 'ch/{ch}'"
    )
    args: dict[str, ArgRule] = Field(default_factory=dict)
    note: str = ""


class Example(Piece):
    """Arguments and the exact bytes they must become, framing included: checked for every shipped profile."""

    ask: str
    args: dict[str, Scalar] = Field(default_factory=dict)
    settings: dict[str, Scalar] = Field(default_factory=dict)
    transport: TransportKind | None = None
    fade_s: float | None = None
    hex: tuple[str, ...] = Field(min_length=1)
    source: str = ""

    @model_validator(mode="after")
    def _hex_is_hex(self) -> Self:
        for packet in self.hex:
            bytes.fromhex(packet)
        return self


class Proof(Piece):
    """Something real that was driven with this profile."""

    on: str = Field(description="name and version")
    how: Literal["program", "device", "show"] = Field(description="what it carried: a program, a box, or a whole show")
    by: str = Field(default="", description="the test or the person that saw it")


class PointCurve(Piece):
    """A law of this device alone: points of (value, wire), both rising; ``off`` is the wire value of minus infinity."""

    points: tuple[tuple[float, float], ...]
    off: float | None = None
    unit: str = "dB"


@dataclass(frozen=True)
class ReadyVariant:
    """A variant with everything looked up."""

    when: Mapping[str, Template]
    rules: Mapping[str, Rule]
    send: tuple[Message, ...]
    read_back: Message | None


@dataclass(frozen=True)
class ReadyAbility:
    """A verb or command with everything looked up: what encoder and decoder work with."""

    name: str
    verb: Verb | None
    spec: Ability
    variants: tuple[ReadyVariant, ...]
    fade_arg: str


@dataclass(frozen=True)
class ReadyReport:
    """A report with its rules looked up: those of its verb, its own first."""

    spec: Report
    rules: Mapping[str, Rule]


class DeviceProfile(Piece):
    """One make and model. ``id`` is ``vendor/product`` from where the file stands; the file does not repeat it."""

    id: str = ""
    vendor: str
    product: str
    department: Department
    summary: str = ""
    grade: Literal["A", "B", "C", "K", "own"] = Field(description="of the facts; own: a protocol defined here")
    sources: tuple[str, ...] = Field(min_length=1)
    verify: tuple[str, ...] = Field(default=(), description="what to test on the device before trusting it")
    setup: tuple[str, ...] = Field(default=(), description="what must be switched on at the device")
    proved: tuple[Proof, ...] = ()
    transports: tuple[Transport, ...] = Field(min_length=1)
    settings: dict[str, Setting] = Field(default_factory=dict)
    latency_ms: float = Field(default=0.0, ge=0)
    confirm_ms: float = Field(default=1000.0, ge=0, description="how long its own word for a command is waited for")
    limits: Limits = Limits()
    flags: Flags = Flags()
    login: Login | None = None
    keep_alive: KeepAlive | None = None
    health: Health | None = None
    line_check: LineCheck | None = None
    quoting: dict[str, Quoting] = Field(default_factory=dict)
    curves: dict[str, PointCurve] = Field(default_factory=dict)
    tables: dict[str, dict[str, int | float | str]] = Field(default_factory=dict)
    any_verb: AnyVerb | None = None
    verbs: dict[str, Ability] = Field(default_factory=dict)
    commands: dict[str, Command] = Field(default_factory=dict)
    reports: tuple[Report, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def family(self) -> Family:
        """What its messages are; one for the whole profile."""
        return FAMILY_OF_TRANSPORT[self.transports[0].kind]

    def transport(self, kind: str | None) -> Transport | None:
        """The transport of that kind, or the first where none is asked for."""
        if kind is None:
            return self.transports[0]
        return next((transport for transport in self.transports if transport.kind == kind), None)

    @cached_property
    def own_curves(self) -> Mapping[str, Curve]:
        """The laws drawn here. Raises ValueError for points that make none."""
        return {name: curve_from_points(name, c.points, c.off, c.unit) for name, c in self.curves.items()}

    @cached_property
    def abilities(self) -> Mapping[str, ReadyAbility]:
        """Verbs, then commands, with everything looked up. Raises RuleError where a name leads nowhere."""
        ready = {name: self._ready(name, spec, CATALOGUE.get(name)) for name, spec in self.verbs.items()}
        return ready | {name: self._ready(name, spec, None) for name, spec in self.commands.items()}

    @cached_property
    def ready_reports(self) -> tuple[ReadyReport, ...]:
        """Reports with everything looked up. Raises RuleError where a name leads nowhere."""
        return tuple(self._ready_report(report) for report in self.reports)

    @cached_property
    def health_rules(self) -> Mapping[str, Rule]:
        """The rules of the health answer: settings alone, anything else stands for any text."""
        return {} if self.health is None else self._settings_rules((self.health.reply,))

    def supports(self, name: str) -> bool:
        """True where the device can be told this verb or command."""
        return name in self.verbs or name in self.commands or (self.any_verb is not None and name in CATALOGUE)

    def chase_of(self, verb: Verb, args: Mapping[str, ArgValue]) -> Chase:
        """The catalogue's answer, or the profile's where that is stricter."""
        chase = chase_of(verb, args)
        ability = self.verbs.get(verb.name)
        own = ability.chase if ability is not None else None
        return own if own is not None and CHASE_STRICTNESS[own] > CHASE_STRICTNESS[chase] else chase

    def state_key(self, verb: Verb, args: Mapping[str, ArgValue]) -> tuple[str, ...]:
        """What this device keeps a parameter under: the catalogue's key, where two names are one on the wire the same.

        A trigger answers ``()``.
        """
        names = self._one_name.get(verb.name)
        if names is None:
            return state_key(verb, args)
        own = {name: table.get(str(args.get(name, MAIN)), args.get(name, MAIN)) for name, table in names.items()}
        return state_key(verb, {**args, **own})

    @cached_property
    def _one_name(self) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
        """Per verb and key argument: words that stand for a number or name which may as well be given itself."""
        found: dict[str, dict[str, dict[str, str]]] = {}
        for ability in self.abilities.values():
            for variant in ability.variants:
                for rule in variant.rules.values():
                    if ability.verb is None or rule.source not in ability.verb.keys or rule.spec.others != "keep":
                        continue
                    table = {word: wire_to_text(wire) for word, wire in (rule.table or {}).items()}
                    found.setdefault(ability.name, {}).setdefault(rule.source, {}).update(table)
        return found

    def latency_of(self, name: str) -> float:
        """Default latency in ms: the verb's own, else the device's."""
        ability = self.verbs.get(name) or self.commands.get(name)
        own = ability.latency_ms if ability is not None else None
        return self.latency_ms if own is None else own

    def rule_for(self, name: str, spec: ArgRule | None, verb: Verb | None) -> Rule:
        """The rule of one place, resolved. Raises RuleError where it names what is not there."""
        return resolve_rule(
            name, spec or ArgRule(), self._natural_type(name, spec, verb), self.own_curves, self.tables, self.quoting
        )

    def _natural_type(self, name: str, spec: ArgRule | None, verb: Verb | None) -> ArgType | None:
        source = (spec.from_ if spec is not None else None) or name
        if source == FADE:
            return "float"
        if source in self.settings:
            return self.settings[source].type
        arg = verb.find_arg(source) if verb is not None else None
        return arg.type if arg is not None else None

    def _settings_rules(self, messages: tuple[Message, ...]) -> dict[str, Rule]:
        return {name: self.rule_for(name, None, None) for name in _places(messages) if name in self.settings}

    def _ready_report(self, report: Report) -> ReadyReport:
        verb = CATALOGUE.get(report.verb) if report.verb is not None else None
        ability = self.verbs.get(verb.name) if verb is not None else None
        specs = (ability.args if ability is not None else {}) | report.args
        rules = {place: self.rule_for(place, specs.get(place), verb) for place in _places((report.receive,))}
        return ReadyReport(report, rules)

    def _ready(self, name: str, spec: Ability, verb: Verb | None) -> ReadyAbility:
        variants = []
        for way in spec.ways:
            specs = spec.args | way.args
            places = _places(way.send if way.read_back is None else (*way.send, way.read_back))
            rules = {place: self.rule_for(place, specs.get(place), verb) for place in places}
            variants.append(ReadyVariant(way.when, rules, way.send, way.read_back))
        fade_arg = verb.fade_arg if verb is not None else spec.fade_arg if isinstance(spec, Command) else ""
        return ReadyAbility(name, verb, spec, tuple(variants), fade_arg)


def _places(messages: tuple[Message, ...]) -> tuple[str, ...]:
    names = (name for message in messages for template in message.templates() for name in template.names)
    return tuple(dict.fromkeys(names))
