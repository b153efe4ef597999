"""Run by test_midi_port in a process of its own: JACK ends under open ports, and comes back.

Tells its progress on standard output. Whatever goes wrong here ends the process, most likely by a signal.
"""

import sys
import time

from devices.io.midi_port import MidiInPort, MidiOutPort, MidiState
from devices.io.midi_system import BEAT_NS, BEATS_MISSED, POLL_NS, RETRY_NS, SCOUT_NS, MidiApi, MidiSystem, abandon
from devices.io.outcome import Handed
from tests.support.jackd import JackServer
from tests.support.midi_box import MidiBox, passes, within

server = JackServer().start()
try:
    with server.entered():
        box = MidiBox("desk")
        system = MidiSystem(MidiApi.JACK)
        out = MidiOutPort(system, "desk:in")
        back = MidiInPort(system, "desk keys:out", clock_ns=time.monotonic_ns)

        other = MidiSystem(MidiApi.JACK)  # whoever notices first speaks for both
        other.service(0)
        assert other.up

        def look(now_ns: int) -> None:
            out.service(now_ns)
            back.service(now_ns)

        def opened(now_ns: int) -> int:
            """Look until the ports are open; the time then. A beat may get lost: the next needs the clock to move."""
            until_ns = now_ns + 20 * POLL_NS
            look(now_ns)
            while not (out.state is back.state is MidiState.OPEN and system.is_beat_back()):
                assert now_ns < until_ns, (out.words, back.words)
                if not system.up:  # a process of its own is looking whether the server takes clients
                    if system._scout is not None:
                        system._scout.wait(10)
                    now_ns += SCOUT_NS
                if not within(0.2, system.is_beat_back):
                    now_ns += BEAT_NS
                look(now_ns)
            return now_ns

        now_ns = opened(0)

        frozen = sys.argv[1] == "freeze"
        if frozen:
            server.freeze()
        elif sys.argv[1] == "kill":
            server.kill()
        else:
            server.stop()
        if not frozen:
            abandon(box._in)  # the box is of the dead server too
            abandon(box._out)

        # Not noticed yet: sends are lost, but must never hang, however many.
        outcomes = {out.send(b"\x90\x3c\x40").handed for _ in range(50_000)}
        assert outcomes == {Handed.SENT, Handed.WOULD_BLOCK}, outcomes
        for beat in range(BEATS_MISSED + 1):
            look(now_ns + POLL_NS + beat * BEAT_NS)
            if beat < BEATS_MISSED:
                assert system.wake_at_ns() == now_ns + POLL_NS + (beat + 1) * BEAT_NS
        assert out.state is back.state is MidiState.DOWN, (out.state, back.state)
        assert "its server has ended" in out.words, out.words
        assert out.send(b"\xf8").handed is Handed.FAILED
        assert not other.up
        sys.stdout.write("noticed\n")

        now_ns += 4 * POLL_NS
        look(now_ns)  # asks for a server that is not there
        assert out.state is MidiState.DOWN
        assert "jack does not answer" in out.words, out.words

        if frozen:
            server.thaw()
        else:
            server.start()
            box = MidiBox("desk")
        opened(now_ns + RETRY_NS)
        passes(out.send, b"\xfa", lambda: box.hear(20_000)[-1:])  # behind what a frozen server still held
        passes(box.say, b"\xfc", lambda: [entry.message for entry in within(1, back.receive)])
        out.close()
        back.close()
        system.close()
        other.close()
        box.close()
finally:
    server.stop()
sys.stdout.write("heard after the restart\n")
