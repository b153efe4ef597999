"""Bytes, the last run and trials below the inspector's fields: as values, and pressed in the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console.link.messages import DeviceCard
from console.vocabulary import (
    CheckDevice,
    Confirmed,
    ExplainCue,
    ExplainedCue,
    ExplainedSend,
    Finding,
    Inquiry,
    LedgerRow,
    PacketText,
    Tried,
    TryCommand,
)
from tests.support.snapshots import make_snapshot
from tests.ui.conftest import Rig
from ui.state.blocks import blocks_to_text
from ui.state.desk import Desk
from ui.state.inspector_trial import ghost_trial, last_blocks, live_trial, not_live, own_sends, sends_blocks

PACKET = PacketText(transport="osc_udp", port=8000, framing="none", delay_ms=0.0, hex="2f 67", words="/go 20")
SEND = ExplainedSend(
    cue="song-verse",
    number="1.4",
    step=1,
    role="lighting.main",
    device="desk",
    duty="main",
    mode="ghost",
    asked_verb="cue.fire",
    asked={"list": 1, "cue": "20"},
    verb="cue.fire",
    args={"list": 101, "cue": "20"},
    due_s=-0.008,
    latency_ms=8.0,
    trim_ms=0.0,
    advance_ms=0.0,
    fade="",
    packets=(PACKET,),
)
EXPLAINED = ExplainedCue(cue="song-verse", number="1.4", label="", sends=(SEND,))
CARD = DeviceCard(id="desk", profile="vendor/desk", role="lighting.main", duty="main")
ROW = LedgerRow(
    at_ns=62_000_000_000,
    seq=7,
    item="song",
    cue="song-verse",
    role="lighting.main",
    device="desk",
    command="cue.fire list=101 cue=20",
    cue_s=62.0,
    due_s=61.992,
    sent_s=61.9921,
    late_us=100,
    outcome="sent",
    by="operator",
    trigger="go",
)


def found(inquiry: Inquiry) -> Finding | None:
    if isinstance(inquiry, ExplainCue):
        return EXPLAINED.model_copy(update={"cue": inquiry.cue})
    if isinstance(inquiry, TryCommand):
        return Tried(
            profile=inquiry.profile,
            command=inquiry.command,
            packets=(PACKET,),
            understood=("cue.fire list=101 cue=20",),
            strange=0,
            said=(),
            state=(),
        )
    return None


def test_the_bytes_are_those_of_this_house() -> None:
    text = blocks_to_text(sends_blocks(EXPLAINED))
    assert "step 1 → desk" in text
    assert "cue.fire list=101 cue=20; 8 ms before the cue" in text
    assert "2f 67" in text


def test_a_childs_send_is_shown_and_not_tried_from_its_group() -> None:
    group = EXPLAINED.model_copy(update={"cue": "group"})
    assert own_sends(group) == ()
    assert "1.4, step 1 → desk" in blocks_to_text(sends_blocks(group))


def test_a_ghost_is_told_what_the_house_says_and_a_device_what_the_show_says() -> None:
    desk = Desk(seat="LX")
    assert ghost_trial(desk, SEND) is None
    desk.cards["desk"] = CARD
    assert ghost_trial(desk, SEND) == TryCommand(
        profile="vendor/desk", command="cue.fire", words={"list": "101", "cue": "20"}
    )
    assert live_trial(desk, SEND) == CheckDevice(device="desk", verb="cue.fire", args={"list": 1, "cue": "20"}, by="LX")


def test_the_last_run_says_when_how_late_and_what_was_answered(rig: Rig) -> None:
    rig.open()
    rig.desk.cards["desk"] = CARD
    assert blocks_to_text(last_blocks(rig.desk, "song-verse")) == "Not sent in this run."
    rig.desk.take_notice(ROW)
    confirmed = Confirmed(
        at_ns=62_010_000_000,
        seq=7,
        item="song",
        cue="song-verse",
        role="lighting.main",
        device="desk",
        result="contradicted",
        words="stands in cue 10",
    )
    rig.desk.take_notice(confirmed)
    lines = blocks_to_text(last_blocks(rig.desk, "song-verse")).splitlines()
    assert lines == ["1:02 desk: cue.fire list=101 cue=20, +0.10 ms", "Otherwise: stands in cue 10"]
    assert blocks_to_text(last_blocks(rig.desk, "song-intro")) == "Not sent in this run."


@pytest.mark.parametrize(("mode", "words"), [("show", "not in Performance"), ("edit", "it is rolling")])
def test_live_is_refused_in_performance_and_while_it_rolls(rig: Rig, mode: str, words: str) -> None:
    show = rig.open()
    rig.link.tell(make_snapshot(show, "song", 5_000_000_000))
    rig.window.run_action(f"mode.{mode}")
    assert words in not_live(rig.desk, SEND)


def test_a_hazard_is_never_tried_from_here(rig: Rig) -> None:
    show = rig.open()
    hazard = next(role for role in show.roles if role.hazard != "none")
    assert not_live(rig.desk, SEND.model_copy(update={"role": hazard.id})) == "a hazard is never tried from here"


def test_a_ghost_is_tried_by_a_press_and_a_device_by_two(rig: Rig, qtbot: QtBot) -> None:
    rig.link.answers = found
    rig.open()
    rig.desk.cards["desk"] = CARD
    rig.window.run_action("mode.edit")
    rig.window.surface.pick("song-verse")
    rig.window.show_now()
    trial = rig.window.page.inspector.trial
    rig.bridge.read()
    assert "2f 67" in trial.pane.text
    qtbot.mouseClick(trial.ghost, Qt.MouseButton.LeftButton)
    rig.bridge.read()
    assert "Ghost understood: cue.fire list=101 cue=20" in trial.pane.text
    assert rig.sent == []
    qtbot.mouseClick(trial.live, Qt.MouseButton.LeftButton)
    assert trial.live.text() == "Yes, send to desk (a ghost)"
    assert rig.sent == []
    qtbot.mouseClick(trial.live, Qt.MouseButton.LeftButton)
    assert rig.kinds == ["check_device"]
    assert trial.live.text() == "Try live…"


def test_the_second_press_counts_for_the_cue_of_the_first(rig: Rig, qtbot: QtBot) -> None:
    rig.link.answers = found
    rig.open()
    rig.window.run_action("mode.edit")
    rig.window.surface.pick("song-verse")
    rig.window.show_now()
    trial = rig.window.page.inspector.trial
    rig.bridge.read()
    qtbot.mouseClick(trial.live, Qt.MouseButton.LeftButton)
    rig.window.surface.pick("song-intro")
    rig.window.show_now()
    rig.bridge.read()
    qtbot.mouseClick(trial.live, Qt.MouseButton.LeftButton)
    assert rig.sent == []


def test_nothing_is_asked_while_the_inspector_is_closed(rig: Rig) -> None:
    rig.open()
    rig.window.run_action("mode.rehearsal")
    rig.window.surface.pick("song-verse")
    rig.window.show_now()
    assert rig.link.inquiries == []
