"""The devices as rows, their figures, and what can be asked of each."""

from console.link.messages import DeviceCard
from console.vocabulary import (
    AnswerTime,
    AnswerTimes,
    Bypass,
    ChangeOver,
    DeviceState,
    InHand,
    LearnedLatencies,
    LearnedLatency,
    PutRight,
    SetOutput,
    Snapshot,
)
from tests.support.builders import evening_show
from tests.support.fake_link import opened
from tests.support.snapshots import device, make_snapshot
from ui.state.blocks import blocks_to_text
from ui.state.desk import Desk
from ui.state.device_figures import MOST_ANSWERS, DeviceFigures, ms_text
from ui.state.device_rows import device_blocks, device_offers, device_rows

S = 1_000_000_000
DEVICES = (
    device("desk", sent=3),
    device("spare", duty="standby"),
    device("foh", role="audio.foh", severity="bad", words="does not answer"),
    device("foh", role="audio.monitors"),
    device("midi-in", role="", duty=""),
)


def desk_with(*devices: DeviceState, bypassed: tuple[str, ...] = ()) -> Desk:
    desk = Desk()
    show = evening_show()
    venue = opened(show).venue.model_copy(
        update={"devices": (DeviceCard(id="desk", profile="etc/eos", make="ETC Eos", address="10.0.0.9:3032"),)}
    )
    desk.take_opened(opened(show).model_copy(update={"venue": venue}))
    hands = tuple(InHand(target=name, by="operator", since_ns=0) for name in bypassed)
    snapshot: Snapshot = make_snapshot(show, "song", 6 * S, devices=devices or DEVICES)
    desk.take_snapshot(snapshot.model_copy(update={"bypassed": hands}), 0)
    return desk


def test_one_row_a_device_whatever_it_stands_for() -> None:
    rows = device_rows(desk_with(), DeviceFigures(), 0)
    assert [row.key for row in rows] == ["desk", "spare", "foh", "midi-in"]
    stands = [row.cells[2] for row in rows]
    assert stands == ["lighting.main", "lighting.main (standby)", "audio.foh, audio.monitors", "the console"]
    assert rows[2].cells[0] == "Fault"
    assert rows[0].cells[3] == "live"


def test_a_bypassed_device_says_so_where_its_output_stands() -> None:
    rows = device_rows(desk_with(bypassed=("desk",)), DeviceFigures(), 0)
    assert [row.cells[3] for row in rows[:2]] == ["bypassed", "live"]


def test_answers_are_a_bounded_ring_that_is_asked_for_only_once() -> None:
    figures = DeviceFigures()
    times = tuple(AnswerTime(device="desk", at_ns=n * S, took_ns=(n + 1) * 1_000_000) for n in range(100))
    figures.take_answers(AnswerTimes(times=times))
    assert figures.after_ns == 99 * S
    assert len(figures.answers_ms("desk")) == MOST_ANSWERS
    (row, *_rest) = device_rows(desk_with(), figures, 0)
    assert row.cells[-1] == "100 ms"
    assert row.spark == figures.answers_ms("desk")
    assert figures.answers_text("desk") == "usually 68 ms, 100 ms at most, of 64"
    assert "none heard" in figures.answers_text("foh")


def test_sends_are_counted_over_five_seconds_and_forget_another_run() -> None:
    figures = DeviceFigures()
    for n in range(20):
        figures.sample(n * S, [device("desk", sent=4 * n)])
    assert figures.rate_per_s("desk") == 4.0
    assert figures.rate_per_s("foh") == 0.0
    figures.sample(0, [device("desk", sent=0)])
    assert figures.rate_per_s("desk") == 0.0


def test_times_read_as_short_as_they_can() -> None:
    assert [ms_text(ms) for ms in (0.44, 12.4, 1234.0)] == ["0.4 ms", "12 ms", "1.2 s"]


def test_what_is_known_of_a_device_is_told() -> None:
    text = blocks_to_text(device_blocks(desk_with(), DeviceFigures(), "desk", 0))
    assert "Stands for: lighting.main, main, on show" in text
    assert "Is a: ETC Eos (etc/eos)" in text
    assert "10.0.0.9:3032" in text
    assert list(device_blocks(desk_with(), DeviceFigures(), "nowhere", 0)) == []


def test_a_latency_is_suggested_beside_a_device_that_was_measured() -> None:
    desk = desk_with()
    measured = LearnedLatency(device="desk", of="acts", median_ms=41.84, p10_ms=38.0, p90_ms=47.1, count=24)
    desk.take_notice(LearnedLatencies(at_ns=1, times=(measured,)))
    text = blocks_to_text(device_blocks(desk, DeviceFigures(), "desk", 0))
    assert "Suggested: latency 41.8 ms, 38.0 to 47.1, of 24: until it has acted, by its own word" in text
    assert "Suggested" not in blocks_to_text(device_blocks(desk, DeviceFigures(), "spare", 0))
    desk.take_opened(opened(evening_show()))
    assert desk.latencies == {}, "of another run, or of another house"


def test_each_offer_is_a_request_that_the_hands_and_the_house_know() -> None:
    offers = device_offers(desk_with(), "desk")
    assert offers["bypass"].ways == (("Bypass", Bypass(target="desk")),)
    assert offers["put_right"].ways[0][1] == PutRight(role="lighting.main")
    assert [request for _, request in offers["output"].ways] == [
        SetOutput(device="desk", mode="live"),
        SetOutput(device="desk", mode="ghost"),
        SetOutput(device="desk", mode="off"),
    ]
    assert offers["output"].now == "Live"
    assert offers["change_over"].why_not == "it is on show"
    spare = device_offers(desk_with(), "spare")["change_over"]
    assert (spare.why_not, spare.ways[0][1]) == ("", ChangeOver(role="lighting.main", device="spare"))
    assert device_offers(desk_with(), "foh")["change_over"].why_not == "nothing else stands for its role"


def test_a_bypassed_device_is_offered_three_ways_in_line() -> None:
    offer = device_offers(desk_with(bypassed=("desk",)), "desk")["bypass"]
    assert (offer.title, offer.state) == ("Bypassed", "on")
    assert [request.how for _, request in offer.ways if isinstance(request, Bypass)] == ["next_cue", "now", "glide"]


def test_what_cannot_be_asked_says_why() -> None:
    assert {offer.why_not for offer in device_offers(desk_with(), "midi-in").values()} == {
        "this is a port of the console's own"
    }
    assert {offer.why_not for offer in device_offers(desk_with(), None).values()} == {"pick a device first"}
    desk = desk_with()
    desk.lose_link()
    assert device_offers(desk, "desk")["bypass"].why_not == "the engine is not heard"
