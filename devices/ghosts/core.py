"""A simulated device, made of nothing but its profile: bytes in, timed bytes out. Pure; one for each device.

It understands what the profile can say, keeps the state of its parameters, answers the way the profile reads answers
(health, echo, read-back, reports), and remembers what it was told and what it could make nothing of. Faults that are
played on it stand between it and its wire: it never knows of them.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from devices.contract import Args, EncodeError, Value
from devices.decode import Told, decode_all
from devices.encode import NO_SETTINGS, DeviceSettings, encode, health_packet, keep_alive_packets, login_packets
from devices.ghosts.answers import Answers
from devices.ghosts.faults import Fault, Spoiler, Touch
from devices.ghosts.hand import moved
from devices.ghosts.questions import Questions
from devices.midi.mtc import QUARTER_FRAME, MtcAssembler, MtcReading, is_full_frame
from devices.midi.packets import PacketGatherer, shapes_of
from devices.osc.guard import BUNDLE_START, OscError, spans
from profiles.device_profile import DeviceProfile
from profiles.verbs import CATALOGUE, Arg, Kind, Verb, complete_args, state_key

KEPT: Final = 20_000
"""How much of what it heard a ghost remembers."""

REST_NS: Final = 11_000_000_000
"""How long the later messages of one verb (a release after its press) are expected; profiles allow ten seconds."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One message of the device, ``delay_ns`` after what caused it; ``to_others``: to all but who caused it."""

    delay_ns: int
    body: bytes
    to_others: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """What it was told, and when. ``others``: what else the same bytes could mean."""

    now_ns: int
    verb: str
    args: Mapping[str, Value]
    others: tuple[Told, ...] = field(default=())


class GhostCore:
    """One simulated device. ``heard`` and ``strange`` are what it understood and what not, oldest first.

    ``served`` counts logins, keep-alives and health questions. ``timecode`` is where received timecode stands.
    """

    def __init__(self, profile: DeviceProfile, settings: DeviceSettings = NO_SETTINGS) -> None:
        self.profile = profile
        self.settings = settings
        self.heard: deque[Understood] = deque(maxlen=KEPT)
        self.strange: deque[tuple[int, bytes]] = deque(maxlen=KEPT)
        self.served: Counter[str] = Counter()
        self.timecode: MtcReading | None = None
        self._spoiler = Spoiler()
        self._state: dict[tuple[str, ...], tuple[str, dict[str, Value]]] = {}
        self._answers = Answers(profile, settings)
        self._questions = Questions(profile, settings)
        self._gatherer = PacketGatherer(shapes_of(profile))
        self._assembler = MtcAssembler()
        self._service = _service_bodies(profile, settings)
        self._keep_alive = _keep_alive_bodies(profile, settings)
        self._in_parts = {
            name for name, ability in profile.abilities.items() if any(len(way.send) > 1 for way in ability.variants)
        }
        self._expected: dict[bytes, int] = {}  # later messages of verbs: until when
        self._undoing: dict[tuple[str, ...], int] = {}  # parameters that a hand will move, and when

    def receive(self, raw: bytes, now_ns: int) -> list[Answer]:
        """Take one packet (unframed: an OSC packet, a line, MIDI bytes) and give what the device says to it."""
        if not self._spoiler.faults:
            return self._receive(raw, now_ns)
        if not self._spoiler.hears(now_ns):
            return []
        heard = self._receive(raw, now_ns)
        return [spoilt for answer in heard for spoilt in self._spoilt(answer, now_ns)]

    def _receive(self, raw: bytes, now_ns: int) -> list[Answer]:
        if self.profile.family == "midi" and raw and (raw[0] == QUARTER_FRAME or is_full_frame(raw)):
            self._take_timecode(raw, now_ns)
            return []
        return [answer for body in self._bodies(raw) for answer in self._take(body, now_ns)]

    def set_faults(self, faults: Iterable[Fault]) -> None:
        """Play these from now on, and no others. Raises EncodeError for a hand that sets what the device has not."""
        faults = tuple(faults)
        for fault in faults:
            if isinstance(fault, Touch):
                self._touched(fault.verb, fault.args)
        self._spoiler = Spoiler(faults)
        self._undoing.clear()

    def death(self, now_ns: int) -> str:
        """Why it is dead, by its faults; empty while it lives."""
        return self._spoiler.death(now_ns)

    def say(self, body: bytes, now_ns: int) -> list[Answer]:
        """Something it says unasked, as its faults let it out."""
        return self._spoilt(Answer(0, body), now_ns)

    def hands(self, now_ns: int) -> list[Answer]:
        """What it says of the hands at it that are due by now. Call at :meth:`wake_at_ns`."""
        bodies = [body for each in self._spoiler.touches(now_ns) for body in self.touch(each.verb, each.args)]
        for key in [key for key, at_ns in self._undoing.items() if at_ns <= now_ns]:
            del self._undoing[key]
            bodies += self._undo(key)
        return [answer for body in bodies for answer in self.say(body, now_ns)]

    def wake_at_ns(self, now_ns: int) -> int | None:
        """When a fault comes or goes, or a hand is due, by itself."""
        wakes = [*self._undoing.values()]
        fault_ns = self._spoiler.wake_at_ns(now_ns)
        return min(wakes if fault_ns is None else [*wakes, fault_ns], default=None)

    def is_keep_alive(self, raw: bytes) -> bool:
        """True for what keeps it telling of others' doings, and for everything where it needs no such thing."""
        alive = self.profile.keep_alive
        return alive is None or alive.limit_s is None or raw in self._keep_alive

    @property
    def beat(self) -> tuple[int, bytes] | None:
        """Every how many ns it says unasked that it is alive, and what; None where it waits to be asked."""
        health = self.profile.health
        said = self._answers.to_health() if health is not None and health.send is None else None
        return None if health is None or said is None else (round(health.every_s * 1_000_000_000), said)

    def touch(self, verb: str, args: Args) -> list[bytes]:
        """Somebody at the device sets a parameter: what the device says of it. Raises EncodeError."""
        told, body = self._touched(verb, args)
        self._keep(verb, told)
        flags = self.profile.flags
        said = [body] if flags.echo or flags.echo_to_others else []
        return list(dict.fromkeys([*said, *self._answers.reports(verb, told)]))

    def value_of(self, verb: str, args: Args) -> Mapping[str, Value] | None:
        """What stands where this verb would set it: the arguments it was last told with; None where nothing did."""
        known = CATALOGUE.get(verb)
        found = None if known is None else self._state.get(state_key(known, args))
        return None if found is None else found[1]

    def standing(self) -> tuple[tuple[str, Mapping[str, Value]], ...]:
        """Every parameter that something has set: the verb it came by, and its arguments."""
        return tuple(self._state.values())

    def _touched(self, verb: str, args: Args) -> tuple[dict[str, Value], bytes]:
        known = CATALOGUE.get(verb)
        told = complete_args(known, args) if known is not None else dict(args)
        return told, encode(self.profile, verb, told, settings=self.settings)[0].body

    def _spoilt(self, answer: Answer, now_ns: int) -> list[Answer]:
        said = self._spoiler.says(answer.body, now_ns)
        return [] if said is None else [Answer(answer.delay_ns + said[0], said[1], answer.to_others)]

    def _bodies(self, raw: bytes) -> Sequence[bytes]:
        match self.profile.family:
            case "midi":
                return self._gatherer.gather(raw)
            case "osc" if raw.startswith(BUNDLE_START):
                try:
                    return [raw[span.start : span.end] for span in spans(raw)]
                except OscError:
                    return [raw]
            case _:
                return [raw]

    def _take(self, body: bytes, now_ns: int) -> Iterator[Answer]:
        service = self._service.get(body)
        if service is not None:
            self.served[service] += 1
            reply = self._answers.to_health() if service == "health" else None
            if reply is not None:
                yield Answer(0, reply)
            return
        if self._expected and self._expected.pop(body, 0) >= now_ns:
            return
        readings = decode_all(self.profile, body, self.settings)
        if not readings:
            yield from self._take_question(body, now_ns)
            return
        verb, args = readings[0]
        self.heard.append(Understood(now_ns, verb, args, readings[1:]))
        self._keep(verb, args)
        self._expect_hand(verb, args, now_ns)
        for each in readings:  # which of them was meant the rest may tell
            self._expect_rest(*each, now_ns)
        delay_ns = round(self.profile.latency_of(verb) * 1_000_000)
        if self.profile.flags.echo_to_others:
            yield Answer(delay_ns, body, to_others=True)
        for said in self._answers.to_packet(body, readings):
            yield Answer(delay_ns, said)

    def _take_question(self, body: bytes, now_ns: int) -> Iterator[Answer]:
        asked = self._questions.read(body)
        if asked is None:
            self.strange.append((now_ns, body))
            return
        verb, keys = asked
        self.served["read_back"] += 1
        found = self._state.get(state_key(verb, keys))
        args = found[1] if found is not None and found[0] == verb.name else self._rest_args(verb, keys)
        for said in self._answers.to_question(verb.name, args):
            yield Answer(0, said)

    def _take_timecode(self, raw: bytes, now_ns: int) -> None:
        self.served["timecode"] += 1
        reading = self._assembler.feed(raw, now_ns)
        if isinstance(reading, MtcReading):
            self.timecode = reading
            if raw[0] != QUARTER_FRAME:
                self.heard.append(Understood(now_ns, "timecode", {"label": str(reading.label)}))

    def _keep(self, verb: str, args: Mapping[str, Value]) -> None:
        known = CATALOGUE.get(verb)
        if known is not None and known.kind is Kind.PARAMETER:
            self._state[state_key(known, args)] = (verb, dict(args))

    def _expect_hand(self, verb: str, args: Mapping[str, Value], now_ns: int) -> None:
        known, at_ns = CATALOGUE.get(verb), self._spoiler.undoes_at_ns(now_ns)
        if known is not None and known.kind is Kind.PARAMETER and at_ns is not None:
            self._undoing[state_key(known, args)] = at_ns

    def _undo(self, key: tuple[str, ...]) -> list[bytes]:
        """A hand moves that parameter to the first other value the device has; what it says of it."""
        verb, args = self._state[key]
        for other in moved(CATALOGUE[verb], args):
            try:
                return self.touch(verb, other)
            except EncodeError:
                continue
        return []

    def _expect_rest(self, verb: str, args: Mapping[str, Value], now_ns: int) -> None:
        if verb not in self._in_parts:
            return
        try:
            parts = encode(self.profile, verb, args, settings=self.settings)
        except EncodeError:
            return  # the wire did not carry all of it; its later messages will be taken for themselves
        for part in parts[1:]:
            self._expected[part.body] = now_ns + REST_NS

    def _rest_args(self, verb: Verb, keys: Mapping[str, Value]) -> dict[str, Value]:
        """A parameter nobody has set: the profile's rest value, or nought."""
        ability = self.profile.abilities[verb.name]
        args = dict(keys)
        for arg in verb.args:
            if arg.name in verb.value and arg.required and arg.name not in args:
                rest = ability.spec.rest if arg.name == ability.fade_arg else None
                args[arg.name] = _nought(arg) if rest is None else rest
        return complete_args(verb, args)


def _service_bodies(profile: DeviceProfile, settings: DeviceSettings) -> dict[bytes, str]:
    """What is said around the verbs, and what it is; health first, where one message is both."""
    try:
        question = health_packet(profile, settings)
        service = {packet.body: "login" for packet in login_packets(profile, settings)}
        service |= {packet.body: "keep_alive" for packet in keep_alive_packets(profile, settings)}
    except EncodeError:
        return {}
    return service if question is None else service | {question.body: "health"}


def _keep_alive_bodies(profile: DeviceProfile, settings: DeviceSettings) -> frozenset[bytes]:
    try:
        return frozenset(packet.body for packet in keep_alive_packets(profile, settings))
    except EncodeError:
        return frozenset()


def _nought(arg: Arg) -> Value:
    match arg.type:
        case "flag":
            return False
        case "text":
            return arg.choices[0] if arg.choices else "0"
        case "int":
            return int(max(0, arg.minimum or 0))
        case _:
            return float(max(0, arg.minimum or 0))
