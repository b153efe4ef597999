"""The rundown: the running order, one row an item."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from console.show.doc import Doc

Phase = Literal["rehearsal", "dress", "performance", "doors", "over"]
"""What a rule may hold in: kinds of run; *doors* until the first item has begun, *over* when the rundown is."""

ItemKind = Literal[
    "song",
    "performance",
    "link",
    "talk",
    "segue",
    "stage",
    "vt",
    "interview",
    "award",
    "vote",
    "ad_break",
    "hold",
    "host",
    "credits",
    "other",
]


class StartRule(Doc):
    """How an item starts: after the one before it, at a time of day, or by hand."""

    rule: Literal["after", "time_of_day", "manual"]
    time: str | None = Field(default=None, pattern=r"^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$")


class Break(Doc):
    """An ad window: what the inserter is told and what plays on the tier without ads."""

    id: int
    duration_s: float = Field(gt=0)
    pre_roll_ms: int = Field(ge=0)
    auto_return: bool = True


class Inhibit(Doc):
    """A rule: what may not send in some phases, during some items. Without either it always holds."""

    id: str
    what: tuple[str, ...]  # roles, departments or hazard classes
    phases: tuple[Phase, ...] = ()
    items: tuple[str, ...] = ()
    reason: str = ""


class Item(Doc):
    """One row of the rundown. Owns one timeline; positions in it are counted from its zero."""

    id: str
    kind: ItemKind
    title: str
    planned_s: float = Field(ge=0)
    min_s: float | None = Field(default=None, ge=0)
    max_s: float | None = Field(default=None, ge=0)
    start: StartRule | None = None  # None: after the item before
    song: str | None = None
    flex: bool = False
    absorbs: bool = False
    droppable: bool = False
    contractual: bool = False
    counts: bool = True  # False: a standby item, not in the total until it is taken
    skipped: bool = False
    inhibits: tuple[str, ...] = ()  # roles, departments or hazard classes that may not send while it is live
    clock: Literal["down", "up"] = "down"
    notes: str = ""
    ad_break: Break | None = None
