"""A bare Python relay: what the language costs before a console does any work. Run with IN_PORT OUT_PORT."""

import socket
import sys


def relay(in_port: int, out_port: int) -> None:
    """Send every datagram of one loopback port to another, for ever; writes "ready" once it listens."""
    incoming = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    incoming.bind(("127.0.0.1", in_port))
    outgoing = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    outgoing.connect(("127.0.0.1", out_port))
    receive, send = incoming.recv, outgoing.send
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        send(receive(65_536))


if __name__ == "__main__":
    relay(int(sys.argv[1]), int(sys.argv[2]))
