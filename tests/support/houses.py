"""A small house for tests: five devices of four made-up makes, and the roles of ``builders.ROLES``.

Latencies are easy on purpose: desk 20 ms, mixer 5 ms, players 50 and 60 ms, wristbands 200 ms.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from profiles.device_profile import DeviceProfile
from profiles.venue_profile import Venue

OSC_UDP = ({"kind": "osc_udp", "port": 8000},)


def make_profile(profile: str, **fields: Any) -> DeviceProfile:
    """A device profile with whatever matters to a test; OSC over UDP to port 8000 unless said otherwise."""
    return DeviceProfile.model_validate(
        {
            "id": profile,
            "vendor": profile.partition("/")[0],
            "product": profile.partition("/")[2],
            "department": "ANY",
            "grade": "own",
            "sources": ("tests",),
            "transports": OSC_UDP,
            **fields,
        }
    )


DESK = make_profile(
    "test/desk",
    latency_ms=20,
    verbs={
        "cue.fire": {"send": ({"address": "/cue/{list}/{cue}", "args": ({"f": "[{fade_s}]"},)},), "fade": "native"},
        "cue.release": {"send": ({"address": "/release"},)},
        "cue.go": {"send": ({"address": "/go"},), "latency_ms": 7},
    },
)
"""A lighting desk that times its own fades."""

MIXER = make_profile(
    "test/mixer",
    latency_ms=5,
    verbs={
        "scene.recall": {
            "args": {"scene": {"min": 0, "max": 99}},
            "send": ({"address": "/scene", "args": ({"i": "{scene}"},)},),
        },
        "level.set": {
            "fade": "stream",
            "rate_hz": 50,
            "rest": 0.0,
            "args": {"strip": {"slashes": True}, "db": {"min": -90, "max": 10}},
            "send": ({"address": "/level/{strip}", "args": ({"f": "{db}"},)},),
        },
        "mute.set": {
            "args": {"strip": {"slashes": True}},
            "send": ({"address": "/mute/{strip}", "args": ({"i": "{on}"},)},),
        },
    },
)
"""A mixer whose faders have a rest value and whose scenes run from 0 to 99."""

PLAYER = make_profile(
    "test/player",
    latency_ms=50,
    verbs={
        "clip.load": {"send": ({"address": "/load/{layer}/{clip}"},)},
        "clip.play": {"send": ({"address": "/play/{layer}/{clip}"},)},
        "clip.stop": {"send": ({"address": "/stop/{layer}"},)},
        "opacity.set": {
            "fade": "stream",
            "rate_hz": 50,
            "send": ({"address": "/opacity/{layer}", "args": ({"f": "{level}"},)},),
        },
        "transport.play": {"send": ({"address": "/play", "args": ({"s": "{session}"},)},)},
        "transport.stop": {"send": ({"address": "/stop"},)},
    },
)
"""A player of pictures or tracks; its opacity has no rest value and cannot be asked for."""

ANYTHING = make_profile("test/anything", any_verb={"rate_hz": 40})
"""Takes every verb of the catalogue as an OSC address."""

PROFILES: Mapping[str, DeviceProfile] = {profile.id: profile for profile in (DESK, MIXER, PLAYER, ANYTHING)}

HOUSE: Mapping[str, Any] = {
    "id": "small-hall",
    "name": "Small Hall",
    "time_zone": "Europe/London",
    "rate": "25",
    "limits": {"strobe_hz_max": 3.0},
    "devices": [
        {"id": "lx-main", "profile": "test/desk", "host": "10.0.0.1", "sim_port": 19001},
        {"id": "lx-backup", "profile": "test/desk", "host": "10.0.0.2", "sim_port": 19002},
        {"id": "foh", "profile": "test/mixer", "host": "10.0.0.3"},
        {"id": "vid-a", "profile": "test/player", "host": "10.0.0.4"},
        {"id": "vid-b", "profile": "test/player", "host": "10.0.0.5", "latency_ms": 60, "trim_ms": -3.5},
        {"id": "tracks", "profile": "test/player", "host": "10.0.0.6"},
        {"id": "bands", "profile": "test/anything", "host": "10.0.0.7", "latency_ms": 200},
        {"id": "cams", "profile": "test/anything", "host": "10.0.0.8"},
    ],
    "roles": [
        {"id": "lighting.main", "main": "lx-main", "standby": ["lx-backup"]},
        {
            "id": "audio.foh",
            "main": "foh",
            "maps": [
                {"argument": "scene", "offset": -100},
                {"argument": "strip", "table": {"pa": "main"}, "keep_others": True},
            ],
        },
        {"id": "audio.playback", "main": "tracks"},
        {
            "id": "video.server",
            "main": "vid-a",
            "parallel": ["vid-b"],
            "maps": [
                {"argument": "layer", "table": {"main": 1, "over": 2}},
                {
                    "argument": "clip",
                    "table": {"LOGO": {"layer": 9, "clip": 1}},
                    "rules": [{"pattern": "S{song}_HIT_{hit}", "to": {"clip": {"song": 10, "hit": 1}}}],
                    "otherwise": 99,
                },
            ],
        },
        {
            "id": "lighting.audience",
            "main": "bands",
            "maps": [{"argument": "zone", "table": {"all": ["1", "2"], "floor": "1", "lower": "2", "upper": "2"}}],
        },
        {
            "id": "camera.cueing",
            "main": "cams",
            "maps": [{"argument": "camera", "table": {f"cam-{n}": str(n) for n in range(1, 9)}}],
        },
    ],
    "absent": [
        {
            "role": "sfx.pyro",
            "policy": "replace",
            "replace": {"role": "lighting.main", "verb": "cue.fire", "args": {"list": 900, "cue": "1"}},
            "reason": "no pyro in this house",
        },
    ],
    "cameras": [
        {"id": "cam-1", "name": "house long"},
        {"id": "cam-4", "name": "pit right"},
        {"id": "cam-6-rail", "fallback": "cam-4"},
    ],
    "safe": {
        "soft": [{"role": "lighting.main", "verb": "cue.fire", "args": {"list": 900, "cue": "2"}}],
        "hard": [{"role": "audio.playback", "verb": "transport.stop"}],
        "show_stop": [
            {"role": "lighting.main", "verb": "cue.fire", "args": {"list": 900, "cue": "3"}},
            {"role": "audio.foh", "verb": "mute.set", "args": {"strip": "pa", "on": True}},
            {"role": "video.server", "verb": "clip.play", "args": {"clip": "LOGO"}},
        ],
    },
}
"""The house as its file would hold it."""


def make_venue(**fields: Any) -> Venue:
    """The small house, with whole fields of its file replaced."""
    return Venue.model_validate({**HOUSE, **fields})


def changed(where: str, name: str, **fields: Any) -> list[dict[str, Any]]:
    """A list of the house (``devices``, ``roles``) with the fields of one row replaced."""
    return [{**row, **fields} if row["id"] == name else row for row in HOUSE[where]]
