"""``showcaller send``: one command to the devices of a role, for line check. What each of them made of it is printed.

No engine and no show: hazards never leave from here, the house's limits hold, and nobody but the devices of the role is
spoken to.
"""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from console.cli.errand import Errand
from console.cli.errors import SHOW_AT_FAULT, WELL, CommandError, call_error
from console.cli.key_values import words_to_pairs
from console.cli.opening import house_show, join, open_venue
from console.cli.page import Page, columns, lines_to_text
from console.engine.arming import ArmedSend, arm_verb
from console.loop.clocks import RealClock
from console.loop.sources import OutletSource
from console.loop.waiters import RealWaiter
from console.plan.patch import is_hazardous
from console.wiring.joining import Joined
from console.wiring.midi_choice import MidiChoiceError, chosen_midi
from devices.contract import EncodeError
from devices.outlet import DeviceOutlet
from devices.registry import can_speak, open_devices
from profiles.near_names import near_words
from profiles.verbs import CATALOGUE, args_from_text, args_problems


def run_send(venue_name: str, role: str, verb: str, words: Sequence[str]) -> Page:
    """Send, wait for what comes back, and say it device by device; code 1 where one of them was not reached.

    Raises CommandError, and sends nothing, where the call or the house is wrong.
    """
    venue = open_venue(venue_name)
    joined = join(house_show(venue), venue)
    sends = plan_sends(joined, role, verb, words)
    clock = RealClock(ZoneInfo(venue.time_zone))
    setups = joined.patch.devices
    errands = [
        Errand(send, seq, clock.now_ns(), speaks=can_speak(setups[send.device].profile))
        for seq, send in enumerate(sends, start=1)
    ]
    try:
        midi = chosen_midi()
    except MidiChoiceError as error:
        raise call_error(str(error)) from None
    spoken_to = [setups[device] for device in dict.fromkeys(send.device for send in sends)]
    outlet = open_devices(spoken_to, clock_ns=clock.now_ns, midi_system=midi)
    try:
        _run(errands, outlet, clock)
    finally:
        outlet.close()
    page = lines_to_text(columns([errand.row() for errand in errands]))
    return Page(page, SHOW_AT_FAULT if any(errand.failed for errand in errands) else WELL)


def plan_sends(joined: Joined, role: str, verb_name: str, words: Sequence[str]) -> tuple[ArmedSend, ...]:
    """What a call comes to in this house: ready bytes for each device of the role. Raises CommandError."""
    venue = joined.venue
    known = [each.id for each in joined.show.roles]
    if role not in known:
        raise call_error(f"{venue.name} has no role {role!r}: {near_words(role, known)}")
    verb = CATALOGUE.get(verb_name)
    if verb is None:
        raise call_error(f"there is no verb {verb_name!r}: {near_words(verb_name, CATALOGUE)}")
    args = args_from_text(verb, words_to_pairs(words))
    problems = args_problems(verb, args)
    if problems:
        raise call_error(f"{verb_name}: {'; '.join(problems)}")
    if is_hazardous(verb_name):
        raise call_error(f"{verb_name} is a hazard: it leaves from an armed cue, never from here")
    try:
        sends = arm_verb(role, verb_name, args, joined.show, joined.patch, joined.encoder)
    except EncodeError as error:
        raise CommandError(f"{role} in {venue.name}: {error}") from None
    limit_hz = venue.limits.strobe_hz_max
    for send in sends:
        if send.role != role:
            raise CommandError(f"{role} is not in {venue.name}: {send.verb} of {send.role} stands in for it, send that")
        rate_hz = send.args.get("rate_hz")
        if limit_hz is not None and isinstance(rate_hz, int | float) and rate_hz > limit_hz:
            raise call_error(f"{rate_hz:g} Hz is over the strobe limit of {venue.name}, {limit_hz:g} Hz: go slower")
    return sends


def _run(errands: Sequence[Errand], outlet: DeviceOutlet, clock: RealClock) -> None:
    """Until every errand is over, at most a few seconds."""
    waiter = RealWaiter(clock)
    source = OutletSource(outlet, outlet.descriptors)
    try:
        while True:
            now_ns = clock.now_ns()
            for errand in errands:
                errand.push(outlet, now_ns)
            for word in outlet.poll(now_ns):
                for errand in errands:
                    errand.hear(word)
            wakes = [wake for errand in errands if (wake := errand.wake_ns(now_ns)) is not None]
            if not wakes:
                return
            own_ns = outlet.wake_at_ns()
            waiter.wait_until(min([*wakes, *([] if own_ns is None else [own_ns])]), [source])
    finally:
        waiter.close()
