"""Learned latencies as rows, and what adopting them changes in a house."""

from __future__ import annotations

from console.plan.latencies import Latency
from console.plan.spread import Spread
from profiles.venue_text import Put
from tests.support.houses import make_venue
from ui.state.latencies import adoptable, adopted, latency_rows, offer_words

HOUSE = make_venue()
ACTS = Latency("acts", Spread(41.84, 38.0, 47.1, 24))
ANSWERS = Latency("answers", Spread(3.2, 2.9, 4.0, 400))
BY_HAND = Latency("entered", Spread(50.0, 49.0, 52.0, 3))


def test_a_row_holds_what_the_house_has_and_what_is_offered() -> None:
    devices = [device.id for device in HOUSE.devices]
    rows = {row.key: row for row in latency_rows(HOUSE, dict.fromkeys(devices, 7.0), {"foh": ACTS})}
    assert list(rows) == devices
    assert rows["foh"].cells[3:6] == ("41.8 ms", "38.0 to 47.1", "24")
    assert rows["foh"].mark is not None
    assert rows["foh"].mark.word == "Acts"
    nothing = rows["lx-main"]
    assert nothing.mark is not None
    assert (nothing.mark.word, nothing.cells[3]) == ("Nothing", "")


def test_what_stands_in_the_house_is_said_with_its_source() -> None:
    own = HOUSE.devices[0].model_copy(update={"latency_ms": 40.0})
    house = HOUSE.model_copy(update={"devices": (own, *HOUSE.devices[1:])})
    assert latency_rows(house, {}, {})[0].cells[2] == "40 ms"
    bare = house.model_copy(update={"devices": (own.model_copy(update={"latency_ms": None}),)})
    assert latency_rows(bare, {own.id: 7.0}, {})[0].cells[2] == "7 ms, by its profile"
    assert latency_rows(bare, {}, {})[0].cells[2] == "not known"


def test_adopting_is_one_put_for_each_device_that_is_chosen_and_offered() -> None:
    place = next(n for n, device in enumerate(HOUSE.devices) if device.id == "foh")
    offers = {"foh": ACTS, "lx-main": ANSWERS}
    assert adopted(HOUSE, offers, ["foh", "nobody"]) == (Put(("devices", place, "latency_ms"), 41.8),)


def test_an_answer_time_is_never_adopted_with_all_the_others() -> None:
    assert adoptable({"a": ACTS, "b": ANSWERS, "c": BY_HAND}) == {"a", "c"}


def test_an_offer_is_said_with_its_spread_its_count_and_what_it_is() -> None:
    assert offer_words(ACTS) == "41.8 ms, 38.0 to 47.1, of 24: until it has acted, by its own word"
