"""The remote desk: between the ports that hear the house and the engine, and back.

As a source it turns what is heard into requests, under ids of its own (below zero: the link's are above), and hands on
what cues and lines wait for. As an audience it answers, and tells subscribers the state, when there is time for it and
a few datagrams at once; nothing here is sent between a decision and its bytes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from console.engine.engine import Engine
from console.ports import InboxItem, Source
from console.remote.bindings import Bindings
from console.remote.budget import Budget
from console.remote.msc import msc_call
from console.remote.names import Names, RemoteError, make_slowly
from console.remote.namespace import PREFIX, Call, read_call
from console.remote.state_out import snapshot_to_state
from console.remote.subscriptions import RATE_HZ, Subscriptions
from console.show.show import Show
from console.vocabulary import Answered, CueChanged, Notice, NotUnderstood, Request, Snapshot
from devices.contract import Incoming, Value
from devices.io.udp import UdpListener
from devices.osc.codec import OscArg, encode_message
from profiles.remote_control import RemoteControl

SENT_AT_ONCE: Final = 24
"""Datagrams of one catching-up: about 0.3 ms."""

KEPT_ANSWERS: Final = 256
ANSWER: Final = f"{PREFIX}answer"
STATE: Final = f"{PREFIX}state/"

Receiver = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Answer:
    receiver: Receiver
    address: str
    refused: str | None


class RemoteDesk:
    """One house's remote control for one show. ``before``: the desk of the show before, whose subscribers go on."""

    def __init__(
        self, house: RemoteControl | None, port: UdpListener | None, engine: Engine, before: RemoteDesk | None = None
    ) -> None:
        self._house = house
        self._port = port
        self._engine = engine
        self._bindings = Bindings.of_house(house)
        run = engine.run
        self._names = Names.of(run.show, run.schedule)
        self._making: tuple[Show, Iterator[Names | None]] | None = None  # the names of a show that was edited
        self._subscriptions: Subscriptions = (
            before._subscriptions if before is not None and port is not None else Subscriptions()
        )
        self._asks = Budget(at_once=100, a_second=200)
        self._complaints = Budget(at_once=20, a_second=10)
        self._requests = 0
        self._asked: dict[int, tuple[Receiver, str]] = {}
        self._answers: deque[_Answer] = deque(maxlen=KEPT_ANSWERS)
        self._last_cue: str | None = None
        self._now_ns = 0
        self.dropped: dict[str, int] = {}  # by sender, what was more than its share

    def wants(self, address: str) -> bool:
        """True where an OSC address means something here."""
        return address.startswith(PREFIX) or self._bindings.wants("osc", address) or self._engine.hears("osc", address)

    # -- what is heard -------------------------------------------------------------------------------------------------

    def understand(self, incoming: Incoming, now_ns: int) -> list[InboxItem]:
        """What a message is to the engine: requests, or itself where a cue or a line waits for it."""
        self._now_ns = now_ns
        if incoming.address.startswith(PREFIX) and incoming.kind == "osc":
            return list(self._asked_for(incoming, now_ns))
        found: list[InboxItem] = list(self._bound(incoming, now_ns))
        if self._engine.hears(incoming.kind, incoming.address):
            # A line that goes low is obeyed however much was sent before it.
            is_line = self._engine.run.hazards.lines.moved_by(incoming) is not None
            if is_line or self._may(incoming, now_ns):
                found.append(incoming)
        return found

    def _asked_for(self, incoming: Incoming, now_ns: int) -> Iterator[Request]:
        """A message in the namespace."""
        try:
            words = incoming.address.removeprefix(PREFIX)
            if words in ("subscribe", "unsubscribe"):
                if self._may(incoming, now_ns):
                    self._subscribe(words, incoming, now_ns)
                return
            call = read_call(words, incoming.args)
            if call is not None and (call.action.stops or self._may(incoming, now_ns)):
                yield self._request(call, incoming, answered=True)
        except RemoteError as error:
            yield from self._complain(incoming, str(error), now_ns, answered=True)

    def _bound(self, incoming: Incoming, now_ns: int) -> Iterator[Request]:
        """A pad or an address of the house, or MIDI Show Control."""
        try:
            calls = list(self._bindings.calls(incoming))
            if incoming.kind == "msc" and self._house is not None:
                call = msc_call(self._house.msc, incoming)
                calls += [] if call is None else [call]
            for call in calls:
                if call.action.stops or self._may(incoming, now_ns):
                    yield self._request(call, incoming, answered=False)
        except RemoteError as error:
            yield from self._complain(incoming, str(error), now_ns, answered=False)

    def _request(self, call: Call, incoming: Incoming, *, answered: bool) -> Request:
        request = call.request(self._names, self._by(incoming))
        return self._numbered(request, incoming, answered=answered)

    def _complain(self, incoming: Incoming, words: str, now_ns: int, *, answered: bool) -> Iterator[Request]:
        """A refusal that is recorded and answered; who sends a flood of nonsense is counted instead."""
        if not self._complaints.take(self._by(incoming), now_ns):
            self._drop(incoming)
            return
        refusal = NotUnderstood(by=self._by(incoming), heard=incoming.address, words=words)
        yield self._numbered(refusal, incoming, answered=answered)

    def _numbered(self, request: Request, incoming: Incoming, *, answered: bool) -> Request:
        self._requests += 1
        if answered and incoming.sender is not None:
            self._asked[-self._requests] = (incoming.sender, incoming.address)
        return request.model_copy(update={"id": -self._requests})

    def _subscribe(self, words: str, incoming: Incoming, now_ns: int) -> None:
        """``[rate_hz] [reply_port]``. Raises RemoteError."""
        if incoming.sender is None:
            return
        rate_hz, port = _subscription(incoming.args, incoming.sender[1])
        receiver = (incoming.sender[0], port)
        if words == "subscribe":
            self._subscriptions.subscribe(receiver, rate_hz, now_ns)
        else:
            self._subscriptions.unsubscribe(receiver)
        self._answers.append(_Answer(incoming.sender, incoming.address, None))

    def _may(self, incoming: Incoming, now_ns: int) -> bool:
        granted = self._asks.take(self._by(incoming), now_ns)
        if not granted:
            self._drop(incoming)
        return granted

    def _drop(self, incoming: Incoming) -> None:
        by = self._by(incoming)
        self.dropped[by] = self.dropped.get(by, 0) + 1

    def _by(self, incoming: Incoming) -> str:
        """Who asked: the name the house has for the sender, else its address, or the MIDI port."""
        if incoming.sender is None:
            return f"remote:{incoming.source.removeprefix('midi:')}"
        host = incoming.sender[0]
        return f"remote:{host if self._house is None else self._house.names.get(host, host)}"

    def _learn_names(self) -> None:
        """After an edit, a few cues at a time. Until then those before it count, and the engine has the last word."""
        run = self._engine.run
        if self._names.show is run.show:
            return
        if self._making is None or self._making[0] is not run.show:
            self._making = (run.show, make_slowly(run.show, run.schedule))
        made = next(self._making[1])
        if made is not None:
            self._names, self._making = made, None

    # -- as an audience ------------------------------------------------------------------------------------------------

    def tell(self, requests: Sequence[Request], notices: Sequence[Notice]) -> None:
        """Put answers by."""
        for notice in notices:
            if isinstance(notice, Answered) and notice.request in self._asked:
                receiver, address = self._asked.pop(notice.request)
                self._answers.append(_Answer(receiver, address, notice.refused))
            elif isinstance(notice, CueChanged) and notice.life == "running":
                self._last_cue = notice.cue

    def catch_up(self, snapshot: Snapshot | None) -> None:
        """Answer, then tell the state to those who want it."""
        self._learn_names()
        if self._port is None:
            return
        room = SENT_AT_ONCE
        while self._answers and room:
            answer = self._answers.popleft()
            outcome = ("done", "") if answer.refused is None else ("refused", answer.refused)
            self._send(answer.receiver, ANSWER, (answer.address, *outcome))
            room -= 1
        if len(self._subscriptions) and snapshot is not None:
            state = snapshot_to_state(snapshot, self._engine.run.show, self._last_cue)
            self._subscriptions.offer(state, self._engine.run.zero_ns + snapshot.now_ns)
        for telling in self._subscriptions.take(room):
            self._send(telling.receiver, STATE + telling.name, telling.args)

    def _send(self, receiver: Receiver, address: str, args: Sequence[str | int | float]) -> None:
        if self._port is not None:
            self._port.reply(encode_message(address, [_osc_arg(arg) for arg in args]), receiver)


@dataclass(eq=False)
class Ear:
    """One listener, as a source of what its messages are to the engine."""

    listener: Source
    desk: RemoteDesk

    def descriptors(self) -> Collection[int]:
        """The listener's."""
        return self.listener.descriptors()

    def blocked(self) -> Collection[int]:
        """The listener's."""
        return self.listener.blocked()

    def wake_at_ns(self) -> int | None:
        """The listener's."""
        return self.listener.wake_at_ns()

    def read(self, now_ns: int) -> Sequence[InboxItem]:
        """What has come, understood."""
        items: list[InboxItem] = []
        for each in self.listener.read(now_ns):
            if isinstance(each, Incoming):
                items += self.desk.understand(each, now_ns)
            else:
                items.append(each)
        return items


def _subscription(args: Sequence[Value], sender_port: int) -> tuple[float, int]:
    rate_hz = args[0] if args else RATE_HZ
    port = args[1] if len(args) > 1 else sender_port
    if isinstance(rate_hz, bool | str) or not 0 < rate_hz <= 1000:
        raise RemoteError("subscribe takes a rate above 0 in Hz, then a port to tell the state to")
    if isinstance(port, bool | str) or not 0 < port < 65536 or port != int(port) or len(args) > 2:
        raise RemoteError("subscribe takes a rate in Hz, then a port of 1 to 65535 to tell the state to")
    return float(rate_hz), int(port)


def _osc_arg(value: str | int | float) -> OscArg:
    if isinstance(value, str):
        return ("s", value.replace("\0", " "))
    return ("i", value) if isinstance(value, int) else ("f", value)
