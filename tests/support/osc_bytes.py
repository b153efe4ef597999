"""OSC as bytes, apart from the product's own codec: what a fixture or a raw test puts on the wire."""

from pythonosc.osc_message import OscMessage
from pythonosc.osc_message_builder import OscMessageBuilder

Argument = int | float | str | bytes | bool


def osc(address: str, *arguments: Argument) -> bytes:
    """One message. int → i, float → f, str → s, bytes → b, bool → T or F."""
    builder = OscMessageBuilder(address=address)
    for argument in arguments:
        builder.add_arg(argument)
    return builder.build().dgram


def parse(datagram: bytes) -> tuple[str, tuple[Argument, ...]]:
    """Address and arguments of one message from a program we started ourselves (no guard: not for strangers)."""
    message = OscMessage(datagram)
    return message.address, tuple(message.params)
