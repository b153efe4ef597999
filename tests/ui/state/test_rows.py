from tests.support.builders import evening_show, make_cue, make_show
from tests.support.fake_link import opened
from tests.support.snapshots import make_snapshot, next_behind
from ui.state.desk import Desk
from ui.state.rows import CueRow, ItemHead, item_rows, list_names, list_rows

S = 1_000_000_000


def desk_with(**moment: object) -> Desk:
    show = evening_show()
    desk = Desk()
    desk.take_opened(opened(show))
    desk.take_snapshot(make_snapshot(show, "song", 6 * S, **moment), 0)  # type: ignore[arg-type]
    return desk


def test_the_show_list_has_a_head_for_each_item_with_cues() -> None:
    desk = desk_with()
    assert desk.show is not None
    assert desk.schedule is not None
    rows = list_rows(desk.show, desk.schedule, "show")
    heads = [row.item.id for row in rows if isinstance(row, ItemHead)]
    assert heads == ["film", "song", "second", "encore"]
    assert sum(isinstance(row, CueRow) for row in rows) == len(desk.show.cues)


def test_a_departments_list_has_its_cues_alone() -> None:
    desk = desk_with()
    assert desk.show is not None
    assert desk.schedule is not None
    rows = list_rows(desk.show, desk.schedule, "dept:VID")
    cues = [row for row in rows if isinstance(row, CueRow)]
    assert [row.cue.id for row in cues] == ["film-start", "song-clip", "second-clip", "encore-clip"]
    assert {row.department for row in cues} == {"VID"}


def test_a_leader_shows_what_follows_it_and_the_follower_that_it_follows() -> None:
    desk = desk_with()
    assert desk.show is not None
    assert desk.schedule is not None
    rows = {row.cue.id: row for row in list_rows(desk.show, desk.schedule, "show") if isinstance(row, CueRow)}
    assert (rows["song-clip"].then_shape, rows["song-clip"].then) == ("continue", "1 s")
    assert rows["song-after"].is_follower
    assert (rows["song-verse"].when, rows["song-verse"].time) == ("bar 5.1", "0:08.0")
    assert rows["song-start"].time == ""


def test_every_list_with_a_standby_can_be_chosen() -> None:
    show = make_show(make_cue("a", "1", item=None, list="hot"), lists=({"id": "hot", "title": "Hot cues"},))  # type: ignore[arg-type]
    assert list_names(show) == (("show", "All"), ("hot", "Hot cues"))
    assert [name for name, _ in list_names(evening_show())] == ["show", "dept:LX", "dept:SND", "dept:VID", "dept:CAM"]


def test_the_rundown_says_planned_and_actual_and_how_late() -> None:
    rows = item_rows(desk_with(slip_ns=12 * S))
    assert [row.mark.word for row in rows] == ["Ended", "Live", "Next", "Planned", "Planned"]
    film, song, talk, *_ = rows
    assert (film.planned, film.now, film.slip) == ("0:00", "0:00", "")
    assert (song.planned, song.now, song.slip, song.now_is_actual, song.late) == ("0:20", "0:32", "+0:12", True, True)
    assert (talk.now, talk.now_is_actual) == ("1:08", False)


def test_a_show_with_an_air_time_is_told_by_the_clock() -> None:
    show = evening_show(on_air="2026-09-19T20:00:00+01:00")
    desk = Desk()
    desk.take_opened(opened(show))
    desk.take_snapshot(make_snapshot(show, "song", 6 * S), 0)
    assert [row.planned for row in item_rows(desk)][:2] == ["20:00:00", "20:00:20"]
    desk.take_snapshot(make_snapshot(show, "song", 6 * S, run_kind="performance", slip_ns=5 * S), 0)
    assert item_rows(desk)[1].now == "20:00:25"


def test_without_a_show_there_are_no_rows() -> None:
    assert item_rows(Desk()) == ()


def test_a_rehearsal_that_has_not_begun_is_not_late() -> None:
    show = evening_show()
    desk = Desk()
    desk.take_opened(opened(show))
    desk.take_snapshot(make_snapshot(show, slip_ns=90 * S), 0)
    assert {row.slip for row in item_rows(desk)} == {""}
    desk.take_snapshot(make_snapshot(show, slip_ns=90 * S, run_kind="performance"), 0)
    assert {row.slip for row in item_rows(desk)} == {"+1:30"}


def lived(desk: Desk, **lives: tuple[str, int | None]) -> Desk:
    """The desk with other lives and starts (in seconds) of items."""
    assert desk.snapshot is not None
    items = tuple(
        state.model_copy(
            update={"life": lives[state.item][0], "start_ns": None if (at := lives[state.item][1]) is None else at * S}
        )
        if state.item in lives
        else state
        for state in desk.snapshot.items
    )
    desk.take_snapshot(desk.snapshot.model_copy(update={"items": items, "next_item": next_behind(items)}), 0)
    return desk


def test_what_was_jumped_over_is_told_from_what_has_been() -> None:
    jumped = lived(desk_with(), film=("loaded", None), song=("ended", None), talk=("ended", 0), second=("live", 30))
    rows = item_rows(jumped)
    assert [row.mark.word for row in rows] == ["Passed over", "Passed over", "Ended", "Live", "Next"]
    assert [row.now_is_actual for row in rows] == [False, False, True, True, False]


def test_nothing_is_passed_over_before_something_has_been_live() -> None:
    waiting = lived(desk_with(), film=("loaded", 0), song=("planned", 20))
    assert [row.mark.word for row in item_rows(waiting)] == ["Loaded", "Planned", "Planned", "Planned", "Planned"]


def test_a_rehearsal_is_on_time_with_the_first_item_it_begins() -> None:
    late = lived(desk_with(), film=("ended", 400), song=("live", 425))
    film, song, *_ = item_rows(late)
    assert (film.now, film.slip) == ("0:00", "")
    assert (song.now, song.slip) == ("0:25", "+0:05")
    begun_later = lived(desk_with(), film=("ended", None), song=("live", 3))
    assert (item_rows(begun_later)[1].now, item_rows(begun_later)[1].slip) == ("0:20", "")


def test_a_jump_into_an_item_is_no_start_of_it() -> None:
    jumped = lived(desk_with(), film=("ended", None), song=("live", -100))
    song = item_rows(jumped)[1]
    assert (song.mark.word, song.planned, song.now, song.now_is_actual, song.slip) == ("Live", "0:20", "", False, "")
