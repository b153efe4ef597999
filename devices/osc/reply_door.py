"""A local UDP port that devices answer to whoever asked: told apart by who sends.

Some devices answer to a fixed port (QLab 53001, AbletonOSC 11001). Two of one kind then answer to the same port of
ours, which only one socket can hold.
"""

from __future__ import annotations

from collections import deque
from typing import Final

from devices.driver import HeardBody
from devices.io.outcome import PortError
from devices.io.udp import UdpListener

Address = tuple[str, int]

READ_LIMIT: Final = 4
RETRY_NS: Final = 1_000_000_000
MAILBOX_SIZE: Final = 256


class ReplyDoor:
    """One fixed reply port. ``words`` say why it is not open; a stranger's datagrams are counted and dropped."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.words = f"UDP port {port} is not open yet"
        self.strangers = 0
        self._listener: UdpListener | None = None
        self._boxes: dict[Address, deque[HeardBody]] = {}
        self._retry_ns: int | None = None

    def service(self, now_ns: int) -> None:
        """Open the port; where another program holds it, try again every second."""
        if self._listener is not None or (self._retry_ns is not None and now_ns < self._retry_ns):
            return
        try:
            self._listener, self.words, self._retry_ns = UdpListener("", self.port), "", None
        except PortError as error:
            self.words, self._retry_ns = str(error), now_ns + RETRY_NS

    def wake_at_ns(self) -> int | None:
        """When the port is tried again."""
        return self._retry_ns

    def mailbox(self, device: Address) -> deque[HeardBody]:
        """What the device at this address says. Two devices at one address share it."""
        return self._boxes.setdefault(device, deque(maxlen=MAILBOX_SIZE))

    def read(self, now_ns: int) -> None:
        """Sort what has come into the mailboxes."""
        if self._listener is None:
            return
        for datagram in self._listener.receive(READ_LIMIT):
            host, port = datagram.sender[:2]
            # Most devices answer from another port than the one they are asked at.
            exact = self._boxes.get((host, port))
            boxes = [exact] if exact is not None else [box for at, box in self._boxes.items() if at[0] == host]
            self.strangers += not boxes
            for box in boxes:
                box.append(HeardBody(datagram.content, now_ns))

    @property
    def is_open(self) -> bool:
        """True while we hold the port."""
        return self._listener is not None

    def fileno(self) -> int:
        """The descriptor to select on; -1 while closed."""
        return -1 if self._listener is None else self._listener.fileno()

    def close(self) -> None:
        """Close the port; :meth:`service` opens it again."""
        if self._listener is not None:
            self._listener.close()
        self._listener, self._retry_ns = None, None


class ReplyDoors:
    """The doors of one console, each opened once however many devices answer there."""

    def __init__(self) -> None:
        self._doors: dict[int, ReplyDoor] = {}

    def door(self, port: int) -> ReplyDoor:
        """The door at that port."""
        return self._doors.setdefault(port, ReplyDoor(port))

    def held(self) -> tuple[int, ...]:
        """The ports that are open here."""
        return tuple(port for port, door in self._doors.items() if door.is_open)

    def close(self) -> None:
        """Close all."""
        for door in self._doors.values():
            door.close()
