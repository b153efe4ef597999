"""The machine's MIDI system: which ports there are, whether it still runs, and what may be closed.

RtMidi tells nothing by itself, so names are polled once a second on clients that are held for it (a new client for
every poll would cost 40 ms under JACK).

JACK needs more care. When its server ends, RtMidi goes on listing the ports of before; sending fills a ring of
16 KiB and then spins for ever; and once any new client has been tried, closing or using an old one is a
segmentation fault. So a numbered message, the *beat*, goes round through the server once a second. A beat may get
lost while other clients come and go; when several in a row stay out, the server counts as gone: every client of
before is abandoned, which means neither closed nor freed, and `generation` moves on so that the ports do the same.
Nobody may use an rtmidi object of another generation.

RtMidi's input callback is not used. It runs on JACK's own thread and waits there for Python's interpreter lock, while
rtmidi holds that lock through every call: opening a client while MIDI comes in took 1 s, and 10 s with `jackd -S`. So a
thread of ours empties RtMidi's queues once a millisecond; JACK delivers on a coarser grid than that.
"""

import ctypes
import logging
import re
import subprocess
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, Final
from weakref import WeakSet

import rtmidi

log = logging.getLogger(__name__)

POLL_NS: Final = 1_000_000_000
RETRY_NS: Final = 5_000_000_000
"""Pause before a MIDI system that is not there is asked for again; its own library complains at every question."""

BEAT_NS: Final = 200_000_000
"""How long a beat may stay out before the next one follows it: many JACK periods, even long ones."""

BEATS_MISSED: Final = 10
"""So many beats in a row, and the server is gone. JACK itself stands still for half a second when a client hangs."""

SCOUT_NS: Final = 100_000_000
"""How often it is seen whether the process that looks for a server is back."""

SETTLE_S: Final = 0.05
"""How long a closed port is left alone before its client is freed, so that JACK's thread is out of it."""

LISTEN_S: Final = 0.001

_SCOUT: Final = (sys.executable, "-c", "import rtmidi; rtmidi.MidiOut(rtmidi.API_UNIX_JACK, name='scout').delete()")
_QUEUE_MESSAGES: Final = 4096
_ALSA_SEQUENCER: Final = Path("/dev/snd/seq")
_BEAT: Final = 0xF2  # a song position carries 14 bits, and no device is on this connection
_BEATS: Final = 1 << 14


class MidiApi(StrEnum):
    """Which MIDI system to use. AUTO takes the first that answers, in this order."""

    AUTO = "auto"
    ALSA = "alsa"
    JACK = "jack"
    COREMIDI = "coremidi"
    WINDOWS = "windows"


_CODES: Final = {
    MidiApi.ALSA: rtmidi.API_LINUX_ALSA,
    MidiApi.JACK: rtmidi.API_UNIX_JACK,
    MidiApi.COREMIDI: rtmidi.API_MACOSX_CORE,
    MidiApi.WINDOWS: rtmidi.API_WINDOWS_MM,
}


class MidiSystem:
    """The way to all ports of a process: one is enough, and better than two. All methods belong to one thread.

    None waits, but for those that make and free clients (`service` too, when it opens or re-opens the system): under
    JACK a client takes 10 to 30 ms, with Python's lock held, whichever thread makes it. Whoever makes or uses one first
    sees a beat come back, and a system that was lost is opened again only when a process of its own has found that its
    server takes clients: `jackd -S` stands still for five seconds when a client is killed.

    `up` and `words` say how it stands; `outputs` and `inputs` name the ports of others that we can send to and hear.
    """

    def __init__(self, api: MidiApi = MidiApi.AUTO, *, client_name: str = "showcaller") -> None:
        self.wanted_api = api
        self.api: MidiApi | None = None
        self.client_name = client_name
        self.up = False
        self.words = "MIDI has not been opened yet"
        self.outputs: tuple[str, ...] = ()
        self.inputs: tuple[str, ...] = ()
        self.generation = 0
        self.polls = 0
        self.beats_sent = 0
        self.beats_back = 0
        self._out: Any = None
        self._in: Any = None
        self._next_ns: int | None = None
        self._beat_late_ns: int | None = None
        self._beats_missed = 0
        self._closed = False
        self._heard: dict[Any, Callable[[bytes], None]] = {}
        self._heard_lock = Lock()
        self._stop_listening = Event()
        self._listener: Thread | None = None
        self._scout: subprocess.Popen[bytes] | None = None
        _SYSTEMS.add(self)

    def service(self, now_ns: int) -> None:
        """Look once a second: is it there, which ports are there; and between, whether the beat is back."""
        if self._closed:
            return
        self._watch_beat(now_ns)
        if self._next_ns is not None and now_ns < self._next_ns:
            return
        if not self.up and not self._open():
            self._next_ns = now_ns + (RETRY_NS if self._scout is None else SCOUT_NS)
            return
        self._next_ns = now_ns + POLL_NS
        self.outputs = self._names_of(self._out)
        self.inputs = self._names_of(self._in)
        self.polls += 1
        self.beat()
        self._watch_beat(now_ns)

    def wake_at_ns(self) -> int | None:
        """When `service` next has something to do."""
        if self._closed:
            return None
        due = [at_ns for at_ns in (self._next_ns, self._beat_late_ns) if at_ns is not None]
        return min(due, default=0)

    def beat(self) -> None:
        """Send a beat round, unless one is out already. Does nothing but under JACK."""
        if self.api is MidiApi.JACK and self.up and self.is_beat_back():
            self._send_beat()

    def is_beat_back(self) -> bool:
        """False while a beat is out; it takes one or two JACK periods."""
        while self.beats_back < self.beats_sent:
            stamped = self._in.get_message()
            if stamped is None:
                return False
            number = stamped[0][1] | stamped[0][2] << 7
            self.beats_back = self.beats_sent - (self.beats_sent - number) % _BEATS
        return True

    def confirm(self) -> bool:
        """True when the system is alive this very moment: only then may clients be made or freed."""
        if self.api is not MidiApi.JACK or not self.up:
            return self.up
        pause = Event()
        for _ in range(BEATS_MISSED):
            self._send_beat()
            for _ in range(BEAT_NS // 1_000_000):
                if self.is_beat_back():
                    return True
                pause.wait(0.001)
        self.lose("its server does not answer: start it again, the ports open by themselves")
        return False

    def make_output(self) -> Any:
        """A new rtmidi.MidiOut of this generation, no port open; None where the system has gone or is too busy."""
        return self._make(rtmidi.MidiOut)

    def make_input(self, hear: Callable[[bytes], None]) -> Any:
        """A new rtmidi.MidiIn of this generation, no port open; None where the system has gone or is too busy.

        `hear` gets every whole message but active sensing, on the listening thread: it must be quick and safe there.
        """
        client = self._make(rtmidi.MidiIn, queue_size_limit=_QUEUE_MESSAGES)
        if client is not None:
            client.ignore_types(sysex=False, timing=False, active_sense=True)
            with self._heard_lock:
                self._heard[client] = hear
            self._start_listening()
        return client

    def free(self, client: Any, generation: int) -> None:
        """Close a client made here, or abandon it where its server is gone."""
        with self._heard_lock:
            self._heard.pop(client, None)
        if self.confirm() and generation == self.generation:
            _delete(client)
        else:
            abandon(client)

    def lose(self, reason: str) -> None:
        """Count the system as gone, and leave everything that belongs to it untouched."""
        api = self.api
        self._leave(reason)
        # One server, one fate: the first of us to open it again would pull the ground from under the others' clients.
        for other in tuple(_SYSTEMS):
            if other.up and other.api is api is MidiApi.JACK:
                other._leave(reason)

    def close(self) -> None:
        """Close for good, after the ports. Harmless twice."""
        if self._closed:
            return
        self._closed = True
        self._stop_listening.set()
        if self._listener is not None:
            self._listener.join()
        if self._scout is not None:
            self._scout.wait()  # a client that is killed would hold the server up
        if self.confirm():
            _delete(self._out, self._in)
        self._out = self._in = None
        self.up = False
        self.words = "MIDI is closed"

    def _leave(self, reason: str) -> None:
        self.words = f"MIDI through {self.api or self.wanted_api}: {reason}"
        log.info(self.words)
        self.up = False
        with self._heard_lock:
            self._heard.clear()
        abandon(self._out)
        abandon(self._in)
        self._out = self._in = None
        self.outputs = self.inputs = ()
        self.beats_back = self.beats_sent
        self._beat_late_ns, self._beats_missed = None, 0
        self.generation += 1

    def _watch_beat(self, now_ns: int) -> None:
        if self.is_beat_back():
            self._beat_late_ns, self._beats_missed = None, 0
        elif self._beat_late_ns is None:
            self._beat_late_ns = now_ns + BEAT_NS
        elif now_ns >= self._beat_late_ns:
            self._beats_missed += 1
            if self._beats_missed == BEATS_MISSED:
                self.lose("its server has ended: start it again, the ports open by themselves")
                self._next_ns = now_ns + POLL_NS
            else:
                self._send_beat()
                self._beat_late_ns = now_ns + BEAT_NS

    def _send_beat(self) -> None:
        self.beats_sent += 1
        number = self.beats_sent % _BEATS
        self._out.send_message((_BEAT, number & 0x7F, number >> 7))

    def _open(self) -> bool:
        """Make the two held clients with the first system that answers."""
        candidates = list(_CODES) if self.wanted_api is MidiApi.AUTO else [self.wanted_api]
        reasons: list[str] = []
        for api in candidates:
            if _CODES[api] not in rtmidi.get_compiled_api():
                reasons.append(f"{api} is not built in")
            elif api is MidiApi.ALSA and not _ALSA_SEQUENCER.exists():
                reasons.append("alsa has no sequencer, load the kernel module snd-seq")
            elif api is MidiApi.JACK and self.generation and not self._is_taking_clients():
                reasons.append("jack does not answer")
            else:
                try:
                    self._open_clients(api)
                except rtmidi.RtMidiError as error:
                    reasons.append(f"{api} does not answer ({_to_words(error)})")
                else:
                    self.up, self.words = True, ""
                    return True
        self.words = f"no MIDI system: {'; '.join(reasons)}"
        return False

    def _is_taking_clients(self) -> bool:
        """What the process said that was sent to look; False while it is away, and when it is sent."""
        if self._scout is None:
            self._scout = subprocess.Popen(
                _SCOUT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            return False
        if self._scout.poll() is None:
            return False
        is_well, self._scout = self._scout.returncode == 0, None
        return is_well

    def _open_clients(self, api: MidiApi) -> None:
        out = rtmidi.MidiOut(_CODES[api], name=self.client_name)
        back = rtmidi.MidiIn(_CODES[api], name=self.client_name)
        if api is MidiApi.JACK:
            before = set(out.get_ports())
            back.open_virtual_port("beat")
            ours = next(index for index, name in enumerate(out.get_ports()) if name not in before)
            out.open_port(ours, "beat")
        self.api, self._out, self._in = api, out, back

    def _make(self, kind: Any, **options: Any) -> Any:
        if self.api is None or not self.confirm():
            return None
        try:
            return kind(_CODES[self.api], name=self.client_name, **options)
        except rtmidi.RtMidiError as error:
            log.info("MIDI client could not be opened: %s", _to_words(error))
            self.confirm()  # a server that is alive may yet be too busy
            return None

    def _names_of(self, client: Any) -> tuple[str, ...]:
        """The ports a client could open, our own ones left out."""
        own = re.compile(rf"{re.escape(self.client_name)}(-\d+)?:")
        return tuple(name for name in client.get_ports() if not own.match(name))

    def _start_listening(self) -> None:
        if self._listener is None:
            self._listener = Thread(target=self._listen, name="MIDI in", daemon=True)
            self._listener.start()

    def _listen(self) -> None:
        """The listening thread: hand on what RtMidi has queued."""
        while not self._stop_listening.wait(LISTEN_S):
            with self._heard_lock:
                for client, hear in self._heard.items():
                    while (stamped := client.get_message()) is not None:
                        hear(bytes(stamped[0]))


_SYSTEMS: Final[WeakSet[MidiSystem]] = WeakSet()


def _delete(*clients: Any) -> None:
    """RtMidi frees an output's ring before it ends the client whose thread reads it: the port must go first."""
    for client in clients:
        client.close_port()
    Event().wait(SETTLE_S)
    for client in clients:
        client.delete()


def abandon(client: Any) -> None:
    """Keep an rtmidi object from ever being freed: its destructor would close a client of a server that died."""
    if client is not None:
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(client))


def _to_words(error: Exception) -> str:
    return str(error).strip().rstrip(".")
