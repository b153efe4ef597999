from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.show.cues import Condition, Is
from console.show.show import SCHEMA_VERSION, Choice, Rules, Show
from console.show.show_json import Loaded, ShowFileError, json_to_show, show_to_json, show_to_line
from console.show.upgrades import SchemaVersionError, upgrade
from tests.support.builders import CALLED, LOAD, after, at_bar, evening_show, make_cue, make_show, song_show, step


def read(raw: dict[str, Any]) -> Loaded:
    return json_to_show(json.dumps(raw), "evening.json")


def refusal(text: str) -> ShowFileError:
    with pytest.raises(ShowFileError) as refused:
        json_to_show(text, "evening.json")
    assert "\n" not in str(refused.value)
    return refused.value


# -- canonical --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("show", [song_show(), evening_show(), make_show(id="empty", title="Empty")])
def test_what_is_written_is_read_back(show: Show) -> None:
    text = show_to_json(show)
    loaded = json_to_show(text, "evening.json")
    assert loaded == Loaded(show)
    assert show_to_json(loaded.show) == text
    line = show_to_line(show)
    assert "\n" not in line
    assert json.loads(line) == json.loads(text)
    assert json_to_show(line, "the link") == Loaded(show)


def test_the_text_is_sorted_indented_and_without_defaults() -> None:
    text = show_to_json(
        Show(id="x", title="Ünder", rules=Rules(), cues=(make_cue("a", "1", CALLED, item=None, list="hot"),))
    )
    raw = json.loads(text)
    assert text == json.dumps(raw, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    assert list(raw) == ["cues", "id", "schema_version", "title"]
    assert raw["cues"][0] == {
        "at": {"on": "called"},
        "id": "a",
        "list": "hot",
        "number": "1",
        "role": "lighting.main",
        "steps": [{"args": {"cue": "1", "list": 1}, "verb": "cue.fire"}],
    }


def test_the_kind_of_a_moment_is_always_written() -> None:
    cues = (make_cue("a", "1", at_bar(1)), make_cue("b", "2", LOAD), make_cue("c", "3", after("a")))
    raw = json.loads(show_to_json(make_show(*cues)))
    assert [cue["at"]["on"] for cue in raw["cues"]] == ["bar", "offset", "after"]


def test_one_changed_field_is_one_changed_line() -> None:
    show = song_show()
    louder = show.model_copy(update={"cues": (show.cues[0].model_copy(update={"number": "1.05"}), *show.cues[1:])})
    old, new = show_to_json(show).splitlines(), show_to_json(louder).splitlines()
    assert len(old) == len(new)
    assert sum(a != b for a, b in zip(old, new, strict=True)) == 1


@given(
    st.lists(
        st.floats(allow_nan=False, allow_infinity=False) | st.integers() | st.booleans() | st.text(max_size=6),
        max_size=5,
    ),
    st.floats(0, 1e6),
)
def test_any_argument_comes_back_as_it_was(values: list[Any], fade_s: float) -> None:
    args = {f"a{n}": value for n, value in enumerate(values) if value != "-inf"}
    cue = make_cue("a", "1", at_bar(1), step("level.set", fade_s=fade_s, **args))
    show = make_show(cue)
    read_back = json_to_show(show_to_json(show), "x").show
    assert read_back == show
    assert [type(v) for v in read_back.cues[0].steps[0].args.values()] == [type(args[k]) for k in sorted(args)]


# -- what is no show --------------------------------------------------------------------------------------------------


def test_broken_json_is_told_with_line_and_column() -> None:
    text = show_to_json(song_show()).replace('"number": "1.4",', '"number": "1.4"')
    line = text.splitlines().index('   "number": "1.4"') + 2
    assert str(refusal(text)).startswith(f"evening.json:{line}:4: is no JSON, expecting ',' delimiter: mend it there")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "evening.json: is empty"),
        ("[]", "holds no show"),
        ('"show"', "holds no show"),
        ("[" * 100_000, "nested too deep"),
        ('{"schema_version": ' + "9" * 5000 + "}", "a number too long"),
        ('{"a": NaN}', 'holds NaN, which is no JSON; a fader at the bottom is written "-inf"'),
        ('{"a": -Infinity}', "holds -Infinity"),
        ('{"cues": [{"id": "a", "id": "a"}]}', "has the key 'id' twice in one object (id a)"),
        ("{}", "schema_version is None"),
        ('{"schema_version": true}', "schema_version is True"),
        ('{"schema_version": 0}', "schema_version is 0"),
        ('{"schema_version": "1"}', "schema_version is '1'"),
        ('{"schema_version": 1, "id": "x", "title": "\\ud800"}', "half of a character"),
    ],
    ids=range(13),
)
def test_files_that_hold_no_show(text: str, words: str) -> None:
    error = refusal(text)
    assert words in str(error)
    assert error.problems[0].remedy


def test_every_fault_of_the_shape_is_told_with_the_piece_it_is_in() -> None:
    raw = json.loads(show_to_json(song_show()))
    raw["cues"][3]["at"]["bar"] = "five"
    raw["cues"][4]["lable"] = "x"
    del raw["cues"][5]["number"]
    raw["cues"][6]["late"] = "never"
    raw["songs"][0]["metres"][0]["den"] = 3
    del raw["title"]
    error = refusal(json.dumps(raw))
    assert [str(problem) for problem in error.problems] == [
        "evening.json: title is missing: give it a value",
        "evening.json: songs[0] is song: songs[0].metres[0].den is 3: give 1, 2, 4, 8, 16 or 32",
        "evening.json: cues[3] is song-verse: cues[3].at.bar is 'five': "
        "should be a valid integer, unable to parse string as an integer",
        "evening.json: cues[4] is song-clip: cues[4].lable is not known here: did you mean label?",
        "evening.json: cues[5] is song-after: cues[5].number is missing: give it a value",
        "evening.json: cues[6] is song-bridge: cues[6].late is 'never': give 'default', 'fire', 'skip' or 'ask'",
    ]
    assert str(error).endswith("(and 5 more)")


# -- versions ---------------------------------------------------------------------------------------------------------


def newer(**more: Any) -> dict[str, Any]:
    return json.loads(show_to_json(song_show())) | {"schema_version": SCHEMA_VERSION + 1} | more


def test_a_newer_file_opens_read_only_without_what_is_not_understood() -> None:
    raw = newer(laser={"safe": True})
    raw["cues"][2]["sparkle"] = 5
    raw["cues"][3]["at"] = {"on": "moonrise"}
    raw["cues"][5]["steps"][0]["shape"] = "round"
    raw["songs"][0]["sections"][1]["vamp"] = {"planned_repeats": "as felt"}
    loaded = read(raw)
    assert loaded.read_only is not None
    assert loaded.read_only == (
        "evening.json: was made by a newer Showcaller (schema 2, this one knows 1); 5 parts of it cannot be shown: "
        "update this one, or save under another name"
    )
    assert [cue.id for cue in loaded.show.cues] == [cue.id for cue in song_show().cues if cue.id != "song-verse"]
    assert [section.name for section in loaded.show.songs[0].sections] == ["intro", "bridge", "outro"]
    assert str(loaded.problems[0]) == loaded.read_only
    assert {problem.message for problem in loaded.problems[1:]} == {
        "laser is not understood here",
        "cues[2].sparkle is not understood here",
        "cues[3] is not understood here",
        "cues[5].steps[0].shape is not understood here",
        "songs[0].sections[1] is not understood here",
    }
    assert {problem.severity for problem in loaded.problems} == {"warning"}


def test_a_newer_file_that_we_understand_whole_is_read_only_all_the_same() -> None:
    loaded = read(newer())
    assert loaded.show == song_show()
    assert loaded.read_only is not None
    assert [str(problem) for problem in loaded.problems] == [loaded.read_only]
    assert "it may mean more than is shown" in loaded.read_only


def test_a_newer_file_without_what_makes_a_show_is_refused() -> None:
    raw = newer()
    del raw["title"]
    assert "title is missing" in str(refusal(json.dumps(raw)))


def test_the_same_parts_in_a_file_of_today_are_faults() -> None:
    assert "laser is not known here" in str(refusal(json.dumps(newer(laser=1) | {"schema_version": SCHEMA_VERSION})))


def test_older_files_climb_the_chain_step_by_step() -> None:
    chain = {
        1: lambda raw: {**raw, "title": raw["name"]},
        2: lambda raw: {key: value for key, value in raw.items() if key != "name"},
    }
    raw = {"schema_version": 1, "id": "x", "name": "Old"}
    assert upgrade(raw, chain, 3) == {"schema_version": 3, "id": "x", "title": "Old"}
    assert upgrade({"schema_version": 2, "name": "Old"}, chain, 3) == {"schema_version": 3}
    assert raw == {"schema_version": 1, "id": "x", "name": "Old"}


def test_files_of_today_and_tomorrow_are_left_as_they_are() -> None:
    assert upgrade({"schema_version": SCHEMA_VERSION, "x": 1}) == {"schema_version": SCHEMA_VERSION, "x": 1}
    assert upgrade({"schema_version": 99}) == {"schema_version": 99}


def test_a_gap_in_the_chain_is_told() -> None:
    with pytest.raises(
        SchemaVersionError, match="schema version 2 is too old to open: save it with an older Showcaller"
    ):
        upgrade({"schema_version": 1}, {1: dict}, 3)


def test_the_file_goes_through_the_chain_before_it_is_checked() -> None:
    text = json.dumps({"schema_version": 1, "id": "x", "name": "Old"})
    shown = json_to_show(text, "x", lambda raw: {"schema_version": 1, "id": raw["id"], "title": raw["name"]})
    assert shown.show.title == "Old"


def test_a_choice_and_its_condition_are_kept() -> None:
    end = Choice(id="end", values=("a", "b"), default="a", set_by=("producer",))
    cue = make_cue("a", "1", at_bar(1), condition=Condition(match="any", terms=(Is(choice="end", value="b"),)))
    show = make_show(cue, choices=(end,))
    assert json_to_show(show_to_json(show), "x").show == show
