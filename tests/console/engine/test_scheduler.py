"""What is due when: order, cancelling, freezing."""

from __future__ import annotations

from console.engine.scheduler import Scheduler


def drained(waiting: Scheduler[str]) -> list[tuple[int, str]]:
    found = []
    while waiting.next_due() is not None:
        entry = waiting.pop()
        found.append((entry.due_ns, entry.what))
    return found


def moved(what: str, by_ns: int) -> str:
    return f"{what}+{by_ns}"


def test_at_one_instant_rank_goes_first_then_the_show_list_then_the_order_of_pushing() -> None:
    waiting = Scheduler[str]()
    for rank, place, what in ((2, 5, "late in the list"), (2, 1, "first"), (1, 9, "start"), (2, 1, "second")):
        waiting.push(10, rank, what, None, what, place)
    assert [what for _, what in drained(waiting)] == ["start", "first", "second", "late in the list"]


def test_what_is_frozen_waits_on_for_what_it_had_left() -> None:
    waiting = Scheduler[str]()
    waiting.push(100, 1, "a", None, "a")
    waiting.push(130, 1, "b", None, "b")
    waiting.freeze(90, lambda entry: entry.owner == "a")
    assert waiting.next_due() == (130, 1)
    waiting.push(95, 1, "pressed meanwhile", None, "c")
    waiting.freeze(110, lambda entry: entry.owner == "b")
    assert [(entry.due_ns, entry.what) for entry in waiting.thaw(1000, moved)] == [(1010, "a+910"), (1020, "b+890")]
    assert [due_ns for due_ns, _ in drained(waiting)] == [95, 1010, 1020]
    assert waiting.thaw(2000, moved) == []


def test_what_is_cancelled_is_gone_frozen_or_not_and_comes_back_in_order() -> None:
    waiting = Scheduler[str]()
    for due_ns in (30, 10, 20):
        waiting.push(due_ns, 1, "a", "song", str(due_ns))
    waiting.push(5, 1, "b", None, "5")
    waiting.freeze(0, lambda entry: entry.due_ns == 10)
    assert [entry.what for entry in waiting.cancel(lambda entry: entry.item == "song")] == ["10", "20", "30"]
    assert drained(waiting) == [(5, "5")]
    assert waiting.entries() == []
