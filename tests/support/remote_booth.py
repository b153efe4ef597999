"""A house with a remote port, a desk on a socket and a show of four cues: what remotes are tried on."""

from __future__ import annotations

from pathlib import Path

from console.show.rundown import Item
from console.show.show import FreeList
from console.show.show_file import write_show
from tests.support.builders import CALLED, LOAD, ROLES, light, make_cue, make_show
from tests.support.showcaller import house_file

HOUSE = """
id = "booth"
name = "Booth"
time_zone = "Asia/Tokyo"
rate = "25"

[remote]
port = $remote
names = { "127.0.0.1" = "tablet" }

[[remote.triggers]]
osc = "/trig/{cue}"
do = "fire {cue}"

[[devices]]
id = "desk"
profile = "generic/osc"
host = "127.0.0.1"
port = $desk

[[roles]]
id = "lighting.main"
main = "desk"
"""

CUES = (
    make_cue("ready", "1", LOAD, light("1"), item="act"),
    make_cue("start", "2", CALLED, light("2"), item="act", starts_item=True, label="Curtain", call="LX 2"),
    make_cue("second", "3", CALLED, light("3"), item="act", label="Storm"),
    make_cue("hot", "1", CALLED, light("9"), item=None, list="hot"),
)


def write_booth(folder: Path, desk_port: int, remote_port: int) -> tuple[Path, Path]:
    """The files: show, house."""
    roles = tuple(role for role in ROLES if role.id == "lighting.main")
    item = Item(id="act", kind="performance", title="The Act", planned_s=60.0)
    show, venue = folder / "act.json", folder / "booth.toml"
    write_show(show, make_show(*CUES, items=(item,), lists=(FreeList(id="hot", title="Hot"),), roles=roles))
    house_file(venue, HOUSE, desk=desk_port, remote=remote_port)
    return show, venue
