"""The bench's shows are what they say: openable without a problem, of the size asked for, every payload known."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.show.show import Show
from console.show.show_file import read_show
from console.show.validate import validate
from console.wiring.joining import join_show
from profiles.venue_library import load_venue
from tests.bench.shows import (
    ITEM,
    SAFE_PAYLOADS,
    Ports,
    called_show,
    chain_show,
    fade_show,
    parameter_show,
    payload,
    relay_show,
    timed_show,
    write_all,
)

PORTS = Ports(9000, 9001, 9002)
SHOWS = {
    "timed": timed_show(5, 0.004, 100),
    "fades": fade_show(3, 60.0, 5, 0.05, 100),
    "called": called_show(5, 100),
    "chain": chain_show(5, 0.1, 100),
    "relay": relay_show(100),
    "parameters": parameter_show(100, 10),
}


@pytest.mark.parametrize("name", SHOWS)
def test_a_show_has_the_cues_asked_for_and_no_problem(name: str) -> None:
    assert len(SHOWS[name].cues) == 100
    assert [str(problem) for problem in validate(SHOWS[name])] == []


@pytest.mark.parametrize("name", SHOWS)
def test_its_files_open_in_the_house_as_a_user_would_open_them(name: str, tmp_path: Path) -> None:
    show_file, house_file = write_all(tmp_path, SHOWS[name], PORTS, timecode=name == "timed")
    assert read_show(show_file).show == SHOWS[name]
    venue, problems = load_venue(str(house_file))
    assert venue is not None, problems
    joined = join_show(SHOWS[name], venue, tmp_path / "profiles")
    assert [str(problem) for problem in (*joined.problems, *joined.patch.problems) if problem.severity == "error"] == []


def test_a_payload_is_what_the_cue_really_sends(tmp_path: Path) -> None:
    show = SHOWS["called"]
    _, house_file = write_all(tmp_path, show, PORTS)
    venue, problems = load_venue(str(house_file))
    assert venue is not None, problems
    joined = join_show(show, venue, tmp_path / "profiles")
    assert sent_by(joined.encoder.encode("probe", "cue.fire", asked(show, 3))) == [payload(3)]
    for line, expected in zip(joined.patch.safe_list(hard=False), SAFE_PAYLOADS[:1], strict=True):
        args = {"playback": "main", **line.args}
        assert sent_by(joined.encoder.encode("probe", line.verb, args)) == [expected]


def asked(show: Show, number: int) -> dict[str, bool | int | float | str]:
    """The arguments of a measured cue, completed as the console does."""
    step = show.cue_by_id[f"{ITEM}-{number}"].steps[0]
    return {"playback": "main", **{name: value for name, value in step.args.items() if not hasattr(value, "table")}}


def sent_by(packets: object) -> list[bytes]:
    """The bytes on the wire."""
    assert isinstance(packets, tuple)
    return [packet.payload for packet in packets]
