"""Whatever is written into a venue: it loads and joins, or it has problems with a place and a remedy. No traceback."""

from __future__ import annotations

import tomllib
from typing import Any, Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.plan.patch import build_patch
from profiles.device_profile import DeviceProfile
from profiles.library import load_profiles
from profiles.problems import has_errors
from profiles.venue_checks import check_venue
from profiles.venue_library import read_venue
from tests.profiles.test_fuzz import VALUES, WORDS, places, to_text
from tests.support.builders import song_show
from tests.support.tree import ROOT

FOLDER: Final = ROOT / "profiles" / "venues"
SHIPPED: Final = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.toml")}
SHOW: Final = song_show()
KNOWN: dict[str, DeviceProfile] = {}


def profiles_of(ids: list[str]) -> dict[str, DeviceProfile]:
    """Those that there are; each loaded once."""
    found, _ = load_profiles([each for each in ids if each not in KNOWN])
    KNOWN.update(found)
    return {each: KNOWN[each] for each in ids if each in KNOWN}


def read(text: str) -> None:
    """Load it, check it, join it with a show; every problem must be one line with a place."""
    made, problems = read_venue(text, "house.toml")
    assert made is not None or has_errors(problems)
    if made is not None:
        patch = build_patch(SHOW, made, profiles_of([device.profile for device in made.devices]))
        problems = (*problems, *check_venue(made), *patch.problems)
        for role in made.roles:
            patch.bind(role.id, "cue.fire", {"list": 1, "cue": "1"})
            patch.bind(role.id, "clip.play", {"clip": "S1_A"})
    for problem in problems:
        assert problem.where
        assert problem.message
        assert "\n" not in str(problem)
        assert "Traceback" not in problem.message


def test_the_shipped_houses_are_here_and_well() -> None:
    assert len(SHIPPED) >= 3
    for text in SHIPPED.values():
        read(text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(sorted(SHIPPED)), cut=st.data())
def test_a_text_with_slips(name: str, cut: st.DataObject) -> None:
    text = SHIPPED[name]
    for _ in range(cut.draw(st.integers(1, 3))):
        at = cut.draw(st.integers(0, len(text)))
        length = cut.draw(st.integers(0, 12))
        text = text[:at] + cut.draw(st.just("") | WORDS) + text[at + length :]
    read(text)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(sorted(SHIPPED)), draw=st.data())
def test_well_formed_nonsense(name: str, draw: st.DataObject) -> None:
    document = tomllib.loads(SHIPPED[name])
    for _ in range(draw.draw(st.integers(1, 2))):
        *way, last = draw.draw(st.sampled_from(places(document)))
        holder: Any = document
        for key in way:
            holder = holder[key]
        if draw.draw(st.booleans()):
            del holder[last]
        else:
            holder[last] = draw.draw(VALUES)
    read(to_text(document))
