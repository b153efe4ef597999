"""The base of everything that travels, and the states that requests, notices and snapshots share the names of."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

RunKind = Literal["performance", "dress", "rehearsal"]
Transport = Literal["stopped", "rolling", "held", "locating"]
ItemLife = Literal["planned", "loaded", "live", "ended"]
Mode = Literal["live", "ghost", "off"]
CodeOut = Literal["follow", "off"]
StandingAnswer = Literal["ask", "send", "leave"]
"""What a department has decided on the parameters that a jump may not send by itself."""
Ghosts = tuple[str, ...] | Literal["all"]
"""The roles whose devices are simulated."""


class Word(BaseModel):
    """Base of everything that travels."""

    # "-inf" dB is a level like any other: as null it would not come back
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants")


class Fact(Word):
    """What every notice carries: when, in nanoseconds since the run began."""

    at_ns: int


class Asked(Word):
    """What every request carries: an id the answer quotes, and who asked."""

    id: int = 0
    by: str = "operator"
