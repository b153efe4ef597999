"""``showcaller profiles list`` and ``show``: the device library, and what one device understands."""

from __future__ import annotations

from collections.abc import Iterator

from console.cli.errors import CommandError, call_error
from console.cli.opening import first_words, user_folder
from console.cli.page import Page, columns, json_text, lines_to_text, printable
from devices.ghost_check import checked_quality
from profiles.device_profile import Ability, Command, DeviceProfile
from profiles.library import list_profiles, load_profile
from profiles.near_names import near_words
from profiles.verbs import CATALOGUE, Kind, Verb


def open_profile(profile_id: str) -> DeviceProfile:
    """The profile of that id. Raises CommandError: code 2 where there is none, 1 where it has faults."""
    folder = user_folder("profiles")
    known = [entry.id for entry in list_profiles(folder)]
    if profile_id not in known:
        raise call_error(f"there is no device profile {profile_id!r}: {near_words(profile_id, known)}")
    profile, problems = load_profile(profile_id, folder)
    if profile is None:
        raise CommandError(first_words(problems))
    return profile


def run_profile_list(*, as_json: bool) -> Page:
    """Every profile: id, make and model, department, grade, tier and what the next one asks for, transports, verbs.

    One with faults says so instead.
    """
    folder = user_folder("profiles")
    found: list[dict[str, object]] = []
    rows: list[tuple[str, ...]] = [("id", "dept", "tier", "transports", "product")]
    for entry in list_profiles(folder):
        profile, _problems = load_profile(entry.id, folder)
        if profile is None:
            rows.append((entry.id, "", "", "", f"has faults: showcaller profiles check {entry.id}"))
            found.append({"id": entry.id, "faults": True})
            continue
        quality = checked_quality(profile)
        tier = quality.tier.value
        kinds = [transport.kind for transport in profile.transports]
        product = f"{_make_and_model(profile)}{'' if entry.shipped else ' (yours)'}"
        rows.append((entry.id, profile.department, tier, ", ".join(kinds), product))
        found.append(
            {
                "id": entry.id,
                "vendor": profile.vendor,
                "product": profile.product,
                "department": profile.department,
                "grade": profile.grade,
                "tier": tier,
                "missing": list(quality.next_needs),
                "transports": kinds,
                "verbs": list(CATALOGUE) if profile.any_verb is not None else list(profile.verbs),
                "commands": list(profile.commands),
                "shipped": entry.shipped,
            }
        )
    return Page(json_text(found) if as_json else lines_to_text(columns(rows)))


def run_profile_show(profile_id: str) -> Page:
    """What a profile says, for a person: how to reach the device, what to switch on, what it can be asked."""
    profile = open_profile(profile_id)
    return Page(lines_to_text(printable(line).rstrip() for line in _lines(profile)))


def _lines(profile: DeviceProfile) -> Iterator[str]:
    quality = checked_quality(profile)
    yield f"{profile.id}: {_make_and_model(profile)}, {profile.department}"
    yield from ([profile.summary] if profile.summary else [])
    yield f"tier {quality.tier.value}{_then('for the next: ', quality.next_needs)}"
    yield from _section("Reached by", [_transport_row(profile, place) for place in range(len(profile.transports))])
    yield from _section("Settings, given at the device in the venue", _setting_rows(profile))
    yield from _section("Verbs", [_verb_row(CATALOGUE[name], each) for name, each in profile.verbs.items()])
    if profile.any_verb is not None:
        yield from ("", "Verbs", f"  every verb, as an address: {profile.any_verb.prefix}/cue/fire")
    yield from _section("Commands of its own", [_command_row(name, each) for name, each in profile.commands.items()])
    yield from _section("Tells of itself", _report_rows(profile))
    yield from _listed("To switch on at the device", profile.setup)
    yield from _listed("To try before trusting it", profile.verify)
    yield from _listed("Proved on", tuple(f"{proof.on} ({proof.how})" for proof in profile.proved))
    yield from _listed(f"Sources, grade {profile.grade}", profile.sources)


def _make_and_model(profile: DeviceProfile) -> str:
    """Vendor and product; many products say their maker already."""
    said = profile.product.casefold().startswith(profile.vendor.casefold())
    return profile.product if said else f"{profile.vendor} {profile.product}"


def _then(words: str, needs: tuple[str, ...]) -> str:
    return f"; {words}{'; '.join(needs)}" if needs else ""


def _section(title: str, rows: list[tuple[str, ...]]) -> Iterator[str]:
    if rows:
        yield from ("", title)
        yield from (f"  {line}" for line in columns(rows))


def _listed(title: str, lines: tuple[str, ...]) -> Iterator[str]:
    if lines:
        yield from ("", title, *(f"  {line}" for line in lines))


def _transport_row(profile: DeviceProfile, place: int) -> tuple[str, ...]:
    transport = profile.transports[place]
    port = f"port {transport.port}" if transport.port is not None else ""
    replies = {"same_socket": "answers there", "fixed": f"answers to port {transport.reply_port}", "none": "no answers"}
    return transport.kind, port, replies[transport.reply], transport.note


def _setting_rows(profile: DeviceProfile) -> list[tuple[str, ...]]:
    return [
        (name, each.type, f"default {each.default}" if each.default is not None else "", each.note)
        for name, each in profile.settings.items()
    ]


def _verb_row(verb: Verb, ability: Ability) -> tuple[str, ...]:
    words = " ".join(arg.name if arg.required else f"[{arg.name}]" for arg in verb.args)
    return verb.name, words, _fade_words(ability), ability.note or verb.note


def _command_row(name: str, command: Command) -> tuple[str, ...]:
    kind = "keeps a value" if command.kind is Kind.PARAMETER else ""
    return name, " ".join(command.args), " ".join(filter(None, (kind, _fade_words(command)))), command.summary


def _fade_words(ability: Ability) -> str:
    if ability.fade == "stream":
        return f"fades, {ability.rate_hz:g} steps a second"
    return "times its own fades" if ability.fade == "native" else ""


def _report_rows(profile: DeviceProfile) -> list[tuple[str, ...]]:
    rows = [("echo", "what it is told, to everybody")] if profile.flags.echo else []
    rows += [("echo", "what others tell it")] if profile.flags.echo_to_others else []
    if profile.health is not None:
        rows.append(("health", f"asked every {profile.health.every_s:g} s" if profile.health.send else "unasked"))
    verbs = dict.fromkeys(report.verb for report in profile.reports if report.verb is not None)
    return [*rows, *((verb, "reported") for verb in verbs)]
