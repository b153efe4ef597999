"""The whole evening at once: every mistake that was planted in Half-Light is found, and none where none is."""

from __future__ import annotations

import pytest

from console.cli.check import check_joined
from console.cli.opening import join
from console.samples.library import sample_path
from console.show.cues import AtBar, AtOffset, Cue, OnMessage, Step
from console.show.rundown import Inhibit
from console.show.show import Show
from console.show.show_file import read_show
from console.vocabulary import DeadFault, LossyFault, PlayedFault, SlowFault
from console.wiring.virtual_evening import play_evening
from profiles.problems import Problem
from profiles.venue_library import load_venue
from profiles.venue_profile import Venue

pytestmark = pytest.mark.xdist_group("evening")

SONG = "song-harbour-signals"
KEPT = ("open-film", "walk-on", SONG)


def venue() -> Venue:
    found, problems = load_venue("halcyon-dome")
    assert found is not None, problems
    return found


def show(*more: Cue, **fields: object) -> Show:
    """The film, the walk-on and the first song of Half-Light, with ``more`` in it."""
    sample = read_show(sample_path("half-light")).show
    items = tuple(each if each.id in KEPT else each.model_copy(update={"skipped": True}) for each in sample.items)
    changes = {"items": items, "cues": (*sample.cues, *more), "hard_out_s": 400.0, **fields}
    return sample.model_copy(update=changes)


def cue(number: str, at: object, verb: str, role: str, **fields: object) -> Cue:
    args = fields.pop("args", {})
    steps = (Step(verb=verb, args=args),)  # type: ignore[arg-type]
    return Cue(id=f"planted-{number}", number=number, item=SONG, at=at, role=role, steps=steps, **fields)  # type: ignore[arg-type]


def found_in(
    played: Show, house: Venue | None = None, faults: dict[str, tuple[PlayedFault, ...]] | None = None
) -> list[Problem]:
    house = house or venue()
    on_paper = check_joined(played, (), house).problems
    return [*on_paper, *play_evening(join(played, house), "performance", faults)[0]]


def test_an_evening_without_mistakes_has_only_notes() -> None:
    assert [str(each) for each in found_in(show()) if each.severity != "note"] == []


BAR = AtBar(on="bar", bar=20)
LIGHT = {"list": 1, "cue": "10"}
PLANTED = {
    "a cue that nothing sets off": (
        cue("1.901", OnMessage(on="message", source="osc", address="/never"), "cue.go", "lighting.main"),
        "evening.unreached",
    ),
    "a clip that leads nowhere": (
        cue("1.902", BAR, "clip.play", "video.server", args={"clip": "NO_SUCH"}),
        "venue.map.nowhere",
    ),
    "a flash over the limit of the house": (
        cue(
            "1.903",
            BAR,
            "zone.effect",
            "lighting.audience",
            args={"zone": "all", "effect": "strobe", "rate_hz": 15.0, "level": 1.0},
        ),
        "evening.inhibited",
    ),
    "a cue that is disabled": (cue("1.904", BAR, "cue.go", "lighting.main", disabled=True), "evening.disabled"),
    "a lead before the song begins": (
        cue("1.905", AtBar(on="bar", bar=1), "cue.go", "lighting.main", advance_ms=60_000.0),
        "cue.lead.early",
    ),
    "a hazard at a load": (
        cue(
            "1.906",
            AtOffset(on="offset", anchor="load"),
            "effect.fire",
            "sfx.atmos",
            args={"device": "co2-row", "ms": 900},
            hazard="low",
        ),
        "evening.inhibited",
    ),
    "one camera in two places": (
        cue("1.907", AtBar(on="bar", bar=121), "camera.shot", "camera.cueing", args={"camera": "cam-3", "shot": "WS"}),
        "venue.camera.double",
    ),
    "a cue that a rule keeps back": (cue("1.908", BAR, "prompter.run", "prompter"), "evening.inhibited"),
    "a place behind the end": (
        cue("1.909", AtOffset(on="offset", anchor="start", seconds=600.0), "cue.go", "lighting.main"),
        "evening.unreached",
    ),
}
LEVEL = cue("1.910", BAR, "level.set", "audio.foh", args={"strip": "ch/1", "db": -6.0})
FAULTS: dict[str, tuple[PlayedFault, ...]] = {"screens-a": (DeadFault(),)}
RULE = Inhibit(id="no-prompter", what=("prompter",), reason="the prompter is away")


@pytest.fixture(scope="module")
def found() -> list[Problem]:
    planted = [each for each, _ in PLANTED.values()]
    return found_in(show(*planted, inhibits=(RULE,), hard_out_s=60.0), late_house(), faults=FAULTS)


def late_house() -> Venue:
    house = venue()
    curfew = house.curfew
    assert curfew is not None
    return house.model_copy(update={"curfew": curfew.model_copy(update={"time": "20:02"})})


@pytest.mark.parametrize("mistake", list(PLANTED))
def test_a_planted_mistake_is_found_at_its_place_with_a_remedy(mistake: str, found: list[Problem]) -> None:
    planted, code = PLANTED[mistake]
    mine = [each for each in found if planted.number in f"{each.where} {each.message}"]
    assert code in {each.code for each in mine}, "\n".join(map(str, found))
    assert all(each.remedy for each in mine)


@pytest.mark.parametrize(
    "code",
    ["evening.curfew", "evening.over", "venue.curfew", "evening.device"],
)
def test_so_is_what_the_evening_as_a_whole_does_wrong(code: str, found: list[Problem]) -> None:
    assert code in {each.code for each in found}


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (SlowFault(ms=8000), "evening.unconfirmed"),
        (LossyFault(percent=100), "evening.unconfirmed"),
    ],
)
def test_so_is_a_mixer_that_does_not_do_as_it_is_told(fault: PlayedFault, code: str) -> None:
    found = found_in(show(LEVEL), faults={"foh": (fault,)})
    assert "cue 1.910 in Harbour Signals" in [each.where for each in found if each.code == code]
