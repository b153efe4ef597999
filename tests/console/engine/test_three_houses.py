"""Arena, theatre, arena: the show is the same bytes throughout, and the arena is sent the same bytes again."""

from __future__ import annotations

import hashlib
import json

from console.engine.engine import House
from console.record.reading import as_run_to_json
from console.samples.library import sample_path
from console.show.show import Show
from console.show.show_file import read_show
from console.show.show_json import show_to_json
from console.vocabulary import Go, Load, SetStandby
from console.wiring.joining import join_show
from profiles.venue_library import load_venue
from tests.support.engine_rig import EngineRig

SONG = "song-harbour-signals"
ARENA, THEATRE = "halcyon-dome", "gaslight-exchange"


def show_hash(show: Show) -> str:
    return hashlib.sha256(show_to_json(show).encode()).hexdigest()


def evening(show: Show, house: str) -> tuple[list[str], list[tuple[int, str, str]]]:
    """One song in a house: its as-run, and every packet with its moment."""
    venue, _ = load_venue(house)
    assert venue is not None
    joined = join_show(show, venue)
    rig = EngineRig(joined.show, venue, house=House(joined.patch, joined.encoder))
    start = next(cue.id for cue in show.cues if cue.item == SONG and cue.starts_item)
    assert rig.ask(Load(item=SONG)) is None
    assert rig.ask(SetStandby(cue=start)) is None
    assert rig.ask(Go()) is None
    rig.wait(200)
    packets = [(each.command.due_ns, each.command.device, repr(each.packet)) for each in rig.sent]
    return list(as_run_to_json(rig.rows())), packets


def test_there_and_back_the_show_and_what_is_sent_are_the_same() -> None:
    show = read_show(sample_path("half-light")).show
    before = show_hash(show)
    home = evening(show, ARENA)
    away = evening(show, THEATRE)
    back = evening(show, ARENA)
    assert show_hash(show) == before == show_hash(read_show(sample_path("half-light")).show)
    assert home == back
    assert len(home[1]) > 20
    assert home[1] != away[1]
    cues_home, cues_away = ({json.loads(row)["cue"] for row in rows} for rows, _packets in (home, away))
    assert cues_home == cues_away
