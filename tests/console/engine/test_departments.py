"""What a house adds to a whole department: its cues leave earlier by the latency, later by the trim, and say so."""

from __future__ import annotations

from console.vocabulary import Go, GoKeyUp
from tests.support.builders import song_show
from tests.support.engine_rig import EngineRig
from tests.support.houses import make_venue

HOUSE = make_venue(departments={"VID": {"latency_ms": 40, "trim_ms": 5}, "LX": {"trim_ms": -10}})


def rows(rig: EngineRig) -> dict[tuple[str, str], tuple[float, float | None]]:
    """Device and cue to the musical moment and when the bytes left, in show seconds."""
    rig.ask(Go())
    rig.ask(GoKeyUp())
    rig.wait(40)
    return {(row.cue or "", row.device or ""): (row.cue_s or 0.0, row.sent_s) for row in rig.rows()}


def test_the_as_run_shows_what_a_department_adds() -> None:
    plain, shifted = rows(EngineRig(song_show())), rows(EngineRig(song_show(), HOUSE))
    assert plain.keys() == shifted.keys()
    for device in ("vid-a", "vid-b"):
        (cue_s, sent_s), (cue_there_s, there_s) = plain["song-clip", device], shifted["song-clip", device]
        assert cue_s == cue_there_s
        assert sent_s is not None
        assert there_s is not None
        assert round(sent_s - there_s, 6) == 0.035  # 40 ms earlier, 5 ms later
    light, light_there = plain["song-intro", "lx-main"][1], shifted["song-intro", "lx-main"][1]
    assert light is not None
    assert light_there is not None
    assert round(light_there - light, 6) == -0.01
    tracks = ("song-start", "tracks")
    assert plain[tracks] == shifted[tracks]  # sound is given nothing
