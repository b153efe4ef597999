"""The least WebSocket client that can talk text to a program we started ourselves (RFC 6455).

No fragments, no extensions, no TLS: what QLC+ speaks. Client frames are masked, as the RFC demands.
"""

import base64
import os
import socket
import struct
from types import TracebackType
from typing import Self

TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA


class WebSocket:
    """An open connection to ws://127.0.0.1:`port``path`. ConnectionError when it cannot be opened."""

    def __init__(self, port: int, path: str, timeout_s: float = 5.0) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout_s)
        self._unread = b""
        key = base64.b64encode(os.urandom(16)).decode()
        self._socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        while b"\r\n\r\n" not in self._unread:
            self._receive()
        head, self._unread = self._unread.split(b"\r\n\r\n", 1)
        if b" 101 " not in head.split(b"\r\n", 1)[0]:
            self.close()
            raise ConnectionError(f"port {port} is no WebSocket: {head[:80]!r}")

    def send(self, text: str) -> None:
        """One text message."""
        self._send_frame(TEXT, text.encode())

    def receive(self) -> str:
        """The next text message; TimeoutError when none comes, ConnectionError when the other side closed."""
        while True:
            kind, body = self._receive_frame()
            if kind == TEXT:
                return body.decode()
            if kind == PING:
                self._send_frame(PONG, body)
            elif kind == CLOSE:
                raise ConnectionError("the other side closed the WebSocket")

    def close(self) -> None:
        """Close the connection without ceremony."""
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _send_frame(self, kind: int, body: bytes) -> None:
        size = bytes([0x80 | len(body)]) if len(body) < 126 else b"\xfe" + struct.pack(">H", len(body))
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(body))
        self._socket.sendall(bytes([0x80 | kind]) + size + mask + masked)

    def _receive_frame(self) -> tuple[int, bytes]:
        first, size = self._take(2)
        if size == 126:
            (size,) = struct.unpack(">H", self._take(2))
        elif size == 127:
            (size,) = struct.unpack(">Q", self._take(8))
        return first & 0x0F, self._take(size)

    def _take(self, count: int) -> bytes:
        while len(self._unread) < count:
            self._receive()
        taken, self._unread = self._unread[:count], self._unread[count:]
        return taken

    def _receive(self) -> None:
        piece = self._socket.recv(65_536)
        if not piece:
            raise ConnectionError("the other side closed the connection")
        self._unread += piece
