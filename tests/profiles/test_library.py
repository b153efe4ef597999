"""The library: what ships loads without a word, what is wrong is told with file, line and remedy."""

import pytest

from profiles.library import ID_PATTERN, list_profiles, load_profile, load_profiles, read_profile
from profiles.problems import has_errors
from profiles.verbs import CATALOGUE
from tests.support.profile_text import HEAD, OSC

SHIPPED = [entry.id for entry in list_profiles()]
REQUIRED = (
    "etc/eos ma/grandma3 behringer/x32 ableton/live-abletonosc figure53/qlab resolume/arena qlcplus/qlcplus "
    "cockos/reaper supercollider/scsynth xjadeo/xjadeo casparcg/server studiocoast/vmix generic/osc generic/midi "
    "midi/camera-cards midi/audio-console midi/msc-lighting midi/msc-sound midi/msc-pyro midi/msc-machinery midi/mmc "
    "bridge/wristbands bridge/cue-lights bridge/stage-timer bridge/relays"
)


def test_what_is_promised_ships():
    assert set(REQUIRED.split()) <= set(SHIPPED)
    assert sorted(SHIPPED) == SHIPPED


@pytest.mark.parametrize("id", SHIPPED)
def test_a_shipped_profile_loads_without_a_fault(id):
    profile, problems = load_profile(id)
    assert profile is not None
    assert profile.id == id
    assert [str(problem) for problem in problems if problem.severity != "note"] == []
    assert set(profile.verbs) <= set(CATALOGUE)
    assert profile.abilities or profile.any_verb
    assert load_profile(id)[0] is profile  # read once


def test_an_unknown_id_is_told_with_the_nearest():
    profile, problems = load_profile("etc/eso")
    assert profile is None
    assert [problem.code for problem in problems] == ["profile.unknown"]
    assert "did you mean etc/eos?" in str(problems[0])


@pytest.mark.parametrize("id", ["../secrets", "etc/../etc/eos", "etc", "/etc/passwd", "etc/eos.toml", ""])
def test_an_id_cannot_leave_the_folder(id):
    assert ID_PATTERN.fullmatch(id) is None
    assert load_profile(id)[0] is None


def test_a_profile_of_the_users_comes_first(tmp_path):
    folder = tmp_path / "etc"
    folder.mkdir()
    body = '[verbs."cue.go"]\nsend = [{ address = "/mine" }]\n'
    (folder / "eos.toml").write_text(HEAD + OSC + body)
    (folder / "notes.txt").write_text("not a profile")
    (tmp_path / "loose.toml").write_text("")
    entries = {entry.id: entry for entry in list_profiles(tmp_path)}
    assert not entries["etc/eos"].shipped
    assert entries["behringer/x32"].shipped
    assert len(entries) == len(SHIPPED)
    profile, problems = load_profile("etc/eos", tmp_path)
    assert profile is not None
    assert profile.vendor == "Test"
    assert not has_errors(problems)
    assert load_profile("etc/eos")[0].vendor == "ETC"


def test_a_folder_that_is_not_there_is_no_fault(tmp_path):
    assert [entry.id for entry in list_profiles(tmp_path / "none")] == SHIPPED


def test_several_are_loaded_with_everything_that_is_said():
    profiles, problems = load_profiles(["etc/eos", "no/such", "etc/eos"])
    assert list(profiles) == ["etc/eos"]
    assert [problem.code for problem in problems if problem.severity == "error"] == ["profile.unknown"]


def test_a_toml_slip_is_told_with_its_line():
    profile, problems = read_profile('vendor = "A"\nproduct = \n', "a/b", "a/b.toml")
    assert profile is None
    assert problems[0].code == "profile.toml"
    assert problems[0].where == "a/b.toml:2:11"


def test_bytes_that_are_no_text_are_told(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.toml").write_bytes(b"\xff\xfe\x00")
    profile, problems = load_profile("a/b", tmp_path)
    assert profile is None
    assert problems[0].code == "profile.file"


@pytest.mark.parametrize(
    ("body", "where", "words"),
    [
        ('[verbs."cue.go"]\nsnd = []\n', 'verbs."cue.go".snd', "snd is not known here"),
        ('[verbs."cue.go"]\nsend = [{ adress = "/go" }]\n', 'verbs."cue.go".send.0', "a message needs one of"),
        ('[verbs."cue.go"]\n', 'verbs."cue.go"', "give either send, or variants"),
        ('[verbs."cue.go"]\nsend = [{ address = "go" }]\n', 'verbs."cue.go".send.0', "must start with /"),
        (
            '[verbs."cue.go"]\nsend = [{ address = "/\u2010go" }]\n',
            'verbs."cue.go".send.0',
            "do not paste it from a PDF",
        ),
        ('[verbs."cue.go"]\nsend = [{ address = "/g o" }]\n', 'verbs."cue.go".send.0', "forbidden in OSC"),
        ('[verbs."cue.go"]\nsend = [{ address = "/{x" }]\n', 'verbs."cue.go".send.0', "is no place"),
        ('[verbs."cue.go"]\nsend = [{ address = "/go", args = [{ i = 1, f = 2 }] }]\n', "args.0", "exactly one type"),
        ('[verbs."cue.go"]\nfade = "slow"\nsend = [{ address = "/go" }]\n', "fade", "use 'none', 'stream' or 'native'"),
        ('[verbs."level.set"]\nfade = "stream"\nsend = [{ address = "/go" }]\n', "level.set", "needs rate_hz"),
        ('[[examples]]\nask = "cue.go"\nhex = ["zz"]\n', "examples.0", "non-hexadecimal"),
        ("[health]\nevery_s = 2\n", "health.reply", "reply is missing"),
    ],
)
def test_a_schema_slip_is_told_with_place_and_remedy(body, where, words):
    profile, problems = read_profile(HEAD + OSC + body, "a/b", "a/b.toml")
    assert profile is None
    told = [str(problem) for problem in problems]
    assert any(where in line and words in line for line in told), told
    assert all("\n" not in line for line in told)
    assert all(problem.remedy for problem in problems)


def test_a_schema_slip_in_a_table_names_its_line():
    text = HEAD + OSC + '[verbs."cue.go"]\nsnd = []\n'
    line = text.splitlines().index("snd = []") + 1
    problems = read_profile(text, "a/b", "a/b.toml")[1]
    assert any(problem.where.startswith(f"a/b.toml:{line}: ") for problem in problems)
