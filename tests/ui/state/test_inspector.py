"""The inspector as values: which fields there are, what a text becomes, and the one edit that it makes."""

from __future__ import annotations

import math

import pytest

from console.link.messages import DeviceCard
from console.plan.schedule import build_schedule
from console.show.cues import Condition, Cue, Is, Point
from console.show.edits import Compound, apply, describe
from console.show.references import SHELVES, pieces_of
from console.show.show import Choice, FreeList, Marker, Show
from console.vocabulary import Snapshot
from tests.support.builders import at_bar, evening_show, make_cue, song_show, step
from tests.support.snapshots import make_snapshot
from ui.state.desk import Desk
from ui.state.inspector import Face, inspector_face
from ui.state.inspector_edits import field_edit, row_edit
from ui.state.inspector_subjects import THE_SHOW, Subject, subject_words, subjects
from ui.state.inspector_text import Field, FieldError, text_to_value, value_to_text

LEVEL = make_cue("level", "9", at_bar(3), step("level.set", strip="ch/1", db=-10.0), role="audio.foh", label="Vox up")


def desk_of(show: Show, *, mode: str = "edit") -> Desk:
    snapshot: Snapshot = make_snapshot(show)
    desk = Desk(show=show, schedule=build_schedule(show), linked=True, snapshot=snapshot)
    desk.mode = "show" if mode == "show" else "edit"
    return desk


def field_of(face: Face, *path: str | int) -> Field:
    return next(field for group in face.groups for field in group.fields if field.path == path)


def give(desk: Desk, subject: Subject, text: str, *path: str | int) -> Show:
    """The show after a text was put into a field; taken back it is the same to the byte."""
    assert desk.show is not None
    edit = field_edit(desk, subject, field_of(inspector_face(desk, subject, {}), *path), text)
    assert edit is not None
    after, inverse = apply(desk.show, edit)
    assert apply(after, inverse)[0].model_dump_json() == desk.show.model_dump_json()
    return after


@pytest.mark.parametrize(
    ("text", "value"),
    [("2", 2), ("2,5 s", 2.5), ("1:30", 90), ("0.25", 0.25)],
)
def test_seconds_are_read_as_people_write_them(text: str, value: float) -> None:
    assert text_to_value(Field(("x",), "Fade", "number", unit="s", low=0), text) == value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("loud", "'loud' is no number: give a number of dB, 10 at most"),
        ("12", "12 is too high: give a number of dB, 10 at most"),
        ("nan", "'nan' is no number: give a number of dB, 10 at most"),
        ("", "Db is needed: give a number of dB, 10 at most"),
    ],
)
def test_a_refusal_says_range_and_unit(text: str, words: str) -> None:
    field = Field(("x",), "Db", "number", unit="dB", low=-math.inf, high=10, needed=True)
    with pytest.raises(FieldError) as refused:
        text_to_value(field, text)
    assert str(refused.value) == words
    assert text_to_value(field, "-inf") == "-inf"


def test_every_field_of_every_piece_reads_back_what_it_shows() -> None:
    """An untouched field is no change, whatever piece it is of."""
    show = evening_show(
        lists=(FreeList(id="hot", title="Hot"),), markers=(Marker(id="m", item="song", at_s=1, text="!"),)
    )
    desk = desk_of(show)
    tried = 0
    everything = [Subject(part, (piece.id,)) for part in SHELVES for piece in pieces_of(show, part)]
    for subject in (*everything, THE_SHOW):
        for group in inspector_face(desk, subject, {}).groups:
            for field in group.fields:
                assert field_edit(desk, subject, field, field.text) is None, (subject, field)
                tried += 1
    assert tried > 300


def test_units_and_ranges_come_from_the_catalogue_and_the_models() -> None:
    desk = desk_of(evening_show(cues=(*evening_show().cues, LEVEL)))
    face = inspector_face(desk, Subject("cue", ("level",)), {})
    level = field_of(face, "steps", 0, "args", "db")
    assert (level.unit, level.text, level.needed) == ("dB", "-10", True)
    assert field_of(face, "steps", 0, "fade_s").wanted == "a number of s, 0 or more"
    assert field_of(face, "at").text == "3.1.0"
    assert "seconds" in field_of(face, "at").wanted
    assert " = " in field_of(face, "at").note


def test_one_field_is_one_named_edit() -> None:
    desk = desk_of(song_show(LEVEL))
    subject = Subject("cue", ("level",))
    after = give(desk, subject, "Vox down", "label")
    assert after.cue_by_id["level"].label == "Vox down"
    edit = field_edit(desk, subject, field_of(inspector_face(desk, subject, {}), "steps", 0, "fade_s"), "2")
    assert edit is not None
    assert describe(edit) == "Change fade of cue 9"
    assert give(desk, subject, "−∞", "steps", 0, "args", "db").cue_by_id["level"].steps[0].args["db"] == -math.inf


@pytest.mark.parametrize(
    ("text", "form"),
    [("5.2.240", "bar"), ("7", "bar"), ("01:00:10:00", "timecode"), ("12.5s", "offset")],
)
def test_a_position_is_typed_in_any_form(text: str, form: str) -> None:
    show = song_show(LEVEL)
    at = give(desk_of(show), Subject("cue", ("level",)), text, "at").cue_by_id["level"].at
    assert at.on == form


def test_another_form_keeps_the_moment() -> None:
    show = song_show(LEVEL)
    desk = desk_of(show)
    subject = Subject("cue", ("level",))
    assert desk.schedule is not None
    before_ns = desk.schedule.cue_times["level"].position_ns
    for form in ("offset", "bar", "timecode"):
        after = give(desk, subject, form, "at", "on") if form != "bar" else show
        moved_ns = build_schedule(after).cue_times["level"].position_ns
        assert before_ns is not None
        assert moved_ns is not None
        assert abs(moved_ns - before_ns) <= 20_000_000  # to the frame


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        (("at",), "5.9", "beats"),
        (("at",), "soon", "bar.beat.tick"),
        (("number",), "1.two", "number"),
        (("pre_wait_s",), "-1", "0 or more"),
        (("arm_window_s",), "0", "above 0"),
        (("steps", 0, "args", "db"), "99", "dB"),
    ],
)
def test_what_is_no_value_is_refused_in_words(path: tuple[str | int, ...], text: str, words: str) -> None:
    desk = desk_of(song_show(LEVEL))
    subject = Subject("cue", ("level",))
    field = field_of(inspector_face(desk, subject, {}), *path)
    with pytest.raises(FieldError, match=words):
        field_edit(desk, subject, field, text)


def test_a_number_that_another_cue_has_is_refused() -> None:
    show = song_show(LEVEL)
    other = next(cue for cue in show.cues if cue.id != "level")
    field = field_of(inspector_face(desk_of(show), Subject("cue", ("level",)), {}), "number")
    with pytest.raises(FieldError, match=other.number):
        field_edit(desk_of(show), Subject("cue", ("level",)), field, other.number)


def test_several_cues_show_what_they_share_and_change_as_one() -> None:
    show = evening_show()
    cues = tuple(cue.id for cue in show.cues if cue.item == "song")
    subject, desk = Subject("cue", cues), desk_of(show)
    face = inspector_face(desk, subject, {})
    role, late = field_of(face, "role"), field_of(face, "late")
    assert (face.title, role.several, role.text) == (f"{len(cues)} cues", True, "")
    assert (late.several, late.text) == (False, "default")
    assert not any(field.path == ("number",) for group in face.groups for field in group.fields)
    edit = field_edit(desk, subject, field_of(face, "notes"), "Check in the house")
    assert isinstance(edit, Compound)
    assert len(edit.edits) == len(cues)
    assert describe(edit) == f"Change notes of {len(cues)} cues"
    after = give(desk, subject, "Check in the house", "notes")
    assert {after.cue_by_id[cue].notes for cue in cues} == {"Check in the house"}


def test_verbs_of_the_device_stand_first_and_others_say_so() -> None:
    desk = desk_of(song_show(LEVEL))
    desk.cards["desk"] = DeviceCard(id="desk", profile="v/p", role="audio.foh", duty="main", name="FOH desk")
    face = inspector_face(desk, Subject("cue", ("level",)), {"v/p": frozenset({"mute.set"})})
    options = field_of(face, "steps", 0, "verb").options
    assert options[0].label == "mute.set"
    assert options[1].label.endswith("· not understood by FOH desk here")


def test_another_verb_keeps_what_both_take_and_fills_what_it_needs() -> None:
    desk = desk_of(song_show(LEVEL))
    after = give(desk, Subject("cue", ("level",)), "mute.set", "steps", 0, "verb")
    assert after.cue_by_id["level"].steps[0].args == {"strip": "ch/1", "on": True}


def test_steps_and_points_are_added_moved_and_removed() -> None:
    desk = desk_of(song_show(LEVEL))
    subject = Subject("cue", ("level",))

    def row(at: tuple[str | int, ...], deed: str) -> Cue:
        assert desk.show is not None
        edit = row_edit(desk, subject, at, deed)  # type: ignore[arg-type]
        assert edit is not None
        shows, inverse = apply(desk.show, edit)
        assert apply(shows, inverse)[0] == desk.show
        desk.show = shows
        return shows.cue_by_id["level"]

    assert len(row(("steps",), "add").steps) == 2
    desk.show = give(desk, subject, "ch/2", "steps", 1, "args", "strip")
    assert row(("steps", 1), "up").steps[0].args["strip"] == "ch/2"
    assert row(("steps", 0), "remove").steps[0].args["strip"] == "ch/1"
    assert row(("steps", 0, "points"), "add").steps[0].points == (Point(offset_s=0, value=0),)
    assert row(("steps", 0, "points"), "add").steps[0].points[1].offset_s == 1


def test_a_song_is_edited_whole() -> None:
    show = song_show()
    desk, subject = desk_of(show), Subject("song", ("song",))
    assert give(desk, subject, "100", "tempi", 0, "bpm").songs[0].tempi[0].bpm == 100
    section = show.songs[0].sections[0]
    assert section.vamp is None
    vamp = give(desk, subject, "yes", "sections", 0, "vamp").songs[0].sections[0].vamp
    assert vamp is not None
    assert vamp.planned_repeats == 2
    edit = row_edit(desk, subject, ("sections",), "add")
    assert edit is not None
    sections = apply(show, edit)[0].songs[0].sections
    assert len({each.id for each in sections}) == len(show.songs[0].sections) + 1


def test_what_is_in_hand_comes_first_then_what_it_belongs_to() -> None:
    show = evening_show()
    desk = desk_of(show)
    assert subjects(desk)[0] == THE_SHOW
    desk.pick("song-verse")
    known = subjects(desk)
    assert [each.part for each in known[:5]] == ["cue", "role", "department", "item", "song"]
    assert subject_words(show, known[0]).startswith("Cue ")
    assert THE_SHOW in known


def test_the_show_itself_and_its_rules() -> None:
    desk = desk_of(song_show())
    assert give(desk, THE_SHOW, "Tonight", "title").title == "Tonight"
    assert give(desk, THE_SHOW, "400", "rules", "go_gap_ms").rules.go_gap_ms == 400


def test_a_first_step_speaks_the_role_and_a_first_term_a_choice() -> None:
    bare = LEVEL.model_copy(update={"steps": (), "condition": Condition(terms=())})
    show = song_show(bare, choices=(Choice(id="ending", values=("soft", "loud"), default="loud"),))
    desk, subject = desk_of(show), Subject("cue", ("level",))
    step_added, term_added = (
        row_edit(desk, subject, ("steps",), "add"),
        row_edit(desk, subject, ("condition", "terms"), "add"),
    )
    assert step_added is not None
    assert term_added is not None
    first = apply(show, step_added)[0].cue_by_id["level"].steps[0]
    assert first.verb == show.role_by_id["audio.foh"].verbs[0]
    condition = apply(show, term_added)[0].cue_by_id["level"].condition
    assert condition is not None
    assert condition.terms == (Is(choice="ending", value="loud"),)
    with pytest.raises(FieldError, match="nothing to choose"):
        row_edit(desk_of(show.model_copy(update={"choices": ()})), subject, ("condition", "terms"), "add")


def test_inhibits_of_the_show_are_rows() -> None:
    desk = desk_of(song_show())
    edit = row_edit(desk, THE_SHOW, ("inhibits",), "add")
    assert edit is not None
    assert desk.show is not None
    desk.show = apply(desk.show, edit)[0]
    after = give(desk, THE_SHOW, "audio.foh, LX", "inhibits", 0, "what")
    assert after.inhibits[0].what == ("audio.foh", "LX")


def test_it_is_locked_in_a_performance_with_the_reason() -> None:
    assert "locked in Performance" in inspector_face(desk_of(song_show(), mode="show"), THE_SHOW, {}).locked
    assert inspector_face(desk_of(song_show()), THE_SHOW, {}).locked == ""


def test_values_are_written_as_they_are_read() -> None:
    assert value_to_text({"a": 1.5, "b": True}) == "a = 1.5, b = yes"
    assert value_to_text(["x", "y"]) == "x, y"
    assert value_to_text("-inf") == "−∞"
