"""Verb and physical arguments to packets, by the device's profile. Pure: used when arming, never at GO."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from devices.contract import Args, EncodeError, Value
from devices.message_bytes import BodyOf, Wire, build_body, wire_of
from devices.osc.codec import OscArg, encode_message
from devices.telling import agrees, confirms_within_ns
from devices.ways import choose
from devices.wire_packet import FRAMERS, Route, WirePacket
from profiles.argument_rules import Scalar, value_to_text
from profiles.device_profile import FADE, FRAMING_OF_TRANSPORT, DeviceProfile, ReadyAbility, ReadyVariant
from profiles.device_setup import DeviceSetup
from profiles.messages import Message
from profiles.near_names import near_words
from profiles.verbs import CATALOGUE, MAIN, Arg, Verb, args_problems, complete_args

_NS_PER_MS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class DeviceSettings:
    """What the venue says about one device.

    ``transport`` None is the profile's first, ``port`` None the transport's own. ``values`` fills the profile's
    settings: ``channel``, ``device_id``, ``frame_rate``, a passcode …
    """

    transport: str | None = None
    port: int | None = None
    values: Mapping[str, Value] = field(default_factory=dict)


NO_SETTINGS: Final = DeviceSettings()


def settings_of_setup(setup: DeviceSetup) -> DeviceSettings:
    """What the patch knows of a device, as the encoder wants it."""
    return DeviceSettings(setup.transport, setup.port, setup.settings)


def encode(
    profile: DeviceProfile,
    verb: str,
    args: Args,
    fade_s: float | None = None,
    settings: DeviceSettings = NO_SETTINGS,
) -> tuple[WirePacket, ...]:
    """Packets in sending order for a verb of the catalogue or a command of the profile.

    ``args`` are physical: what the venue's maps made of the show's names. ``fade_s`` reaches the bytes only where the
    profile lets the device time its own fade. Raises EncodeError: one line with profile, verb and what to do.
    """
    try:
        ability = profile.abilities.get(verb)
        if ability is not None:
            return _encode_ability(profile, ability, args, fade_s, settings)
        if profile.any_verb is not None and verb in CATALOGUE:
            return _encode_any(profile, CATALOGUE[verb], args, settings)
        known = {**profile.verbs, **profile.commands}
        raise EncodeError(f"the device cannot be told this: {near_words(verb, known)}")
    except ValueError as error:
        raise EncodeError(f"{profile.id}: {verb}: {error}") from None


def encode_command(
    profile: DeviceProfile, verb: str, args: Args, fade_s: float | None = None, settings: DeviceSettings = NO_SETTINGS
) -> list[dict[str, Any]]:
    """What :func:`encode` makes, to be printed: ``transport, port, framing, hex, delay_ms`` for each packet."""
    return [
        {
            "transport": packet.transport,
            "port": packet.port,
            "framing": packet.framing,
            "hex": packet.payload.hex(" "),
            "delay_ms": packet.delay_ns / _NS_PER_MS,
        }
        for packet in encode(profile, verb, args, fade_s, settings)
    ]


def read_back_packet(
    profile: DeviceProfile, verb: str, args: Args, settings: DeviceSettings = NO_SETTINGS
) -> WirePacket | None:
    """The question for the value a verb sets, None where the device cannot be asked. Raises EncodeError."""
    ability = profile.abilities.get(verb)
    if ability is None:
        return None
    try:
        given = _given(profile, ability, args, None, settings)
        # A question needs the keys alone; a value that is not given stands at its neutral.
        if ability.fade_arg:
            given.setdefault(ability.fade_arg, 0.0)
        variant = choose(ability, given)
        if variant.read_back is None:
            return None
        body, _none = build_body(variant.read_back, wire_of(variant.rules, given))
        return _packet(body, 0, _route(profile, settings))
    except ValueError as error:
        raise EncodeError(f"{profile.id}: {verb}: {error}") from None


def login_packets(profile: DeviceProfile, settings: DeviceSettings = NO_SETTINGS) -> tuple[WirePacket, ...]:
    """What opens a session; nothing where the profile has no login, or the venue gives no word for it."""
    login = profile.login
    if login is None or (login.needs and login.needs not in settings_of(profile, settings)):
        return ()
    return _service_packets(profile, login.send, settings)


def keep_alive_packets(profile: DeviceProfile, settings: DeviceSettings = NO_SETTINGS) -> tuple[WirePacket, ...]:
    """What is sent every ``keep_alive.every_s``; nothing where this transport needs none."""
    alive = profile.keep_alive
    if alive is None or (alive.transports and _route(profile, settings).transport not in alive.transports):
        return ()
    return _service_packets(profile, alive.send, settings)


def health_packet(profile: DeviceProfile, settings: DeviceSettings = NO_SETTINGS) -> WirePacket | None:
    """The question whose answer proves the device alive, None where it cannot be asked."""
    if profile.health is None or profile.health.send is None:
        return None
    return _service_packets(profile, (profile.health.send,), settings)[0]


def bare_packet(profile: DeviceProfile, body: bytes, settings: DeviceSettings = NO_SETTINGS) -> WirePacket:
    """A message that is none of the profile's, on the device's way. Raises EncodeError."""
    return _packet(body, 0, _route(profile, settings))


class ProfileEncoder:
    """The Encoder of the contract for the devices of one venue."""

    def __init__(self, devices: Mapping[str, DeviceSetup]) -> None:
        """``devices``: device id to the device joined with its profile, as the patch has them."""
        self._devices = {name: (setup.profile, settings_of_setup(setup)) for name, setup in devices.items()}

    def encode(self, device: str, verb: str, args: Args, fade_s: float | None = None) -> tuple[WirePacket, ...]:
        """See :func:`encode`; raises EncodeError for a device the venue does not have, too."""
        profile, settings = self._device(device)
        return encode(profile, verb, args, fade_s, settings)

    def fades_itself(self, device: str, verb: str) -> bool:
        """True where the device runs the fade and one send suffices."""
        ability = self._device(device)[0].abilities.get(verb)
        return ability is not None and ability.spec.fade == "native"

    def fade_rate_hz(self, device: str, verb: str) -> float:
        """Fade steps a second; 0 where the value cannot be streamed."""
        profile, _settings = self._device(device)
        ability = profile.abilities.get(verb)
        if ability is not None:
            return ability.spec.rate_hz or 0.0
        if profile.any_verb is None or verb not in CATALOGUE or not CATALOGUE[verb].fade_arg:
            return 0.0
        return profile.any_verb.rate_hz

    def rest_value(self, device: str, verb: str) -> float | None:
        """The profile's rest value, where it is a number."""
        ability = self._device(device)[0].abilities.get(verb)
        rest = ability.spec.rest if ability is not None else None
        return float(rest) if isinstance(rest, int | float) and not isinstance(rest, bool) else None

    def confirms_within_ns(self, device: str, verb: str, args: Args) -> int | None:
        """See :mod:`devices.telling`; None for a device the venue does not have."""
        found = self._devices.get(device)
        return None if found is None else confirms_within_ns(found[0], found[1].transport, verb, args)

    def agrees(self, device: str, verb: str, told: Args, said: Args) -> bool:
        """See :mod:`devices.telling`."""
        profile, settings = self._device(device)
        return agrees(profile, verb, told, said, settings_of(profile, settings))

    def _device(self, device: str) -> tuple[DeviceProfile, DeviceSettings]:
        try:
            return self._devices[device]
        except KeyError:
            near = near_words(device, self._devices)
            raise EncodeError(f"no device is called {device!r} in this venue: {near}") from None


# ------------------------------------------------------------------------------------------------------- one ability


def _encode_ability(
    profile: DeviceProfile, ability: ReadyAbility, args: Args, fade_s: float | None, settings: DeviceSettings
) -> tuple[WirePacket, ...]:
    given = _given(profile, ability, args, fade_s, settings)
    route = _route(profile, settings)
    fade_arg = ability.fade_arg if ability.spec.fade == "stream" else ""
    if fade_arg not in given:
        return _checked(profile, _packets(choose(ability, given), given, route))
    key = _thin_key(ability, given)
    off_given, on_given = given | {fade_arg: -math.inf}, given | {fade_arg: 0.0}
    off, on = choose(ability, off_given), choose(ability, on_given)
    if off is on:
        return _checked(profile, _packets(choose(ability, given), given, route, fade_arg, key))
    # The device says minus infinity in another form (QLab: as text), so the packet must know both.
    silent = _packets(off, off_given, route)
    moving = _packets(on, on_given, route, fade_arg, key)
    if len(silent) != 1 or len(moving) != 1 or moving[0].body_of is None:
        raise EncodeError("off and on are sent in different numbers of messages, which cannot be faded")
    body_of = _with_off(moving[0].body_of, silent[0].body)
    packet = WirePacket(moving[0].body, moving[0].payload, moving[0].delay_ns, route, key, body_of)
    return _checked(profile, (packet.with_value(float(given[fade_arg])),))


def _with_off(body_of: BodyOf, off_body: bytes) -> BodyOf:
    return lambda value: off_body if value == -math.inf else body_of(value)


def _given(
    profile: DeviceProfile, ability: ReadyAbility, args: Args, fade_s: float | None, settings: DeviceSettings
) -> dict[str, Scalar]:
    given = settings_of(profile, settings)
    given |= complete_args(ability.verb, args) if ability.verb is not None else args
    if ability.verb is None:
        for name in args:
            if name not in ability.spec.args:
                raise EncodeError(f"it has no argument {name!r}: {near_words(name, ability.spec.args)}")
    if fade_s is not None and ability.spec.fade == "native":
        given[FADE] = float(fade_s)
    return given


def settings_of(profile: DeviceProfile, settings: DeviceSettings) -> dict[str, Scalar]:
    """The profile's settings: the venue's word, else the default; what neither gives is missing."""
    given: dict[str, Scalar] = {
        name: setting.default for name, setting in profile.settings.items() if setting.default is not None
    }
    return given | {name: value for name, value in settings.values.items() if name in profile.settings}


def _packets(
    variant: ReadyVariant, given: Mapping[str, Scalar], route: Route, fade_arg: str = "", thin_key: str = ""
) -> tuple[WirePacket, ...]:
    wire: Wire = wire_of(variant.rules, given)
    fade_place = next(
        (name for name, rule in variant.rules.items() if fade_arg and rule.source == fade_arg and rule.is_plain), ""
    )
    packets = []
    for message in variant.send:
        body, body_of = build_body(message, wire, fade_place)
        key = thin_key if body_of is not None else ""
        packets.append(_packet(body, message.delay_ms, route, key, body_of))
    return tuple(packets)


def _thin_key(ability: ReadyAbility, given: Mapping[str, Scalar]) -> str:
    if ability.verb is not None:
        names: Sequence[str] = ability.verb.keys
    else:
        names = [name for name in ability.spec.args if name != ability.fade_arg]
    return " ".join((ability.name, *(value_to_text(given.get(name, MAIN)) for name in names)))


# ---------------------------------------------------------------------------------------------------------- any verb


def _encode_any(profile: DeviceProfile, verb: Verb, args: Args, settings: DeviceSettings) -> tuple[WirePacket, ...]:
    if problems := args_problems(verb, args):
        raise EncodeError("; ".join(problems))
    given = complete_args(verb, args)
    prefix = profile.any_verb.prefix if profile.any_verb is not None else ""
    address = f"{prefix}/{verb.name.replace('.', '/')}"
    sent = list(verb.args)
    while sent and sent[-1].name not in given:
        sent.pop()  # what is not given at the end is left out; in between it is nil, so that places keep their meaning

    def body_of(values: Mapping[str, Scalar]) -> bytes:
        return encode_message(address, [_any_arg(arg, values) for arg in sent])

    if not verb.fade_arg:
        return _checked(profile, (_packet(body_of(given), 0, _route(profile, settings)),))
    key = " ".join((verb.name, *(value_to_text(given.get(name, MAIN)) for name in verb.keys)))
    faded: Callable[[float], bytes] = lambda value: body_of({**given, verb.fade_arg: value})  # noqa: E731
    return _checked(profile, (_packet(body_of(given), 0, _route(profile, settings), key, faded),))


def _any_arg(arg: Arg, values: Mapping[str, Scalar]) -> OscArg:
    value = values.get(arg.name)
    if value is None:
        return "N", None
    match arg.type:
        case "text":
            return "s", value_to_text(value)
        case "float":
            return "f", float(value)
        case _:  # a flag goes as 1 or 0, because many receivers know no T and F
            return "i", int(value)


# -------------------------------------------------------------------------------------------------------------- shared


def _service_packets(
    profile: DeviceProfile, messages: Sequence[Message], settings: DeviceSettings
) -> tuple[WirePacket, ...]:
    try:
        given = settings_of(profile, settings)
        rules = {
            name: profile.rule_for(name, None, None)
            for message in messages
            for template in message.templates()
            for name in template.names
        }
        wire = wire_of(rules, given)
        route = _route(profile, settings)
        return tuple(_packet(build_body(message, wire)[0], message.delay_ms, route) for message in messages)
    except ValueError as error:
        raise EncodeError(f"{profile.id}: {error}") from None


def _route(profile: DeviceProfile, settings: DeviceSettings) -> Route:
    transport = profile.transport(settings.transport)
    if transport is None:
        kinds = ", ".join(known.kind for known in profile.transports)
        raise EncodeError(f"transport {settings.transport} is not one of this device: use {kinds}")
    port = transport.port if settings.port is None else settings.port
    return Route(transport.kind, port, FRAMING_OF_TRANSPORT[transport.kind])


def _packet(
    body: bytes, delay_ms: float, route: Route, thin_key: str = "", body_of: BodyOf | None = None
) -> WirePacket:
    return WirePacket(body, FRAMERS[route.framing](body), round(delay_ms * _NS_PER_MS), route, thin_key, body_of)


def _checked(profile: DeviceProfile, packets: tuple[WirePacket, ...]) -> tuple[WirePacket, ...]:
    limit = profile.limits.max_packet_bytes
    for packet in packets:
        if limit is not None and len(packet.body) > limit:
            raise EncodeError(f"the packet has {len(packet.body)} bytes and the device takes {limit}: shorten its text")
    return packets
