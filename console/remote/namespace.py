"""The namespace: one table from an address below ``/showcaller/`` to a request, with its arguments, strictly.

What an action needs may stand in the address (``/showcaller/fire/2.5``) or follow as arguments (``/showcaller/fire``
2.5). Where the address says everything, a lone number is a button's: pressed, or 0 when it is let go, which asks for
nothing. Whoever adds a request that a remote may make adds a row here, and page, triggers and MSC know it.

What is not in the table no remote may ask; :mod:`console.remote.not_remote` says of each request why. An OSC datagram
can be forged by anybody on the network.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, cast, get_args

from console.remote.names import Names, RemoteError
from console.vocabulary import (
    AllStop,
    AnswerAsk,
    AnswerLate,
    Back,
    Bypass,
    ChangeOver,
    ChooseSource,
    EndItem,
    ExitVamp,
    Fire,
    Go,
    Hold,
    Jam,
    Load,
    Locate,
    MarkIt,
    MoveStandby,
    NudgeCode,
    Panic,
    PutRight,
    Reassert,
    Rejoin,
    ReleaseOutputs,
    ReleasePanic,
    Request,
    ResumeShow,
    Roll,
    SetChase,
    SetChoice,
    SetNext,
    SetStandby,
    ShowStop,
    SkipNext,
    StartItem,
    Stop,
    Take,
    WithdrawExit,
)
from devices.contract import Value
from profiles.near_names import near_name

PREFIX: Final = "/showcaller/"
_FRAMES: Final = re.compile(r"[+-]?[0-9]{1,6}")
LONGEST_TEXT: Final = 80
"""Signs of one argument; no name of a show is as long."""

How = Literal["next_cue", "now", "glide"]

Given = Mapping[str, str]
"""Parameters by name; those that were left out are not there."""

Build = Callable[[Names, str, Given], Request]
"""The request of whom an action was asked by. Raises RemoteError for what the show does not have."""


@dataclass(frozen=True, slots=True)
class Action:
    """One row: its words below the prefix, what it takes in order (``?``: may be left out), and the request."""

    name: str
    takes: tuple[str, ...]
    does: str
    build: Build
    stops: bool = False  # asked for in trouble: no limit on how often holds it up

    @property
    def needed(self) -> int:
        """How many parameters cannot be left out."""
        return sum(not each.endswith("?") for each in self.takes)

    @property
    def usage(self) -> str:
        """Its address and parameters, as the page prints them."""
        return (
            PREFIX + self.name + "".join(f" [{each[:-1]}]" if each.endswith("?") else f" {each}" for each in self.takes)
        )


def _in_list(kind: type[Go] | type[Back] | type[Reassert]) -> Build:
    return lambda names, by, given: kind(by=by, list=names.list(given.get("list", "show")))


def _move(rows: int) -> Build:
    return lambda names, by, given: MoveStandby(by=by, list=names.list(given.get("list", "show")), by_rows=rows)


def _of_item(kind: type[Load] | type[StartItem] | type[EndItem] | type[SetNext]) -> Build:
    return lambda names, by, given: kind(by=by, item=names.item(given["item"]))


def _plain(kind: Callable[..., Request]) -> Build:
    return lambda _names, by, _given: kind(by=by)


def _standby(names: Names, by: str, given: Given) -> Request:
    return SetStandby(by=by, cue=names.cue(given["cue"]), list=names.list(given.get("list", "show")))


def _locate(names: Names, by: str, given: Given) -> Request:
    place = names.position(given["item"], given.get("place"))
    return Locate(by=by, item=place.item, position_ns=place.ns)


def _change_over(_names: Names, by: str, given: Given) -> Request:
    return ChangeOver(by=by, role=given["role"], device=given.get("device"))


def _put_right(_names: Names, by: str, given: Given) -> Request:
    return PutRight(by=by, department=given.get("department"))


def _nudge(_names: Names, by: str, given: Given) -> Request:
    if not _FRAMES.fullmatch(given["frames"]):
        raise RemoteError(f"{given['frames']} is no number of frames: give a whole one, such as 2 or -2")
    return NudgeCode(by=by, frames=int(given["frames"]))


def _answer(*, send: bool) -> Build:
    return lambda _names, by, given: AnswerAsk(by=by, department=given.get("department"), send=send)


def _mark(_names: Names, by: str, given: Given) -> Request:
    return MarkIt(by=by, words=given.get("words", ""), department=given.get("department", ""))


def _how(given: Given) -> How:
    how = given.get("how", "next_cue")
    if how not in get_args(How):
        raise RemoteError(f"{how} is no way to rejoin: give {', '.join(get_args(How))}")
    return cast("How", how)


def _rejoin(_names: Names, by: str, given: Given) -> Request:
    return Rejoin(by=by, department=given.get("department"), how=_how(given))


def _bypass(*, on: bool) -> Build:
    def build(_names: Names, by: str, given: Given) -> Request:
        return Bypass(by=by, target=given["target"], on=on, how=_how(given))

    return build


def _skip(*, on: bool) -> Build:
    return lambda names, by, given: SkipNext(by=by, list=names.list(given.get("list", "show")), on=on)


def _late(fire: bool) -> Build:  # noqa: FBT001  the table reads better
    return lambda names, by, given: AnswerLate(by=by, cue=names.cue(given["cue"]), fire=fire)


_ROWS: Final = (
    Action("go", ("list?",), "GO on the show's list, or on another", _in_list(Go)),
    Action("fire", ("cue",), "run one cue now; standbys stay", lambda n, by, g: Fire(by=by, cue=n.cue(g["cue"]))),
    Action("standby", ("cue", "list?"), "put a cue in standby; sends nothing", _standby),
    Action("standby/next", ("list?",), "standby to the next called cue", _move(1)),
    Action("standby/previous", ("list?",), "standby to the called cue before", _move(-1)),
    Action("back", ("list?",), "standby returns to the last cue run", _in_list(Back)),
    Action("reassert", ("list?",), "put up again what stood before the last cue run", _in_list(Reassert)),
    Action("skip", ("list?",), "pass over the standby once", _skip(on=True)),
    Action("skip/withdraw", ("list?",), "do not, after all", _skip(on=False)),
    Action(
        "take",
        ("department?",),
        "a hand takes a department, or the show",
        lambda _n, by, g: Take(by=by, department=g.get("department")),
    ),
    Action("rejoin", ("department?", "how?"), "it goes with the score again: next_cue, now or glide", _rejoin),
    Action("bypass", ("target",), "nothing leaves for a device or a department; it is tracked", _bypass(on=True)),
    Action("bypass/end", ("target", "how?"), "in line again: next_cue, now or glide", _bypass(on=False)),
    Action("locate", ("item", "place?"), "move the playhead; rolling, it rolls on from there", _locate),
    Action("roll", (), "roll from where the playhead stands; lifts a hold", _plain(Roll)),
    Action("hold", (), "freeze the playhead and pressed waits", _plain(Hold), stops=True),
    Action("stop", (), "stop the transport; devices keep their state", _plain(Stop), stops=True),
    Action("all_stop", (), "also everything pending; fades freeze", _plain(AllStop), stops=True),
    Action("panic", (), "all stop and the safe list; again within 1 s: the hard list", _plain(Panic), stops=True),
    Action("release", (), "end the panic: GO works again", _plain(ReleasePanic)),
    Action("show_stop", (), "ask for the show stop: light up, PA mute, message", _plain(ShowStop), stops=True),
    Action(
        "show_stop/confirm",
        (),
        "do it, within 10 s of having asked",
        lambda _n, by, _g: ShowStop(by=by, confirm=True),
        stops=True,
    ),
    Action("show_stop/resume", (), "the show stop is over: the state is put up again", _plain(ResumeShow)),
    Action("outputs/release", (), "what was held after a crash may leave again", _plain(ReleaseOutputs)),
    Action(
        "change_over", ("role", "device?"), "another device of a role is on show, or the main one again", _change_over
    ),
    Action("put_right", ("department?",), "send again what stands elsewhere than wanted", _put_right),
    Action("timecode/follow", (), "follow outside timecode", lambda _n, by, _g: SetChase(by=by, on=True)),
    Action("timecode/leave", (), "run on by our own clock", lambda _n, by, _g: SetChase(by=by, on=False)),
    Action("timecode/jam", (), "take the place where code stands, once", _plain(Jam)),
    Action("timecode/nudge", ("frames",), "the live song comes so many frames later, or earlier", _nudge),
    Action(
        "timecode/source",
        ("source?",),
        "follow this source of timecode; without one, by the house's order",
        lambda _n, by, g: ChooseSource(by=by, source=g.get("source")),
    ),
    Action("vamp/exit", (), "leave the vamp as its song says", _plain(ExitVamp)),
    Action("vamp/stay", (), "stay in it after all", _plain(WithdrawExit)),
    Action("item/load", ("item",), "load an item", _of_item(Load)),
    Action("item/start", ("item",), "an item goes live now", _of_item(StartItem)),
    Action("item/end", ("item",), "the live item ends now", _of_item(EndItem)),
    Action("item/next", ("item",), "this item is next, whatever the running order says", _of_item(SetNext)),
    Action("asks/send", ("department?",), "send what the last jump asked for", _answer(send=True)),
    Action("asks/leave", ("department?",), "leave it", _answer(send=False)),
    Action("mark", ("words?", "department?"), "note what is happening, with a word and for a department", _mark),
    Action(
        "choice",
        ("choice", "value"),
        "take a decision the show declares",
        lambda _n, by, g: SetChoice(by=by, choice=g["choice"], value=g["value"]),
    ),
    Action("late/fire", ("cue",), "a late cue that asks: fire it", _late(fire=True)),
    Action("late/skip", ("cue",), "a late cue that asks: let it go", _late(fire=False)),
)

ACTIONS: Final[Mapping[str, Action]] = MappingProxyType({action.name: action for action in _ROWS})
"""Every action, by its words."""


@dataclass(frozen=True, slots=True)
class Call:
    """An action and the texts it was given, before the show is asked what they name."""

    action: Action
    texts: tuple[str, ...]

    def request(self, names: Names, by: str) -> Request:
        """What the engine is asked. Raises RemoteError."""
        given = {name.removesuffix("?"): text for name, text in zip(self.action.takes, self.texts, strict=False)}
        return self.action.build(names, by, given)


def read_call(address: str, args: Sequence[Value]) -> Call | None:
    """The call a message makes; None for a button that is let go. Raises RemoteError, which says what is taken.

    ``address`` with the prefix or without it.
    """
    action, in_address = _find(address.removeprefix(PREFIX).strip("/").split("/"))
    if len(args) == 1 and len(in_address) >= action.needed and not isinstance(args[0], str):
        if not args[0]:
            return None
        args = ()
    places = action.takes[len(in_address) :]
    texts = (*in_address, *(_text(arg, is_place="place?" in places[n : n + 1]) for n, arg in enumerate(args)))
    if not action.needed <= len(texts) <= len(action.takes):
        takes = f"takes {' '.join(action.takes) or 'nothing'}".replace("?", " (may be left out)")
        raise RemoteError(f"{PREFIX}{action.name} {takes}, and was given {' '.join(texts) or 'nothing'}")
    if any(not 0 < len(text) <= LONGEST_TEXT for text in texts):
        raise RemoteError(f"{PREFIX}{action.name}: an argument is empty, or longer than {LONGEST_TEXT} signs")
    return Call(action, texts)


def _find(words: list[str]) -> tuple[Action, tuple[str, ...]]:
    """The longest name that an address begins with, and what follows it."""
    for count in (2, 1):
        name = "/".join(words[:count])
        if len(words) >= count and name in ACTIONS:
            return ACTIONS[name], tuple(words[count:])
    asked = "/".join(words[:2])[:LONGEST_TEXT]
    near = near_name(asked, ACTIONS)
    remedy = f"did you mean {PREFIX}{near}?" if near is not None else "showcaller remote lists what there is"
    raise RemoteError(f"there is no {PREFIX}{asked}: {remedy}")


def _text(arg: Value, *, is_place: bool) -> str:
    """An argument as text: a float in as many digits as 32 bits hold, a number for a place in seconds."""
    if isinstance(arg, str):
        return arg
    if isinstance(arg, bool) or not math.isfinite(arg) or abs(arg) >= 1e9:
        raise RemoteError(f"{arg!r} is no name and no number of anything: give text, or a number")
    text = f"{arg:.7g}" if isinstance(arg, float) else str(arg)
    if "e" in text:
        raise RemoteError(f"{arg!r} cannot be told exactly in an OSC float: give it as text")
    return f"{text}s" if is_place else text
