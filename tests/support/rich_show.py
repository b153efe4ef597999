"""A short show with everything an engine can trip over, and a house for it whose shots have a release.

A film; a song with a vamp, a flame, fades, a group, chains and a standby that counts back; a talk of called cues; a
second song. Free lists, choices, messages and a once-only cue beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from console.engine.engine import House
from console.plan.patch import build_patch
from console.show.cues import ChoiceTable, Condition, Cue, InGroup, Is, OnChoice, OnMessage, Point, Step
from console.show.rundown import Item
from console.show.show import Choice, FreeList, Role, Show
from console.show.songs import Vamp
from devices.contract import Packet
from devices.encode import ProfileEncoder
from profiles.venue_profile import Venue
from tests.support.builders import (
    CALLED,
    LOAD,
    ROLES,
    after,
    at_bar,
    at_offset,
    light,
    make_cue,
    make_show,
    make_song,
    song_cues,
    step,
)
from tests.support.houses import HOUSE, PROFILES, make_venue

RELEASE_NS = 70_000_000
ARMS = ("operator", "pyro-tech")
LINES = ("enable", "dead-man")
WINDOW_S = 20.0
STALE_S = 3.0

SMOKE = Role(id="sfx.smoke", department="PYRO", hazard="low", verbs=("effect.fire",))

RICH_HOUSE = make_venue(
    absent=[],
    devices=[
        *HOUSE["devices"],
        {"id": "pyro", "profile": "test/anything", "host": "10.0.0.11"},
        {"id": "smoke", "profile": "test/anything", "host": "10.0.0.12"},
    ],
    roles=[*HOUSE["roles"], {"id": "sfx.pyro", "main": "pyro"}, {"id": "sfx.smoke", "main": "smoke"}],
    inputs=[
        {"id": "enable", "kind": "enable", "roles": ["sfx.pyro"], "osc": "/in/1", "by_hand": True, "stale_s": STALE_S},
        {
            "id": "dead-man",
            "kind": "dead_man",
            "roles": ["sfx.pyro"],
            "osc": "/in/2",
            "by_hand": True,
            "stale_s": STALE_S,
        },
    ],
)


@dataclass(frozen=True)
class Release:
    """A packet that follows another after a while."""

    packet: Packet
    delay_ns: int = RELEASE_NS

    def with_value(self, value: float) -> Packet:
        return replace(self, packet=self.packet.with_value(value))


class ShotEncoder(ProfileEncoder):
    """The profiles' bytes; a camera is let go after every shot."""

    def encode(self, device: str, verb: str, args: Mapping[str, Any], fade_s: float | None = None) -> Any:
        packets = super().encode(device, verb, args, fade_s)
        return (*packets, Release(packets[0])) if verb == "camera.shot" else packets


def rich_house(show: Show, venue: Venue = RICH_HOUSE) -> House:
    """The house with everything bound."""
    patch = build_patch(show, venue, PROFILES)
    return House(patch, ShotEncoder(patch.devices))


def fader(cue: str, number: str, at: Any, db: float, fade_s: float | None, **fields: Any) -> Cue:
    """A level of channel 1."""
    args = {"strip": "ch/1", "db": db}
    return make_cue(cue, number, at, Step(verb="level.set", args=args, fade_s=fade_s), role="audio.foh", **fields)


def go_step(offset_s: float = 0.0) -> Step:
    """A trigger at the lighting desk."""
    return Step(verb="cue.go", offset_s=offset_s)


def rich_show() -> Show:
    """See the module."""
    film = make_cue(
        "film", "0.1", CALLED, step("clip.play", clip="FILM"), role="video.server", item="film", starts_item=True
    )
    flame = make_cue(
        "flame",
        "1.40",
        at_bar(3),
        step("effect.fire", device="flame-1", ms=700),
        role="sfx.pyro",
        hazard="high",
        arm=ARMS,
        arm_window_s=WINDOW_S,
        advance_ms=90,
    )
    smoke = make_cue("smoke", "1.41", LOAD, step("effect.fire", device="smoke-1"), role="sfx.smoke", hazard="low")
    shot = step("camera.shot", camera="cam-2", shot="MCU")
    dip = Step(
        verb="level.set",
        args={"strip": "ch/1", "db": -3.0},
        points=(Point(offset_s=1.0, value=-20.0), Point(offset_s=2.5, value=-3.0)),
    )
    cues = (
        film,
        *song_cues(),
        flame,
        smoke,
        make_cue("ready", "1.20", at_offset(-5.0), step("camera.standby", camera="cam-3"), role="camera.cueing"),
        make_cue("every", "1.21", at_bar(9), go_step(), every_pass=True),
        make_cue("long", "1.22", at_bar(2), go_step(), go_step(3.0)),
        fader("down", "1.23", at_bar(2), -20.0, 6.0),
        make_cue("dip", "1.24", at_bar(6), dip, role="audio.foh"),
        make_cue("off", "1.25", after("down", 1.0), go_step(), disabled=True),
        make_cue("tail", "1.26", at_offset(2.0, "end"), go_step()),
        make_cue("hit", "1.30", CALLED, go_step(), once_per_show=True),
        make_cue("group", "1.31", CALLED, role=None, group="sequence"),
        make_cue("one", "1.311", InGroup(on="group"), go_step(), parent="group", pre_wait_s=0.5),
        make_cue("two", "1.312", InGroup(on="group"), shot, role="camera.cueing", parent="group"),
        make_cue("then", "1.313", after("group", 2.0, "end"), go_step()),
        make_cue("slow", "1.314", after("then", 0.1), step("zone.off", zone="all"), role="lighting.audience"),
        make_cue("talk-1", "2.1", CALLED, light("5", 3.0), item="talk"),
        make_cue("talk-2", "2.2", CALLED, go_step(), item="talk", pre_wait_s=1.0),
        *song_cues("second", "second", 3),
        fader("hot", "1", CALLED, 0.0, 4.0, item=None, list="hot"),
        make_cue("hot-go", "2", CALLED, go_step(), item=None, list="hot", late="ask"),
        make_cue(
            "heard", "3", OnMessage(on="message", source="osc", address="/hear"), go_step(), item=None, list="hot"
        ),
        make_cue("won-a", "4", OnChoice(on="choice", choice="winner", value="a"), go_step(), item=None, list="hot"),
        make_cue(
            "look",
            "1.50",
            at_bar(7),
            step("cue.fire", cue=ChoiceTable(choice="winner", table={"a": "71", "b": "72"}), playback="2"),
        ),
        make_cue(
            "only-b",
            "1.51",
            at_bar(8),
            go_step(),
            condition=Condition(terms=(Is(choice="winner", value="b"),)),
        ),
    )
    songs = (
        make_song(vamp=Vamp(planned_repeats=2, exit="bar", entry_cues=(), exit_cues=())),
        make_song("second", tc_start="02:00:00:00"),
    )
    items = (
        Item(id="film", kind="vt", title="Film", planned_s=10),
        Item(id="song", kind="song", title="Song", planned_s=44, song="song"),
        Item(id="pause", kind="link", title="Pause", planned_s=5),
        Item(id="talk", kind="talk", title="Talk", planned_s=20),
        Item(id="second", kind="song", title="Second", planned_s=36, song="second"),
    )
    audience = Role(id="lighting.audience", department="LX", verbs=("zone.off",))
    return make_show(
        *cues,
        songs=songs,
        items=items,
        roles=(*ROLES, SMOKE, audience),
        choices=(Choice(id="winner", values=("a", "b"), default="a"),),
        lists=(FreeList(id="hot", title="Hot"),),
    )
