"""A bell: rung by any thread, heard by whoever selects on it. A name that was found, a MIDI message that came."""

import socket
from contextlib import suppress


class Bell:
    """A pair of sockets. Ringing never waits; a bell rung often is heard once."""

    def __init__(self) -> None:
        self._near, self._far = socket.socketpair()
        self._near.setblocking(False)
        self._far.setblocking(False)

    def ring(self) -> None:
        """Make the descriptor readable. From any thread, also after the bell is closed."""
        with suppress(OSError):  # full: it will be heard; closed: nobody listens any more
            self._far.send(b"\0")

    def quiet(self) -> None:
        """Take back every ring so far."""
        with suppress(BlockingIOError):
            while len(self._near.recv(4096)) == 4096:
                pass

    def fileno(self) -> int:
        """The descriptor to select on; -1 once closed."""
        return self._near.fileno()

    def close(self) -> None:
        """Close for good. Harmless twice."""
        self._near.close()
        self._far.close()
