"""The device library as a window shows it: what each profile says, and a command tried on a ghost of it. Pure.

Reads files, so it runs in a process of its own (``workshop``), never beside the show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from console.vocabulary import (
    AbilityCard,
    ArgCard,
    FaultText,
    GhostSaid,
    ProfileCard,
    ProfileList,
    ProfilePage,
    Tried,
    TryCommand,
)
from console.wiring.explaining import packet_texts
from devices.contract import EncodeError
from devices.decode import decode_reply
from devices.encode import DeviceSettings, encode
from devices.ghost_check import checked_quality, machine_problems
from devices.ghosts.core import GhostCore
from devices.packet_words import body_words
from devices.telling import confirms_within_ns
from devices.typed_args import command_verb, extra_args, setting_args, typed_command
from profiles.argument_rules import ArgRule, Scalar, value_to_text
from profiles.device_profile import Ability, Command, DeviceProfile, Example, ReadyAbility
from profiles.library import ProfileEntry, list_profiles, load_profile
from profiles.near_names import near_words
from profiles.problems import Problem
from profiles.verbs import CATALOGUE, Arg, Kind

_NS_PER_MS = 1_000_000


class NotFoundError(LookupError):
    """What was asked for is not there, or cannot be. One line: what, and what to do."""


def shelf(folder: Path | None) -> ProfileList:
    """Every profile, one's own with their problems."""
    return ProfileList(folder=str(folder or ""), cards=tuple(_card(entry, folder) for entry in list_profiles(folder)))


def profile_page(profile_id: str, folder: Path | None) -> ProfilePage:
    """All that a profile says. Raises NotFoundError."""
    profile, card = _opened(profile_id, folder)
    quality = checked_quality(profile)
    names = [*profile.verbs, *profile.commands, *(CATALOGUE if profile.any_verb is not None else ())]
    return ProfilePage(
        card=card,
        next_needs=quality.next_needs,
        transports=tuple(_transport_lines(profile)),
        settings=tuple(_setting_card(profile, name) for name in profile.settings),
        abilities=tuple(_ability_card(profile, name) for name in dict.fromkeys(names)),
        health=_health_words(profile),
        setup=profile.setup,
        verify=profile.verify,
        proved=tuple(f"{proof.on} ({proof.how})" for proof in profile.proved),
        sources=profile.sources,
    )


def try_command(asked: TryCommand, folder: Path | None) -> Tried:
    """Tell a ghost in memory, and see what it makes of it. Raises NotFoundError where it cannot be told."""
    profile, _card = _opened(asked.profile, folder)
    words = {name: text.strip() for name, text in asked.words.items() if text.strip()}
    try:
        args, given = typed_command(profile, asked.command, words)
        settings = DeviceSettings(None, None, given)
        packets = encode(profile, asked.command, args, asked.fade_s, settings)
    except EncodeError as error:
        raise NotFoundError(str(error).removeprefix(f"{profile.id}: {asked.command}: ")) from None
    ghost = GhostCore(profile, settings)
    said = [answer for packet in packets for answer in ghost.receive(packet.body, packet.delay_ns)]
    return Tried(
        profile=profile.id,
        command=asked.command,
        packets=packet_texts(packets),
        understood=tuple(told_words(each.verb, each.args) for each in ghost.heard),
        strange=len(ghost.strange),
        said=tuple(
            GhostSaid(
                delay_ms=answer.delay_ns / _NS_PER_MS,
                hex=answer.body.hex(" "),
                words=body_words(packets[0].transport, answer.body),
                means=_meaning(profile, answer.body, settings),
                to_others=answer.to_others,
            )
            for answer in said
        ),
        state=tuple(told_words(verb, values) for verb, values in ghost.standing()),
    )


def told_words(verb: str, args: Mapping[str, Scalar]) -> str:
    """``level.set strip=ch/1 db=-10``."""
    return " ".join([verb, *(f"{name}={value_to_text(value)}" for name, value in args.items())])


def _opened(profile_id: str, folder: Path | None) -> tuple[DeviceProfile, ProfileCard]:
    known = {entry.id: entry for entry in list_profiles(folder)}
    entry = known.get(profile_id)
    if entry is None:
        raise NotFoundError(f"there is no device profile {profile_id!r}: {near_words(profile_id, known)}")
    profile, problems = load_profile(profile_id, folder)
    if profile is None:
        raise NotFoundError(str(problems[0]))
    return profile, _card(entry, folder)


def _card(entry: ProfileEntry, folder: Path | None) -> ProfileCard:
    profile, problems = load_profile(entry.id, folder)
    file = f"profiles/devices/{entry.id}.toml" if entry.shipped else str(entry.file)
    if profile is None:
        return ProfileCard(id=entry.id, shipped=entry.shipped, file=file, faults=_faults(problems))
    found = problems if entry.shipped else (*problems, *machine_problems(profile, file))
    return ProfileCard(
        id=profile.id,
        shipped=entry.shipped,
        file=file,
        vendor=profile.vendor,
        product=profile.product,
        department=profile.department,
        tier=checked_quality(profile).tier.value,
        grade=profile.grade,
        transports=tuple(transport.kind for transport in profile.transports),
        verbs=tuple(CATALOGUE) if profile.any_verb is not None else tuple(profile.verbs),
        commands=tuple(profile.commands),
        summary=profile.summary,
        faults=_faults(found),
    )


def _faults(problems: Iterable[Problem]) -> tuple[FaultText, ...]:
    return tuple(
        FaultText(severity=each.severity, where=each.where, message=each.message, remedy=each.remedy)
        for each in problems
    )


def _transport_lines(profile: DeviceProfile) -> Iterator[str]:
    for transport in profile.transports:
        port = f"port {transport.port}" if transport.port is not None else ""
        answers = {"same_socket": "answers there", "fixed": f"answers to port {transport.reply_port}"}
        yield ", ".join(
            filter(None, (transport.kind, port, answers.get(transport.reply, "no answers"), transport.note))
        )


def _health_words(profile: DeviceProfile) -> str:
    if profile.health is None:
        return "cannot be asked whether it is there"
    every = f"every {profile.health.every_s:g} s"
    return f"is asked {every}" if profile.health.send is not None else f"says {every} that it is there"


def _setting_card(profile: DeviceProfile, name: str) -> ArgCard:
    each = profile.settings[name]
    default = "" if each.default is None else value_to_text(each.default)
    return ArgCard(
        name=name,
        type=each.type,
        required=False,
        default=default,
        minimum=each.min,
        maximum=each.max,
        note=each.note,
    )


def _ability_card(profile: DeviceProfile, name: str) -> AbilityCard:
    ability = profile.verbs.get(name) or profile.commands.get(name)
    ready = profile.abilities.get(name)
    verb = command_verb(profile, name)
    own = [arg for arg in extra_args(profile, name).values() if verb.find_arg(arg.name) is None]
    is_verb = name in CATALOGUE
    example = next((each for each in profile.examples if each.ask == name), None)
    keeps = verb.kind is Kind.PARAMETER if is_verb else isinstance(ability, Command) and ability.kind is Kind.PARAMETER
    return AbilityCard(
        name=name,
        is_verb=is_verb,
        keeps_value=keeps,
        chase=(ability.chase or verb.chase).value if is_verb and ability is not None else verb.chase.value,
        args=tuple(_arg_card(profile, ready, arg) for arg in [*verb.args, *own, *setting_args(profile, name)]),
        fades=_fade_words(profile, ability, verb.fade_arg),
        latency_ms=profile.latency_of(name),
        confirms=_confirm_words(profile, ready, example),
        note=(ability.note if ability is not None else "") or verb.note or _summary(ability),
        example={} if example is None else _typed(example),
    )


def _typed(example: Example) -> dict[str, str]:
    return {name: value_to_text(value) for name, value in {**example.args, **example.settings}.items()}


def _summary(ability: Ability | None) -> str:
    return ability.summary if isinstance(ability, Command) else ""


def _arg_card(profile: DeviceProfile, ready: ReadyAbility | None, arg: Arg) -> ArgCard:
    """The catalogue's argument, narrowed by what every way of this device says of it."""
    rules = [
        rule
        for way in (ready.variants if ready is not None else ())
        for rule in way.rules.values()
        if rule.source == arg.name
    ]
    specs = [rule.spec for rule in rules]
    laws = dict.fromkeys(
        [rule.curve.name for rule in rules if rule.curve is not None]
        + [f"a table of {len(rule.table)}" for rule in rules if rule.table is not None]
    )
    tables = [tuple(rule.table) for rule in rules if rule.table is not None and rule.spec.others == "refuse"]
    choices = arg.choices or (tables[0] if len(rules) == 1 and tables else ())
    setting = profile.settings.get(arg.name)
    default = arg.default if setting is None else setting.default
    return ArgCard(
        name=arg.name,
        type=arg.type,
        unit=arg.unit,
        required=arg.required,
        default="" if default is None else value_to_text(default),
        minimum=_limit(arg.minimum, [spec.min for spec in specs]),
        maximum=_limit(arg.maximum, [spec.max for spec in specs]),
        choices=choices,
        wanted=_wanted(specs),
        law=" or ".join(laws),
        note=arg.note,
    )


def _limit(own: float | None, of_ways: Sequence[float | None]) -> float | None:
    """The device's limit where every way has the same, else the catalogue's."""
    found = set(of_ways)
    return found.pop() if len(found) == 1 and None not in found else own


def _wanted(specs: Sequence[ArgRule]) -> str:
    return " or ".join(dict.fromkeys(spec.wanted for spec in specs if spec.wanted))


def _fade_words(profile: DeviceProfile, ability: Ability | None, fade_arg: str) -> str:
    if ability is None:
        return f"fades, {profile.any_verb.rate_hz:g} steps a second" if profile.any_verb and fade_arg else ""
    if ability.fade == "stream":
        return f"fades, {ability.rate_hz:g} steps a second"
    return "times its own fades" if ability.fade == "native" else ""


def _confirm_words(profile: DeviceProfile, ready: ReadyAbility | None, example: Example | None) -> str:
    """How the device's own word for a command comes, as far as its usual transport lets it."""
    if ready is None:
        return ""
    within_ns = confirms_within_ns(profile, None, ready.name, {} if example is None else example.args)
    if within_ns is None:
        return ""
    if profile.flags.echo:
        how = "echoes it"
    elif any(way.read_back is not None for way in ready.variants):
        how = "is asked for it"
    else:
        how = "reports it"
    return f"{how}, within {within_ns / 1e9:g} s"


def _meaning(profile: DeviceProfile, body: bytes, settings: DeviceSettings) -> str:
    for reply in decode_reply(profile, body, settings):
        if reply.verb is not None:
            return told_words(reply.verb, reply.args)
        return "it is there"
    return ""
