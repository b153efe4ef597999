"""Marking what happens, and taking over the timing of hands."""

from __future__ import annotations

from typing import Final

from console.show.edits import Edit
from console.vocabulary import MarkIt, Request
from ui.action import Action
from ui.needs import needs_engine, needs_show
from ui.state.desk import Desk


def _mark(desk: Desk, _local_ns: int) -> Request | None:
    return MarkIt(by=desk.by)


def _adopt(desk: Desk) -> Edit | None:
    adoption = None if desk.show is None or desk.schedule is None else desk.takes.adoption(desk.show, desk.schedule)
    return None if adoption is None else adoption.edit


def _needs_take(desk: Desk) -> str:
    return needs_show(desk) or ("" if desk.takes.shown else "no take is chosen: tick one on the takes page")


TAKE_ACTIONS: Final = (
    Action(
        "mark.now",
        "Mark it",
        "Run",
        ("I",),
        needs_engine,
        _mark,
        gap_before=True,
        hint="stamps item, bar and timecode; the word can come later",
    ),
    Action("mark.word", "Mark it with a word…", "Run", ("Shift+I",), needs_engine, hint="stamped as the key goes down"),
    Action(
        "takes.adopt",
        "Adopt the take's timing",
        "Rundown",
        ("Ctrl+Shift+A",),
        _needs_take,
        edit=_adopt,
        gap_before=True,
        hint="moves the picked cues, or all, to where they were pressed; outliers stay; one undo",
    ),
)
