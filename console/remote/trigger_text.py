"""What was heard, as the lines of a venue file that bind it; and a venue file with these lines at its end."""

from __future__ import annotations

import json

from console.remote.names import RemoteError
from console.vocabulary import Heard


def heard_words(heard: Heard) -> str:
    """``heard note/1/36 127 from pads``."""
    args = "".join(f" {arg}" for arg in heard.args)
    origin = "the network" if heard.by_way == "osc" else heard.source.removeprefix("midi:")
    return f"heard {heard.address}{args} from {origin}"


def trigger_toml(heard: Heard, do: str) -> str:
    """A ``[[remote.triggers]]`` table, to be pasted anywhere behind ``[remote]``. Raises RemoteError for MSC."""
    if heard.by_way == "msc":
        raise RemoteError("this is MIDI Show Control: say under [[remote.msc]] which device id is ours")
    lines = ["[[remote.triggers]]"]
    if heard.by_way == "osc":
        lines.append(f"osc = {_quoted(heard.address)}")
    else:
        port = heard.source.removeprefix("midi:")
        lines += [f"midi = {_quoted(heard.address)}", f"midi_port = {_quoted(port)}"]
    return "\n".join([*lines, f"do = {_quoted(do)}"]) + "\n"


def with_trigger(venue_text: str, trigger: str) -> str:
    """The file with the table at its end, everything else as it was written."""
    return f"{venue_text.rstrip()}\n\n{trigger}"


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's, but for the sign DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
