"""Changes of a venue's file: what is asked is changed, and everything else stays as somebody wrote it."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import profiles
from profiles.venue_duplicate import duplicate_text, id_refused
from profiles.venue_library import list_venues, read_venue
from profiles.venue_text import Add, Change, Drop, EditTextError, Put, change_text, literal

FOLDER = Path(profiles.__file__).parent / "venues"
SHIPPED = {entry.id: (FOLDER / f"{entry.id}.toml").read_text(encoding="utf-8") for entry in list_venues()}
THEATRE = SHIPPED["gaslight-exchange"]

SMALL = """\
# a small house
id = "hall" # its id
name = "Hall"

[limits]
# strobe_hz_max = 3.0

# ------------------------------------------------- devices

# the desk
[[devices]]
id = "desk"
host = "10.0.0.1" # by the door

# ---------------------------------------------------- roles

[[roles]]
id = "lighting.main"
main = "desk"

# Zones are counted from the stage.
[[roles.maps]]
argument = "zone"
[roles.maps.table]
floor = "1"
all = [
  "1", # near
  "2", # far
]

[[roles]]
id = "audio.foh"
main = "desk"
"""


def moved(text: str, *changes: Change) -> list[str]:
    """The lines that went and came."""
    after = change_text(text, changes)
    lines = difflib.unified_diff(text.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        (
            Put(("devices", 0, "host"), "10.0.0.9"),
            ['-host = "10.0.0.1" # by the door', '+host = "10.0.0.9" # by the door'],
        ),
        (Put(("id",), "other"), ['-id = "hall" # its id', '+id = "other" # its id']),
        (Put(("devices", 0, "latency_ms"), 26.0), ["+latency_ms = 26"]),
        (Put(("devices", 0, "trim_ms"), -3.5), ["+trim_ms = -3.5"]),
        (Put(("limits", "strobe_hz_max"), 2), ["+strobe_hz_max = 2"]),
        (Put(("city",), "Port"), ['+city = "Port"']),
        (Put(("roles", 1, "standby"), ["desk"]), ['+standby = ["desk"]']),
        (Put(("roles", 0, "maps", 0, "table", "balcony"), "3"), ['+balcony = "3"']),
        (Put(("roles", 0, "maps", 0, "table", "a b"), 3), ['+"a b" = 3']),
        (Put(("roles", 0, "maps", 0, "table", "all"), ["1", "3"]), ['-  "2", # far', '+  "3", # far']),
        (Put(("devices", 0, "health", "watch"), False), ["+health = { watch = false }"]),
        (Put(("stage", "width_m"), 12.5), ["+", "+[stage]", "+width_m = 12.5"]),
        (Drop(("devices", 0, "host")), ['-host = "10.0.0.1" # by the door']),
        (Drop(("devices", 0, "notes")), []),
        (Drop(("curfew", "time")), []),
        (
            Add(("devices",), {"id": "foh", "midi_port": "FOH", "channel": 1}),
            ["+[[devices]]", '+id = "foh"', '+midi_port = "FOH"', "+channel = 1", "+"],
        ),
        (
            Add(("roles", 1, "maps"), {"argument": "scene", "offset": -100}),
            ["+", "+[[roles.maps]]", '+argument = "scene"', "+offset = -100"],
        ),
        (
            Add(("absent",), {"role": "sfx.pyro", "policy": "skip"}),
            ["+", "+[[absent]]", '+role = "sfx.pyro"', '+policy = "skip"'],
        ),
        (
            Drop(("devices", 0)),
            ["-# the desk", "-[[devices]]", '-id = "desk"', '-host = "10.0.0.1" # by the door', "-"],
        ),
    ],
)
def test_only_what_is_asked_changes(change: Change, lines: list[str]):
    assert sorted(moved(SMALL, change)) == sorted(lines)


def test_a_row_goes_before_the_heading_of_the_next_section():
    text = change_text(SMALL, [Add(("devices",), {"id": "foh", "host": "10.0.0.2"})])
    assert text.index('id = "foh"') < text.index("--- roles")


def test_a_row_that_goes_takes_the_comment_right_above_it_and_no_heading():
    text = change_text(SMALL, [Drop(("roles", 0, "maps", 0))])
    assert "Zones are counted" not in text
    assert '"floor"' not in text
    assert "--- roles" in change_text(SMALL, [Drop(("devices", 0))])


def test_a_section_that_a_fresh_house_shows_in_a_comment_goes_there():
    text = 'id = "x"\n\n# -- devices\n# A box at an address.\n\n# [[devices]]\n# id = "lx"\n'
    assert moved(text, Add(("devices",), {"id": "a"})) == ["+[[devices]]", '+id = "a"', "+"]
    assert change_text(text, [Add(("devices",), {"id": "a"})]).index("A box") < 40


def test_rows_in_lists_of_inline_tables_keep_their_lines():
    line = {"role": "sfx.atmos", "verb": "effect.stop", "args": {"device": "haze"}}
    assert moved(THEATRE, Add(("safe", "soft"), line)) == [
        '+  { role = "sfx.atmos", verb = "effect.stop", args = { device = "haze" } },'
    ]
    assert moved(THEATRE, Drop(("safe", "hard", 1))) == ['-  { role = "audio.stings", verb = "clip.stop" },']


def test_changes_are_made_one_after_another():
    line = Add(("devices",), {"id": "foh", "host": "10.0.0.2"})
    after = tomllib.loads(change_text(SMALL, [line, Put(("devices", 1, "port"), 9000), Drop(("devices", 0))]))
    assert after["devices"] == [{"id": "foh", "host": "10.0.0.2", "port": 9000}]


@pytest.mark.parametrize(
    "change",
    [
        Put(("devices", 7, "host"), "10.0.0.1"),
        Drop(("devices", 7)),
        Put(("id", "deeper"), 1),
        Add(("id",), {"a": 1}),
    ],
)
def test_what_leads_nowhere_is_refused_and_changes_nothing(change: Change):
    with pytest.raises(EditTextError, match="must be changed by hand"):
        change_text(SMALL, [change])


def test_a_layout_that_cannot_be_kept_is_refused():
    text = 'id = "x"\nnotes = """\n[[devices]]\nid = "a"\n"""\n'
    with pytest.raises(EditTextError, match="devices: the file is laid out"):
        change_text(text, [Add(("devices",), {"id": "b"})])


def test_a_long_list_has_a_line_for_each_row():
    rows = [{"pattern": f"S{n}_{{song}}_CHORUS", "to": {"clip": {"song": n}}} for n in range(4)]
    text = f"rules = {literal(rows)}\n"
    assert text.count("\n") == 6
    assert tomllib.loads(text)["rules"] == rows


@pytest.mark.parametrize("name", SHIPPED)
def test_a_duplicate_of_what_ships_is_a_house_that_says_the_same(name: str):
    text = duplicate_text(SHIPPED[name], name, "town-hall")
    venue, problems = read_venue(text, "town-hall.toml")
    source, _ = read_venue(SHIPPED[name], name)
    assert (venue is not None, source is not None, problems) == (True, True, ())
    assert venue is not None
    assert source is not None
    assert venue.model_copy(update={"id": source.id, "name": source.name}) == source
    assert (venue.id, venue.name) == ("town-hall", "Town Hall")
    assert len(moved(SHIPPED[name], Put(("id",), "town-hall"))) == 2


@pytest.mark.parametrize("name", ["Town Hall", "", "-x", "ä"])
def test_what_is_no_id_is_refused_in_words(name: str):
    assert id_refused(name) == f"{name!r} is no id: write it in small letters, digits and hyphens, as town-hall"


SCALARS = st.one_of(
    st.booleans(),
    st.integers(-(2**40), 2**40),
    st.floats(-1e6, 1e6).map(lambda number: round(number, 3)),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)
VALUES: st.SearchStrategy[Any] = st.one_of(
    SCALARS, st.lists(SCALARS, max_size=4), st.dictionaries(st.text("ab -.", max_size=4), SCALARS, max_size=3)
)
KEYS = st.sampled_from(["host", "notes", "trim_ms", "settings", "a key"])


@st.composite
def any_change(draw: st.DrawFn) -> Change:
    place = draw(
        st.sampled_from([("devices", 0), ("devices", 3), ("roles", 1, "maps", 0), ("limits",), ("safe", "soft", 1), ()])
    )
    match draw(st.sampled_from(["put", "drop", "add"])):
        case "put":
            return Put((*place, draw(KEYS)), draw(VALUES))
        case "drop":
            return Drop((*place, draw(KEYS)))
        case _:
            rows = draw(
                st.sampled_from([("devices",), ("inputs",), ("roles", 2, "maps"), ("safe", "hard"), ("screens",)])
            )
            return Add(rows, draw(st.dictionaries(KEYS, VALUES, min_size=1, max_size=3)))


@settings(max_examples=40, deadline=None)
@given(st.lists(any_change(), min_size=1, max_size=3), st.sampled_from(sorted(SHIPPED)))
def test_whatever_is_changed_the_comments_stay(changes: list[Change], name: str):
    """A value may go with the comment behind it; a line that is a comment stays."""
    after = change_text(SHIPPED[name], changes)
    tomllib.loads(after)
    comments = [line for line in SHIPPED[name].splitlines() if line.startswith("#")]
    assert [line for line in after.splitlines() if line in set(comments)] == comments
