"""A show lights QLC+: scenes, dimmers and fades arrive as DMX, and a fade ends on the exact value."""

from pathlib import Path

import pytest

from console.record.reading import read_as_run
from console.show.rundown import Item
from console.show.show import Role, Show
from console.show.show_file import write_show
from console.vocabulary import LedgerRow
from tests.support.builders import CALLED, at_offset, make_cue, make_show, step
from tests.support.qlcplus import Qlcplus
from tests.support.showcaller import Showcaller, house_file

pytestmark = pytest.mark.rig

HOUSE = """
id = "rig"
name = "Rig"
time_zone = "Europe/London"
rate = "25"

[[devices]]
id = "lights"
profile = "qlcplus/qlcplus"
host = "127.0.0.1"
port = $port

[[roles]]
id = "lighting.main"
main = "lights"

[[roles.maps]]
argument = "layer"
table = { key = "dimmer/3", back = "dimmer/4" }
keep_others = true
"""

ROLE = Role(id="lighting.main", department="LX", verbs=("scene.recall", "opacity.set"))
FADE_S = 0.6


def looks() -> Show:
    """A scene at the press, a level, a fade up to a half, and one up and down again."""
    cues = (
        make_cue("scene", "1", CALLED, step("scene.recall", scene=1), item="look", starts_item=True),
        make_cue("level", "2", at_offset(0.1), step("opacity.set", layer="dimmer/1", level=0.25), item="look"),
        make_cue("half", "3", at_offset(0.1), step("opacity.set", layer="key", level=0.5, fade_s=FADE_S), item="look"),
        make_cue("up", "4", at_offset(0.1), step("opacity.set", layer="back", level=1.0, fade_s=FADE_S), item="look"),
        make_cue("down", "5", at_offset(0.8), step("opacity.set", layer="back", level=0.0, fade_s=0.3), item="look"),
        make_cue("front", "6", at_offset(0.9), step("opacity.set", layer="front", level=1.0, fade_s=0.2), item="look"),
    )
    item = Item(id="look", kind="performance", title="Look", planned_s=1.5)
    return make_show(*cues, items=(item,), roles=(ROLE,))


def test_looks_and_fades_arrive_as_dmx(qlcplus: Qlcplus, tmp_path: Path) -> None:
    write_show(tmp_path / "looks.json", looks())
    house = house_file(tmp_path / "rig.toml", HOUSE, port=qlcplus.port)
    record = tmp_path / "looks.sqlite"
    words = ("--venue", house, "--go", "auto", "--as-run", record)
    with Showcaller(tmp_path / "play", "play", tmp_path / "looks.json", *words) as play:
        assert play.ended() == 0, play.log
    qlcplus.await_levels({1: 63, 2: 0, 3: 127, 4: 0, 11: 255, 12: 255, 13: 255, 17: 255, 18: 128})

    heard = changes(qlcplus)
    assert heard[3] == sorted(heard[3])
    assert heard[3][-1] == pytest.approx(127 / 255)
    assert len(heard[3]) > 5, "a fade is many levels"
    top = heard[4].index(1.0)
    assert heard[4][:top] == sorted(heard[4][:top])
    assert heard[4][top:] == sorted(heard[4][top:], reverse=True)
    assert heard[4][-1] == 0.0

    rows = list(read_as_run(record))
    assert {row.outcome for row in rows} == {"sent"}
    for cue, fade_s in (("half", FADE_S), ("up", FADE_S), ("down", 0.3), ("front", 0.2)):
        first, last = (row for row in rows if row.cue == cue)
        assert last.due_s - first.due_s == pytest.approx(fade_s, abs=1e-6)
        assert last.count in range(int(fade_s * 40), int(fade_s * 40) + 3)
    assert [row.by for row in rows if row.cue == "scene"] == ["machine"]
    assert all(is_on_time(row) for row in rows), rows


def is_on_time(row: LedgerRow) -> bool:
    """Not a measurement: only that nothing waited for anything else."""
    return row.late_us is not None and row.late_us < 250_000


def changes(desk: Qlcplus) -> dict[int, list[float]]:
    """Every DMX change the desk has sent out so far, by channel."""
    found: dict[int, list[float]] = {}
    try:
        while True:
            channel, level = desk.next_dmx(0.2)
            found.setdefault(channel, []).append(level)
    except TimeoutError:
        return found
