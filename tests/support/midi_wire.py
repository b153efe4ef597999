"""Raw MIDI bytes into a JACK port, apart from the product's own driver."""

from types import TracebackType
from typing import Self

import rtmidi

from tests.support.jackd import JackServer


class MidiWire:
    """An rtmidi output connected to the JACK MIDI port whose name is or begins with `port`.

    Close it before its server stops: closing a JACK port after that is a segmentation fault.
    """

    def __init__(self, server: JackServer, port: str) -> None:
        with server.entered():  # libjack reads the environment when the client is opened, then never again
            self._out = rtmidi.MidiOut(rtmidi.API_UNIX_JACK, name="wire")
        names = self._out.get_ports()
        found = [index for index, name in enumerate(names) if name.startswith(port)]
        if not found:
            self.close()
            raise LookupError(f"no JACK MIDI input {port!r}; there are {names}")
        self._out.open_port(found[0])

    def send(self, message: bytes) -> None:
        """One whole message; it leaves with the next JACK period (2.67 ms at 128 frames)."""
        self._out.send_message(list(message))

    def close(self) -> None:
        """Close the port and its JACK client."""
        self._out.close_port()
        self._out.delete()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
