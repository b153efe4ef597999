"""What no remote may ask, and why: everything of the engine's vocabulary that is not in the namespace stands here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_FORGED: Final = "a datagram can be forged by anybody on the network, and this makes something dangerous possible"
_LIVE: Final = "it changes what is live or simulated, which somebody who sees the devices decides"
_TAKES: Final = "it is read and written at the console, where the takes lie"
_CHECKS: Final = "it is part of a check before doors, made where its report is read"
_REHEARSAL: Final = "it belongs to whoever leads the rehearsal, at the console"
_INSIDE: Final = "it is said by the console itself, not by a person"

NOT_REMOTE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "arm": _FORGED,
        "disarm": "who has armed takes it back where it was armed; a stop works from anywhere",
        "set_input": _FORGED,
        "set_reading": _FORGED,
        "send": _FORGED,
        "at_keys": "who presses is decided by those who sit at the keys",
        "let_code_move": "it decides whether timecode may change the item, for a whole run",
        "set_ask_answer": "it answers for a whole run, not once",
        "stand_down": "a cue that does not run in this run is decided where it is seen",
        "set_output": _LIVE,
        "set_faults": _LIVE,
        "switch_department": _LIVE,
        "check_device": _CHECKS,
        "tick_line": _CHECKS,
        "ask_latencies": _CHECKS,
        "preflight": _CHECKS,
        "cancel_preflight": _CHECKS,
        "set_speed": _REHEARSAL,
        "rehearse_stretch": _REHEARSAL,
        "back_bars": _REHEARSAL,
        "step_cue": _REHEARSAL,
        "start_drill": _REHEARSAL,
        "end_drill": _REHEARSAL,
        "list_takes": _TAKES,
        "read_take": _TAKES,
        "tick_note": _TAKES,
        "learn": "it waits for the next message from outside, which would be the one that asks",
        "go_key_up": "a button that is let go says so by its 0",
        "note_save": _INSIDE,
        "not_understood": _INSIDE,
    }
)
"""By kind of request."""
