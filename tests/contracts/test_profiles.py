"""Every shipped profile, all the way: verb → bytes → a real loopback socket → a ghost that reads them back.

A ghost is made of the profile alone, so this holds a profile, its encoder, its transport and its answers to each other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest

from devices.contract import Args, EncodeError, Report, Result, Severity
from devices.encode import encode, read_back_packet, settings_of_setup
from devices.ghosts.house import aim_at_ghost, open_ghost
from devices.ghosts.server import GhostServer
from devices.registry import open_devices
from devices.wire_packet import WirePacket
from profiles.argument_rules import value_to_text
from profiles.device_profile import DeviceProfile, Setting, Transport
from profiles.device_profile import Report as ProfileReport
from profiles.device_setup import DeviceSetup
from profiles.library import list_profiles, load_profile
from profiles.verbs import CATALOGUE, Arg, complete_args
from tests.support.exchange import Exchange, make_setup, send_all
from tests.support.ports import free_port


class Case(NamedTuple):
    """One profile over one of its transports."""

    profile: DeviceProfile
    transport: Transport


class Sample(NamedTuple):
    """Something to tell the device."""

    ask: str
    args: Args
    fade_s: float | None = None
    settings: Mapping[str, Any] = {}


def cases(wanted: Callable[[DeviceProfile], object] = bool) -> list[Any]:
    """Shipped profiles for which something holds; never none, or a test would hold nothing."""
    found = []
    for entry in list_profiles():
        profile, problems = load_profile(entry.id)
        assert profile is not None, problems
        if wanted(profile):
            ids = (f"{entry.id}:{each.kind}" for each in profile.transports)
            found += [
                pytest.param(Case(profile, each), id=id) for each, id in zip(profile.transports, ids, strict=True)
            ]
    assert found
    return found


# ------------------------------------------------------------------------------------------ what a device is told


def samples(case: Case) -> list[Sample]:
    """The profile's own examples; what has none, and every verb of a profile that takes all, with plain arguments."""
    profile = case.profile
    found = [
        Sample(each.ask, each.args, each.fade_s, each.settings)
        for each in profile.examples
        if each.transport in (None, case.transport.kind)
    ]
    shown = {sample.ask for sample in found}
    names = dict.fromkeys((*profile.verbs, *profile.commands, *(CATALOGUE if profile.any_verb else ())))
    return [*found, *(Sample(name, plain_args(profile, name)) for name in names if name not in shown)]


def plain_args(profile: DeviceProfile, name: str) -> dict[str, Any]:
    """Arguments for a command without an example, by its rules; for a verb of *any verb*, by the catalogue."""
    command = profile.commands.get(name)
    if command is None:
        return {arg.name: plain_value(arg) for arg in CATALOGUE[name].args if arg.required}
    args: dict[str, Any] = {}
    for arg, rule in command.args.items():
        low = rule.min if rule.min is not None else 0
        plain = {"int": round(low) + 1, "float": float(low), "flag": True}.get(rule.type or "text", "7")
        args[rule.from_ or arg] = rule.choices[0] if rule.choices else plain
    args.pop("fade_s", None)
    return args


def plain_value(arg: Arg) -> Any:
    if arg.type == "flag":
        return True
    if arg.type == "text":
        return arg.choices[0] if arg.choices else "a1"
    return 1 if arg.type == "int" else 0.5


def setup_of(case: Case, settings: Mapping[str, Any] | None = None) -> DeviceSetup:
    """A device of the case, every setting given. A fixed reply port is moved, so that runs can stand side by side."""
    given = {name: plain_setting(each) for name, each in case.profile.settings.items()}
    return make_setup(
        case.profile,
        case.transport.kind,
        settings={**given, **(settings or {})},
        reply_port=free_port() if case.transport.reply == "fixed" else None,
    )


def plain_setting(setting: Setting) -> Any:
    if setting.default is not None:
        return setting.default
    return "show" if setting.type == "text" else int(setting.min or 0) + 3


@contextmanager
def talking_to(setup: DeviceSetup) -> Iterator[tuple[Exchange, GhostServer]]:
    """The device's ghost behind a socket, an outlet aimed at it, and the way between them open."""
    ghost = open_ghost(setup, port=0)
    outlet = open_devices([aim_at_ghost(setup, ghost.port)])
    exchange = Exchange(outlet, [ghost])
    try:
        exchange.until(lambda: exchange.said and exchange.health("box").severity is not Severity.BAD)
        exchange.move(0.5)
        yield exchange, ghost
    finally:
        outlet.close()
        ghost.close()


def tell(exchange: Exchange, setup: DeviceSetup, sample: Sample) -> tuple[WirePacket, ...]:
    """Send a sample, all of it, and wait until nothing is on its way."""
    packets = encode(setup.profile, sample.ask, sample.args, sample.fade_s, settings_of_setup(setup))
    outcomes = send_all(exchange, sample.ask, sample.args, packets)
    assert all(outcome.result in (Result.SENT, Result.HELD) for outcome in outcomes), outcomes
    exchange.move(2.0)
    return packets


def is_same(first: object, second: object) -> bool:
    """Equal, numbers to six figures: a float travels in 32 bits."""
    if isinstance(first, int | float) and isinstance(second, int | float):
        return first == second or math.isclose(first, second, rel_tol=1e-6, abs_tol=1e-6)
    return first == second


def grouped(case: Case) -> list[tuple[DeviceSetup, list[Sample]]]:
    """The samples by the settings they want, for each of which a device is set up."""
    groups: dict[tuple[tuple[str, Any], ...], list[Sample]] = {}
    for sample in samples(case):
        groups.setdefault(tuple(sorted(sample.settings.items())), []).append(sample)
    return [(setup_of(case, dict(settings)), group) for settings, group in groups.items()]


# ------------------------------------------------------------------------------------------------------ contracts


@pytest.mark.parametrize("case", cases())
def test_every_verb_is_understood_as_it_was_meant(case: Case) -> None:
    for setup, group in grouped(case):
        with talking_to(setup) as (exchange, ghost):
            for sample in group:
                ghost.core.heard.clear()
                packets = tell(exchange, setup, sample)
                assert not ghost.core.strange, f"{sample}: {list(ghost.core.strange)}"
                first = ghost.core.heard[0]
                readings = dict(((first.verb, first.args), *first.others))
                assert sample.ask in readings, f"{sample} was taken for {list(readings)}"
                check_args(setup, sample, readings[sample.ask], packets)


def check_args(setup: DeviceSetup, sample: Sample, understood: Args, packets: tuple[WirePacket, ...]) -> None:
    """What came back is the same on the wire, and all of it: only what the first message does not carry may be missing.

    The words need not be the same: where a table of the profile says 1-10 for main, both are one layer.
    """

    def bodies(args: Args) -> list[bytes]:
        settings = settings_of_setup(setup)
        return [packet.body for packet in encode(setup.profile, sample.ask, args, sample.fade_s, settings)]

    sent = [packet.body for packet in packets]
    assert bodies({**sample.args, **understood}) == sent, f"{sample}: {understood}"
    try:
        assert bodies(understood)[0] == sent[0], f"{sample}: {understood}"
    except EncodeError:  # the words of a camera shot are not sent over MIDI, yet the verb must have them
        assert any(arg.required and arg.name not in understood for arg in CATALOGUE[sample.ask].args)


@pytest.mark.parametrize("case", cases(lambda profile: profile.health is not None))
def test_an_answer_makes_it_good_and_silence_away(case: Case) -> None:
    setup = setup_of(case)
    with talking_to(setup) as (exchange, ghost):
        exchange.until(lambda: exchange.health("box").severity is Severity.GOOD)
        asks = case.profile.health is not None and case.profile.health.send is not None
        assert bool(ghost.core.served["health"]) == asks
        assert any(report.latency_ns is not None for report in exchange.reports(None)) == asks
        exchange.far = ()  # the ghost hears nothing any more
        exchange.until(lambda: exchange.health("box").severity is Severity.MAJOR, within_s=60)
        exchange.until(lambda: exchange.health("box").severity is Severity.BAD, within_s=60)
        assert "does not answer" in exchange.health("box").words
        exchange.far = [ghost]
        exchange.until(lambda: exchange.health("box").severity is Severity.GOOD, within_s=60)
        assert exchange.health("box").last_heard_ns is not None


@pytest.mark.parametrize("case", cases(lambda profile: profile.health is None))
def test_what_cannot_answer_is_never_called_good_for_what_was_sent(case: Case) -> None:
    setup = setup_of(case)
    with talking_to(setup) as (exchange, _ghost):
        tell(exchange, setup, samples(case)[0])
        health = exchange.health("box")
        connected = setup.transport in ("osc_tcp_len32", "osc_tcp_slip", "midi_tcp", "text_crlf", "text_lf")
        assert health.severity is (Severity.GOOD if connected else Severity.UNKNOWN)
        assert health.words


def confirms(profile: DeviceProfile, verb: str, args: Args | None = None) -> bool:
    """True where the device says by itself that it was told this, at least with some arguments."""
    if profile.flags.echo:
        return True
    ability = profile.abilities.get(verb)
    if ability is None or any(way.read_back is not None for way in ability.variants):
        return False
    return any(report.verb == verb and (args is None or speaks_of(report, args)) for report in profile.reports)


def speaks_of(report: ProfileReport, args: Args) -> bool:
    """True where what the report implies (``layer = main``) is what was told."""
    return all(
        name in args and template.match(value_to_text(args[name]), lambda _place: ".+") is not None
        for name, template in report.sets.items()
    )


@pytest.mark.parametrize("case", cases(lambda profile: any(confirms(profile, verb) for verb in profile.verbs)))
def test_what_the_device_confirms_becomes_a_report_of_that_verb(case: Case) -> None:
    for setup, group in grouped(case):
        with talking_to(setup) as (exchange, _ghost):
            for sample in group:
                verb = CATALOGUE.get(sample.ask)
                if verb is None or not confirms(case.profile, sample.ask, complete_args(verb, sample.args)):
                    continue
                exchange.said.clear()
                tell(exchange, setup, sample)
                reports = exchange.reports(sample.ask)
                assert reports, f"{sample}: {exchange.said}"
                assert reports[0].device == "box"
                assert reports[0].latency_ns is not None
                for name, value in reports[0].args.items():
                    if name in sample.args and name in verb.keys:
                        assert is_same(value, sample.args[name]), f"{sample}: {reports[0]}"


def askable(profile: DeviceProfile) -> list[str]:
    """Verbs whose value the device can be asked for."""
    return [name for name in profile.verbs if any(way.read_back for way in profile.abilities[name].variants)]


@pytest.mark.parametrize("case", cases(askable))
def test_a_value_that_is_asked_for_is_the_one_that_was_set(case: Case) -> None:
    asked = 0
    for setup, group in grouped(case):
        with talking_to(setup) as (exchange, ghost):
            for sample in group:
                if sample.ask not in askable(case.profile):
                    continue
                question = read_back_packet(case.profile, sample.ask, sample.args, settings_of_setup(setup))
                if question is None:
                    continue
                tell(exchange, setup, sample)
                exchange.said.clear()
                send_all(exchange, sample.ask, sample.args, [question])
                exchange.move(2.0)
                assert ghost.core.served["read_back"], f"{sample}: not taken for a question: {ghost.core.strange}"
                reports = exchange.reports(sample.ask)
                if not reports and not case.profile.flags.echo and not case.profile.flags.echo_to_others:
                    continue  # the profile does not say how this one is answered
                asked += 1
                for name, value in sample.args.items():
                    if name in reports[0].args:
                        assert is_same(reports[0].args[name], value) or on_one_step(setup, sample, reports[0])
    assert asked


def on_one_step(setup: DeviceSetup, sample: Sample, report: Report) -> bool:
    """True where the reported value is the same on the wire as the one that was set."""
    settings = settings_of_setup(setup)
    said = encode(setup.profile, sample.ask, {**sample.args, **report.args}, settings=settings)
    return said[0].body == encode(setup.profile, sample.ask, sample.args, settings=settings)[0].body


@pytest.mark.parametrize("case", cases(lambda profile: profile.flags.echo or profile.flags.echo_to_others))
def test_a_hand_at_the_device_becomes_a_report(case: Case) -> None:
    setup = setup_of(case)
    sample = next(each for each in samples(case) if each.ask in case.profile.verbs and not each.settings)
    with talking_to(setup) as (exchange, ghost):
        if case.profile.health is not None:
            exchange.until(lambda: exchange.health("box").severity is Severity.GOOD)
        else:
            tell(exchange, setup, sample)  # or its ghost would not know whom to tell
            exchange.move(10.0)
        exchange.said.clear()
        for body in ghost.core.touch(sample.ask, sample.args):
            ghost.say(body, exchange.now_ns)
        exchange.until(lambda: exchange.reports(sample.ask))
        assert exchange.reports(sample.ask)[0].latency_ns is None


def test_every_verb_of_every_profile_is_told_to_some_ghost() -> None:
    for param in cases():
        case = param.values[0]
        asked = {sample.ask for sample in samples(case)}
        assert asked >= {*case.profile.verbs, *case.profile.commands}, param.id
