"""The parts of one engine, held together for the functions that need several of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from console.engine.chase import Chase
from console.engine.keeping import CodeTape
from console.engine.ledger import Ledger
from console.engine.line_checks import LineChecks
from console.engine.outbox import Tray
from console.engine.putting_right import PuttingRight
from console.engine.readiness import Readiness
from console.engine.run_state import RunState
from console.engine.standbys import Standbys
from console.engine.stopping import SafeLists
from console.engine.timecode_out import TimecodeOut
from devices.contract import Health, OutputMode

if TYPE_CHECKING:
    from console.engine.playing_faults import Playing


@dataclass
class Parts:
    """Everything one step may touch. ``tray`` is new in every step."""

    run: RunState
    standbys: Standbys
    ledger: Ledger
    safe_lists: SafeLists
    timecode_outs: tuple[TimecodeOut, ...]
    chase: Chase
    tray: Tray = field(default_factory=Tray)
    putting_right: PuttingRight = field(default_factory=PuttingRight)
    code_tape: CodeTape = field(default_factory=CodeTape)
    readiness: Readiness = field(default_factory=Readiness)
    healths: dict[str, Health] = field(default_factory=dict)
    modes: dict[str, OutputMode] = field(default_factory=dict)
    line_checks: LineChecks = field(default_factory=LineChecks)
    faults: dict[str, Playing] = field(default_factory=dict)  # by device, of a rehearsal

    def timecode_jumped(self, now_ns: int) -> None:
        """Tell every timecode out that the playhead was put somewhere, began to roll or ceased to."""
        for out in self.timecode_outs:
            out.jumped(self.run, self.ledger, self.tray, now_ns)
