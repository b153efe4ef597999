"""After any edits, what was kept and what was reckoned anew are together what a fresh look at the show gives."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from console.plan.resolver import StateIndex, places_of, standing_choices
from console.plan.schedule import Schedule, build_schedule, drain, lies_otherwise, reschedule
from console.plan.touched import edit_to_touched, everything
from console.show.edits import Compound, EditError, apply, change, change_cue, move, set_show
from console.show.show import Show
from tests.support.any_edits import FAULTY, edits
from tests.support.builders import at_bar, evening_show, song_show
from tests.support.rich_show import rich_show


def check_schedule(found: Schedule, show: Show) -> None:
    fresh = build_schedule(show)
    assert list(found.items.items()) == list(fresh.items.items())
    assert found.cue_times == fresh.cue_times
    assert found.order == fresh.order
    assert list(found.by_item.items()) == list(fresh.by_item.items())
    assert sorted(found.problems) == sorted(fresh.problems)


def check_index(found: StateIndex, show: Show, choices: dict[str, str]) -> None:
    schedule = build_schedule(show)
    fresh = StateIndex(show, schedule, choices)
    for item, times in schedule.items.items():
        for place in range(5):
            position_ns = -times.lead_in_ns + (times.lead_in_ns + times.length_ns) * place // 4
            assert list(found.resolve(item, position_ns).items()) == list(fresh.resolve(item, position_ns).items())
        assert found.set_within(item, 0, times.length_ns) == fresh.set_within(item, 0, times.length_ns)


@settings(max_examples=60)
@given(st.data(), st.sampled_from([song_show(), evening_show(), rich_show(), FAULTY]))
def test_what_follows_edits_is_what_a_fresh_look_gives(data: st.DataObject, show: Show) -> None:
    schedule = build_schedule(show)
    choices = standing_choices(show)
    index = StateIndex(show, schedule, choices)
    for _ in range(data.draw(st.integers(1, 5))):
        edit = data.draw(edits(show))
        try:
            after, _ = apply(show, edit)
        except EditError:
            continue
        touched = edit_to_touched(edit, show, after)
        if touched.whole:
            touched = everything(show, after)
        before, schedule = schedule, drain(reschedule(schedule, show, after, touched))
        places = places_of(schedule)
        anew = {
            cue
            for item, part in schedule.parts.items()
            if part is not before.parts.get(item)
            for cue, time in part.cue_times.items()
            if before.cue_times.get(cue) is not time
        }
        cues = anew | touched.cues | {child for cue in touched.cues for child in after.children.get(cue, ())}
        index = drain(
            index.edited(after, schedule, places, choices, cues, rundown=lies_otherwise(before, schedule, touched))
        )
        show = after
        check_schedule(schedule, show)
        check_index(index, show, choices)


def test_an_edit_touches_what_it_names_and_nothing_else() -> None:
    show = evening_show()
    song = change("song", "second", {"count_in_bars": 1})
    both = Compound(edits=(change_cue("song-verse", {"label": "x"}), move("item", "talk", 0)))
    rate = set_show({"rate": "30"})
    touched = [edit_to_touched(edit, show, apply(show, edit)[0]) for edit in (song, both, rate)]
    assert (touched[0].items, touched[0].cues, touched[0].whole) == ({"second"}, frozenset(), "")
    assert (touched[1].cues, touched[1].items, touched[1].rundown) == ({"song-verse"}, {"talk"}, True)
    assert touched[2].whole == "rates"


def test_cues_the_edit_does_not_move_keep_their_very_times() -> None:
    show = evening_show()
    schedule = build_schedule(show)
    edit = change_cue("song-verse", {"at": at_bar(6)})
    after, _ = apply(show, edit)
    anew = drain(reschedule(schedule, show, after, edit_to_touched(edit, show, after)))
    changed = {cue for cue, time in anew.cue_times.items() if time is not schedule.cue_times[cue]}
    assert changed == {"song-verse"}
