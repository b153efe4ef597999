"""What a run had come to, read from its journal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from console.record.journal import LINE, SUFFIX, Begun, EditMade, Ended, Granted, Here, Line, Spent, Told
from console.record.run_card import RunCard
from console.timebase import NS_PER_US
from console.vocabulary import (
    ActiveChanged,
    CueChanged,
    ItemChanged,
    Mode,
    NoteSave,
    SetChoice,
    SetOutput,
    StandbyMoved,
    TransportChanged,
    WentOn,
)


class JournalError(ValueError):
    """The file is no journal. One line: what, where, what to do."""


@dataclass
class RunSoFar:
    """A run up to the last line of its journal."""

    card: RunCard
    items: dict[str, str] = field(default_factory=dict)  # item -> planned, loaded, live, ended
    cues: dict[str, str] = field(default_factory=dict)  # cue -> its last life; any but "waiting" may have sent bytes
    standbys: dict[str, str | None] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, Mode] = field(default_factory=dict)
    active: dict[str, str] = field(default_factory=dict)  # role -> the device on show, where it was changed over
    spent: set[str] = field(default_factory=set)
    edits: list[EditMade] = field(default_factory=list)
    saved: NoteSave | None = None  # the last save; edits up to it stand in its file
    went_on: WentOn | None = None  # in spite of what preflight failed
    here: Here | None = None
    ended: bool = False

    def position_ns(self, wall: datetime) -> int | None:
        """Where the playhead stands at that time of day if it went on alone, as the band does. None before any item."""
        if self.here is None or self.here.item is None:
            return None
        passed_ns = _passed_ns(self.here.wall, wall) if self.here.state == "rolling" else 0
        return self.here.position_ns + round(passed_ns * self.here.rate)

    def run_ns(self, wall: datetime) -> int:
        """Nanoseconds since the run began, at that time of day: what an engine that goes on counts from."""
        if self.here is None:
            return _passed_ns(self.card.started, wall)
        return self.here.at_ns + _passed_ns(self.here.wall, wall)

    def take(self, line: Line) -> None:
        """One more line."""
        match line:
            case Begun():
                self.ended = False
            case Told(fact=ItemChanged(item=item, life=item_life)):
                self.items[item] = item_life
            case Told(fact=CueChanged(cue=cue, life=cue_life)):
                self.cues[cue] = cue_life
            case Told(fact=StandbyMoved(list=name, cue=standing)):
                self.standbys[name] = standing
            case Told(fact=TransportChanged(at_ns=at_ns, state=state, item=live, position_ns=position_ns)):
                wall = self._wall_at(at_ns)
                self.here = Here(at_ns=at_ns, wall=wall, state=state, item=live, position_ns=position_ns)
            case Told(fact=ActiveChanged(role=role, device=device)):
                self.active[role] = device
            case Told(fact=WentOn() as went_on):
                self.went_on = went_on
            case Granted(request=SetChoice(choice=choice, value=value)):
                self.choices[choice] = value
            case Granted(request=SetOutput(device=device, mode=mode)):
                self.outputs[device] = mode
            case Granted(request=NoteSave() as saved):
                self.saved = saved
            case EditMade():
                self.edits.append(line)
            case Spent(cues=cues):
                self.spent.update(cues)
            case Here():
                self.here = line
            case Ended():
                self.ended = True

    def _wall_at(self, at_ns: int) -> str:
        known_ns, wall = (self.here.at_ns, self.here.wall) if self.here is not None else (0, self.card.started)
        return (datetime.fromisoformat(wall) + timedelta(microseconds=(at_ns - known_ns) // NS_PER_US)).isoformat()


def read_journal(path: Path) -> RunSoFar:
    """What the journal tells. A line cut off by a crash is passed over. Raises :class:`JournalError`, OSError."""
    lines = iter(_lines(path.read_bytes()))
    first = next(lines, None)
    if not isinstance(first, Begun):
        raise JournalError(f"{path} is no journal of a run: its first line does not say which run it is")
    so_far = RunSoFar(first.card)
    for line in lines:
        so_far.take(line)
    return so_far


def find_unfinished(directory: Path) -> Path | None:
    """The journal that was written last, if its run was not ended; None where there is nothing to resume."""
    journals = sorted(directory.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime_ns)
    try:
        return journals[-1] if journals and not read_journal(journals[-1]).ended else None
    except JournalError:
        return None


def _passed_ns(earlier: str, wall: datetime) -> int:
    return (wall - datetime.fromisoformat(earlier)) // timedelta(microseconds=1) * NS_PER_US


def _lines(content: bytes) -> Iterable[Line]:
    for text in content.splitlines():
        try:
            yield LINE.validate_json(text)
        except ValidationError:
            continue
