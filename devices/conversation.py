"""Talking with one device: packets at its pace, what keeps it talking, questions after its health, and what it says.

The same over a network, a MIDI port or a ghost in memory: the driver is the only difference.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Sequence
from typing import Final, NamedTuple

from devices.asking import Asker
from devices.bundling import bundle_bytes, bundled
from devices.contract import LINE_CHECK, Args, Command, EncodeError, Health, Outcome, Report, Result, Severity
from devices.decode import Reply, decode_reply
from devices.driver import Driver, HeardBody, Standing
from devices.encode import health_packet, keep_alive_packets, login_packets, settings_of_setup
from devices.health import HealthWatch, watch_rule
from devices.io.outcome import SENT, Handed, SendOutcome
from devices.midi.packets import PacketGatherer, shapes_of
from devices.pacing import Pacer
from devices.wire_packet import WirePacket
from profiles.device_setup import DeviceSetup
from profiles.verbs import CATALOGUE, Kind, state_key

_NS_PER_S: Final = 1_000_000_000

ANSWER_LIMIT_NS: Final = 1_000_000_000
"""How long a device that takes one command at a time is waited for, where its profile does not say."""

ANSWERS_KEPT: Final = 64
"""Of how many answers it is remembered when they came and how long they took."""

MATCH_NS: Final = 5_000_000_000
"""An answer later than this after our command is the device's own doing, not our command's latency."""


class _Said(NamedTuple):
    """Something of ours that may be answered. ``asked``: a question."""

    at_ns: int
    args: Args
    asked: bool
    answered: bool = False  # what comes of it again is no measure of how long it took


_Held = tuple[WirePacket, Command | None]


class Conversation:
    """One device. ``is_ghost``: its driver is a ghost in memory, which needs no keeping alive and no watching.

    ``stagger_ns`` shifts its questions against those of the others, so that they do not all leave in one instant.
    """

    def __init__(self, setup: DeviceSetup, driver: Driver, *, is_ghost: bool = False, stagger_ns: int = 0) -> None:
        self.setup = setup
        self.driver = driver
        self.wake_ns: int | None = 0  # when poll is next wanted
        profile = setup.profile
        self._settings = settings_of_setup(setup)
        self._stagger_ns = stagger_ns
        self._trouble = ""
        self._login, self._alive, self._question = ((), (), None) if is_ghost else self._services()
        answer_ns = ANSWER_LIMIT_NS if profile.health is None else round(profile.health.timeout_s * _NS_PER_S)
        self._pacer: Pacer[_Held] = Pacer(
            profile.limits.messages_per_s, answer_ns if profile.flags.one_at_a_time else None
        )
        self._watch = HealthWatch(
            setup.id,
            None if is_ghost or self._trouble else watch_rule(profile, setup.health),
            proves=driver.proves,
            still_words="a ghost stands in" if is_ghost else _still_words(setup),
        )
        self.bundle_bytes = 0 if self._pacer.limits else bundle_bytes(profile, setup.transport)
        """The largest bundle it is sent; 0 where messages leave one by one, as they do where they are counted."""
        self._begun = False
        self._stands = False
        self._session = 0
        self._alive_ns: int | None = None
        self._later: list[tuple[int, WirePacket]] = []  # of login and keep-alive, packets with a delay
        self._told: dict[str, _Said] = {}  # by verb: what was last sent of it
        self._asker = Asker(profile, self._settings)
        # What a desk tells by several MIDI messages (an NRPN) comes as several, and means something as one alone.
        self._gatherer = PacketGatherer(shapes_of(profile)) if profile.family == "midi" else None
        self._followed: list[Outcome] = []  # what became of commands that were held, until somebody takes it
        self._now_ns = 0
        self.answers: deque[tuple[int, int]] = deque(maxlen=ANSWERS_KEPT)  # (received ns, took ns), oldest first

    # -- out -----------------------------------------------------------------------------------------------------------

    def send(self, command: Command, packet: WirePacket, now_ns: int) -> Outcome:
        """Hand over one packet, or keep it until the device bears it: then another outcome follows with a poll."""
        self._now_ns = now_ns
        if not self._begun:
            self._open(now_ns)
        pacer = self._pacer
        key: Hashable | None = None
        if pacer.limits or pacer.held:
            key = _held_key(command, packet)
            value = command.stream is not None and key is not None
            if pacer.held or pacer.free_at_ns(now_ns, value=value) > now_ns:
                return self._hold(command, packet, now_ns, key, value=value)
        outcome = self.driver.send(packet, now_ns)
        if pacer.limits and outcome.handed is Handed.SENT:
            pacer.went(now_ns)
        return self._outcome(command, packet, now_ns, outcome)

    def send_together(self, sends: Sequence[tuple[Command, WirePacket]], now_ns: int) -> list[Outcome]:
        """Hand over packets that leave at one instant, in bundles; each has an outcome of its own."""
        if not self._begun:
            self._open(now_ns)
        if self._pacer.held or self._pacer.free_at_ns(now_ns) > now_ns:  # the port was full a moment ago
            return [self.send(command, packet, now_ns) for command, packet in sends]
        outcomes: list[Outcome] = []
        for wire, count in bundled([packet for _, packet in sends], self.bundle_bytes):
            handed = self.driver.send(wire, now_ns)
            inside = sends[len(outcomes) : len(outcomes) + count]
            outcomes += [self._outcome(command, packet, now_ns, handed) for command, packet in inside]
        return outcomes

    def _outcome(self, command: Command, packet: WirePacket, now_ns: int, handed: SendOutcome) -> Outcome:
        """What a send came to for one packet of it."""
        if handed is SENT:
            self._note(command, now_ns)
            self._hasten(self.driver.wake_at_ns())
            return Outcome(command.seq, command.device, now_ns, Result.SENT)
        return self._unsmooth(command, packet, now_ns, handed)

    def _unsmooth(self, command: Command, packet: WirePacket, now_ns: int, outcome: SendOutcome) -> Outcome:
        """A send that came with words: sent all the same, kept for a moment, or failed."""
        result = Result.SENT
        if outcome.handed is not Handed.SENT:
            key = packet.thin_key or None
            if outcome.handed is Handed.WOULD_BLOCK and command.stream is not None and key is not None:
                self._pacer.was_full(now_ns)
                return self._hold(command, packet, now_ns, key, value=True)
            result = Result.FAILED
        else:
            self._note(command, now_ns)
        if outcome.handed is not Handed.WOULD_BLOCK:
            self._watch.failed(now_ns, outcome.words)
            self._hasten(now_ns)
        return Outcome(command.seq, command.device, now_ns, result, outcome.words)

    def _hold(self, command: Command, packet: WirePacket, now_ns: int, key: Hashable | None, *, value: bool) -> Outcome:
        if not self.driver.standing.carries:
            # Nothing waits for a device that is away: it gets its state on return, not its backlog.
            return self._unsmooth(command, packet, now_ns, self.driver.send(packet, now_ns))
        leaves_ns = now_ns if value else self._pacer.leaves_at_ns(now_ns, key)
        if not self._pacer.hold((packet, command), key, value=value):
            words = f"{self._pacer.held} messages wait already for this device, which takes no more at a time"
            return Outcome(command.seq, command.device, now_ns, Result.FAILED, words)
        self._hasten(self._pacer.wake_at_ns(now_ns))
        self._follow_displaced(now_ns)
        return Outcome(command.seq, command.device, leaves_ns, Result.HELD, "waits its turn: the device is slow")

    def _follow_displaced(self, now_ns: int) -> None:
        """A newer value goes in place of one that waited: of a fade nobody needs to be told why."""
        for _, command in self._pacer.displaced:
            if command is not None:
                words = "" if command.stream is not None else "a newer value took its place while it waited"
                self._followed.append(Outcome(command.seq, command.device, now_ns, Result.THINNED, words))
                self._hasten(now_ns)
        self._pacer.displaced.clear()

    def _give_up(self, now_ns: int, why: str) -> None:
        """What waits does not leave any more."""
        for _, command in self._pacer.clear():
            if command is not None:
                self._followed.append(Outcome(command.seq, command.device, now_ns, Result.FAILED, why))
        self._follow_displaced(now_ns)

    def give_up(self, now_ns: int) -> list[Outcome]:
        """The run is over: nothing waits any more."""
        self._give_up(now_ns, "never left: the run ended while it waited its turn")
        return self.take_followed()

    def take_followed(self) -> list[Outcome]:
        """What became of commands that were held, since somebody last asked."""
        followed, self._followed = self._followed, []
        return followed

    def _note(self, command: Command, now_ns: int) -> None:
        """A command has left: what the device says next may be its answer, and it may have to be asked for one."""
        if command.verb == LINE_CHECK:
            self._watch.asked_too(now_ns)
            return
        self._told[command.verb] = _Said(now_ns, command.args, asked=False)
        self._hasten(self._asker.told(command, now_ns))

    def _hasten(self, at_ns: int | None) -> None:
        if at_ns is not None and (self.wake_ns is None or at_ns < self.wake_ns):
            self.wake_ns = at_ns

    # -- in ------------------------------------------------------------------------------------------------------------

    def poll(self, now_ns: int) -> list[Report | Health | Outcome]:
        """Keep the way open, read some of what came, send what is due, and say how the device is if that changed."""
        self._now_ns = now_ns
        self._open(now_ns)
        said: list[Report | Health | Outcome] = []
        for heard in self.driver.receive(now_ns):
            for body in (heard.body,) if self._gatherer is None else self._gatherer.gather(heard.body):
                said += self._hear(HeardBody(body, heard.received_ns))
        self._follow_sessions(now_ns)
        self._send_services(now_ns)
        self._release(now_ns)
        self._ask(now_ns)
        said += self.take_followed()
        health = self._judge(now_ns)
        if health is not None:
            said.append(health)
        self.wake_ns = self._wake(now_ns)
        return said

    def close(self, why: str = "the device was closed while it waited") -> None:
        """End it; what waits is thrown away, and answered with ``why``."""
        self._give_up(self._now_ns, why)
        self._asker.clear()
        self.driver.close()

    def _open(self, now_ns: int) -> None:
        self._begun = True
        self.driver.service(now_ns)
        self._follow_sessions(now_ns)

    def _follow_sessions(self, now_ns: int) -> None:
        """Log in anew, and forget what was meant for the session before."""
        standing = self.driver.standing
        stands = standing.severity is Severity.GOOD
        session = self.driver.sessions
        if not standing.carries:
            self._give_up(now_ns, f"never left: {standing.words or 'the device went away'}, while it waited its turn")
            self._asker.clear()
            self._later.clear()
            self._alive_ns = None
        if session != self._session:
            self._session = session
            self._give_up(now_ns, "never left: the connection was made anew while it waited its turn")
            self._told.clear()
            self._asker.clear()
            self._later.clear()
            self._alive_ns = now_ns if self._alive else None
            self._queue(self._login, now_ns)
        elif stands == self._stands:
            return
        self._stands = stands
        if stands:
            self._watch.began(now_ns, now_ns + self._stagger_ns)
        else:
            self._watch.ended()

    def _hear(self, heard: HeardBody) -> list[Report]:
        self._pacer.answered()
        replies = decode_reply(self.setup.profile, heard.body, self._settings)
        if not replies:
            return []
        reports = []
        latency_ns = None
        if any(reply.is_health for reply in replies):
            latency_ns = self._watch.answered(heard.received_ns)
            if latency_ns is not None:
                self.answers.append((heard.received_ns, latency_ns))
        else:
            self._watch.heard(heard.received_ns)
        verbs = [reply for reply in replies if reply.verb is not None]
        if verbs:
            for each in verbs:
                self._asker.heard(each.verb or "", each.args)
            reply, said = self._best(verbs, heard.received_ns)
            answer_ns, asked = None, False
            if said is not None and not said.answered:
                answer_ns, asked = heard.received_ns - said.at_ns, said.asked
                self._told[reply.verb or ""] = said._replace(answered=True)
                self.answers.append((heard.received_ns, answer_ns))
            reports.append(Report(self.setup.id, heard.received_ns, reply.verb, reply.args, answer_ns, asked))
        if latency_ns is not None or not verbs:
            reports.append(Report(self.setup.id, heard.received_ns, None, {}, latency_ns, latency_ns is not None))
        return reports

    def _best(self, replies: Sequence[Reply], now_ns: int) -> tuple[Reply, _Said | None]:
        """Of several readings of one message, the one that answers what we sent, and what that was.

        One that says what we sent comes before one that speaks only of the same parameter.
        """
        for wholly in (True, False) if len(replies) > 1 else (False,):
            for reply in replies:
                said = self._told.get(reply.verb or "")
                if said is None or now_ns - said.at_ns > MATCH_NS:
                    continue
                told = [name for name in reply.args if name in said.args and (wholly or _is_key(reply, name))]
                if all(said.args[name] == reply.args[name] for name in told):
                    return reply, said
        return replies[0], None

    # -- due by itself -------------------------------------------------------------------------------------------------

    def _services(self) -> tuple[tuple[WirePacket, ...], tuple[WirePacket, ...], WirePacket | None]:
        """Login, keep-alive and question; none where the house leaves a setting out, which the health then says."""
        profile = self.setup.profile
        try:
            login = login_packets(profile, self._settings)
            return login, keep_alive_packets(profile, self._settings), health_packet(profile, self._settings)
        except EncodeError as error:
            self._trouble = f"cannot be kept alive or asked: {error}"
            return (), (), None

    def _queue(self, packets: Sequence[WirePacket], now_ns: int) -> None:
        self._later += [(now_ns + packet.delay_ns, packet) for packet in packets]
        self._later.sort(key=lambda each: each[0])

    def _send_services(self, now_ns: int) -> None:
        alive = self.setup.profile.keep_alive
        if alive is not None and self._alive_ns is not None and now_ns >= self._alive_ns:
            self._queue(self._alive, now_ns)
            self._alive_ns = now_ns + round(alive.every_s * _NS_PER_S)
        while self._later and self._later[0][0] <= now_ns:
            self._send_service(self._later.pop(0)[1], now_ns)
        ask_ns = self._watch.asks_at_ns()
        if self._question is not None and ask_ns is not None and now_ns >= ask_ns:
            self._watch.asked(now_ns)
            self._send_service(self._question, now_ns)

    def _send_service(self, packet: WirePacket, now_ns: int) -> None:
        pacer = self._pacer
        if pacer.limits and (pacer.held or pacer.free_at_ns(now_ns) > now_ns):
            pacer.hold((packet, None), packet.body, value=False)
            return
        self._hand_over(packet, now_ns)

    def _ask(self, now_ns: int) -> None:
        """Ask about what was sent, where nothing else wants to leave."""
        pacer = self._pacer
        if pacer.limits and (pacer.held or pacer.free_at_ns(now_ns) > now_ns):
            return
        question = self._asker.due(now_ns)
        if question is not None:
            self._hand_over(question.packet, now_ns)
            self._told[question.verb] = _Said(now_ns, question.args, asked=True)

    def _release(self, now_ns: int) -> None:
        """Send what waited and may go."""
        while (held := self._pacer.take(now_ns)) is not None:
            packet, command = held
            outcome = self._hand_over(packet, now_ns)
            if command is None:
                continue
            key = _held_key(command, packet)
            value = command.stream is not None and key is not None
            if outcome.handed is Handed.WOULD_BLOCK:
                self._pacer.was_full(now_ns)
                self._pacer.put_back(held, key, value=value)
                return
            result, words = Result.FAILED, outcome.words
            if outcome.handed is Handed.SENT:
                self._note(command, now_ns)
                result, words = Result.SENT, words or ("" if value else "waited its turn: the device is slow")
            self._followed.append(Outcome(command.seq, command.device, now_ns, result, words))

    def _hand_over(self, packet: WirePacket, now_ns: int) -> SendOutcome:
        outcome = self.driver.send(packet, now_ns)
        if outcome.handed is Handed.SENT:
            self._pacer.went(now_ns)
        if outcome.words and outcome.handed is not Handed.WOULD_BLOCK:
            self._watch.failed(now_ns, outcome.words)
        return outcome

    def _judge(self, now_ns: int) -> Health | None:
        standing = self.driver.standing
        if self._trouble and standing.severity is Severity.GOOD:
            standing = Standing(Severity.MAJOR, self._trouble)
        return self._watch.judge(now_ns, standing)

    def _wake(self, now_ns: int) -> int | None:
        ask_ns = self._asker.wake_at_ns()
        wakes = [
            None if ask_ns is None else max(ask_ns, self._pacer.free_at_ns(now_ns) if self._pacer.limits else 0),
            self.driver.wake_at_ns(),
            self._watch.wake_at_ns(),
            self._pacer.wake_at_ns(now_ns),
            self._alive_ns,
            self._later[0][0] if self._later else None,
        ]
        return min((wake for wake in wakes if wake is not None), default=None)


def _held_key(command: Command, packet: WirePacket) -> Hashable | None:
    """What a newer packet of the same key makes needless; None for what must go by itself.

    A value that is streamed has its own; a parameter sent in one packet is what it stands in the show's state.
    """
    if packet.thin_key:
        return packet.thin_key
    verb = CATALOGUE.get(command.verb)
    if verb is None or verb.kind is Kind.TRIGGER or len(command.packets) != 1:
        return None
    return state_key(verb, command.args)


def _is_key(reply: Reply, name: str) -> bool:
    verb = CATALOGUE.get(reply.verb or "")
    return verb is None or verb.kind is Kind.TRIGGER or name in verb.keys


def _still_words(setup: DeviceSetup) -> str:
    """What is said of a device that cannot be asked, or is not."""
    if setup.profile.health is not None:
        return "is not watched in this house"
    return "can be sent to; it has no way to answer"
