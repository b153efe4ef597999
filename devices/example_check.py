"""Does a profile send the bytes it says it sends? Its examples, encoded and compared. Pure."""

from __future__ import annotations

from devices.contract import EncodeError
from devices.encode import DeviceSettings, encode
from profiles.device_profile import DeviceProfile, Example
from profiles.problems import Problem, Problems


def example_problems(profile: DeviceProfile, where: str) -> tuple[Problem, ...]:
    """One error for every example whose bytes are not met, with the first packet that differs."""
    found = Problems()
    for number, example in enumerate(profile.examples, start=1):
        place = f"{where}: example {number}, {example.ask}"
        try:
            difference = _difference(profile, example)
        except EncodeError as error:
            found.error("profile.example", place, f"cannot be encoded: {error}", "mend the entry or the example")
            continue
        if difference is not None:
            found.error("profile.example", place, difference, "find out which of the two is right, at the source")
    return found.listed()


def _difference(profile: DeviceProfile, example: Example) -> str | None:
    settings = DeviceSettings(transport=example.transport, values=example.settings)
    packets = encode(profile, example.ask, example.args, example.fade_s, settings)
    if len(packets) != len(example.hex):
        return f"sends {len(packets)} packets where {len(example.hex)} are written"
    for number, (packet, written) in enumerate(zip(packets, example.hex, strict=True), start=1):
        if packet.payload != bytes.fromhex(written):
            return f"packet {number} is {packet.payload.hex(' ')} where {written} is written"
    return None
