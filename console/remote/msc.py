"""MIDI Show Control in: its commands as actions of the namespace, for the device ids and formats a house names.

As MSC 1.0 (RP-002) means them: GO runs the cue it names, or the next one; LOAD puts a cue in standby; STOP and RESUME
halt and continue what runs, which here is the playhead; TIMED_GO is a GO, since a cue has its times in the show;
ALL_OFF is an all stop, for turning outputs off is a safe list's business and not a wire's. The others are refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from console.remote.names import RemoteError
from console.remote.namespace import Call, read_call
from devices.contract import Incoming
from profiles.remote_control import MscDevice

ALL_DEVICES: Final = 127

WITH_CUE: Final[Mapping[str, str]] = MappingProxyType({"go": "fire", "timed_go": "fire", "load": "standby"})
WITHOUT_CUE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "go": "go",
        "timed_go": "go",
        "stop": "hold",
        "resume": "roll",
        "all_off": "all_stop",
        "standby_plus": "standby/next",
        "standby_minus": "standby/previous",
    }
)
"""MSC command → action: where it names a cue, and where it does not."""

_TAKES_LIST: Final = frozenset(("go", "standby/next", "standby/previous"))


def msc_call(devices: tuple[MscDevice, ...], incoming: Incoming) -> Call | None:
    """What a command asks for; None where it is meant for another device. Raises RemoteError."""
    device_id, _, kind = incoming.to.partition("/")
    ours = next((each for each in devices if _is_for(each, int(device_id), kind)), None) if device_id else None
    if ours is None:
        return None
    _, command, *cue = incoming.address.split("/")
    action = (WITH_CUE if cue else WITHOUT_CUE).get(command)
    if action is None:
        named = f" of cue {cue[0]}" if cue else ""
        raise RemoteError(f"MSC {command}{named} is not done here: see the table of MSC commands")
    place = _list(ours, str(incoming.args[0]) if incoming.args else "")
    if action in _TAKES_LIST:
        return read_call(action, [place])
    if not cue:
        return read_call(action, [])
    if action == "standby":
        return read_call(action, [cue[0], place])
    in_items = place == "show" or place.startswith("dept:")
    return read_call(action, [cue[0] if in_items else f"{place}:{cue[0]}"])


def _is_for(device: MscDevice, device_id: int, kind: str) -> bool:
    """Device 7F speaks to everybody, format *all* to every kind; groups are ids like others."""
    return device_id in (device.device_id, ALL_DEVICES) and (kind == "all" or device.format in ("all", kind))


def _list(device: MscDevice, named: str) -> str:
    if not named:
        return device.list
    if named not in device.lists:
        raise RemoteError(f"MSC list {named} stands for no list here: say so under [[remote.msc]] lists")
    return device.lists[named]
