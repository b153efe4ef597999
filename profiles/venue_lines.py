"""Lines that come into a house and that hazards look at: enable, dead-man, zone clear, and gauges such as wind.

Source: design chapters 6 and 7.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from profiles.argument_rules import Piece
from profiles.templates import Scalar

LineId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")]
GuardedRole = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")]
LineAddress = Annotated[str, Field(pattern=r"^/[!-~]*$")]


class GaugeLimit(Piece):
    """Hazards of these roles stay while the gauge reads ``below`` or more.

    ``when``: only those with these arguments, in the show's words, such as the confetti among the effects of one role.
    """

    roles: tuple[GuardedRole, ...] = Field(min_length=1)
    when: dict[str, Scalar] = {}
    below: float


class InputLine(Piece):
    """A line from outside that hazards look at. Stale or unplugged counts as low; a gauge without a reading blocks.

    High is an OSC number other than 0, true, a MIDI note on, or a controller from 64 up; text is never high. A gauge
    is an OSC number in ``unit``. ``by_hand``: a window may hold the line, or enter the reading, for live devices too.
    """

    id: LineId
    kind: Literal["enable", "dead_man", "zone_clear", "gauge"]
    roles: tuple[GuardedRole, ...] = ()  # enable, dead_man: whose hazards it guards
    zone: str | None = None  # zone_clear: the zone a cue names
    unit: str = ""  # gauge
    limits: tuple[GaugeLimit, ...] = ()  # gauge
    osc: LineAddress | None = None
    midi_port: str | None = None
    midi: str | None = Field(default=None, pattern=r"^(note|cc)/([1-9]|1[0-6])/([0-9]|[1-9][0-9]|1[01][0-9]|12[0-7])$")
    by_hand: bool = False
    stale_s: float = Field(gt=0)
    notes: str = ""

    @property
    def guards(self) -> tuple[str, ...]:
        """The roles whose hazards look at it; those of a zone are named by cues."""
        return (*self.roles, *dict.fromkeys(role for limit in self.limits for role in limit.roles))

    @model_validator(mode="after")
    def _is_bound(self) -> Self:
        bound = (self.osc is None) != (self.midi is None) or (self.by_hand and self.osc is None)
        if not bound or (self.midi is None) != (self.midi_port is None):
            raise ValueError(f"input {self.id!r} needs one line: give osc, or midi together with midi_port, or by_hand")
        if (self.kind == "zone_clear") != (self.zone is not None) or (self.kind in ("enable", "dead_man")) != bool(
            self.roles
        ):
            raise ValueError(f"input {self.id!r}: a zone_clear names its zone; an enable or dead_man names its roles")
        if (self.kind == "gauge") != bool(self.limits) or (self.unit and self.kind != "gauge"):
            raise ValueError(f"input {self.id!r}: a gauge has limits, each with roles and below; no other kind has any")
        if self.kind == "gauge" and self.midi is not None:
            raise ValueError(f"input {self.id!r}: a gauge is an OSC number; give osc, or by_hand")
        return self
