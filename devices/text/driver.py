"""Devices that speak lines of text over TCP, one command a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from devices.io.tcp import TcpPort
from devices.stream_driver import Cut, StreamDriver
from devices.text.lines import LineDecoder


def text_driver(make_port: Callable[[], TcpPort]) -> StreamDriver:
    """A driver for lines, whichever ending the device answers with."""
    return StreamDriver(make_port, cut_lines)


def cut_lines() -> Cut:
    """What cuts one stream of lines; empty lines say nothing and are left out."""
    decoder = LineDecoder()

    def cut(chunk: bytes) -> Iterator[bytes | ValueError]:
        for line in decoder.feed(chunk):
            if not isinstance(line, str):
                yield line
            elif line:
                yield line.encode()

    return cut
