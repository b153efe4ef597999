"""A profile that its own ghost misunderstands is found out, and stands no higher than a draft."""

import pytest

from devices.ghost_check import checked_quality, ghost_problems, machine_problems
from profiles.library import list_profiles, load_profile
from profiles.quality import Tier, quality_of
from tests.support.profile_text import TEXT, profile

GO = '[verbs."cue.go"]\nsend = [{ address = "/go" }]\n'
EXAMPLE = '[[examples]]\nask = "cue.go"\nhex = ["2f 67 6f 00 2c 00 00 00"]\n'


@pytest.mark.parametrize("id", [entry.id for entry in list_profiles()])
def test_every_shipped_profile_stands_where_it_says(id: str) -> None:
    made = load_profile(id)[0]
    assert made is not None
    assert [str(problem) for problem in machine_problems(made, id)] == []
    assert checked_quality(made) == quality_of(made)


def test_words_that_run_into_each_other_are_an_error() -> None:
    made = profile(
        '[commands.say]\nargs = { who = { type = "text" }, what = { type = "text" } }\n'
        'send = [{ line = "SAY {who} {what}" }]\n'
        '[[examples]]\nask = "say"\nargs = { who = "stage left", what = "clear" }\n'
        f'hex = ["{b"SAY stage left clear".hex(" ")} 0d 0a"]\n',
        TEXT,
    )
    (problem,) = ghost_problems(made, "box.toml")
    assert (problem.code, problem.where) == ("profile.ghost", "box.toml: example 1, say")
    assert "its ghost makes nothing of" in problem.message
    assert checked_quality(made).tier is Tier.DRAFT


def test_an_example_that_is_not_met_makes_a_draft() -> None:
    made = profile(GO + EXAMPLE.replace("6f", "6e"))
    assert quality_of(made).tier is Tier.BENCH
    assert checked_quality(made).tier is Tier.DRAFT
    assert checked_quality(made).next_needs == ("mend what the check says",)
