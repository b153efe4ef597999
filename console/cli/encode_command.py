"""``showcaller profiles encode``: the bytes that a command would send. Sends nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from console.cli.errors import call_error
from console.cli.key_values import words_to_pairs
from console.cli.page import Page, columns, json_text, lines_to_text
from console.cli.profile_pages import open_profile
from devices.contract import EncodeError
from devices.encode import DeviceSettings, encode_command
from devices.typed_args import typed_command


def run_encode(
    profile_id: str,
    command: str,
    words: Sequence[str],
    *,
    transport: str | None = None,
    fade_s: float | None = None,
    as_json: bool,
) -> Page:
    """The packets, one a line. ``words`` are arguments as the device gets them, or settings of it (``channel=2``).

    Raises CommandError, code 2, for a command or argument that this device cannot be told.
    """
    profile = open_profile(profile_id)
    pairs = words_to_pairs(words)
    try:
        args, settings = typed_command(profile, command, pairs)
        packets = encode_command(profile, command, args, fade_s, DeviceSettings(transport, None, settings))
    except EncodeError as error:
        raise call_error(str(error)) from None
    if as_json:
        return Page(json_text({"device": profile.id, "packets": packets}))
    return Page(lines_to_text(columns([_row(packet) for packet in packets])))


def _row(packet: Mapping[str, Any]) -> tuple[str, str]:
    port = f"port {packet['port']}" if packet["port"] is not None else ""
    framing = f"framed {packet['framing']}" if packet["framing"] != "none" else ""
    delay = f"after {packet['delay_ms']:g} ms" if packet["delay_ms"] else ""
    return " ".join(filter(None, (packet["transport"], port, framing, delay))), packet["hex"]
