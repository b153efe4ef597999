"""What is known of outside code in one run: its sources, which of them counts, and how the playhead stands to them.

Sources stand in the house's order. The first that is locked counts; one that freewheels keeps its turn until it is
lost, and a better one takes over once it is locked. A *line* is a stretch of code that was believed and has not jumped.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from console.engine.code_songs import CodePlace, CodeSongs
from console.engine.run_state import RunState
from console.engine.timecode_chase import CodeSource
from console.vocabulary import ChaseState, ChaseWord, CodeSourceState

Line = tuple[str, int]
"""A source, and which of its lines."""


@dataclass
class Chase:
    """The chase of one run. ``nudges``: nanoseconds by which an item comes later than its code says."""

    sources: tuple[CodeSource, ...] = ()
    moves_items: bool = False
    on: bool = True
    chosen: str | None = None  # None: by the house's order
    active: CodeSource | None = None
    following: bool = False  # the playhead was put where code says, and goes by it
    stands: bool = False  # the playhead stands for want of code; code may set it rolling
    let_go: bool = False  # code has ended, and the song runs on by our own clock
    jammed: bool = False  # the code's place was taken once; it is not looked at any more in this item
    nudges: dict[str, int] = field(default_factory=dict)
    aside: Line | None = None  # the line that a person has moved the show away from
    lines: dict[str, Line] = field(default_factory=dict)  # item -> the line it was last followed on
    placed: tuple[str | None, int | None] = (None, None)  # the live item and its start, when last looked at
    off_since_ns: int | None = None  # the playhead has stood far from the code since
    said_of: tuple[str, int, str] | None = None  # the line and item that were last said to move nothing
    _songs: dict[str, CodeSongs] = field(default_factory=dict)

    def pick(self) -> CodeSource | None:
        """The source that counts now."""
        usable = [each for each in self.sources if self.chosen in (None, each.id)]
        locked = next((each for each in usable if each.state == "locked"), None)
        active = self.active
        if active is None or active not in usable or not active.runs:
            return locked
        return locked if locked is not None and usable.index(locked) < usable.index(active) else active

    def preferred(self) -> CodeSource | None:
        """Whose word counts where none runs: the one chosen, else the active one, else the first."""
        named = next((each for each in self.sources if each.id == self.chosen), None)
        return named or self.pick() or self.active or next(iter(self.sources), None)

    def next_due_ns(self) -> int | None:
        """When silence has to be looked at again."""
        dues = (source.next_due_ns() for source in self.sources)
        return min((due for due in dues if due is not None), default=None)

    def find(self, run: RunState, source: CodeSource, code_ns: int) -> CodePlace | None:
        """The place in the show that a source's code names."""
        songs = self._songs.get(source.rate.name)
        if songs is None or songs.schedule is not run.schedule:
            songs = self._songs[source.rate.name] = CodeSongs.of_schedule(run.schedule, source.rate)
        return songs.find(code_ns, self.nudges, run.live_item)

    def take_up(self, run: RunState, source: CodeSource, item: str) -> None:
        """The playhead goes by this source in this item now."""
        self.following, self.stands, self.let_go = True, False, False
        self.off_since_ns = self.aside = None
        self.lines[item] = (source.id, source.line)
        self.placed = put_at(run)

    @property
    def word(self) -> ChaseWord:
        """How the playhead stands to the code."""
        if not self.on:
            return "off"
        if self.jammed:
            return "jammed"
        if self.stands:
            return "lost" if self.following else "waiting"
        if self.following:
            return "locked" if self.active is not None and self.active.state == "locked" else "freewheel"
        if self.let_go:
            return "lost"
        return "internal" if self.aside is None else "aside"

    @property
    def source_words(self) -> str:
        """Where the playhead's time comes from."""
        if self.following and self.active is not None:
            return self.active.id
        return {"jammed": "jammed", "waiting": "waiting for code"}.get(self.word, "internal")

    def state(self, run: RunState, now_ns: int) -> ChaseState | None:
        """For screens; None where no timecode comes in."""
        if not self.sources:
            return None
        source, item = self.active or self.sources[0], run.live_item
        return ChaseState(
            word=self.word,
            on=self.on,
            moves_items=self.moves_items,
            chosen=self.chosen,
            active=self.active.id if self.active is not None else None,
            nudge_frames=0 if item is None else round(self.nudges.get(item, 0) / source.frame_ns),
            sources=tuple(_source_state(each, now_ns) for each in self.sources),
        )


def put_at(run: RunState) -> tuple[str | None, int | None]:
    """The live item and when it started: another pair means that the playhead was put somewhere."""
    item = run.live_item
    return item, run.started_ns.get(item) if item is not None else None


def _source_state(source: CodeSource, now_ns: int) -> CodeSourceState:
    label, clock = source.label_at(now_ns), source.clock
    return CodeSourceState(
        id=source.id,
        state=source.state,
        rate=source.rate.name,
        label="" if label is None else str(label),
        good=source.good,
        dropouts=source.dropouts,
        refused=source.refused,
        jitter_us=0 if clock is None else round(clock.jitter_ns / 1000),
        drift_ppm=None if clock is None else clock.drift_ppm,
        words=source.words,
        refusal=source.refusal,
    )
