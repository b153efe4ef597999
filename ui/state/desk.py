"""What the window knows: the show it was given, the last snapshot, and the operator's own choices. No Qt.

A replica. Nothing here is believed because it was asked for: a standby moves when the engine says that it moved.
Local instants come in as arguments; between two snapshots the engine's clock is carried on from the last one, and
no further than :data:`STALE_NS`, so that a dead link shows as a standing clock.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal

from console.link.messages import DeviceCard, Edited, OpenShow
from console.plan.latencies import Latency, told_latency
from console.plan.schedule import Schedule, build_schedule, drain, reschedule
from console.plan.touched import edit_to_touched
from console.remote.trigger_text import heard_words
from console.show.cues import Cue
from console.show.edits import apply
from console.show.show import Show
from console.show.show_json import json_to_show
from console.timebase.instants import NS_PER_S
from console.vocabulary import (
    Answered,
    CueChanged,
    Heard,
    ItemState,
    Learn,
    LearnedLatencies,
    LineMoved,
    Notice,
    PreflightMoved,
    PreflightReport,
    Request,
    RunKind,
    Said,
    ShowStop,
    Snapshot,
    TransportChanged,
    Upcoming,
    WentOn,
)
from ui.state.device_log import DeviceLog
from ui.state.keymap import Keymap
from ui.state.ledger_marks import LedgerMarks
from ui.state.line_check import LineWalk
from ui.state.takes import Takes

Mode = Literal["edit", "rehearsal", "show"]

STALE_NS: Final = 1_000_000_000
SHOW_STOP_NS: Final = 10 * NS_PER_S
"""How long the second step of a show stop counts."""

MOST_LINES: Final = 500
SEVERITIES: Final[dict[str, Literal["note", "warning", "error"]]] = {
    "skipped": "note",  # somebody meant it: a jump, an end, a condition
    "inhibited": "warning",
    "failed": "error",
}

SAID_BESIDES: Final = frozenset({"panic", "show stop", "the rundown is over"})
"""Words of a transport change that the engine also says aloud."""

MARKED_LIVES: Final = frozenset(SEVERITIES)
"""What a snapshot does not repeat: the last word about a cue that did not simply run."""


OUTLIVES_A_SHOW: Final = ("mode", "seat", "inspector", "keymap", "caller_screen", "locked_run")
"""What a person chose for this seat, whatever is open."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the message list."""

    at_ns: int
    severity: Literal["note", "warning", "error", "refused"]
    words: str


@dataclass
class Desk:
    """Everything a panel draws from. Changed by the ``take_`` methods and by the operator's own choices."""

    show: Show | None = None
    schedule: Schedule | None = None
    venue: str = ""
    venue_name: str = ""  # what the house was opened by: an id or a file
    show_name: str = ""
    run_kind: RunKind | None = None
    revision: int = 0
    snapshot: Snapshot | None = None
    received_ns: int = 0  # local monotonic, when the snapshot came in
    linked: bool = False
    mode: Mode = "rehearsal"
    page: str = "console"  # what stands in the middle of the window
    list_shown: str = "show"
    selected: str | None = None  # the cue in hand: of those that are picked, the last
    picked_item: str | None = None  # in the rundown
    undo_name: str = ""  # what undo would take back; empty: nothing
    redo_name: str = ""
    is_unsaved: bool = False  # the show is not as its file has it
    cursor: tuple[str, int] | None = None  # (item, position in ns) clicked on the timeline
    ripples: bool = False  # what is moved in time takes along what stands behind it
    count_in_bars: int = 2  # before a roll in a rehearsal
    text_has_caret: bool = False
    inspector: bool | None = None  # shown or not, as somebody chose; None: with the mode
    seat: str | None = None  # who sits here: an arming role or a name; None: anybody, as the operator
    keymap: Keymap = field(default_factory=Keymap)
    caller_screen: str | None = None  # the name of the screen on which the caller's window stands; None: it does not
    locked_run: str | None = None  # the run that the console is locked in
    marks: dict[str, str] = field(default_factory=dict)  # cue -> key of words.CUE_MARKS; ahead where missing
    lines: deque[Line] = field(default_factory=lambda: deque(maxlen=MOST_LINES))
    heard: Heard | None = None  # the message somebody wanted to learn, until the plate is put away
    report: PreflightReport | None = None  # of this run
    looking: PreflightMoved | None = None  # a preflight goes on
    picked_check: str | None = None  # the key of the line that is picked in the report
    ledger: LedgerMarks = field(default_factory=LedgerMarks)
    walk: LineWalk = field(default_factory=LineWalk)
    told: DeviceLog = field(default_factory=DeviceLog)  # what each device was told last
    cards: dict[str, DeviceCard] = field(default_factory=dict)  # the devices of the house
    latencies: dict[str, Latency] = field(default_factory=dict)  # as they were measured in this run, device by device
    _saved: tuple[int, Show] | None = None  # the revision that is in the file, and the show it was
    _weighed: tuple[int, int] | None = None  # revisions, saved and own, that the mark was made for
    takes: Takes = field(default_factory=Takes)
    _picked: tuple[str, ...] = ()
    _lives: dict[str, CueChanged] = field(default_factory=dict)
    _disabled: dict[str, str] = field(default_factory=dict)
    _passed: frozenset[str] = frozenset()
    _show_stop_until_ns: int | None = None

    # ------------------------------------------------------------ what comes in

    def take_opened(self, opened: OpenShow | None) -> None:
        """Another show, house or run, or none. Raises ``ShowFileError`` for a show this window cannot read."""
        before = self.show.id if self.show is not None else None
        show = None if opened is None else json_to_show(opened.show, "the engine's show").show
        if show is None or opened is None or show.id != before:
            kept = {name: getattr(self, name) for name in OUTLIVES_A_SHOW}
            self.__dict__.update(Desk(**kept).__dict__)
        if show is not None and opened is not None:
            self.venue, self.run_kind = opened.venue.name, opened.run_kind
            self.venue_name, self.show_name = opened.venue_name, opened.show_name
            self.cards = {card.id: card for card in opened.venue.devices}
            self.linked = True
            self.report = self.looking = None
            self.latencies = {}
            self.undo_name, self.redo_name = opened.undo, opened.redo
            self.walk = LineWalk(opened.venue.lines)  # what is ticked is told anew
            self._take_show(show, opened.revision, build_schedule(show))

    def take_edit(self, edited: Edited) -> bool:
        """One change of the show; False where it is not the next one, and all must be asked for again."""
        if self.show is None or edited.revision != self.revision + 1:
            return False
        show, _ = apply(self.show, edited.edit)
        touched = edit_to_touched(edited.edit, self.show, show)
        if self.schedule is None or touched.whole:
            schedule = build_schedule(show)
        else:
            schedule = drain(reschedule(self.schedule, self.show, show, touched))
        self.undo_name, self.redo_name = edited.undo, edited.redo
        self._take_show(show, edited.revision, schedule)
        return True

    def _take_show(self, show: Show, revision: int, schedule: Schedule) -> None:
        self.show, self.revision, self.schedule = show, revision, schedule
        self._disabled = {cue.id: "disabled" for cue in show.cues if cue.disabled}
        self._weigh_saved()
        if self.selected not in show.cue_by_id:
            self.selected = None
        self._picked = tuple(cue for cue in self._picked if cue in show.cue_by_id)
        if self.picked_item not in show.item_by_id:
            self.picked_item = None
        self._mark()

    def take_snapshot(self, snapshot: Snapshot, local_ns: int) -> None:
        """The state now, received at a local instant."""
        if self.snapshot is not None and self.snapshot.run != snapshot.run:
            self._lives.clear()
            self.ledger.clear()
            self.told.clear()
        self.snapshot, self.received_ns, self.linked = snapshot, local_ns, True
        self._passed = _passed_over(snapshot)
        self._weigh_saved()
        self._mark()

    def take_notice(self, notice: Notice, request: Request | None = None) -> Line | None:
        """A fact; ``request`` is what an answer answers. Returns the line it adds, if it is one to read."""
        line = self._line(notice)
        self.ledger.take(notice)
        self.walk.take(notice)
        self.told.take(notice)
        self.takes.take(notice)
        if isinstance(notice, CueChanged):
            self._lives[notice.cue] = notice
        if isinstance(notice, Answered) and isinstance(request, ShowStop) and notice.refused is None:
            self._show_stop_until_ns = None if request.confirm else notice.at_ns + SHOW_STOP_NS
        if isinstance(notice, LearnedLatencies):
            self.latencies = {each.device: told_latency(each) for each in notice.times}
        if isinstance(notice, Heard):
            self.heard = notice
        if isinstance(notice, PreflightMoved):
            self.looking = notice
        if isinstance(notice, PreflightReport):
            self.report, self.looking = notice, None
        if isinstance(request, Learn):
            self.heard = None
        if line is not None:
            self.lines.append(line)
        return line

    def lose_link(self) -> None:
        """The engine is not heard any more; what was last known stays on screen, marked."""
        self.linked = False

    def pick(self, cue: str | None, cues: Iterable[str] = ()) -> None:
        """Take a cue in hand, or none, with others beside it."""
        self.selected = cue
        wanted = {cue, *cues} if cue is not None else set()
        self._picked = tuple(each.id for each in self.show.cues if each.id in wanted) if self.show is not None else ()

    @property
    def picked(self) -> tuple[str, ...]:
        """Every cue that is picked, the one in hand among them, in the order of the show file."""
        if self.selected is None or self.selected in self._picked:
            return self._picked if self.selected is not None else ()
        return (self.selected,)

    # ------------------------------------------------------------ what follows from it

    @property
    def shows_inspector(self) -> bool:
        """Whether the inspector stands open: as somebody chose, else while editing."""
        return self.mode == "edit" if self.inspector is None else self.inspector

    def run_now_ns(self, local_ns: int) -> int:
        """The show clock at a local instant."""
        if self.snapshot is None:
            return 0
        return self.snapshot.now_ns + min(max(local_ns - self.received_ns, 0), STALE_NS)

    def position_ns(self, local_ns: int) -> int | None:
        """Where the playhead stands in its item at a local instant; None where there is none."""
        if self.snapshot is None or self.snapshot.playhead.item is None:
            return None
        head = self.snapshot.playhead
        if head.state != "rolling":
            return head.position_ns
        return head.position_ns + round((self.run_now_ns(local_ns) - self.snapshot.now_ns) * head.rate)

    def silent_ns(self, local_ns: int) -> int | None:
        """How long the engine has not been heard, once that is worth saying; None while all is well."""
        if self.snapshot is None or (self.linked and local_ns - self.received_ns < STALE_NS):
            return None
        return max(local_ns - self.received_ns, 0)

    def item_state(self, item: str | None) -> ItemState | None:
        """An item's life, as the last snapshot has it."""
        if self.snapshot is None or item is None:
            return None
        return next((state for state in self.snapshot.items if state.item == item), None)

    def item_left_ns(self, local_ns: int) -> int | None:
        """Until the projected end of the item under the playhead; negative once it is past."""
        if self.snapshot is None:
            return None
        state = self.item_state(self.snapshot.playhead.item)
        if state is None or state.end_ns is None:
            return None
        return state.end_ns - self.run_now_ns(local_ns)

    def has_begun(self) -> bool:
        """False while no item has gone live: before the first GO nothing is due, however long that takes."""
        return self.snapshot is not None and any(state.life in ("live", "ended") for state in self.snapshot.items)

    def is_over(self) -> bool:
        """True where no item is live and none is left that could be."""
        if self.snapshot is None or not self.has_begun():
            return False
        lives = [state.life for state in self.snapshot.items]
        last = max(place for place, life in enumerate(lives) if life in ("live", "ended"))
        return "live" not in lives and not any(life in ("planned", "loaded") for life in lives[last + 1 :])

    def standby(self, of_list: str = "show") -> Cue | None:
        """The cue the next GO of a list runs."""
        if self.show is None or self.snapshot is None:
            return None
        return self.show.cue_by_id.get(self.snapshot.standbys.get(of_list) or "")

    def was_passed(self, item: str | None) -> bool:
        """True for an item that lies behind what has been live, and never was itself."""
        return item in self._passed

    def upcoming(self) -> tuple[Upcoming, ...]:
        """What comes next. A cue of an item that was passed over has no moment any more, though a press may run it."""
        if self.snapshot is None or self.show is None:
            return ()
        known = self.show.cue_by_id
        return tuple(
            up.model_copy(update={"in_ns": None}) if self.was_passed(known[up.cue].item) else up
            for up in self.snapshot.upcoming
            if up.cue in known
        )

    def coming(self) -> str | None:
        """The cue that runs next by what is known now: the soonest, else the standby of the show."""
        upcoming = self.upcoming()
        timed = [up for up in upcoming if up.in_ns is not None]
        if timed:
            return min(timed, key=lambda up: up.in_ns or 0).cue
        return upcoming[0].cue if upcoming else self.snapshot.standbys.get("show") if self.snapshot else None

    @property
    def by(self) -> str:
        """Who speaks from this window where that is recorded: arming, lines, show stop."""
        return self.seat or "operator"

    @property
    def is_locked(self) -> bool:
        """True while the console is locked: in one run, and not after it."""
        return self.snapshot is not None and self.snapshot.run == self.locked_run

    def show_stop_is_open(self, local_ns: int) -> bool:
        """True between the first and the second step of a show stop."""
        return self._show_stop_until_ns is not None and self.run_now_ns(local_ns) < self._show_stop_until_ns

    def words_about(self, cue: str) -> str:
        """Why a cue was skipped, inhibited or failed; empty where the engine said nothing."""
        life = self._lives.get(cue)
        return (life.words if life is not None else "") or self.ledger.words(cue)

    # ------------------------------------------------------------ inside

    def _weigh_saved(self) -> None:
        """Whether the show is as it was saved: undone as far as that it is, where this window has seen it so."""
        if self.show is None or self.snapshot is None:
            return
        saved = self.snapshot.saved_revision
        if saved == self.revision and (self._saved is None or self._saved[0] != saved):
            self._saved = (saved, self.show)
        if self._weighed != (saved, self.revision):
            self._weighed = (saved, self.revision)
            known = self._saved is not None and self._saved[0] == saved
            self.is_unsaved = self.show != self._saved[1] if known and self._saved else saved != self.revision

    @property
    def show_file(self) -> str:
        """Where the show is saved; empty for one that ships, which is not saved over."""
        return self.snapshot.show_file if self.snapshot is not None else ""

    def _mark(self) -> None:
        if self.show is None:
            self.marks = {}
            return
        marks = dict(self._disabled)
        if self.snapshot is not None:
            # What was skipped is done as well. After a jump back it is neither: it will run, and must look like it.
            marks.update(dict.fromkeys(self.snapshot.done, "done"))
            marks.update({cue: word for cue, word in self.ledger.marks.items() if marks.get(cue) == "done"})
            lives = self._lives.items()
            marks.update({cue: life.life for cue, life in lives if life.life in MARKED_LIVES and cue in marks})
            coming = self.coming()
            if coming is not None:
                marks[coming] = "next"
            marks.update({each.target: "to_skip" for each in self.snapshot.to_skip if each.target is not None})
            marks.update({each.target: "stood_down" for each in self.snapshot.stood_down if each.target is not None})
            standby = self.snapshot.standbys.get(self.list_shown) or self.snapshot.standbys.get("show")
            if standby is not None:
                marks[standby] = "standby"
            marks.update({run.cue: "waiting" if run.waiting else "running" for run in self.snapshot.running})
        self.marks = marks

    def _line(self, notice: Notice) -> Line | None:
        if isinstance(notice, Answered) and notice.refused is not None:
            asker = f" {notice.by.removeprefix('remote:')}" if notice.by.startswith("remote:") else ""
            return Line(notice.at_ns, "refused", f"Refused{asker}: {notice.refused}")
        if isinstance(notice, Heard):
            words = heard_words(notice)
            return Line(notice.at_ns, "note", words[0].upper() + words[1:])
        if isinstance(notice, Said):
            return Line(notice.at_ns, notice.severity, notice.words)
        if isinstance(notice, TransportChanged) and notice.words and notice.state != "rolling":
            words = notice.words[0].upper() + notice.words[1:]
            return None if notice.words in SAID_BESIDES else Line(notice.at_ns, "note", words)
        if isinstance(notice, PreflightReport):
            fails = sum(each.word == "fail" for each in notice.lines)
            words = f"Preflight: {notice.verdict}" + (f", {fails} to be mended" if fails else "")
            return Line(
                notice.at_ns,
                "error" if fails else "note",
                f"Preflight: {notice.cut_short}" if notice.cut_short else words,
            )
        if isinstance(notice, WentOn):
            names = ", ".join(each.where for each in notice.lines)
            return Line(notice.at_ns, "warning", f"{notice.by} went on in spite of preflight: {names}")
        if isinstance(notice, LineMoved) and notice.words:
            return Line(notice.at_ns, "warning", f"{notice.input} is low: {notice.words}")
        if isinstance(notice, CueChanged) and notice.life in MARKED_LIVES:
            cue = self.show.cue_by_id.get(notice.cue) if self.show is not None else None
            name = f"{cue.number} {cue.label}".strip() if cue is not None else notice.cue
            words = f"{name}: {notice.life}" + (f", {notice.words}" if notice.words else "")
            return Line(notice.at_ns, SEVERITIES[notice.life], words)
        return None


def _passed_over(snapshot: Snapshot) -> frozenset[str]:
    """Items behind the last that was live which never were: skipped by a jump or by hand."""
    reached = max((place for place, each in enumerate(snapshot.items) if each.life in ("live", "ended")), default=0)
    return frozenset(
        each.item
        for each in snapshot.items[:reached]
        if each.life in ("planned", "loaded") or (each.life == "ended" and each.start_ns is None)
    )
