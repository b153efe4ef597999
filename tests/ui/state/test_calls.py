import pytest

from console.vocabulary import Upcoming
from tests.support.builders import evening_show
from tests.support.fake_link import opened
from tests.support.snapshots import make_snapshot
from ui.state.calls import next_calls, standby_call
from ui.state.desk import Desk

S = 1_000_000_000


def desk_at(*upcoming: Upcoming, standby: str | None = None, state: str = "rolling") -> Desk:
    show = evening_show()
    desk = Desk()
    desk.take_opened(opened(show))
    snapshot = make_snapshot(show, "song", 6 * S, standby=standby, state=state)  # type: ignore[arg-type]
    desk.take_snapshot(snapshot.model_copy(update={"upcoming": upcoming}), 0)
    return desk


def test_a_standby_is_called_from_its_warning_on_and_gone_at_its_moment() -> None:
    desk = desk_at(Upcoming(cue="song-call", called=True, in_ns=5_500_000_000), standby="song-call")  # warn_s is 5
    words = []
    for local_ns in (0, S // 2, 500_000_001):
        call = standby_call(desk, local_ns)
        assert call is not None
        words.append((call.words, call.urgency))
    assert words == [("", "ahead"), ("Standby LX 1.8", "standby"), ("Standby LX 1.8", "standby")]
    at_hand = desk_at(Upcoming(cue="song-call", called=True, in_ns=S // 2), standby="song-call")
    call = standby_call(at_hand, S // 2)
    assert call is not None
    assert (call.words, call.urgency) == ("LX 1.8 GO", "due")


def test_a_standby_nobody_can_time_is_in_standby_without_a_call() -> None:
    call = standby_call(desk_at(standby="second-start"), 0)
    assert call is not None
    assert (call.name, call.words, call.in_ns) == ("SND 2.2", "", None)


def test_the_next_three_leave_out_the_standby() -> None:
    names = ["song-verse", "song-call", "song-bridge", "song-after", "second-load"]
    ups = [Upcoming(cue=name, called=name == "song-call", in_ns=(place + 1) * S) for place, name in enumerate(names)]
    calls = next_calls(desk_at(*ups, standby="song-call"), 0)
    assert [call.cue.id for call in calls] == ["song-verse", "song-bridge", "song-after"]
    assert [call.words for call in calls] == ["", "", ""]  # what runs by itself and did not ask is not called


@pytest.mark.parametrize("state", ["held", "stopped"])
def test_nothing_is_counted_down_while_nothing_moves(state: str) -> None:
    up = Upcoming(cue="song-verse", called=False, in_ns=2 * S)
    assert next_calls(desk_at(up, state=state), S)[0].in_ns is None
    assert next_calls(desk_at(up), S)[0].in_ns == S


def test_the_cue_of_an_item_that_was_jumped_over_is_not_called() -> None:
    desk = desk_at(Upcoming(cue="film-start", called=True, in_ns=0), standby="film-start")
    assert desk.snapshot is not None
    film, *rest = desk.snapshot.items
    jumped = desk.snapshot.model_copy(update={"items": (film.model_copy(update={"life": "loaded"}), *rest)})
    call = standby_call(desk, 0)
    assert call is not None
    assert call.urgency == "due"
    desk.take_snapshot(jumped, 0)
    call = standby_call(desk, 0)
    assert call is not None
    assert (call.words, call.urgency, call.in_ns) == ("", "ahead", None)


def test_nothing_is_called_where_nothing_is_open() -> None:
    assert standby_call(Desk(), 0) is None
    assert next_calls(Desk(), 0) == ()


def test_before_the_first_item_is_live_nothing_is_due() -> None:
    show = evening_show()
    desk = Desk()
    desk.take_opened(opened(show))
    up = (Upcoming(cue="film-start", called=True, in_ns=0), Upcoming(cue="song-start", called=True, in_ns=5 * S))
    desk.take_snapshot(make_snapshot(show).model_copy(update={"upcoming": up}), 0)
    call = standby_call(desk, 0)
    assert call is not None
    assert (call.words, call.in_ns) == ("", None)
    assert [call.in_ns for call in next_calls(desk, 0)] == [None]
