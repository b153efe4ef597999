"""The set list while the show runs: another order, skips, what is next by hand, encores and the curfew."""

from __future__ import annotations

from datetime import datetime

import pytest

from console.engine.engine import House
from console.plan.curfew import curfew_of, fits, left_ns
from console.plan.patch import build_patch
from console.samples.library import sample_path
from console.show.edits import change, move
from console.show.rundown import Item, StartRule
from console.show.show import Show
from console.show.show_file import read_show
from console.vocabulary import EndItem, Go, GoKeyUp, ItemState, Load, Locate, Request, SetNext, SetStandby, StartItem
from devices.encode import ProfileEncoder
from profiles.library import load_profiles
from profiles.venue_library import load_venue
from tests.support.builders import LOAD, evening_show, make_cue, make_show, make_song, song_cues, step
from tests.support.derived import check_derived
from tests.support.engine_rig import NOON, EngineRig, s
from tests.support.houses import make_venue


def begun(show: Show, *how: Request | float, **fields: object) -> EngineRig:
    rig = EngineRig(show, **fields)  # type: ignore[arg-type]
    for each in how:
        if isinstance(each, float):
            rig.wait(each)
        else:
            assert rig.ask(each) is None
            rig.ask(GoKeyUp())
    return rig


def item_states(rig: EngineRig) -> dict[str, ItemState]:
    return {state.item: state for state in rig.engine.snapshot(rig.now_ns, rig.wall).items}


def projected_end_ns(rig: EngineRig) -> int:
    return max(state.end_ns for state in item_states(rig).values() if state.end_ns is not None)


@pytest.fixture(scope="module")
def half_light() -> tuple[Show, House]:
    show = read_show(sample_path("half-light")).show
    venue, _ = load_venue("halcyon-dome")
    assert venue is not None
    profiles, _ = load_profiles((device.profile for device in venue.devices), None)
    patch = build_patch(show, venue, profiles)
    return show, House(patch, ProfileEncoder(patch.devices))


def test_co_06_the_set_is_put_in_another_order_while_a_song_plays(half_light: tuple[Show, House]) -> None:
    """Saltlines after Copper Rain, Paperweight skipped: codes and numbers travel, the end falls by 256.271 s."""
    show, house = half_light
    rig = begun(show, StartItem(item="song-harbour-signals"), 30.0, house=house)
    before_ns = projected_end_ns(rig)
    cues = [(cue.id, cue.number) for cue in show.cues_by_item["song-saltlines"]]
    codes = {item: times.tc_start for item, times in rig.engine.run.schedule.items.items()}
    place = [item.id for item in show.items].index("song-copper-rain")
    sent = len(rig.sent)

    assert rig.edit(move("item", "song-saltlines", place + 1)) is None
    assert rig.edit(change("item", "song-paperweight", {"skipped": True})) is None

    run = rig.engine.run
    assert len(rig.sent) == sent
    assert round((before_ns - projected_end_ns(rig)) / 1e6) == 256_271
    assert [(cue.id, cue.number) for cue in run.show.cues_by_item["song-saltlines"]] == cues
    assert {item: times.tc_start for item, times in run.schedule.items.items()} == codes
    order = list(dict.fromkeys(run.item_of(cue) for cue in run.schedule.order))
    assert order.index("song-saltlines") == order.index("song-copper-rain") + 1
    assert "song-paperweight" not in order
    states = item_states(rig)
    assert states["song-saltlines"].start_ns == states["song-copper-rain"].end_ns
    assert states["song-paperweight"].start_ns is None
    check_derived(rig.engine)

    for _ in range(2):
        past = rig.engine.history.next_of("undo")
        assert past is not None
        assert rig.edit(past.edit, way="undo") is None
    assert projected_end_ns(rig) == before_ns


def test_co_06_a_skip_during_a_song_waits_for_its_end_unless_forced() -> None:
    rigs = [begun(evening_show(), Go(), 20.5, Go(), 10.0) for _ in range(2)]
    for rig in rigs:
        refused = rig.edit(change("item", "song", {"skipped": True}))
        assert refused == "Song is live and plays to its end: end it to cut it short"
        assert rig.edit(change("item", "second", {"skipped": True})) is None
        assert rig.engine.run.lives["song"] == "live"
    rigs[0].wait(27.0)
    assert (rigs[0].engine.run.lives["song"], rigs[0].engine.run.lives["encore"]) == ("ended", "loaded")
    assert rigs[0].row("song-bridge").outcome == "sent"
    assert rigs[1].ask(EndItem(item="song")) is None
    assert rigs[1].engine.run.lives["encore"] == "loaded"
    assert rigs[1].row("song-bridge").outcome.startswith("skipped")


def test_the_state_at_a_place_follows_the_running_order() -> None:
    rig = begun(evening_show())
    index = rig.engine.run.index
    key = next(key for key in index.resolve("encore", s(1)) if key[0] == "lighting.main")
    assert rig.engine.run.index.resolve("talk", 0)[key].cue == "song-call"
    assert rig.edit(move("item", "second", 1)) is None
    assert rig.engine.run.index.resolve("song", s(-4))[key].cue == "second-call"
    assert rig.edit(change("item", "second", {"skipped": True})) is None
    assert key not in rig.engine.run.index.resolve("song", s(-4))


def test_the_item_put_next_loads_and_starts_and_the_order_goes_on_behind_it() -> None:
    rig = begun(evening_show(), Go(), 20.5, Go(), 38.0)  # the talk is live, the second song is loaded
    assert rig.engine.run.lives["second"] == "loaded"
    assert rig.ask(SetNext(item="encore")) is None
    snapshot = rig.engine.snapshot(rig.now_ns, rig.wall)
    assert (snapshot.next_item, snapshot.next_by_hand) == ("encore", True)
    assert snapshot.standbys["show"] == "encore-start"
    assert rig.engine.run.lives["encore"] == "loaded"
    assert item_states(rig)["second"].start_ns is None
    assert rig.ask(Go()) is None
    assert rig.engine.run.live_item == "encore"
    assert rig.engine.run.lives["second"] == "loaded", "its load cues have left once; they wait for no second time"
    assert rig.engine.snapshot(rig.now_ns, rig.wall).next_item is None


def test_an_item_put_next_during_a_song_waits_for_its_end() -> None:
    rig = begun(evening_show(), Go(), 20.5, Go(), 10.0)
    assert rig.ask(SetNext(item="encore")) is None
    assert rig.engine.standbys.standing["show"] == "song-call", "what is left of the song comes first"
    assert rig.engine.run.lives["encore"] == "planned"
    assert rig.ask(Go()) is None
    assert rig.engine.standbys.standing["show"] == "encore-start"
    rig.wait(28.0)
    assert (rig.engine.run.lives["song"], rig.engine.run.lives["encore"]) == ("ended", "loaded")


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("nobody", "the rundown has no item 'nobody'"),
        ("song", "Song is live"),
        ("film", "Film has ended: locate to it to play it again"),
        ("second", "Second is skipped: take it back in first"),
    ],
)
def test_what_cannot_come_next_is_refused(item: str, words: str) -> None:
    rig = begun(evening_show(), Go(), 20.5, Go(), 10.0)
    assert rig.edit(change("item", "second", {"skipped": True})) is None
    assert rig.ask(SetNext(item=item)) == words


def test_an_item_that_is_next_again_gets_its_state_back_and_no_trigger() -> None:
    level = make_cue("second-level", "2.05", LOAD, step("level.set", strip="ch/9", db=-9.0), role="audio.foh")
    macro = make_cue("second-macro", "2.06", LOAD, step("cue.go"), item="second")
    other = make_cue("encore-level", "3.05", LOAD, step("level.set", strip="ch/9", db=-3.0), role="audio.foh")
    show = evening_show()
    added = (level.model_copy(update={"item": "second"}), macro, other.model_copy(update={"item": "encore"}))
    rig = begun(show.model_copy(update={"cues": (*show.cues, *added)}), Go(), 20.5, Go(), 38.0)
    rig.ask(SetNext(item="encore"))
    before = len(rig.sent)
    rig.ask(SetNext(item=None))
    again = [(each.command.cue, each.command.verb) for each in rig.sent[before:]]
    assert again == [("second-level", "level.set")]
    assert rig.engine.standbys.standing["show"] == "second-start"


def test_a_loaded_item_that_is_skipped_makes_room_for_the_next() -> None:
    rig = begun(evening_show(), Go(), 20.5, Go(), 38.0)
    assert rig.engine.run.lives["second"] == "loaded"
    assert rig.edit(change("item", "second", {"skipped": True})) is None
    assert rig.engine.run.lives["encore"] == "loaded"
    assert rig.engine.standbys.standing["show"] == "encore-start"


def encore_show() -> Show:
    """A song, an encore that nobody would have to press, and one behind it."""
    items = (
        Item(id="song", kind="song", title="Song", planned_s=36, song="song"),
        Item(id="wait", kind="stage", title="Wait", planned_s=20, clock="up"),
        Item(id="one", kind="song", title="One", planned_s=36, song="one", start=StartRule(rule="manual")),
        Item(id="two", kind="song", title="Two", planned_s=36, song="two", start=StartRule(rule="manual")),
    )
    songs = tuple(make_song(name, tc_start=f"0{n}:00:00:00") for n, name in enumerate(("song", "one", "two"), 1))
    cues = (*song_cues(), *song_cues("one", "one", 2), *song_cues("two", "two", 3))
    return make_show(*cues, songs=songs, items=items)


def test_co_11_encores_are_held_until_they_are_called() -> None:
    rig = begun(encore_show(), Go(), 600.0)
    assert rig.engine.run.live_item == "wait", "and a count-up runs"
    assert rig.engine.run.lives["one"] == "loaded"
    assert item_states(rig)["wait"].start_ns == s(36.05)
    assert rig.engine.standbys.standing["show"] == "one-start"
    assert rig.ask(Go()) is None
    assert rig.engine.run.live_item == "one"


def test_co_11_each_item_says_whether_it_fits_and_go_asks_where_it_does_not() -> None:
    venue = make_venue(curfew={"time": "12:03", "hard": True})  # the run begins at noon
    rig = begun(encore_show(), Go(), 70.0, venue=venue)
    assert {item: state.fits for item, state in item_states(rig).items()} == {
        "song": None,  # it has ended
        "wait": True,
        "one": True,
        "two": True,
    }
    rig.wait(60.0)
    assert [item_states(rig)[item].fits for item in ("one", "two")] == [True, False]
    rig.wait(20.0)
    assert [item_states(rig)[item].fits for item in ("one", "two")] == [False, False]
    question = "One would end 0:06 after the curfew at 12:03: press again within 10 s to start it all the same"
    assert rig.ask(Go()) == question
    assert rig.engine.run.live_item == "wait"
    assert rig.ask(Go()) == "the key has not come up since the last press"
    rig.ask(GoKeyUp())
    rig.wait(11.0)
    assert str(rig.ask(Go())).startswith("One would end 0:17 after"), "an answer that comes late is a question again"
    rig.ask(GoKeyUp())
    rig.wait(0.3)
    assert rig.ask(Go()) is None
    assert rig.engine.run.live_item == "one"


def test_a_rehearsal_may_be_held_at_any_hour() -> None:
    venue = make_venue(curfew={"time": "11:00", "hard": True})
    rig = begun(encore_show(), Go(), 80.0, venue=venue, run_kind="rehearsal")
    assert item_states(rig)["one"].fits is False, "it is shown"
    assert rig.ask(Go()) is None
    assert rig.engine.run.live_item == "one"


def test_no_curfew_asks_nothing() -> None:
    rig = begun(encore_show(), 40_000.0)
    assert item_states(rig)["song"].fits is None
    assert rig.ask(Go()) is None


def test_the_curfew_of_an_evening_lies_ahead_or_has_just_passed() -> None:
    venue = make_venue(curfew={"time": "23:00", "hard": True})
    late, past = NOON.replace(hour=22, minute=30), NOON.replace(hour=1, minute=30)
    assert curfew_of(venue, late) == NOON.replace(hour=23)
    assert curfew_of(venue, NOON.replace(hour=23, minute=30)) == NOON.replace(hour=23)
    assert curfew_of(venue, past) == datetime(2026, 9, 19, 23, tzinfo=NOON.tzinfo)
    assert left_ns(venue, late) == s(1800)
    assert left_ns(make_venue(), late) is None
    assert (fits(5, 5), fits(6, 5), fits(6, None)) == (True, False, None)


def test_moving_what_has_ended_moves_nothing_that_is_to_come() -> None:
    rig = begun(evening_show(), Go(), 20.5, Go(), 10.0)
    before = item_states(rig)
    assert rig.edit(move("item", "film", 4)) is None
    after = item_states(rig)
    assert [after[item].start_ns for item in ("talk", "second")] == [
        before[item].start_ns for item in ("talk", "second")
    ]
    assert rig.ask(Load(item="second")) is None
    assert rig.ask(SetStandby(cue="second-start")) is None
    assert rig.ask(Locate(item="song", position_ns=0)) is None
    check_derived(rig.engine)
