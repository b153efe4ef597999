"""What travels between an engine and its windows: frozen frames, told apart by ``kind``.

A window says :class:`Hello` and is answered :class:`Welcome` with the show as it was last loaded, the edits since, the
last facts, the state now, and :class:`Live`; from there on facts follow one another by ``seq`` without a gap.
Snapshots carry no number: only the newest counts. Either side ends with :class:`Bye`, whose words say why.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, JsonValue

from console.show.edits import Edit
from console.vocabulary import (
    Finding,
    Ghosts,
    Inquiry,
    LineCard,
    Mode,
    Notice,
    ParameterState,
    Request,
    RunKind,
    Snapshot,
    Word,
)

LINK_VERSION: Final = 1
"""Raised when a frame changes its meaning. Another version is refused with words."""

Stream = Literal["facts", "snapshots"]


# -- window to engine --------------------------------------------------------------------------------------------------


class Hello(Word):
    """The first frame of a window: what it speaks, that it may, and what it wants to be told."""

    kind: Literal["hello"] = "hello"
    version: int = LINK_VERSION
    token: str = ""
    name: str = "window"
    subscribe: tuple[Stream, ...] = ("facts", "snapshots")


class RequestFrame(Word):
    """A request. Its answer is a notice that quotes its id, to everybody; only the asker sees its own id."""

    kind: Literal["request"] = "request"
    request: Request


class EditFrame(Word):
    """A change of the show, made with ``revision`` in view."""

    kind: Literal["edit"] = "edit"
    id: int = 0
    by: str = "operator"
    revision: int
    edit: Edit


class UndoFrame(Word):
    """Take the last change back, or make the last one taken back again; with ``revision`` in view."""

    kind: Literal["undo"] = "undo"
    id: int = 0
    by: str = "operator"
    revision: int
    redo: bool = False


class OpenFrame(Word):
    """Open another show in another house: files, or ids of shipped ones.

    ``show`` None: the one that is open, as it was edited, in another house; that is never an edit of it.
    ``ghosts``: the roles whose devices are simulated, or all; ``run_kind``: the kind of its run; None: as the engine
    was started.
    """

    kind: Literal["open"] = "open"
    id: int = 0
    show: str | None
    venue: str
    ghosts: Ghosts | None = None
    run_kind: RunKind | None = None


class BeginFrame(Word):
    """Begin another run of the show that is open, its devices as they are switched. Answered like an opening.

    ``anew``: a new performance, once-uses count from nothing; else the one begun last goes on, however often the engine
    was started within it. A performance wants a preflight of the show as it stands; ``despite`` holds the keys of the
    lines that fail and that ``by`` goes on in spite of.
    """

    kind: Literal["begin"] = "begin"
    id: int = 0
    run_kind: RunKind
    anew: bool = False
    despite: tuple[str, ...] = ()
    by: str = "operator"


class ValuesFrame(Word):
    """What every parameter is wanted, expected and reported to be; answered by :class:`ParameterStates`, in parts."""

    kind: Literal["values"] = "values"
    id: int = 0


class InquiryFrame(Word):
    """Something to look at; answered by a :class:`FindingFrame`, to the asker alone."""

    kind: Literal["inquiry"] = "inquiry"
    id: int = 0
    inquiry: Inquiry


# -- engine to window --------------------------------------------------------------------------------------------------


class DeviceCard(Word):
    """One device of the house: what it is, how it is reached, and what is counted for it."""

    id: str
    profile: str
    role: str = ""
    duty: str = ""
    mode: Mode = "live"
    name: str = ""
    make: str = ""  # vendor and product
    address: str = ""  # host and port, or the name of a MIDI port
    transport: str = ""
    latency_ms: float | None = None  # the house's; None: the profile says, verb by verb
    trim_ms: float = 0.0
    watch: str = ""  # how it is known to be there


class VenueCard(Word):
    """The house."""

    id: str
    name: str
    zone: str = "UTC"
    devices: tuple[DeviceCard, ...] = ()
    lines: tuple[LineCard, ...] = ()  # to be walked at line check, in order


class OpenShow(Word):
    """The show that is open, where, and in which run. ``show`` is the show file's JSON text.

    ``show_name`` and ``venue_name`` are what it was opened by: files, or ids.
    ``undo`` and ``redo`` name what would be taken back or made again; empty where there is nothing.
    """

    show: str
    revision: int
    venue: VenueCard
    run: str
    run_kind: RunKind
    undo: str = ""
    redo: str = ""
    show_name: str = ""
    venue_name: str = ""


class Welcome(Word):
    """The answer to a :class:`Hello` that may come in."""

    kind: Literal["welcome"] = "welcome"
    version: int = LINK_VERSION
    pid: int
    opened: OpenShow | None


class Live(Word):
    """All that went before has been told; the next fact is ``next_seq``."""

    kind: Literal["live"] = "live"
    next_seq: int


class NoticeFrame(Word):
    """A fact."""

    kind: Literal["notice"] = "notice"
    seq: int
    notice: Notice


class ShowFrame(Word):
    """Another show, house or run is open, or none. Also a fact, in the same order."""

    kind: Literal["show"] = "show"
    seq: int
    opened: OpenShow | None


class Edited(Word):
    """The show was changed, and is now of ``revision``: apply ``edit``. ``id`` is the asker's, 0 to others.

    ``name`` is what the change is called; ``undo`` and ``redo`` name what would be taken back or made again now.
    """

    kind: Literal["edited"] = "edited"
    seq: int
    id: int = 0
    by: str
    revision: int
    edit: Edit
    name: str = ""
    undo: str = ""
    redo: str = ""


class EditRefused(Word):
    """An edit was not made. ``revision`` is the show's own: lower in the edit, it was made looking at an older show.

    ``current`` is the one piece it was about, as it stands; None where it is about several.
    """

    kind: Literal["edit_refused"] = "edit_refused"
    id: int
    words: str
    revision: int
    current: dict[str, JsonValue] | None = None


class ParameterStates(Word):
    """Some of what a :class:`ValuesFrame` asked for. ``is_last``: there are no more."""

    kind: Literal["parameter_states"] = "parameter_states"
    id: int
    states: tuple[ParameterState, ...]
    is_last: bool


class FindingFrame(Word):
    """What an inquiry is answered with: a finding, or None and ``words`` that say why there is none."""

    kind: Literal["finding"] = "finding"
    id: int
    finding: Finding | None = None
    words: str = ""


class SnapshotFrame(Word):
    """The state now."""

    kind: Literal["snapshot"] = "snapshot"
    snapshot: Snapshot


class Opened(Word):
    """The show that was asked for is open; a :class:`ShowFrame` with it has gone to everybody."""

    kind: Literal["opened"] = "opened"
    id: int


class OpenRefused(Word):
    """It was not opened; everything is as it was. ``by_call``: what was asked for is not there, or cannot be."""

    kind: Literal["open_refused"] = "open_refused"
    id: int
    words: str
    by_call: bool = False


# -- both ways ---------------------------------------------------------------------------------------------------------


class Bye(Word):
    """The last frame of a connection."""

    kind: Literal["bye"] = "bye"
    words: str = ""


ToEngine = Annotated[
    Hello | RequestFrame | EditFrame | UndoFrame | OpenFrame | BeginFrame | ValuesFrame | InquiryFrame | Bye,
    Field(discriminator="kind"),
]

ToWindow = Annotated[
    Welcome
    | Live
    | NoticeFrame
    | ShowFrame
    | Edited
    | EditRefused
    | SnapshotFrame
    | ParameterStates
    | FindingFrame
    | Opened
    | OpenRefused
    | Bye,
    Field(discriminator="kind"),
]
