"""Learning: the next message from outside is shown, so that it can be bound to something."""

from __future__ import annotations

from typing import Final

from console.engine.outbox import Tray
from console.engine.run_state import RunState
from console.vocabulary import Heard
from devices.contract import Incoming

LEARN_NS: Final = 30_000_000_000
"""How long a pad is waited for."""

_WAYS: Final = frozenset(("osc", "midi", "msc"))


def learn(run: RunState, now_ns: int, *, on: bool) -> None:
    """Begin to wait for a message, or never mind."""
    run.learns_until_ns = now_ns + LEARN_NS if on else None


def learns(run: RunState, now_ns: int) -> bool:
    """True while a message is waited for."""
    return run.learns_until_ns is not None and now_ns < run.learns_until_ns


def tell_heard(run: RunState, tray: Tray, now_ns: int, incoming: Incoming) -> None:
    """Show a message where one is waited for. What it starts besides, it starts: learning takes nothing away.

    A button that is let go is not what somebody means to show.
    """
    if run.learns_until_ns is None or incoming.kind not in _WAYS or incoming.args == (0,):
        return
    if learns(run, now_ns):
        tray.notices.append(
            Heard(
                at_ns=run.at(now_ns),
                source=incoming.source,
                by_way=incoming.kind,
                address=incoming.address,
                args=incoming.args,
            )
        )
    run.learns_until_ns = None
