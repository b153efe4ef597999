"""Edits of any kind, drawn for a show: most are well formed, some are to be refused."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from console.show.edits import Compound, Edit, change, change_cue, insert, move, remove, replace, set_show
from console.show.references import SHELVES, Part, pieces_of
from console.show.rundown import Item
from console.show.show import Choice, Department, FreeList, Marker, Role, Show
from tests.support.builders import after, at_bar, light, make_cue, song_show

FAULTY = song_show(make_cue("lost", "1.40", after("nobody")), make_cue("twin", "1.4", role="lighting.moon"))
ITEM_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "skipped": st.booleans(),
    "counts": st.booleans(),
    "planned_s": st.sampled_from([5.0, 20.0]),
    "title": st.sampled_from(["One", "Two"]),
    "start": st.sampled_from([None, {"rule": "manual"}, {"rule": "time_of_day", "time": "13:00:00"}]),
}
SONG_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "count_in_bars": st.sampled_from([1, 2]),
    "tc_start": st.sampled_from(["05:00:00:00", "06:00:00:00"]),
    "tempi": st.sampled_from([[{"bar": 1, "beat": 1, "bpm": bpm}] for bpm in (100, 120)]),
}
CUE_FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "label": st.text(max_size=5),
    "number": st.sampled_from(["1", "1.40", "1.4", "2", "7.50", "x"]),
    "at": st.sampled_from([at_bar(3), at_bar(4, 2, 240), after("song-clip", 2.0, "end"), after("nobody")]),
    "role": st.sampled_from(["lighting.main", "audio.foh", "gone", None]),
    "pre_wait_s": st.floats(-1, 10),
    "item": st.sampled_from(["song", "second", None]),
    "disabled": st.booleans(),
    "mode": st.sampled_from(["auto", "called", None]),
    "parent": st.sampled_from(["group", None]),
    "every_pass": st.booleans(),
    "hazard": st.sampled_from(["none", "high", "loud"]),
    "steps": st.just([light("5", 1.0).model_dump(mode="json")]),
}


LOOKUPS = ("cue_by_id", "cue_places", "cues_by_item", "followers", "children", "cue_slots")


def check_lookups(show: Show) -> None:
    """What was carried over from the show before an edit is what this one would reckon itself."""
    fresh = show.model_copy()
    for name in LOOKUPS:
        carried, reckoned = getattr(show, name), getattr(fresh, name)
        if name == "cue_slots":
            carried, reckoned = ({k: set(v) for k, v in each.items()} for each in (carried, reckoned))
        assert carried == reckoned, name


@st.composite
def edits(draw: st.DrawFn, show: Show, depth: int = 1) -> Edit:
    """Mostly well-formed edits of this show; some are to be refused."""
    kind = draw(
        st.sampled_from(
            ["change", "insert", "remove", "replace", "move", "show", "item", "song"] + ["compound"] * depth
        )
    )
    part: Part = draw(st.sampled_from(list(SHELVES)))
    ids = [piece.id for piece in pieces_of(show, part)]
    chosen = draw(st.sampled_from([*ids, "nobody"]))
    place = draw(st.integers(0, max(len(ids) - 1, 0)))
    if kind == "compound":
        return Compound(edits=tuple(draw(st.lists(edits(show, 0), max_size=4))))
    if kind == "change":
        names = draw(st.lists(st.sampled_from(list(CUE_FIELDS)), min_size=1, max_size=3, unique=True))
        cue = draw(st.sampled_from([cue.id for cue in show.cues] or ["nobody"]))
        return change_cue(cue, {name: draw(CUE_FIELDS[name]) for name in names})
    if kind == "remove":
        return remove(part, chosen)
    if kind in ("item", "song"):
        fields = ITEM_FIELDS if kind == "item" else SONG_FIELDS
        named = [piece.id for piece in pieces_of(show, kind)]
        name = draw(st.sampled_from(list(fields)))
        return change(kind, draw(st.sampled_from([*named, "nobody"])), {name: draw(fields[name])})
    if kind == "move":
        return move(part, chosen, place)
    if kind == "show":
        return set_show({"title": draw(st.text(max_size=5)), "hard_out_s": draw(st.sampled_from([None, 5.0, -1]))})
    new = f"new-{draw(st.integers(0, 3))}" if kind == "insert" else chosen
    number = draw(st.sampled_from(["1.4", "20", "21", "22.5"]))
    made: dict[Part, Any] = {
        "cue": make_cue(new, number, draw(st.sampled_from([at_bar(2), after("song-verse")]))),
        "item": Item(id=new, kind="talk", title="New", planned_s=5),
        "song": show.songs[0].model_copy(update={"id": new}) if show.songs else None,
        "role": Role(id=new, department="LX"),
        "choice": Choice(id=new, values=("a",), default="a"),
        "list": FreeList(id=new, title="New"),
        "marker": Marker(id=new, item="song", at_s=1.0, text=""),
        "department": Department(id=new, name="new"),
    }
    piece = made[part] or made["item"]
    return insert(piece, draw(st.sampled_from([None, place]))) if kind == "insert" else replace(piece)
