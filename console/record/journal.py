"""The journal of a run: JSON lines, only ever added to, from which a run can be resumed after a crash.

Kept are the lives of items and cues, standbys, granted choices and outputs, edits of the show, who went on in spite of
what preflight failed, where the playhead stood each second, and once-uses, which are on disk before their first byte
leaves. Other lines are handed to the system at once: a killed process loses none, a power cut what the system had not
written yet.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, TypeAdapter

from console.ports import NotDurableError
from console.record.as_run_file import pair_answers
from console.record.run_card import RunCard
from console.record.writer import Writer
from console.show.edits import Edit
from console.timebase import NS_PER_S
from console.vocabulary import (
    ActiveChanged,
    CueChanged,
    ItemChanged,
    NoteSave,
    Notice,
    OutputSwitched,
    Request,
    SetChoice,
    SetOutput,
    Snapshot,
    StandbyMoved,
    Transport,
    TransportChanged,
    WentOn,
    Word,
)

SUFFIX: Final = ".journal"
"""How the file of a run is called in a directory of runs."""

SPEND_S: Final = 0.1
"""How long a once-use may wait for the disk. Later than this it does not leave: late fire is worse than none."""

HERE_NS: Final = NS_PER_S
PERIOD_S: Final = 1.0


class Begun(Word):
    """The run began, or was resumed. ``anew``: a performance from which once-uses count from nothing."""

    line: Literal["begun"] = "begun"
    card: RunCard
    anew: bool = False


class Told(Word):
    """A fact that resuming needs."""

    line: Literal["told"] = "told"
    fact: Annotated[
        ItemChanged | StandbyMoved | CueChanged | TransportChanged | ActiveChanged | WentOn,
        Field(discriminator="kind"),
    ]


class Granted(Word):
    """A request that resuming needs and the engine granted."""

    line: Literal["granted"] = "granted"
    request: Annotated[SetChoice | SetOutput | NoteSave, Field(discriminator="kind")]


class EditMade(Word):
    """The show was changed, and is of ``revision`` now. ``way``: an edit, one taken back, or one made again."""

    line: Literal["edited"] = "edited"
    revision: int
    way: Literal["edit", "undo", "redo"]
    name: str
    by: str
    edit: Edit


class Spent(Word):
    """Once-per-show cues that are used from here on, whatever became of their bytes."""

    line: Literal["spent"] = "spent"
    cues: tuple[str, ...]


class Here(Word):
    """Where the playhead stood. ``wall`` is ISO 8601."""

    line: Literal["here"] = "here"
    at_ns: int
    wall: str
    state: Transport
    item: str | None
    position_ns: int
    rate: float = 1.0
    vamp_pass: int | None = None


class Ended(Word):
    """The run was ended by hand; nothing is left to resume."""

    line: Literal["ended"] = "ended"


Line = Annotated[Begun | Told | Granted | EditMade | Spent | Here | Ended, Field(discriminator="line")]
LINE: Final[TypeAdapter[Line]] = TypeAdapter(Line)


class RunJournal:
    """Keeps one run's journal. A journal and an audience of the loop."""

    def __init__(self, path: Path, card: RunCard, *, spend_s: float = SPEND_S, anew: bool = False) -> None:
        """Make the file, or go on with the one that is there. Raises :class:`OSError`."""
        self.path = path
        self._spend_s = spend_s
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        self._new_line = True  # what is there may end in the middle of a line
        _sync_directory(path.parent)
        self._moved = True
        self._here_ns = 0
        self._writer: Writer[Line] = Writer("run journal", self._write, period_s=PERIOD_S)
        self._writer.put(Begun(card=card, anew=anew), at_once=True)

    @property
    def fault(self) -> str | None:
        """Why nothing can be written just now, or None."""
        return self._writer.fault

    def spend(self, cues: Collection[str]) -> None:
        """As :class:`console.ports.Journal` says; waits for the disk, 1 to 5 ms where it is well."""
        self._writer.put(Spent(cues=tuple(sorted(cues))))
        if not self._writer.flush(self._spend_s):
            fault = self._writer.fault or f"not on disk within {self._spend_s * 1000:.0f} ms"
            words = f"not sent: {', '.join(sorted(cues))} may go once, and {self.path} could not note it ({fault})"
            raise NotDurableError(f"{words}; see to the disk")

    def keep_edit(self, made: EditMade) -> None:
        """The show was changed: a run that is resumed goes on with the show as it was then."""
        self._writer.put(made, at_once=True)

    def tell(self, requests: Sequence[Request], notices: Sequence[Notice]) -> None:
        """Keep what resuming needs."""
        lines: list[Line] = [
            Granted(request=request)
            for request, answer in pair_answers(requests, notices)
            if isinstance(request, SetChoice | NoteSave) and answer is not None and answer.refused is None
        ]
        for notice in notices:
            if isinstance(notice, OutputSwitched):
                request = SetOutput(by=notice.by, device=notice.device, mode=notice.mode)
                lines.append(Granted(request=request))
            if isinstance(notice, ItemChanged | StandbyMoved | CueChanged | TransportChanged | ActiveChanged | WentOn):
                lines.append(Told(fact=notice))
                self._moved = self._moved or isinstance(notice, TransportChanged)
        for number, line in enumerate(lines, 1):
            self._writer.put(line, at_once=number == len(lines))

    def catch_up(self, snapshot: Snapshot | None) -> None:
        """Note where the playhead stands, each second and after each change."""
        if snapshot is not None and (self._moved or snapshot.now_ns - self._here_ns >= HERE_NS):
            self._moved = False
            self._here_ns = snapshot.now_ns
            head = snapshot.playhead
            self._writer.put(
                Here(
                    at_ns=snapshot.now_ns,
                    wall=snapshot.wall,
                    state=head.state,
                    item=head.item,
                    position_ns=head.position_ns,
                    rate=head.rate,
                    vamp_pass=head.vamp_pass,
                )
            )

    def close(self, *, ended: bool) -> None:
        """Write the rest. ``ended``: the run is over and will not be offered for resuming."""
        if ended:
            self._writer.put(Ended())
        self._writer.close()
        os.close(self._file)

    def _write(self, lines: list[Line]) -> None:
        text = "".join(f"{line.model_dump_json()}\n" for line in lines)
        rest = (f"\n{text}" if self._new_line else text).encode()
        self._new_line = True  # until all of this has been taken
        while rest:
            rest = rest[os.write(self._file, rest) :]
        self._new_line = False
        if any(isinstance(line, Spent | Ended) for line in lines):
            os.fsync(self._file)


class Unkept:
    """The journal of a run that nobody resumes and that spends nothing for good: headless, every device a ghost."""

    def spend(self, cues: Collection[str]) -> None:
        """At once."""


def _sync_directory(directory: Path) -> None:
    """Make a new file's name durable, where the system lets a directory be synced."""
    if os.name == "posix":
        opened = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
