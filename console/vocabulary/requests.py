"""Requests: operator, remote or machine to engine. Each is answered *done*, or *refused* with the reason."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from console.vocabulary.code_requests import ChooseSource, Jam, LetCodeMove, NudgeCode, SetChase
from console.vocabulary.faults import SetFaults
from console.vocabulary.line_check import AskLatencies, CheckDevice, Send, TickLine
from console.vocabulary.preflight import CancelPreflight, Preflight
from console.vocabulary.rehearsal_requests import RehearsalRequest
from console.vocabulary.take_requests import TakeRequest
from console.vocabulary.words import Asked, Mode, StandingAnswer


class Go(Asked):
    """Run the standby of a list and move on to its next called cue. ``list``: ``show``, ``dept:LX``, a free list."""

    kind: Literal["go"] = "go"
    list: str = "show"
    input: str = ""  # what was pressed: a key, a button; for the record


class GoKeyUp(Asked):
    """The GO key came up: GO re-arms."""

    kind: Literal["go_key_up"] = "go_key_up"


class Fire(Asked):
    """Run one cue at once, out of order; standbys stay."""

    kind: Literal["fire"] = "fire"
    cue: str


class SetStandby(Asked):
    """Put a cue in standby. Never sends."""

    kind: Literal["set_standby"] = "set_standby"
    list: str = "show"
    cue: str


class MoveStandby(Asked):
    """Standby to the next or previous called cue. Never sends."""

    kind: Literal["move_standby"] = "move_standby"
    list: str = "show"
    by_rows: int = 1


class Back(Asked):
    """Standby returns to the last cue run; sends nothing."""

    kind: Literal["back"] = "back"
    list: str = "show"


class Load(Asked):
    """Load an item now: its load cues fire. Once per run."""

    kind: Literal["load"] = "load"
    item: str


class SetNext(Asked):
    """An item comes next, whatever the running order says; nothing is located. None: as the running order says."""

    kind: Literal["set_next"] = "set_next"
    item: str | None


class StartItem(Asked):
    """An item goes live now, with its first click at once: for items without cues, and for a jump by hand."""

    kind: Literal["start_item"] = "start_item"
    item: str


class EndItem(Asked):
    """The live item ends now; the next ones load."""

    kind: Literal["end_item"] = "end_item"
    item: str


class Locate(Asked):
    """Move the playhead: differences of state are sent by the chase rules, triggers never.

    ``count_in_bars``: it rolls from so many bars before, and until the place nothing leaves; in a rehearsal only.
    """

    kind: Literal["locate"] = "locate"
    item: str
    position_ns: int
    roll: bool | None = None  # None: as it was
    count_in_bars: int = Field(default=0, ge=0, le=8)


class Roll(Asked):
    """The playhead moves on from where it stands; also lifts a hold. ``count_in_bars``: as a locate to there would."""

    kind: Literal["roll"] = "roll"
    count_in_bars: int = Field(default=0, ge=0, le=8)


class Hold(Asked):
    """Freeze positions and pressed waits; what runs in devices runs on."""

    kind: Literal["hold"] = "hold"


class Stop(Asked):
    """Transport stops, pending waits of the item end, devices keep their state."""

    kind: Literal["stop"] = "stop"


class AllStop(Asked):
    """Also everything pending anywhere; fades freeze; standby stays."""

    kind: Literal["all_stop"] = "all_stop"


class Panic(Asked):
    """All stop and the venue's safe list; again within a second: the hard list. GO is refused until released."""

    kind: Literal["panic"] = "panic"


class ReleasePanic(Asked):
    """GO works again."""

    kind: Literal["release_panic"] = "release_panic"


class ShowStop(Asked):
    """House light up, PA mute, screen message. Two steps: ``confirm`` within ten seconds of the first."""

    kind: Literal["show_stop"] = "show_stop"
    confirm: bool = False


class ExitVamp(Asked):
    """Leave the vamp at the end of this pass."""

    kind: Literal["exit_vamp"] = "exit_vamp"


class WithdrawExit(Asked):
    """Stay in the vamp after all, as long as its exit has not come."""

    kind: Literal["withdraw_exit"] = "withdraw_exit"


class Take(Asked):
    """A hand takes a department, or the whole show (None): its cues leave by a press only; the ruler goes on."""

    kind: Literal["take"] = "take"
    department: str | None = None


class _Joining(Asked):
    """How what was kept back comes to the score again.

    ``next_cue`` sends nothing; ``now`` sends the difference by the chase rules; ``glide`` does so, numbers travelling
    for ``glide_s`` seconds.
    """

    how: Literal["next_cue", "now", "glide"] = "next_cue"
    glide_s: float = Field(default=3.0, gt=0, le=600)


class Rejoin(_Joining):
    """What was taken, a department or the whole show (None), goes with the score again."""

    kind: Literal["rejoin"] = "rejoin"
    department: str | None = None


class Bypass(_Joining):
    """Nothing leaves for a device or a department but panic and show stop; what it should do is tracked.

    ``on`` False puts it in line again, in the way of ``how``.
    """

    kind: Literal["bypass"] = "bypass"
    target: str
    on: bool = True


class SkipNext(Asked):
    """Pass over a cue once: the one named, else the standby of the list.

    ``on`` False takes it back, until it happens.
    """

    kind: Literal["skip_next"] = "skip_next"
    list: str = "show"
    cue: str | None = None
    on: bool = True


class StandDown(Asked):
    """A cue, a department's or a list's cues do not run in this run, whatever asks; no edit of the show.

    ``on`` False reinstates it.
    """

    kind: Literal["stand_down"] = "stand_down"
    target: str
    on: bool = True


class Reassert(Asked):
    """Put up again what stood before the last cue run in a list, by the chase rules. Standbys stay."""

    kind: Literal["reassert"] = "reassert"
    list: str = "show"


class SetChoice(Asked):
    """Take a decision the show declares."""

    kind: Literal["set_choice"] = "set_choice"
    choice: str
    value: str


class Arm(Asked):
    """One of the arming roles of a hazard cue says yes; good for the cue's window."""

    kind: Literal["arm"] = "arm"
    cue: str
    role: str


class Disarm(Asked):
    """An arming role takes its yes back."""

    kind: Literal["disarm"] = "disarm"
    cue: str
    role: str


class SetInput(Asked):
    """An enable, dead-man or zone-clear line, by hand: where the house allows it, or all it guards is simulated.

    It counts as long as the house lets a line go unheard: who holds it says so again and again.
    """

    kind: Literal["set_input"] = "set_input"
    input: str
    high: bool


class SetReading(Asked):
    """What a gauge reads, entered by hand: as for :class:`SetInput`. None: the reading is withdrawn."""

    kind: Literal["set_reading"] = "set_reading"
    input: str
    value: float | None


class AnswerLate(Asked):
    """Answer to a cue whose late policy is *ask*."""

    kind: Literal["answer_late"] = "answer_late"
    cue: str
    fire: bool


class PutRight(Asked):
    """Send again what stands elsewhere than the show wants it: of a department, of a role, or everywhere.

    *Ask* parameters too, since it was asked for by name; *never* ones, triggers, hazards and once-uses never.
    """

    kind: Literal["put_right"] = "put_right"
    department: str | None = None
    role: str | None = None


class AnswerAsk(Asked):
    """Answer to what the last jump did not send by itself: of a department, or of all."""

    kind: Literal["answer_ask"] = "answer_ask"
    department: str | None = None
    send: bool


class SetAskAnswer(Asked):
    """What a department answers from now on when a jump may not send something by itself."""

    kind: Literal["set_ask_answer"] = "set_ask_answer"
    department: str
    answer: StandingAnswer


class SetOutput(Asked):
    """Live, ghost or off for one device."""

    kind: Literal["set_output"] = "set_output"
    device: str
    mode: Mode


class ChangeOver(Asked):
    """Another device of a role is on show; None: the other one, or back to the main one."""

    kind: Literal["change_over"] = "change_over"
    role: str
    device: str | None = None


class ReleaseOutputs(Asked):
    """Outputs that were held after a crash leave again: first the state that stands, by the chase rules."""

    kind: Literal["release_outputs"] = "release_outputs"


class ResumeShow(Asked):
    """A show stop is over: the state at the playhead is put up by the chase rules, and presses count again."""

    kind: Literal["resume_show"] = "resume_show"


class AtKeys(Asked):
    """Who presses called cues: the machine, or people alone."""

    kind: Literal["at_keys"] = "at_keys"
    machine: bool


class Learn(Asked):
    """Show the next message from outside, so that it can be bound to something; ``on`` False: never mind."""

    kind: Literal["learn"] = "learn"
    on: bool = True


class NoteSave(Asked):
    """The show was saved, as it was at ``revision``, in ``file``: that is its file from now on."""

    kind: Literal["note_save"] = "note_save"
    revision: int
    file: str


class NotUnderstood(Asked):
    """What a remote asked in words nobody here knows: refused with ``words``, so that it is recorded and answered."""

    kind: Literal["not_understood"] = "not_understood"
    heard: str
    words: str


Request = Annotated[
    Go
    | GoKeyUp
    | Fire
    | TakeRequest
    | SetStandby
    | MoveStandby
    | Back
    | Load
    | SetNext
    | StartItem
    | EndItem
    | Locate
    | Roll
    | Hold
    | Stop
    | AllStop
    | Panic
    | ReleasePanic
    | ShowStop
    | ExitVamp
    | WithdrawExit
    | Take
    | Rejoin
    | Bypass
    | SkipNext
    | StandDown
    | Reassert
    | SetChoice
    | Arm
    | Disarm
    | SetInput
    | SetReading
    | ChangeOver
    | ReleaseOutputs
    | ResumeShow
    | AnswerLate
    | PutRight
    | AnswerAsk
    | SetAskAnswer
    | SetChase
    | LetCodeMove
    | ChooseSource
    | NudgeCode
    | Jam
    | SetOutput
    | SetFaults
    | RehearsalRequest
    | AtKeys
    | Send
    | CheckDevice
    | TickLine
    | AskLatencies
    | Learn
    | NoteSave
    | Preflight
    | CancelPreflight
    | NotUnderstood,
    Field(discriminator="kind"),
]
