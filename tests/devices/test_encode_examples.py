"""Every shipped profile sends the bytes it says it sends, and a profile that does not is found out."""

import pytest

from devices.example_check import example_problems
from profiles.library import list_profiles, load_profile
from profiles.verbs import CATALOGUE
from tests.support.profile_text import profile

PROFILES = [entry.id for entry in list_profiles()]
VECTORS = {  # as public documents and the rules of OSC 1.0 have them
    ("behringer/x32", "level.set"): "2f63682f30312f6d69782f6661646572000000002c6600003f400000",
    ("behringer/x32", "scene.recall"): "2f2d616374696f6e2f676f7363656e65000000002c69000000000005",
    ("etc/eos", "cue.fire"): "2f656f732f6375652f312f322e352f66697265002c000000",
    ("ma/grandma3", "cue.go"): "2f636d64000000002c730000476f2b2053657175656e636520350000",
    ("figure53/qlab", "transport.play"): "2f6375652f31302f73746172740000002c000000",
    (
        "ableton/live-abletonosc",
        "level.set",
    ): "2f6c6976652f747261636b2f7365742f766f6c756d6500002c696600000000003f59999a",
    ("midi/msc-lighting", "cue.fire"): "f07f01020101310031f7",
    ("midi/mmc", "transport.locate"): "f07f7f064406012102030400f7",
}


@pytest.mark.parametrize("id", PROFILES)
def test_shipped_profiles_meet_their_examples(id):
    made = load_profile(id)[0]
    assert made is not None
    assert [str(problem) for problem in example_problems(made, id)] == []
    asked = {example.ask for example in made.examples}
    assert set(made.verbs) <= asked


@pytest.mark.parametrize(("id", "verb"), VECTORS)
def test_the_published_vectors_are_among_the_examples(id, verb):
    made = load_profile(id)[0]
    assert made is not None
    told = {packet.replace(" ", "") for example in made.examples if example.ask == verb for packet in example.hex}
    assert VECTORS[id, verb] in told


@pytest.mark.parametrize(
    ("example", "words"),
    [
        ('args = {}\nhex = ["2f 67 6f 00 2c 00 00 01"]', "packet 1 is 2f 67 6f 00 2c 00 00 00 where"),
        ('args = {}\nhex = ["2f 67 6f 00 2c 00 00 00", "00"]', "sends 1 packets where 2 are written"),
        ('transport = "midi"\nhex = ["00"]', "cannot be encoded: test/box: cue.go: transport midi"),
    ],
)
def test_an_example_that_is_not_met_is_told(example, words):
    made = profile(f'[verbs."cue.go"]\nsend = [{{ address = "/go" }}]\n[[examples]]\nask = "cue.go"\n{example}\n')
    (problem,) = example_problems(made, "box.toml")
    assert problem.severity == "error"
    assert problem.where == "box.toml: example 1, cue.go"
    assert words in problem.message


def test_every_verb_of_the_catalogue_can_be_sent_to_somebody():
    profiles = [load_profile(id)[0] for id in PROFILES]
    for verb in CATALOGUE:
        assert any(made is not None and made.supports(verb) for made in profiles)
