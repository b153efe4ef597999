"""Who is told the state, when, and how much of it; and how much one sender may ask."""

from __future__ import annotations

import pytest

from console.remote.budget import MOST_SENDERS, Budget
from console.remote.names import RemoteError
from console.remote.subscriptions import LIFE_NS, MOST, Subscriptions, Telling

S = 1_000_000_000
TABLET = ("10.0.0.7", 9001)
PHONE = ("10.0.0.8", 9001)


def told(subscriptions: Subscriptions, most: int = 100) -> list[tuple[str, str]]:
    return [(each.receiver[0], each.name) for each in subscriptions.take(most)]


def test_first_everything_then_what_changed_no_more_often_than_asked() -> None:
    subscriptions = Subscriptions()
    subscriptions.subscribe(TABLET, 10.0, 0)
    subscriptions.offer({"panic": (0,), "item": ("song", "Song")}, 0)
    assert subscriptions.take(9) == [Telling(TABLET, "panic", (0,)), Telling(TABLET, "item", ("song", "Song"))]
    subscriptions.offer({"panic": (1,), "item": ("song", "Song")}, S // 20)
    assert told(subscriptions) == [], "ten a second"
    subscriptions.offer({"panic": (1,), "item": ("song", "Song")}, S // 10)
    assert subscriptions.take(9) == [Telling(TABLET, "panic", (1,))]


def test_it_ends_after_ten_seconds_and_a_renewal_brings_everything_once_more() -> None:
    subscriptions = Subscriptions()
    subscriptions.subscribe(TABLET, 10.0, 0)
    subscriptions.offer({"panic": (0,)}, 0)
    told(subscriptions)
    subscriptions.subscribe(TABLET, 10.0, 9 * S)
    subscriptions.offer({"panic": (0,)}, 9 * S)
    assert told(subscriptions) == [(TABLET[0], "panic")]
    subscriptions.offer({"panic": (1,)}, 9 * S + LIFE_NS)
    assert told(subscriptions) == []
    assert len(subscriptions) == 0


def test_what_leaves_at_once_is_bounded_and_each_has_its_turn() -> None:
    subscriptions = Subscriptions()
    state = {str(n): (n,) for n in range(4)}
    subscriptions.subscribe(TABLET, 10.0, 0)
    subscriptions.subscribe(PHONE, 10.0, 0)
    subscriptions.offer(state, 0)
    assert told(subscriptions, 3) == [(TABLET[0], "0"), (PHONE[0], "0"), (TABLET[0], "1")]
    assert len(told(subscriptions)) == 5


def test_the_newest_takes_the_place_of_what_has_not_left() -> None:
    subscriptions = Subscriptions()
    subscriptions.subscribe(TABLET, 10.0, 0)
    subscriptions.offer({"position": (1.0,)}, 0)
    subscriptions.offer({"position": (2.0,)}, S)
    assert subscriptions.take(9) == [Telling(TABLET, "position", (2.0,))]


def test_places_are_few_and_free_again() -> None:
    subscriptions = Subscriptions()
    for number in range(MOST):
        subscriptions.subscribe(("10.0.0.9", 9000 + number), 30.0, 0)
    with pytest.raises(RemoteError, match=f"{MOST} are told the state already"):
        subscriptions.subscribe(TABLET, 10.0, 0)
    subscriptions.subscribe(("10.0.0.9", 9000), 10.0, 0)
    subscriptions.unsubscribe(("10.0.0.9", 9001))
    subscriptions.subscribe(TABLET, 10.0, 0)
    with pytest.raises(RemoteError, match="port 9001 is told nothing"):
        subscriptions.unsubscribe(("10.0.0.9", 9001))


def test_a_sender_has_so_much_at_once_and_so_much_a_second_and_others_have_theirs() -> None:
    budget = Budget(at_once=3, a_second=10)
    assert [budget.take("a", 0) for _ in range(5)] == [True, True, True, False, False]
    assert budget.take("b", 0)
    assert [budget.take("a", S // 10), budget.take("a", S // 10)] == [True, False]
    assert [budget.take("a", 60 * S) for _ in range(4)] == [True, True, True, False]


def test_a_network_of_strangers_does_not_fill_the_memory() -> None:
    budget = Budget(at_once=1, a_second=1)
    assert all(budget.take(str(number), 0) for number in range(3 * MOST_SENDERS))
    assert len(budget._spent) <= MOST_SENDERS
