"""Free loopback ports for programs that want a number before they start."""

import random
import socket

# Below Linux's ephemeral range (32768 up), so that no other socket is given one between our look and the
# program's bind, and below 60000, where xjadeo silently falls back to its own port.
FIRST, LAST = 20_000, 32_000


def free_port(kind: socket.SocketKind = socket.SOCK_DGRAM) -> int:
    """A port on which a UDP (or TCP: SOCK_STREAM) socket of any address can be bound right now."""
    candidates = random.sample(range(FIRST, LAST), 200)
    for port in candidates:
        with socket.socket(socket.AF_INET, kind) as trial:
            try:
                trial.bind(("0.0.0.0", port))  # noqa: S104  some programs bind every address, so try that one
            except OSError:
                continue
            return port
    raise OSError(f"no free port among {len(candidates)} tried between {FIRST} and {LAST}")


def free_ports(count: int) -> list[int]:
    """So many different ones."""
    found: dict[int, None] = {}
    while len(found) < count:
        found[free_port()] = None
    return list(found)
