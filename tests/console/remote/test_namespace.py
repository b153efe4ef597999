"""The namespace: each address to its request, each way to be wrong to its words, and nothing that raises otherwise."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.plan.schedule import build_schedule
from console.remote.names import Names, RemoteError
from console.remote.namespace import ACTIONS, PREFIX, read_call
from console.remote.not_remote import NOT_REMOTE
from console.show.cues import Called
from console.show.show import FreeList
from console.vocabulary import (
    AllStop,
    AnswerAsk,
    AnswerLate,
    Arm,
    AtKeys,
    Back,
    Bypass,
    ChangeOver,
    ChooseSource,
    EndItem,
    ExitVamp,
    Fire,
    Go,
    GoKeyUp,
    Hold,
    Jam,
    Load,
    Locate,
    MarkIt,
    MoveStandby,
    NudgeCode,
    Panic,
    PutRight,
    Rejoin,
    ReleaseOutputs,
    ReleasePanic,
    Request,
    ResumeShow,
    Roll,
    Send,
    SetChase,
    SetChoice,
    SetInput,
    SetNext,
    SetOutput,
    SetStandby,
    ShowStop,
    SkipNext,
    StartItem,
    Stop,
    Take,
)
from devices.contract import Value
from tests.support.builders import evening_show, make_cue

CALLED = Called(on="called")
SHOW = evening_show(lists=(FreeList(id="hot", title="Hot"), FreeList(id="house", title="House")))
SHOW = SHOW.model_copy(
    update={
        "cues": (
            *SHOW.cues,
            make_cue("laugh", "701", CALLED, item=None, list="hot"),
            make_cue("doors", "701", CALLED, item=None, list="house"),
            make_cue("bell", "702", CALLED, item=None, list="house"),
        )
    }
)
NAMES = Names.of(SHOW, build_schedule(SHOW))
VERSE = SHOW.cue_by_id["song-verse"]


def ask(address: str, *args: Value) -> Request | None:
    call = read_call(PREFIX + address, args)
    return None if call is None else call.request(NAMES, "remote:pad")


@pytest.mark.parametrize(
    ("address", "args", "wanted"),
    [
        ("go", (), Go()),
        ("go", (1,), Go()),
        ("go", (1.0,), Go()),
        ("go", (True,), Go()),
        ("go", (math.inf,), Go()),
        ("go", ("hot",), Go(list="hot")),
        ("go/LX", (1,), Go(list="dept:LX")),
        ("go/dept:LX", (), Go(list="dept:LX")),
        ("fire", (VERSE.number,), Fire(cue="song-verse")),
        ("fire", (float(VERSE.number),), Fire(cue="song-verse")),
        (f"fire/{VERSE.number}", (), Fire(cue="song-verse")),
        (f"fire/{VERSE.number}0", (1.0,), Fire(cue="song-verse")),
        ("fire/song-verse", (), Fire(cue="song-verse")),
        ("fire", (702,), Fire(cue="bell")),
        ("fire/house:701", (), Fire(cue="doors")),
        ("standby", (VERSE.number,), SetStandby(cue="song-verse")),
        ("standby/laugh", ("hot",), SetStandby(cue="laugh", list="hot")),
        ("standby/next", (1,), MoveStandby(by_rows=1)),
        ("standby/previous/hot", (), MoveStandby(by_rows=-1, list="hot")),
        ("back", (), Back()),
        ("locate/song", (), Locate(item="song", position_ns=-4_000_000_000)),
        ("locate/song/5.2", (1,), Locate(item="song", position_ns=8_500_000_000)),
        ("locate/song/12.5s", (), Locate(item="song", position_ns=12_500_000_000)),
        ("locate", ("song", 12.5), Locate(item="song", position_ns=12_500_000_000)),
        ("locate", ("song", 3), Locate(item="song", position_ns=3_000_000_000)),
        ("locate", ("song", "01:00:06:00"), Locate(item="song", position_ns=2_000_000_000)),
        ("locate/01:00:06:00", (), Locate(item="song", position_ns=2_000_000_000)),
        ("locate/cue:song-verse", (), Locate(item="song", position_ns=8_000_000_000)),
        (f"locate/cue:{VERSE.number}", (), Locate(item="song", position_ns=8_000_000_000)),
        ("roll", (), Roll()),
        ("hold", (1,), Hold()),
        ("stop", (), Stop()),
        ("all_stop", (), AllStop()),
        ("panic", (1.0,), Panic()),
        ("release", (), ReleasePanic()),
        ("show_stop", (1,), ShowStop()),
        ("show_stop/confirm", (1,), ShowStop(confirm=True)),
        ("show_stop/resume", (1,), ResumeShow()),
        ("outputs/release", (), ReleaseOutputs()),
        ("change_over/lighting.main", (1,), ChangeOver(role="lighting.main")),
        ("change_over/lighting.main/lx-backup", (), ChangeOver(role="lighting.main", device="lx-backup")),
        ("put_right", (1,), PutRight()),
        ("put_right/LX", (1,), PutRight(department="LX")),
        ("take/LX", (1,), Take(department="LX")),
        ("take", (), Take()),
        ("rejoin/LX", ("glide",), Rejoin(department="LX", how="glide")),
        ("bypass", ("lx-main",), Bypass(target="lx-main")),
        ("bypass/end", ("lx-main",), Bypass(target="lx-main", on=False)),
        ("skip/hot", (1,), SkipNext(list="hot")),
        ("skip/withdraw", (), SkipNext(on=False)),
        ("timecode/leave", (1,), SetChase(on=False)),
        ("timecode/jam", (1,), Jam()),
        ("timecode/nudge/-2", (1,), NudgeCode(frames=-2)),
        ("timecode/nudge", (3,), NudgeCode(frames=3)),
        ("vamp/exit", (1,), ExitVamp()),
        ("item/load", ("song",), Load(item="song")),
        ("item/start/talk", (), StartItem(item="talk")),
        ("item/end/talk", (1,), EndItem(item="talk")),
        ("item/next/talk", (1,), SetNext(item="talk")),
        ("timecode/source/desk", (1,), ChooseSource(source="desk")),
        ("timecode/source", (1,), ChooseSource()),
        ("asks/send", (1,), AnswerAsk(send=True)),
        ("asks/leave/LX", (1,), AnswerAsk(department="LX", send=False)),
        ("mark", (1,), MarkIt()),
        ("mark", ("jib late", "CAM"), MarkIt(words="jib late", department="CAM")),
        ("choice/encore/yes", (1,), SetChoice(choice="encore", value="yes")),
        ("choice/encore", ("no",), SetChoice(choice="encore", value="no")),
        ("late/fire/song-verse", (), AnswerLate(cue="song-verse", fire=True)),
        ("late/skip/song-verse", (), AnswerLate(cue="song-verse", fire=False)),
    ],
)
def test_what_an_address_asks_for(address: str, args: tuple[Value, ...], wanted: Request) -> None:
    assert ask(address, *args) == wanted.model_copy(update={"by": "remote:pad"})


@pytest.mark.parametrize("name", [name for name, action in ACTIONS.items() if not action.needed])
@pytest.mark.parametrize("up", [0, 0.0, False])
def test_a_button_that_is_let_go_asks_for_nothing(name: str, up: Value) -> None:
    assert ask(name, up) is None
    assert ask(name, 1) is not None


def test_a_button_with_its_cue_in_the_address_fires_once() -> None:
    assert [ask("fire/song-verse", value) is not None for value in (1, 0)] == [True, False]


@pytest.mark.parametrize(
    ("address", "args", "words"),
    [
        ("goo", (), "there is no /showcaller/goo: did you mean /showcaller/go?"),
        ("arm/boom/pyro", (), "there is no /showcaller/arm/boom: showcaller remote lists what there is"),
        ("", (), "there is no /showcaller/: showcaller remote lists what there is"),
        ("fire", (), "/showcaller/fire takes cue, and was given nothing"),
        ("fire", ("1", "2"), "/showcaller/fire takes cue, and was given 1 2"),
        ("hold", ("now",), "/showcaller/hold takes nothing, and was given now"),
        ("fire", (True,), "True is no name and no number of anything: give text, or a number"),
        ("fire", (math.nan,), "nan is no name and no number of anything: give text, or a number"),
        ("timecode/nudge", (2.5,), "2.5 is no number of frames: give a whole one, such as 2 or -2"),
        ("fire", ("",), "/showcaller/fire: an argument is empty, or longer than 80 signs"),
        ("fire", ("9999",), "the show has no cue '9999': give its number, LIST:NUMBER, or its id"),
        ("fire", ("hot:702",), "the show has no cue 'hot:702': give its number, LIST:NUMBER, or its id"),
        ("fire", ("701",), "number 701 stands in several lists: say hot:701 or house:701"),
        ("go", ("nowhere",), "there is no list 'nowhere': there are show, dept:LX, "),
        ("rejoin", ("LX", "slowly"), "slowly is no way to rejoin: give next_cue, now, glide"),
        ("locate", ("nowhere",), "the rundown has no item 'nowhere'"),
        ("locate", ("song", "99.1"), "song@99.1 is not in song: it goes from "),
        ("locate", ("talk", "01:00:06:00"), "timecode 01:00:06:00 lies in song, not in talk"),
        ("locate/cue:laugh", (), "cue laugh is in a free list and has no place in the rundown: name one of an item"),
    ],
)
def test_what_cannot_be_done_is_said(address: str, args: tuple[Value, ...], words: str) -> None:
    with pytest.raises(RemoteError) as refused:
        ask(address, *args)
    assert str(refused.value).startswith(words)


def test_no_remote_arms_moves_a_hazard_line_or_changes_what_is_live() -> None:
    asked = {type(call.request(NAMES, "x")) for call in map(_example, ACTIONS) if call is not None}
    assert asked.isdisjoint({Arm, SetInput, SetOutput, Send, AtKeys, GoKeyUp})
    assert len(asked) == len(ACTIONS) - 7, "every row asks for its own; seven kinds have two rows"


def test_whatever_the_engine_can_be_asked_has_an_address_or_a_reason_why_not() -> None:
    addressed = {call.request(NAMES, "x").kind for call in map(_example, ACTIONS) if call is not None}
    kinds = {kind.model_fields["kind"].default for kind in _kinds(Request)}
    assert addressed.isdisjoint(NOT_REMOTE)
    assert addressed | NOT_REMOTE.keys() == kinds
    assert all(len(reason) > 20 and reason[-1] != "." for reason in NOT_REMOTE.values())


def _kinds(union: object) -> Iterator[Any]:
    for each in get_args(union):
        if get_args(each):
            yield from _kinds(each)
        elif hasattr(each, "model_fields"):
            yield each


def _example(name: str):  # type: ignore[no-untyped-def]
    values = {
        "cue": "song-verse",
        "list": "hot",
        "item": "song",
        "place": "1.1",
        "choice": "a",
        "value": "b",
        "role": "x",
        "device": "y",
        "frames": "1",
        "department": "LX",
        "how": "now",
        "target": "lx-main",
        "source": "desk",
        "words": "late",
    }
    return read_call(name, [values[each.removesuffix("?")] for each in ACTIONS[name].takes])


VALUES = st.one_of(st.text(max_size=12), st.integers(), st.floats(), st.booleans())


@settings(max_examples=300)
@given(
    st.lists(st.one_of(st.sampled_from([*ACTIONS, "song", "1.1", "::", "0"]), st.text(max_size=8)), max_size=4),
    st.lists(VALUES, max_size=4),
)
def test_whatever_comes_is_a_request_or_a_refusal_in_one_line(words: list[str], args: list[Value]) -> None:
    refused = ""
    try:
        ask("/".join(words), *args)
    except RemoteError as error:
        refused = str(error)
    assert not refused or refused.isprintable()
