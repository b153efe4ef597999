"""Line check: one command by hand, under the limits of the house, and never a hazard."""

from __future__ import annotations

from console.show.cues import Scalar
from console.show.show import Role
from console.vocabulary import Send
from profiles.venue_profile import Venue
from tests.support.builders import ROLES, song_show
from tests.support.engine_rig import EngineRig
from tests.support.houses import HOUSE, make_venue

SHOW = song_show(roles=(*ROLES, Role(id="lighting.audience", department="LX", verbs=("zone.effect",))))
FLAMES = {"devices": [*HOUSE["devices"], {"id": "pyro", "profile": "test/anything", "host": "10.0.0.11"}]}
PYRO_HOUSE = make_venue(absent=[], roles=[*HOUSE["roles"], {"id": "sfx.pyro", "main": "pyro"}], **FLAMES)


def send(venue: Venue, role: str, verb: str, **args: Scalar) -> tuple[str | None, list[str]]:
    """Why it was refused, and the devices it went to."""
    rig = EngineRig(SHOW, venue)
    refused = rig.ask(Send(role=role, verb=verb, args=args))
    return refused, [each.command.device for each in rig.sent if each.command.trigger == "line check"]


def test_a_command_goes_to_every_device_of_the_role():
    assert send(make_venue(), "video.server", "clip.load", clip="LOGO") == (None, ["vid-a", "vid-b"])


def test_a_hazard_is_not_sent_by_hand():
    refused, devices = send(PYRO_HOUSE, "sfx.pyro", "effect.fire", device="flame-1", ms=700)
    assert (refused, devices) == ("sfx.pyro is a hazard; it is not sent from here", [])


def test_stopping_a_hazard_is_always_allowed():
    assert send(PYRO_HOUSE, "sfx.pyro", "effect.stop", device="all") == (None, ["pyro"])


def test_the_strobe_limit_of_the_house_holds_here_too():
    refused, devices = send(make_venue(), "lighting.audience", "zone.effect", zone="floor", effect="x", rate_hz=8.0)
    assert (refused, devices) == ("8 Hz is over this house's strobe limit of 3 Hz", [])


def test_what_the_house_lacks_is_refused_with_the_reason():
    refused, devices = send(make_venue(), "lighting.main", "mute.set", strip="pa", on=True)
    assert refused is not None
    assert "has no mute.set" in refused
    assert devices == []
