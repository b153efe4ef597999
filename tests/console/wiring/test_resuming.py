"""After a crash: the right place, the right marks, and nothing that happened once happening again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from console.engine.engine import Engine, House
from console.plan.patch import build_patch
from console.record.journal import EditMade, Here, Told
from console.record.resuming import RunSoFar
from console.record.run_card import RunCard
from console.rehearsal.machine import AutoEngine
from console.rehearsal.passage import Passage
from console.show.edits import apply, change_cue, remove
from console.vocabulary import Answered, CheckLine, NoteSave, WentOn
from console.wiring.resuming import Resumption, plan_resumption
from devices.encode import ProfileEncoder
from tests.support.builders import CALLED, evening_show, light, make_cue, step
from tests.support.engine_rig import NOON, ZERO_NS
from tests.support.houses import PROFILES, make_venue

SHOW = evening_show()
ONCE = make_cue("once", "9.1", CALLED, light("9"), item="second", once_per_show=True)
MACRO = make_cue("macro", "1.05", SHOW.cue_by_id["song-intro"].at, step("cue.go"))
SHOW = SHOW.model_copy(update={"cues": (*SHOW.cues, ONCE, MACRO)})

CARD = RunCard(
    run="evening",
    kind="performance",
    show="test",
    title="Test",
    venue="small-hall",
    revision=0,
    started=NOON.isoformat(),
)


def cut_off(position_s: float = 9.0, state: str = "rolling") -> RunSoFar:
    """The evening forty seconds in: the film is over, the song is in its third bar, the once-use is spent."""
    wall = NOON + timedelta(seconds=40)
    return RunSoFar(
        CARD,
        items={"film": "ended", "song": "live", "second": "planned"},
        cues=dict.fromkeys(("film-start", "song-load", "song-start", "song-intro", "macro"), "done"),
        standbys={"show": "song-call", "gone": "nothing"},
        spent={"once"},
        here=Here(
            at_ns=40_000_000_000,
            wall=wall.isoformat(),
            state=state,  # type: ignore[arg-type]
            item="song",
            position_ns=round(position_s * 1e9),
        ),
    )


def resume(so_far: RunSoFar, after_s: float = 2.0) -> tuple[AutoEngine, list[tuple[str | None, str]], list[Answered]]:
    """A new engine that goes on, and what its first step sent and answered."""
    wall = NOON + timedelta(seconds=40 + after_s)
    goes_on: Resumption = plan_resumption(Path("x.journal"), so_far, SHOW, wall)
    patch = build_patch(SHOW, make_venue(), PROFILES)
    house = House(patch, ProfileEncoder(patch.devices))
    engine = Engine(goes_on.show, house, CARD.run, CARD.kind, ZERO_NS - goes_on.run_ns, goes_on.spent)
    engine.resume(goes_on.lives, goes_on.done, goes_on.history, goes_on.revision)
    auto = AutoEngine(engine, None, Passage(asks=goes_on.asks))
    outbox = auto.step(ZERO_NS, wall, [])
    sent = [(each.command.cue, each.command.verb) for each in outbox.dispatches]
    return auto, sent, [notice for notice in outbox.notices if isinstance(notice, Answered)]


def test_the_playhead_is_where_the_band_is_by_now() -> None:
    auto, _, _ = resume(cut_off())
    head = auto.snapshot(ZERO_NS, NOON).playhead
    assert (head.item, head.position_ns, head.state) == ("song", 11_000_000_000, "rolling")


def test_parameters_are_brought_there_and_no_trigger_leaves_again() -> None:
    _, sent, answers = resume(cut_off())
    assert ("song-verse", "cue.fire") in sent  # bar 5 passed while nobody was looking
    assert not {"macro", "song-start", "film-start"} & {cue for cue, _ in sent}
    assert all(answer.refused is None for answer in answers)


def test_marks_standbys_and_the_count_of_the_run_go_on() -> None:
    auto, _, _ = resume(cut_off())
    snapshot = auto.snapshot(ZERO_NS, NOON)
    assert snapshot.now_ns == 42_000_000_000
    assert snapshot.standbys["show"] == "song-call"
    assert {"film-start", "song-start", "macro"} <= set(snapshot.done)
    assert {item.item: item.life for item in snapshot.items}["film"] == "ended"
    assert "once" in auto.engine.run.spent


def test_a_show_that_stood_still_stands_where_it_stood() -> None:
    auto, _, _ = resume(cut_off(state="held"), after_s=600)
    head = auto.snapshot(ZERO_NS, NOON).playhead
    assert (head.position_ns, head.rate) == (9_000_000_000, 0.0)


def test_a_song_that_is_over_by_now_has_ended_and_the_talk_is_live() -> None:
    auto, _, _ = resume(cut_off(), after_s=600)
    assert auto.snapshot(ZERO_NS, NOON).playhead.item == "talk"


def test_before_anything_was_live_nothing_is_located() -> None:
    so_far = replace(cut_off(), items={"film": "loaded"}, cues={}, here=None)
    auto, sent, _ = resume(so_far)
    assert sent == []
    assert auto.snapshot(ZERO_NS, NOON).playhead.item is None


def test_who_began_it_in_spite_of_preflight_is_still_known() -> None:
    failing = CheckLine(code="live.device", group="devices", where="device lx", word="fail", message="away")
    so_far = cut_off()
    so_far.take(Told(fact=WentOn(at_ns=0, by="ada", lines=(failing,))))
    went_on = plan_resumption(Path("run.journal"), so_far, SHOW, NOON).went_on
    assert went_on is not None
    assert (went_on.by, went_on.lines) == ("ada", (failing,))


def test_the_show_is_as_it_was_edited_and_can_be_undone() -> None:
    renamed = EditMade(
        revision=1, way="edit", name="Rename", by="operator", edit=change_cue("song-verse", {"label": "Verse"})
    )
    gone = EditMade(revision=2, way="edit", name="Gone", by="operator", edit=remove("cue", "encore-call"))
    back = EditMade(revision=3, way="undo", name="Gone", by="operator", edit=apply(SHOW, gone.edit)[1])
    auto, _, _ = resume(replace(cut_off(), edits=[renamed, gone, back]))
    engine = auto.engine
    assert engine.run.show.cue_by_id["song-verse"].label == "Verse"
    assert engine.run.show.cues[-1] == SHOW.cues[-1]
    assert auto.snapshot(ZERO_NS, NOON).revision == 3
    names = [None if past is None else past.name for past in map(engine.history.next_of, ("undo", "redo"))]
    assert names == ["Rename", "Gone"]


def test_an_edit_that_does_not_fit_the_file_any_more_is_named() -> None:
    lost = EditMade(revision=1, way="edit", name="Lost", by="operator", edit=remove("cue", "nobody"))
    so_far = replace(cut_off(), edits=[lost])
    goes_on = plan_resumption(Path("x.journal"), so_far, SHOW, NOON + timedelta(seconds=42))
    assert goes_on.show == SHOW
    assert [words.split(":")[0] for words in goes_on.problems] == ["the run's edit 1, Lost, does not fit the show file"]


def test_what_was_saved_is_in_the_file_already() -> None:
    names = [change_cue("song-verse", {"label": label}) for label in ("one", "two")]
    edits = [EditMade(revision=n, way="edit", name=f"n{n}", by="op", edit=edit) for n, edit in enumerate(names, 1)]
    in_file, _ = apply(SHOW, names[0])
    so_far = replace(cut_off(), edits=edits, saved=NoteSave(revision=1, file="/show.json"))
    wall = NOON + timedelta(seconds=42)
    goes_on = plan_resumption(Path("x.journal"), so_far, in_file, wall, "/show.json")
    assert [made.name for made in goes_on.edits] == ["n2"]
    assert (goes_on.revision, goes_on.saved_revision, goes_on.file) == (2, 1, "/show.json")
    assert goes_on.show.cue_by_id["song-verse"].label == "two"
    other = plan_resumption(Path("x.journal"), so_far, SHOW, wall, "/first.json")  # it was saved under another name
    assert [made.name for made in other.edits] == ["n1", "n2"]
    assert (other.file, other.saved_revision) == ("/show.json", 1)
