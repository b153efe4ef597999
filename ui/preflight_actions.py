"""Preflight: look at everything, at one line again, or no further."""

from __future__ import annotations

from typing import Final

from console.plan.live_checks import is_live_code
from console.vocabulary import CancelPreflight, Preflight, Request
from ui.action import Action
from ui.needs import needs_engine, needs_still, stands
from ui.state.desk import Desk


def _needs_line(desk: Desk) -> str:
    key = desk.picked_check
    if needs_engine(desk) or key is None or desk.report is None:
        return needs_engine(desk) or "pick a line of the report first"
    return "" if is_live_code(key.partition(" ")[0]) else needs_still(desk)


def _needs_look(desk: Desk) -> str:
    return stands(desk, lambda _now: desk.looking, "nothing is being looked at")


def _again(desk: Desk, _local_ns: int) -> Request | None:
    return None if desk.picked_check is None else Preflight(by=desk.by, lines=(desk.picked_check,))


PREFLIGHT_ACTIONS: Final = (
    Action(
        "preflight.all",
        "Run preflight",
        "Show",
        ("Ctrl+F5",),
        needs_still,
        lambda d, _: Preflight(by=d.by),
        gap_before=True,
        hint="files, roles, ports, networks, devices, timecode, clock, disk, lines: everything is looked at",
    ),
    Action("preflight.line", "Look at the picked line again", "Show", ("Shift+F5",), _needs_line, _again),
    Action(
        "preflight.cancel",
        "Cancel preflight",
        "Show",
        ("Ctrl+Shift+F5",),
        _needs_look,
        lambda d, _: CancelPreflight(by=d.by),
    ),
)
