"""One send path: whatever sets a cue off, its devices get the same commands, latency, trim, ledger and guards.

Two players of one role stand 50 ms and 60 ms (trimmed by -3.5) behind; what both show is meant for one instant.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import pytest

from console.show.cues import AtClock, AtTimecode, Cue, OnChoice, OnMessage
from console.show.rundown import Inhibit
from console.show.show import Choice, FreeList, Rules, Show
from console.vocabulary import Bypass, CheckDevice, Fire, Go, LedgerRow, SetChoice
from devices.contract import Incoming
from tests.support.builders import CALLED, after, at_bar, at_offset, make_cue, make_song, song_show, step
from tests.support.code_deck import Deck, code_rig
from tests.support.engine_rig import EngineRig

LEADS_S: Final = {"vid-a": 0.050, "vid-b": 0.060 + 0.0035}
"""Latency less trim."""

APART_S: Final = 0.002
HOT: Final = {"item": None, "list": "hot"}
RULE: Final = Inhibit(id="dark", what=("video.server",), reason="the screens are being hung")

Do = Callable[[EngineRig], None]


def press_song(rig: EngineRig) -> None:
    assert rig.ask(Go()) is None
    rig.wait(14)


def hear(source: str, kind: str, address: str, *args: int) -> Do:
    def do(rig: EngineRig) -> None:
        rig.hear(Incoming(source, kind, address, args, rig.now_ns))

    return do


def follow_code(rig: EngineRig) -> None:
    assert rig.ask(Go()) is None
    Deck(rig).put("01:00:00:00").roll(14)


@dataclass(frozen=True)
class Why:
    """When the cue is, what happens then, and whether anybody could know of it beforehand."""

    at: Any
    do: Do
    has_lead: bool
    cue: dict[str, Any] = field(default_factory=dict)
    chases: bool = False


CAUSES: Final = {
    "timeline": Why(at_bar(3), press_song, has_lead=True),
    "seconds": Why(at_offset(8.0), press_song, has_lead=True),
    "label": Why(AtTimecode(on="timecode", label="01:00:08:00"), press_song, has_lead=True),
    "follower": Why(after("song-verse", 1.0), press_song, has_lead=True),
    "outside code": Why(at_bar(3), follow_code, has_lead=True, chases=True),
    "clock": Why(AtClock(on="clock", time="12:00:05"), lambda rig: rig.wait(6), has_lead=True, cue=HOT),
    "GO": Why(CALLED, lambda rig: _asked(rig, Go(list="hot")), has_lead=False, cue=HOT),
    "fire": Why(CALLED, lambda rig: _asked(rig, Fire(cue="hit")), has_lead=False, cue=HOT),
    "remote": Why(CALLED, lambda rig: _asked(rig, Fire(cue="hit", by="remote:10.0.0.9")), has_lead=False, cue=HOT),
    "OSC": Why(
        OnMessage(on="message", source="osc", address="/hit"), hear("osc", "osc", "/hit"), has_lead=False, cue=HOT
    ),
    "MIDI": Why(
        OnMessage(on="message", source="midi", address="note/1/36"),
        hear("midi:PADS", "midi", "note/1/36", 127),
        has_lead=False,
        cue=HOT,
    ),
    "MSC": Why(
        OnMessage(on="message", source="msc", address="go/7"), hear("midi:DESK", "msc", "go/7"), has_lead=False, cue=HOT
    ),
    "vote": Why(
        OnChoice(on="choice", choice="winner", value="b"),
        lambda rig: _asked(rig, SetChoice(choice="winner", value="b", by="vote")),
        has_lead=False,
        cue=HOT,
    ),
}


def _asked(rig: EngineRig, request: Any) -> None:
    assert rig.ask(request) is None
    rig.wait(0.5)


def made(why: Why, **fields: Any) -> EngineRig:
    hit: Cue = make_cue("hit", "1.95", why.at, step("clip.play", clip="LOGO"), role="video.server", **why.cue)
    given = {
        "lists": (FreeList(id="hot", title="Hot"),),
        "choices": (Choice(id="winner", values=("a", "b"), default="a"),),
        "rules": Rules(go_gap_ms=0),
        **fields,
    }
    if why.chases:
        given["songs"] = (make_song(clock="chase", fallback="hold"),)
    show: Show = song_show(hit, **given)
    rig = code_rig(show) if why.chases else EngineRig(show)
    rig.wait(2)
    return rig


def rows_of(rig: EngineRig) -> dict[str | None, LedgerRow]:
    return {row.device: row for row in rig.rows() if row.cue == "hit"}


@pytest.mark.parametrize("why", CAUSES.values(), ids=list(CAUSES))
def test_latency_and_trim_of_each_device_count_for_every_cause(why: Why) -> None:
    rig = made(why)
    before_s = rig.now_s
    why.do(rig)
    rows = rows_of(rig)
    assert set(rows) == set(LEADS_S)
    for device, row in rows.items():
        lead_s = LEADS_S[str(device)]
        due_s = row.cue_s - lead_s if why.has_lead else max(row.cue_s - lead_s, before_s)
        assert row.due_s == pytest.approx(due_s, abs=1e-6)
        assert row.sent_s == pytest.approx(due_s, abs=0.0011 if why.chases else 1e-6)


@pytest.mark.parametrize("why", CAUSES.values(), ids=list(CAUSES))
def test_parallel_rigs_meet_within_2_ms(why: Why) -> None:
    rig = made(why)
    why.do(rig)
    sent_s = {device: row.sent_s or 0.0 for device, row in rows_of(rig).items()}
    if why.has_lead:  # each as much earlier as it needs: what is seen is seen together
        sent_s = {device: at_s + LEADS_S[str(device)] for device, at_s in sent_s.items()}
    assert max(sent_s.values()) - min(sent_s.values()) <= APART_S


@pytest.mark.parametrize("why", CAUSES.values(), ids=list(CAUSES))
def test_every_cause_leaves_the_same_commands_and_the_same_kind_of_row(why: Why) -> None:
    rig = made(why)
    why.do(rig)
    sent = [d for d in rig.sent if d.command.cue == "hit"]
    said = {"layer": 9, "clip": 1, "loop": False}
    found = {d.command.device: (d.command.verb, dict(d.command.args)) for d in sent}
    assert found == dict.fromkeys(LEADS_S, ("clip.play", said))
    assert len(sent) == len(LEADS_S)
    for row in rows_of(rig).values():
        assert (row.role, row.outcome, row.confirmed, row.count) == ("video.server", "sent", "unconfirmable", 1)
        assert row.by
        assert row.trigger


@pytest.mark.parametrize("why", CAUSES.values(), ids=list(CAUSES))
def test_what_a_rule_inhibits_leaves_for_no_cause_and_says_so_alike(why: Why) -> None:
    rig = made(why, inhibits=(RULE,))
    why.do(rig)
    assert not [d for d in rig.sent if d.command.cue == "hit"]
    outcomes = {row.outcome for row in rig.rows() if row.cue == "hit"}
    assert outcomes == {"inhibited: rule dark keeps video.server, the screens are being hung"}


@pytest.mark.parametrize("why", CAUSES.values(), ids=list(CAUSES))
def test_a_device_that_is_bypassed_is_passed_by_every_cause_and_the_other_is_not(why: Why) -> None:
    rig = made(why)
    rig.ask(Bypass(target="vid-a"))
    why.do(rig)
    assert [d.command.device for d in rig.sent if d.command.cue == "hit"] == ["vid-b"]
    assert rows_of(rig)["vid-a"].outcome == "skipped: bypassed"


def test_a_line_check_takes_the_same_way() -> None:
    rig = made(CAUSES["GO"], inhibits=(RULE,))
    refused = rig.ask(CheckDevice(device="vid-a", verb="clip.play", args={"clip": "LOGO"}))
    assert refused == "rule dark keeps video.server, the screens are being hung"


# ------------------------------------------------------------------------------ a house of another rate


def test_ve_10_a_25_fps_song_in_a_drop_frame_house_keeps_true_seconds() -> None:
    """The song begins at the label 01:01:00:00, which drop frame does not have: 01:01:00;02 stands for it."""
    hit = make_cue("hit", "1.95", at_bar(3), step("clip.play", clip="LOGO"), role="video.server")
    show = song_show(hit, songs=(make_song(clock="chase", fallback="hold", tc_start="01:01:00:00"),))
    rig = code_rig(show, rate="29.97df")
    rig.wait(2)
    assert rig.ask(Go()) is None
    begun_s = rig.now_s
    Deck(rig, rate="29.97df").put("01:01:00;02").roll(20)
    row = rows_of(rig)["vid-a"]
    assert row.cue_s == pytest.approx(begun_s + 8.0, abs=0.004), "eight true seconds after the first click"
    verse = next(each for each in rig.rows() if each.cue == "song-verse")
    assert verse.cue_s - row.cue_s == pytest.approx(4.0, abs=0.004)
