"""Would a device made of this profile understand what the profile sends? Its examples, told to its ghost. Pure."""

from __future__ import annotations

from devices.contract import EncodeError
from devices.decode import decode_reply
from devices.encode import DeviceSettings, encode, health_packet
from devices.example_check import example_problems
from devices.ghosts.core import GhostCore
from profiles.device_profile import DeviceProfile, Example
from profiles.problems import Problem, Problems, has_errors
from profiles.quality import Quality, Tier, quality_of

_REMEDY = "let its messages differ, or give its rules a range or a pattern"


def machine_problems(profile: DeviceProfile, where: str) -> tuple[Problem, ...]:
    """Everything a machine can find by running the profile: examples that are not met, else not understood."""
    return example_problems(profile, where) or ghost_problems(profile, where)


def checked_quality(profile: DeviceProfile) -> Quality:
    """The tier by what the profile says of itself; a draft where a machine finds that it does not hold."""
    said = quality_of(profile)
    if said.tier is not Tier.DRAFT and has_errors(machine_problems(profile, profile.id)):
        return Quality(Tier.DRAFT, ("mend what the check says",))
    return said


def ghost_problems(profile: DeviceProfile, where: str) -> tuple[Problem, ...]:
    """One error for every example that the profile's own ghost takes for something else, or for nothing.

    The health question must be answered by it as well. Examples must be met: see ``example_problems``.
    """
    found = Problems()
    for number, example in enumerate(profile.examples, start=1):
        words = _misunderstanding(profile, example)
        if words is not None:
            found.error("profile.ghost", f"{where}: example {number}, {example.ask}", words, _REMEDY)
    try:
        words = _unanswered(profile)
    except EncodeError:  # it wants a setting, which the venue gives
        words = None
    if words is not None:
        found.error("profile.ghost", f"{where}: health", words, "let the reply's places have rules that something fits")
    return found.listed()


def _misunderstanding(profile: DeviceProfile, example: Example) -> str | None:
    settings = DeviceSettings(transport=example.transport, values=example.settings)
    sent = [packet.body for packet in encode(profile, example.ask, example.args, example.fade_s, settings)]
    ghost = GhostCore(profile, settings)
    for body in sent:
        ghost.receive(body, 0)
    if ghost.strange:
        return f"its ghost makes nothing of {ghost.strange[0][1].hex(' ')}"
    first = ghost.heard[0]
    readings = dict(((first.verb, first.args), *first.others))
    if example.ask not in readings:
        return f"its ghost takes it for {' or '.join(readings)}"
    args = {**example.args, **readings[example.ask]}
    if [packet.body for packet in encode(profile, example.ask, args, example.fade_s, settings)] != sent:
        return f"its ghost takes it for {example.ask} with {dict(readings[example.ask])}"
    return None


def _unanswered(profile: DeviceProfile) -> str | None:
    question = health_packet(profile)
    if question is None:
        return None
    ghost = GhostCore(profile)
    answers = [answer.body for answer in ghost.receive(question.body, 0)]
    if any(reply.is_health for body in answers for reply in decode_reply(profile, body)):
        return None
    return "its ghost has no answer to the question after its health"
