"""Standing answers of departments to what a jump may not send by itself, and what was asked for. See ``asking``."""

from __future__ import annotations

from dataclasses import dataclass, field

from console.engine.arming import ArmedSend, ParameterKey
from console.vocabulary import StandingAnswer


@dataclass
class Asks:
    """Answers by department (none: its operator is asked), and the parameters that were asked for, in cue order."""

    answers: dict[str, StandingAnswer] = field(default_factory=dict)
    asked: dict[ParameterKey, ArmedSend] = field(default_factory=dict)
