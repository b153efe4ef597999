"""The ladder of trust is computed, and the schemas that editors read are the models'."""

import json

import pytest

from profiles.library import list_profiles, load_profile
from profiles.quality import Tier, quality_of
from profiles.schema import FOLDER, SCHEMAS, schema_text, write_schemas
from tests.support.profile_text import profile

GO = '[verbs."cue.go"]\nsend = [{ address = "/go" }]\n'
EXAMPLE = '[[examples]]\nask = "cue.go"\nhex = ["2f 67 6f 00 2c 00 00 00"]\n'


def test_without_its_bytes_a_profile_is_a_draft():
    quality = quality_of(profile(GO))
    assert quality.tier is Tier.DRAFT
    assert quality.next_needs == ("an example of cue.go with its bytes",)


@pytest.mark.parametrize(
    ("proof", "tier"),
    [
        ("", Tier.BENCH),
        ('[[proved]]\non = "box 1.0"\nhow = "program"\n', Tier.REHEARSED),
        ('[[proved]]\non = "box 1.0"\nhow = "device"\n', Tier.REHEARSED),
        ('[[proved]]\non = "box 1.0"\nhow = "show"\n', Tier.SHOW_READY),
    ],
)
def test_a_profile_rises_by_what_it_drove(proof, tier):
    quality = quality_of(profile(GO + EXAMPLE + proof))
    assert quality.tier is tier
    assert (quality.next_needs == ()) == (tier is Tier.SHOW_READY)


def test_what_is_still_to_be_tried_keeps_it_from_the_top():
    made = profile(GO + EXAMPLE + '[[proved]]\non = "a finale"\nhow = "show"\n')
    quality = quality_of(made.model_copy(update={"verify": ("numbers count from 0",)}))
    assert quality.tier is Tier.REHEARSED
    assert quality.next_needs == ("try what stands under verify, and strike it out",)


def test_the_steps_have_these_names_in_this_order():
    assert [tier.value for tier in sorted(Tier, key=lambda tier: tier.rank)] == [
        "draft",
        "bench",
        "rehearsed",
        "show-ready",
    ]


def test_doubtful_sources_keep_it_a_draft_until_it_is_proved():
    made = profile(GO + EXAMPLE).model_copy(update={"grade": "C"})
    assert quality_of(made).tier is Tier.DRAFT


@pytest.mark.parametrize("id", [entry.id for entry in list_profiles()])
def test_every_shipped_profile_is_past_the_draft(id):
    made = load_profile(id)[0]
    assert made is not None
    assert quality_of(made).tier is not Tier.DRAFT, quality_of(made).next_needs


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_committed_schema_is_fresh(name):
    committed = (FOLDER / name).read_text(encoding="utf-8")
    assert committed == schema_text(SCHEMAS[name]), "run: python -m profiles.schema"
    json.loads(committed)


def test_schemas_are_written_where_they_are_wanted(tmp_path):
    write_schemas(tmp_path / "new")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(SCHEMAS)
