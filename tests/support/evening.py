"""The sample evening as files of a test's own: a house whose remote port nobody else has, and a show that hears it.

So two workers, or a console that is open beside the tests, do not take the port from each other.
"""

from dataclasses import dataclass
from pathlib import Path

from console.samples.library import sample_path
from console.show.cues import OnMessage
from console.show.show import FreeList, Show
from console.show.show_file import read_show, write_show
from tests.support.builders import light, make_cue
from tests.support.ports import free_port
from tests.support.showcaller import REPO

HOT = "hot-blinder"


@dataclass(frozen=True)
class Evening:
    """The files of a show and a house, and the port its triggers come to."""

    show: Path
    house: Path
    remote_port: int


def sample_with_hot_cues() -> Show:
    """Half-Light, and a blinder that waits for /hot/blinder with the word full."""
    sample = read_show(sample_path("half-light")).show
    at = OnMessage(on="message", source="osc", address="/hot/blinder", args=("full",))
    hot = make_cue(HOT, "1", at, light("1", cue_list=900), item=None, list="hot")
    return sample.model_copy(update={"lists": (FreeList(id="hot", title="Hot"),), "cues": (*sample.cues, hot)})


def write_evening(folder: Path) -> Evening:
    """Half-Light with its hot cue in Halcyon Dome, which listens on a free port."""
    port = free_port()
    text = (REPO / "profiles" / "venues" / "halcyon-dome.toml").read_text(encoding="utf-8")
    own = text.replace("port = 53100", f"port = {port}")
    assert own != text
    evening = Evening(folder / "evening.json", folder / "dome.toml", port)
    evening.house.write_text(own, encoding="utf-8")
    write_show(evening.show, sample_with_hot_cues())
    return evening
