"""CO-12: two playback rigs in parallel get every transport command, and each is confirmed by its own word alone."""

from __future__ import annotations

from console.vocabulary import Confirmed, Fire
from profiles.library import load_profile
from tests.support.builders import CALLED, make_cue, song_show, step
from tests.support.ghost_rig import GhostRig
from tests.support.houses import HOUSE, PROFILES, changed, make_venue

QLAB = load_profile("figure53/qlab")[0]
assert QLAB is not None
RIGS = [
    *(row for row in HOUSE["devices"] if row["id"] != "tracks"),
    {"id": "tracks", "profile": QLAB.id, "host": "10.0.0.6"},
    {"id": "tracks-b", "profile": QLAB.id, "host": "10.0.0.16"},
]
PAIR = make_venue(devices=RIGS, roles=changed("roles", "audio.playback", parallel=["tracks-b"]))
SHOW = song_show(
    make_cue("play", "2", CALLED, step("transport.play", session="10"), role="audio.playback"),
    make_cue("stop", "3", CALLED, step("transport.stop", session="10"), role="audio.playback"),
    make_cue("locate", "4", CALLED, step("transport.locate", session="10", position_s=4.0), role="audio.playback"),
)
APART_NS = 2_000_000


def pair() -> GhostRig:
    rig = GhostRig(SHOW, PAIR, profiles={**PROFILES, QLAB.id: QLAB})
    rig.wait(3)
    return rig


def test_co_12_both_rigs_get_every_transport_command_within_2_ms() -> None:
    rig = pair()
    for cue in ("play", "locate", "stop"):
        rig.ask(Fire(cue=cue))
        rig.wait(1)
        rows = [row for row in rig.rows() if row.cue == cue]
        assert sorted(row.device or "" for row in rows) == ["tracks", "tracks-b"]
        left_ns = [round((row.sent_s or 0) * 1e9) for row in rows]
        assert max(left_ns) - min(left_ns) <= APART_NS
        heard = [[(each.now_ns, each.verb) for each in rig.ghosts[box].core.heard] for box in ("tracks", "tracks-b")]
        assert heard[0] == heard[1] != []


def test_co_12_each_rig_speaks_for_itself() -> None:
    rig = pair()
    rig.ghosts["tracks"].dead = True
    rig.ask(Fire(cue="play"))
    rig.wait(2)
    found = {each.device: each.result for each in rig.notices if isinstance(each, Confirmed) and each.cue == "play"}
    assert found == {"tracks": "unconfirmed", "tracks-b": "confirmed"}
