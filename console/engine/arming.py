"""Arming datagrams: every cue's sends made ready before they are needed, so that a GO is a send of ready bytes.

(Arming of hazards by people is ``hazards``.) A cue becomes one :class:`ArmedSend` per step and device. What the house
lacks becomes words instead, which the as-run shows when the cue would have run.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from console.plan.fade_curves import step_points
from console.plan.flashes import points_flash_hz
from console.plan.patch import Addressed, Bound, Patch, is_hazardous
from console.plan.resolver import step_args
from console.show.cues import Called, Cue, Hazard, Point, Scalar, Step
from console.show.show import Show
from console.timebase.instants import ms_to_ns, s_to_ns
from devices.contract import EncodeError, Encoder, Packet
from profiles.venue_profile import Duty
from profiles.verbs import Blend, Chase, Kind, UnknownVerbError, complete_args, find_verb, state_key

ParameterKey = tuple[str, ...]
"""(role, family, key …): what two cues fight over."""


GRAVITY: Final[tuple[Hazard, ...]] = ("none", "low", "high")


@dataclass(frozen=True, slots=True)
class FadeShape:
    """A fade that we stream: points after the start value, in the verb's unit, and steps a second."""

    points: tuple[Point, ...]
    rate_hz: float
    blend: Blend

    @property
    def length_ns(self) -> int:
        return s_to_ns(self.points[-1].offset_s)

    @property
    def target(self) -> float:
        return self.points[-1].value


@dataclass(frozen=True, slots=True)
class ArmedSend:
    """One step of a cue, ready for one device."""

    cue: str
    step: int
    device: str
    role: str
    department: str
    verb: str
    args: Mapping[str, Scalar]  # physical, as the device gets them
    show_args: Mapping[str, Scalar]  # logical, as the show said them
    packets: tuple[Packet, ...]
    offset_ns: int
    lead_ns: int  # latency − trim + advance: how long before the moment the bytes leave
    key: ParameterKey | None  # None for a trigger
    device_key: tuple[str, ...] | None  # the same as the device has it: (device, family, key …) after the patch
    chase: Chase
    hazard: Hazard
    fade: FadeShape | None = None
    self_timed_ns: int = 0  # the device's own fade: settling for this long
    flash_hz: float = 0.0  # how fast it flashes: an effect's rate, or automation points that turn
    duty: Duty = Duty.MAIN


@dataclass(frozen=True, slots=True)
class ArmedCue:
    """A cue with everything it will send. ``words`` say why parts of it send nothing in this house.

    ``standby``: the same for devices that stand by, ready for a change-over. ``RunState.sends_of`` says which count.
    """

    cue: Cue
    sends: tuple[ArmedSend, ...]
    length_ns: int
    words: tuple[str, ...] = ()
    failed: bool = False
    standby: tuple[ArmedSend, ...] = ()


def arm_cue(show: Show, cue: Cue, patch: Patch, encoder: Encoder, choices: Mapping[str, str]) -> ArmedCue:
    """Make a cue ready. Never raises: what cannot be sent is said in ``words`` and reported by preflight."""
    sends: list[ArmedSend] = []
    words: list[str] = []
    failed = False
    for index, step in enumerate(cue.steps):
        try:
            sends.extend(_arm_step(show, cue, index, step, patch, encoder, choices, words))
        except (EncodeError, UnknownVerbError) as error:
            words.append(str(error))
            failed = True
    spoken = tuple(send for send in sends if send.duty is not Duty.STANDBY)
    standby = tuple(send for send in sends if send.duty is Duty.STANDBY)
    return ArmedCue(cue, spoken, s_to_ns(cue.length_s), tuple(words), failed, standby)


def at_speed(send: ArmedSend, speed: Fraction, encoder: Encoder) -> ArmedSend:
    """The same with its offset and its fade at another speed; a fade of the device's own is told anew."""
    fade, packets, self_timed_ns = send.fade, send.packets, round(send.self_timed_ns / speed)
    if fade is not None:
        points = tuple(each.model_copy(update={"offset_s": float(each.offset_s / speed)}) for each in fade.points)
        fade = replace(fade, points=points)
    if self_timed_ns:
        packets = encoder.encode(send.device, send.verb, send.args, self_timed_ns / 1e9)
    offset_ns = round(send.offset_ns / speed)
    return replace(send, offset_ns=offset_ns, fade=fade, packets=packets, self_timed_ns=self_timed_ns)


def arm_verb(
    role: str,
    verb: str,
    args: Mapping[str, Scalar],
    show: Show,
    patch: Patch,
    encoder: Encoder,
    *,
    standbys: bool = False,
) -> tuple[ArmedSend, ...]:
    """Ready sends for one verb outside any cue (safe lists, line check). Raises ``EncodeError``.

    ``standbys``: those for devices that stand by too.
    """
    words: list[str] = []
    cue = Cue(id="", number="0", role=role, at=Called(on="called"))
    sends = _arm_step(show, cue, 0, Step(verb=verb, args=dict(args)), patch, encoder, {}, words)
    if not sends and words:
        raise EncodeError(words[0])
    return tuple(send for send in sends if standbys or send.duty is not Duty.STANDBY)


def _arm_step(
    show: Show,
    cue: Cue,
    index: int,
    step: Step,
    patch: Patch,
    encoder: Encoder,
    choices: Mapping[str, str],
    words: list[str],
) -> list[ArmedSend]:
    if cue.role is None:
        return []
    chosen = step_args(step, choices)
    if chosen is None:
        raise EncodeError(f"{cue.number} {step.verb}: a choice table lacks the value that stands; add it to the table")
    show_args = complete_args(find_verb(step.verb), chosen)
    bound = patch.bind(cue.role, step.verb, show_args)
    if bound.skipped is not None:
        words.append(bound.skipped)
    if bound.warning is not None and bound.warning != bound.skipped:
        words.append(bound.warning)
    sends = [
        _arm_for_device(show, cue, index, step, show_args, bound, addressed, patch, encoder)
        for addressed in bound.addressed
    ]
    for addressed in bound.standby:
        with suppress(EncodeError):  # preflight names it; a device that stands by costs the others nothing
            sends.append(_arm_for_device(show, cue, index, step, show_args, bound, addressed, patch, encoder))
    return sends


def _arm_for_device(
    show: Show,
    cue: Cue,
    index: int,
    step: Step,
    show_args: Mapping[str, Scalar],
    bound: Bound,
    addressed: Addressed,
    patch: Patch,
    encoder: Encoder,
) -> ArmedSend:
    verb = find_verb(addressed.verb)
    role = show.role_by_id.get(bound.role)
    # A replacement is another act altogether: neither the flame's advance nor its hazard is the blinder's.
    advance_ms = (bound.advance_ms or 0.0) if bound.replaced else cue.advance_ms
    hazard = (bound.hazard or "none") if bound.replaced else _hazard(cue, addressed.verb, bound.role, patch)
    key_args = addressed.args if bound.replaced else show_args
    fade = None
    if verb.fade_arg and (step.points or step.fade_s):
        itself = encoder.fades_itself(addressed.device, addressed.verb) and not step.points
        rate_hz = 0.0 if itself else encoder.fade_rate_hz(addressed.device, addressed.verb)
        fade = _fade_shape(step, verb.fade_arg, show_args, rate_hz, verb.blend)
    own_time_s = step.fade_s if fade is None else None
    is_parameter = verb.kind is Kind.PARAMETER
    profile = patch.devices[addressed.device].profile
    return ArmedSend(
        cue=cue.id,
        step=index,
        device=addressed.device,
        role=bound.role,
        department=role.department if role else "",
        verb=addressed.verb,
        args=addressed.args,
        show_args=key_args,
        packets=encoder.encode(addressed.device, addressed.verb, addressed.args, own_time_s),
        offset_ns=s_to_ns(step.offset_s),
        lead_ns=addressed.latency_ns - addressed.trim_ns + ms_to_ns(advance_ms),
        key=(bound.role, *state_key(verb, key_args)) if is_parameter else None,
        device_key=(addressed.device, *profile.state_key(verb, addressed.args)) if is_parameter else None,
        chase=profile.chase_of(verb, key_args),
        hazard=hazard,
        fade=fade,
        self_timed_ns=s_to_ns(own_time_s or 0.0),
        flash_hz=max(_rate_hz(addressed.args), points_flash_hz(step.points, verb) if fade is not None else 0.0),
        duty=addressed.duty,
    )


def _hazard(cue: Cue, verb: str, role: str, patch: Patch) -> Hazard:
    """What the cue says, or the role's class where that is graver: a slip in a cue makes nothing harmless."""
    of_role = patch.hazards.get(role, "none") if is_hazardous(verb) else "none"
    return max(cue.hazard, of_role, key=GRAVITY.index)


def _rate_hz(args: Mapping[str, Scalar]) -> float:
    rate_hz = args.get("rate_hz")
    return float(rate_hz) if isinstance(rate_hz, int | float) and not isinstance(rate_hz, bool) else 0.0


def _fade_shape(
    step: Step, fade_arg: str, args: Mapping[str, Scalar], rate_hz: float, blend: Blend
) -> FadeShape | None:
    """The points to stream, or None where the device takes no stream and the value snaps."""
    if rate_hz <= 0:
        return None
    target = args.get(fade_arg)
    if not step.points and not isinstance(target, int | float):
        return None
    return FadeShape(step_points(step, float(target or 0.0)), rate_hz, blend)
