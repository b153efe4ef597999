"""What every port says: what became of bytes handed to it, and why a local port could not be opened."""

import errno
import os
import socket
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from typing import Final


class Handed(StrEnum):
    """What became of bytes handed to a port."""

    SENT = "sent"  # to the operating system, or into the port's own bounded buffer
    WOULD_BLOCK = "would block"  # nothing was taken: the other side, or the system, is full
    FAILED = "failed"  # nothing was taken: the words say why


@dataclass(frozen=True, slots=True)
class SendOutcome:
    """One send. Bytes are taken whole or not at all."""

    handed: Handed
    words: str = ""


SENT: Final = SendOutcome(Handed.SENT)


class PortError(Exception):
    """A local port that cannot be opened. One line: which, why, what to do."""


def error_to_words(error: OSError) -> str:
    """The system's own words for an error, in lower case as part of a sentence."""
    return (os.strerror(error.errno) if error.errno else str(error)).lower()


def bind(unbound: socket.socket, kind: str, host: str, port: int) -> None:
    """Bind a socket. PortError names the port, the reason and the remedy; `kind` is UDP or TCP."""
    try:
        unbound.bind((host, port))
    except OSError as error:
        remedy = {
            errno.EADDRINUSE: "is in use: end the other program, or choose another port",
            errno.EACCES: "is reserved for the system: choose a port above 1023",
            errno.EADDRNOTAVAIL: "cannot be opened, this machine has no such address: check the network settings",
        }.get(error.errno or 0, f"cannot be opened: {error_to_words(error)}")
        raise PortError(f"{kind} port {port} on {host} {remedy}") from None
    except OverflowError:
        raise PortError(f"{kind} port {port} does not exist: choose 1 to 65535") from None


def local_address(host: str) -> str:
    """A local address as the system takes it, without asking a name server. PortError for a name."""
    if host in ("", "localhost"):
        return {"": "0.0.0.0", "localhost": "127.0.0.1"}[host]  # noqa: S104  the empty host is every address
    try:
        return str(ip_address(host))
    except ValueError:
        raise PortError(f"local address {host!r} is not an IP address: write it in numbers") from None
