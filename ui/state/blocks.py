"""Text to read, in blocks: what each is, not how it looks. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from console.vocabulary import PacketText

BlockKind = Literal["title", "text", "dim", "hex", "caution", "stop", "fact"]


class Block(NamedTuple):
    """One paragraph; a fact has a label before its text."""

    kind: BlockKind
    text: str
    label: str = ""


def packet_blocks(packets: Iterable[PacketText]) -> Iterator[Block]:
    """What bytes say, then the bytes themselves."""
    for packet in packets:
        yield Block("fact", packet.words, "Bytes")
        yield Block("dim", packet_head(packet), "By")
        yield Block("hex", packet.hex)


def packet_head(packet: PacketText) -> str:
    """``osc_udp port 10023``: how it travels, and when."""
    port = f"port {packet.port}" if packet.port is not None else ""
    framing = f"framed {packet.framing}" if packet.framing != "none" else ""
    delay = f"after {packet.delay_ms:g} ms" if packet.delay_ms else ""
    return " ".join(filter(None, (packet.transport, port, framing, delay)))


def blocks_to_text(blocks: Iterable[Block]) -> str:
    """The same as plain lines."""
    return "\n".join(f"{block.label}: {block.text}" if block.label else block.text for block in blocks)
