"""Each pass of a rehearsal is a file of its own; what holds from before stands at its head."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from console.record.reading import read_as_run, read_requests, read_runs
from console.record.take_reading import find_takes
from console.record.take_recorder import TakeRecorder
from console.vocabulary import Answered, Locate, Notice, Request, Roll, Take, TransportChanged
from tests.console.record.test_as_run import CARD, row

S = 1_000_000_000
ORDER = {"song": 0, "encore": 1}


def change(at_s: float, state: str, position_s: float, item: str = "song") -> TransportChanged:
    return TransportChanged(at_ns=round(at_s * S), state=state, item=item, position_ns=round(position_s * S))  # type: ignore[arg-type]


def granted(request: Request, at_s: float) -> tuple[Sequence[Request], list[Notice]]:
    answer = Answered(at_ns=round(at_s * S), request=request.id, name=request.kind, by=request.by)
    return [request], [answer]


def recorded(folder: Path, *pieces: tuple[Sequence[Request], Sequence[Notice]]) -> list[Path]:
    recorder = TakeRecorder(folder, CARD, ORDER)
    for piece in pieces:
        recorder.tell(*piece)
        assert recorder.flush()
    recorder.close()
    return sorted(folder.iterdir()) if folder.is_dir() else []


def test_a_pass_ends_where_the_score_goes_back_and_not_where_it_goes_on(tmp_path: Path) -> None:
    roll, answers = granted(Roll(id=4), 5)
    back, back_answers = granted(Locate(id=5, item="song", position_ns=2 * S), 30)
    files = recorded(
        tmp_path / "takes",
        ([], [row(1)]),  # before the first roll nothing belongs to a take
        (roll, [*answers, change(5, "rolling", 0)]),
        ([], [row(2)]),
        ([], [change(10, "held", 5), change(12, "rolling", 5)]),
        ([], [change(20, "rolling", 0, "encore")]),
        (back, [*back_answers, change(30, "rolling", 2)]),
        ([], [row(3)]),
    )
    assert [read_runs(path)[0].take for path in files] == [1, 2]
    assert [[each.seq for each in read_as_run(path)] for path in files] == [[2], [3]]
    assert [[request.kind for _, request, _ in read_requests(path)] for path in files] == [["roll"], ["locate"]]
    assert [read_runs(path)[0].began_ns for path in files] == [5 * S, 30 * S]


def test_what_a_hand_took_before_stands_at_the_head_of_the_next_take(tmp_path: Path) -> None:
    taken, answers = granted(Take(id=1, department="LX"), 1)
    refused = Answered(at_ns=S, request=2, name="take", by="operator", refused="it is taken already")
    files = recorded(
        tmp_path,
        (taken, answers),
        ([Take(id=2, department="LX")], [refused]),
        ([], [change(5, "rolling", 0)]),
        ([], [change(9, "rolling", 0)]),
    )
    heads = [[(at_ns, request.kind) for at_ns, request, _ in read_requests(path)] for path in files]
    assert heads == [[(5 * S, "take")], [(9 * S, "take")]]


def test_where_nothing_rolls_nothing_is_kept(tmp_path: Path) -> None:
    assert recorded(tmp_path / "takes", ([], [row(1), change(1, "stopped", 0)])) == []


def test_takes_are_found_the_newest_first_and_what_is_none_is_named(tmp_path: Path) -> None:
    recorded(tmp_path, ([], [change(5, "rolling", 0)]), ([], [change(65, "rolling", 0)]))
    (tmp_path / "broken.take").write_text("no take", encoding="utf-8")
    found, problems = find_takes(tmp_path, CARD.show)
    assert [card.take for _, card in found] == [2, 1]
    assert [card.item for _, card in found] == ["song", "song"]
    assert len(problems) == 1
    assert "broken.take" in problems[0]
    assert find_takes(tmp_path, "another")[0] == []
