import pytest

from console.link.messages import Edited
from console.show.edits import change_cue
from console.show.show_json import ShowFileError
from console.vocabulary import (
    Answered,
    Confirmed,
    CueChanged,
    Hold,
    LedgerRow,
    RunningCue,
    Said,
    ShowStop,
    TransportChanged,
    Upcoming,
)
from tests.support.builders import evening_show, song_show
from tests.support.fake_link import opened
from tests.support.snapshots import make_snapshot
from ui.state.desk import SHOW_STOP_NS, STALE_NS, Desk
from ui.state.keymap import Keymap

S = 1_000_000_000


def desk_with(**moment: object) -> Desk:
    show = evening_show()
    desk = Desk()
    desk.take_opened(opened(show))
    desk.take_snapshot(make_snapshot(show, "song", 6 * S, **moment), 100 * S)  # type: ignore[arg-type]
    return desk


def test_the_clock_goes_on_between_snapshots_and_stands_when_they_stop() -> None:
    desk = desk_with()
    now_ns = desk.run_now_ns(100 * S)
    assert now_ns == 30 * S
    assert desk.run_now_ns(100 * S + S // 4) == now_ns + S // 4
    assert desk.run_now_ns(200 * S) == now_ns + STALE_NS
    assert desk.position_ns(100 * S + S // 4) == 6 * S + S // 4


def test_a_held_playhead_stands() -> None:
    assert desk_with(state="held").position_ns(101 * S) == 6 * S


def test_a_silent_engine_is_said_to_be_silent() -> None:
    desk = desk_with()
    assert desk.silent_ns(100 * S + S // 2) is None
    assert desk.silent_ns(103 * S) == 3 * S
    desk.lose_link()
    assert desk.silent_ns(100 * S) == 0


def test_the_item_counts_down_to_its_projected_end() -> None:
    assert desk_with().item_left_ns(100 * S) == 26 * S
    assert desk_with(slip_ns=4 * S).item_left_ns(100 * S) == 26 * S
    assert Desk().item_left_ns(0) is None


def test_marks_follow_the_snapshot_and_what_was_said() -> None:
    desk = desk_with(running=[RunningCue(cue="song-verse", started_ns=0, ends_ns=None)], standby="second-start")
    assert desk.marks["song-load"] == "done"
    assert desk.marks["song-verse"] == "running"
    assert desk.marks["second-start"] == "standby"
    assert "song-clip" not in desk.marks or desk.marks["song-clip"] == "next"
    skipped = CueChanged(at_ns=1, cue="song-bridge", item="song", life="skipped", by="playhead", words="412 ms late")
    line = desk.take_notice(skipped)
    assert line is not None
    assert line.words == "1.7: skipped, 412 ms late"
    later = make_snapshot(evening_show(), "song", 6 * S)
    desk.take_snapshot(later.model_copy(update={"done": (*later.done, "song-bridge")}), 101 * S)
    assert desk.marks["song-bridge"] == "skipped"
    assert desk.words_about("song-bridge") == "412 ms late"
    desk.take_snapshot(later, 102 * S)
    assert desk.marks.get("song-bridge") in (None, "next"), "a jump back: it will run, and looks like it"


def test_a_new_run_forgets_what_was_said_of_the_last() -> None:
    desk = desk_with()
    desk.take_notice(CueChanged(at_ns=1, cue="song-bridge", item="song", life="failed", by="GO"))
    desk.take_snapshot(make_snapshot(evening_show()).model_copy(update={"run": "run-2"}), 102 * S)
    assert "song-bridge" not in desk.marks


def test_what_comes_next_is_the_soonest_and_else_the_standby() -> None:
    desk = desk_with()
    assert desk.coming() == "song-verse"
    assert desk.snapshot is not None
    desk.take_snapshot(desk.snapshot.model_copy(update={"upcoming": ()}), 101 * S)
    assert desk.coming() == "song-call"


def test_only_what_should_be_read_becomes_a_line() -> None:
    desk = desk_with()
    done = Answered(at_ns=1, request=1, name="hold", by="operator")
    assert desk.take_notice(done, Hold()) is None
    refused = done.model_copy(update={"refused": "nothing rolls"})
    line = desk.take_notice(refused, Hold())
    assert line is not None
    assert (line.severity, line.words) == ("refused", "Refused: nothing rolls")
    assert desk.take_notice(Said(at_ns=2, severity="error", words="disk full")) is not None
    assert [each.words for each in desk.lines] == ["Refused: nothing rolls", "disk full"]


def test_a_word_about_the_transport_is_a_line_unless_it_is_also_said_aloud() -> None:
    desk = desk_with()
    for words in ("hold", "panic", "the rundown is over"):
        desk.take_notice(TransportChanged(at_ns=1, state="held", item="song", position_ns=0, words=words))
    assert [(each.severity, each.words) for each in desk.lines] == [("note", "Hold")]


@pytest.mark.parametrize(("life", "severity"), [("skipped", "note"), ("inhibited", "warning"), ("failed", "error")])
def test_only_what_nobody_meant_speaks_up(life: str, severity: str) -> None:
    told = CueChanged(at_ns=1, cue="song-bridge", item="song", life=life, by="x", words="passed over by a jump")  # type: ignore[arg-type]
    line = desk_with().take_notice(told)
    assert line is not None
    assert line.severity == severity


def test_the_rundown_is_over_when_nothing_is_live_and_nothing_is_left() -> None:
    desk = Desk()
    assert not desk.is_over()
    show = evening_show()
    desk.take_opened(opened(show))
    snapshot = make_snapshot(show, "encore", 6 * S)
    desk.take_snapshot(snapshot, 0)
    assert not desk.is_over()
    items = tuple(state.model_copy(update={"life": "ended"}) for state in snapshot.items)
    desk.take_snapshot(snapshot.model_copy(update={"items": items}), 0)
    assert desk.is_over()
    desk.take_snapshot(make_snapshot(show), 0)
    assert not desk.is_over()


def test_a_show_stop_stays_open_for_ten_seconds_and_closes_when_confirmed() -> None:
    desk = desk_with()
    answer = Answered(at_ns=30 * S, request=1, name="show_stop", by="operator")
    desk.take_notice(answer, ShowStop())
    assert desk.show_stop_is_open(100 * S)
    desk.take_snapshot(make_snapshot(evening_show(), "song", 6 * S + SHOW_STOP_NS), 110 * S)
    assert not desk.show_stop_is_open(110 * S)
    desk.take_notice(answer.model_copy(update={"at_ns": 40 * S}), ShowStop())
    assert desk.show_stop_is_open(110 * S)
    desk.take_notice(answer.model_copy(update={"at_ns": 41 * S}), ShowStop(confirm=True))
    assert not desk.show_stop_is_open(110 * S)


def test_a_remote_that_is_refused_is_named() -> None:
    refused = Answered(at_ns=30 * S, request=-1, name="go", by="remote:tablet", refused="panic: release it first")
    line = desk_with().take_notice(refused)
    assert line is not None
    assert line.words == "Refused tablet: panic: release it first"


def test_a_refused_show_stop_opens_nothing() -> None:
    desk = desk_with()
    desk.take_notice(Answered(at_ns=30 * S, request=1, name="show_stop", by="x", refused="no"), ShowStop())
    assert not desk.show_stop_is_open(100 * S)


def test_edits_are_applied_in_order_and_a_gap_is_noticed() -> None:
    desk = desk_with()
    edited = Edited(seq=1, by="operator", revision=1, edit=change_cue("song-verse", {"label": "Big look"}))
    assert desk.take_edit(edited)
    assert desk.show is not None
    assert desk.show.cue_by_id["song-verse"].label == "Big look"
    assert desk.revision == 1
    assert not desk.take_edit(edited.model_copy(update={"revision": 3}))
    assert not Desk().take_edit(edited)


def test_another_show_starts_with_a_clean_desk_and_the_same_one_keeps_what_was_picked() -> None:
    desk = desk_with()
    desk.selected, desk.mode = "song-verse", "show"
    desk.take_opened(opened(evening_show()))
    assert (desk.selected, desk.mode) == ("song-verse", "show")
    desk.take_opened(opened(song_show(id="elsewhere")))
    assert (desk.selected, desk.snapshot, desk.mode) == (None, None, "show")
    desk.take_opened(None)
    assert desk.show is None


def test_a_show_that_cannot_be_read_is_refused_in_words() -> None:
    broken = opened(evening_show()).model_copy(update={"show": "{"})
    with pytest.raises(ShowFileError):
        Desk().take_opened(broken)


def test_the_mark_next_gives_way_to_the_standby() -> None:
    desk = desk_with()
    assert desk.snapshot is not None
    up = (Upcoming(cue="song-call", called=True, in_ns=S),)
    desk.take_snapshot(desk.snapshot.model_copy(update={"upcoming": up}), 100 * S)
    assert desk.marks["song-call"] == "standby"


def test_a_cue_that_is_done_is_marked_by_what_its_devices_said() -> None:
    desk = desk_with(extra_done=["song-verse"])
    assert desk.marks["song-verse"] == "done"
    row = LedgerRow(
        at_ns=0, seq=4, item="song", cue="song-verse", role="lighting.main", device="desk", command="cue.fire",
        cue_s=0.0, due_s=0.0, sent_s=0.0, late_us=0, outcome="sent", by="operator", trigger="GO",
    )  # fmt: skip
    desk.take_notice(row)
    assert desk.snapshot is not None
    desk.take_snapshot(desk.snapshot, 100 * S)
    assert desk.marks["song-verse"] == "sent"
    words = "the device says cue=9"
    desk.take_notice(
        Confirmed(at_ns=0, seq=4, item="song", cue="song-verse", role="lighting.main", device="desk",
                  result="contradicted", words=words)
    )  # fmt: skip
    desk.take_snapshot(desk.snapshot, 100 * S)
    assert desk.marks["song-verse"] == "contradicted"
    assert desk.words_about("song-verse") == f"desk: {words}"
    desk.take_snapshot(desk.snapshot.model_copy(update={"run": "another"}), 100 * S)
    assert desk.marks["song-verse"] == "done"


def test_what_a_person_chose_for_the_seat_outlives_the_show() -> None:
    keymap = Keymap({"cue.fire": ("F13",)})
    desk = Desk(mode="edit", seat="LX", inspector=False, keymap=keymap, caller_screen="second", locked_run="run-1")
    desk.take_opened(opened(evening_show()))
    desk.take_opened(opened(song_show(id="elsewhere")))
    kept = (desk.mode, desk.seat, desk.inspector, desk.keymap, desk.caller_screen, desk.locked_run)
    assert kept == ("edit", "LX", False, keymap, "second", "run-1")
