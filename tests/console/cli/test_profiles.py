"""``showcaller profiles``: the library listed, shown, checked, and a fresh profile to fill in."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from profiles.device_profile import DeviceProfile
from profiles.library import list_profiles, load_profile
from profiles.quality import quality_of
from profiles.verbs import CATALOGUE
from tests.support.command_line import CommandLine

SHIPPED = [entry.id for entry in list_profiles()]


def shipped(profile_id: str) -> DeviceProfile:
    profile, _ = load_profile(profile_id)
    assert profile is not None
    return profile


def test_the_list_tells_programs_what_there_is(call: CommandLine):
    found = {each["id"]: each for each in call.well("profiles", "list", "--json").json}
    assert list(found) == SHIPPED
    mixer = shipped("behringer/x32")
    assert found["behringer/x32"] == {
        "id": "behringer/x32",
        "vendor": mixer.vendor,
        "product": mixer.product,
        "department": "SND",
        "grade": mixer.grade,
        "tier": quality_of(mixer).tier.value,
        "missing": list(quality_of(mixer).next_needs),
        "transports": ["osc_udp"],
        "verbs": list(mixer.verbs),
        "commands": list(mixer.commands),
        "shipped": True,
    }
    assert found["generic/osc"]["verbs"] == list(CATALOGUE)


def test_the_list_has_a_line_for_each(call: CommandLine):
    lines = call.well("profiles", "list").lines
    assert [line.split()[0] for line in lines[1:]] == SHIPPED


@pytest.mark.parametrize("profile_id", SHIPPED)
def test_every_profile_can_be_shown(call: CommandLine, profile_id: str):
    page = call.well("profiles", "show", profile_id).out
    profile = shipped(profile_id)
    assert page.startswith(f"{profile_id}: ")
    for transport in profile.transports:
        assert transport.kind in page
    for name in (*profile.verbs, *profile.commands, *profile.settings, *profile.sources):
        assert name in page
    assert f"tier {quality_of(profile).tier.value}" in page


def test_what_ships_passes_its_own_check(call: CommandLine):
    said = call.well("profiles", "check")
    assert said.lines[-1].startswith(f"{len(SHIPPED)} profiles: ")
    assert "FAIL" not in said.out
    assert [line.split()[1] for line in said.lines if line.startswith(("PASS", "WARN"))] == SHIPPED


def test_the_check_says_what_the_next_tier_asks_for(call: CommandLine):
    said = call.well("profiles", "check", "behringer/x32")
    (head,) = said.lines
    assert head.startswith("PASS  behringer/x32  ")
    quality = quality_of(shipped("behringer/x32"))
    assert all(need in head for need in quality.next_needs)


@pytest.mark.parametrize("given", ["user folder", "file"])
def test_a_fresh_profile_passes_as_it_is_written(call: CommandLine, tmp_path: Path, given: str):
    path = (
        tmp_path / "acme" / "light-desk.toml" if given == "file" else call.config("profiles") / "acme/light-desk.toml"
    )
    said = call.well("profiles", "new", "acme/light-desk", *([path] if given == "file" else []))
    name = str(path) if given == "file" else "acme/light-desk"
    assert said.lines == [str(path), f"fill it in, then: showcaller profiles check {name}"]
    checked = call.well("profiles", "check", name)
    assert checked.lines[0].startswith(f"PASS  {name}  draft")
    profile = tomllib.loads(path.read_text(encoding="utf-8"))
    assert (profile["vendor"], profile["product"]) == ("Acme", "Light Desk")


def test_a_fresh_profile_is_in_the_library_and_sends_what_its_example_says(call: CommandLine):
    call.well("profiles", "new", "acme/desk")
    found = {each["id"]: each for each in call.well("profiles", "list", "--json").json}
    assert found["acme/desk"]["shipped"] is False
    assert "(yours)" in call.well("profiles", "list").out
    packets = call.well("profiles", "encode", "acme/desk", "cue.fire", "cue=10", "--json").json["packets"]
    (example,) = tomllib.loads((call.config("profiles") / "acme/desk.toml").read_text())["examples"]
    assert [packet["hex"] for packet in packets] == example["hex"]


def test_every_remark_of_a_fresh_profile_is_a_good_entry(call: CommandLine, tmp_path: Path):
    path = tmp_path / "acme" / "desk.toml"
    call.well("profiles", "new", "acme/desk", path)
    text = path.read_text()
    entries = ("# [", "# rate", "# fade", "# send", "# reply", "# args", "# summary")
    lines = [line[2:] if line.startswith(entries) else line for line in text.splitlines()]
    path.write_text("\n".join(lines) + "\n")
    said = call.well("profiles", "check", path)
    assert len(tomllib.loads(path.read_text())) > len(tomllib.loads(text))
    assert said.lines[0].startswith("PASS")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["desk"], 2, "'desk' is no id: write vendor/product"),
        (["Acme/Desk"], 2, "'Acme/Desk' is no id: "),
        (["../etc/passwd"], 2, "'../etc/passwd' is no id: "),
        (["behringer/x32"], 2, "behringer/x32 ships with Showcaller: "),
        (["acme/desk", "desk.json"], 2, "desk.json: a profile is a .toml file"),
        (["acme/desk", "there.toml"], 2, "there.toml is there already"),
        (["acme/desk", "there.toml/desk.toml"], 1, "there.toml/desk.toml cannot be written, "),
    ],
)
def test_a_fresh_profile_never_takes_anybody_s_place(
    call: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int, said: str
):
    monkeypatch.chdir(tmp_path)
    Path("there.toml").write_text("mine")
    answer = call("profiles", "new", *words)
    assert (answer.code, answer.fault[: len(said)]) == (code, said)
    assert Path("there.toml").read_text() == "mine"
    assert {path.name for path in tmp_path.iterdir()} <= {"home", "there.toml"}


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        (("hex", "hax"), "profile.schema", "hax is not known here"),
        (('ask = "cue.fire"', 'ask = "cue.fier"'), "profile.example", "cue.fier"),
        (("31 30", "31 31"), "profile.example", "where 2f 63 75"),
        (('[verbs."cue.fire"]', '[verbs."cue.fyre"]'), "profile.verb", "did you mean cue.fire?"),
        (("= ", "= = "), "profile.toml", "invalid value"),
    ],
)
def test_a_slip_is_found_with_its_place_and_a_remedy(
    call: CommandLine, tmp_path: Path, change: tuple[str, str], code: str, said: str
):
    path = tmp_path / "desk.toml"
    call.well("profiles", "new", "acme/desk", path)
    path.write_text(
        path.read_text().replace(*change, 1) if change[0] != "hex" else path.read_text().replace("\nhex", "\nhax")
    )
    answer = call("profiles", "check", path)
    assert answer.code == 1
    assert answer.err == ""
    assert answer.lines[0].startswith(f"FAIL  {path}")
    assert said in answer.out, code
    assert "→" in answer.out


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("behringer/x23", "there is no device profile or file 'behringer/x23': did you mean behringer/x32?"),
        ("gone.toml", "gone.toml: there is no such file: check the path"),
        ("folder", "folder: is a folder: name a .toml file"),
    ],
)
def test_what_cannot_be_checked_is_the_call_s_fault(
    call: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
):
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    answer = call("profiles", "check", "behringer/x32", name)
    assert (answer.code, answer.fault[: len(said)]) == (2, said)


def test_a_broken_profile_of_one_s_own_is_told_everywhere(call: CommandLine):
    path = call.config("profiles") / "acme" / "desk.toml"
    path.parent.mkdir()
    path.write_text("vendor = 1\n")
    listed = call.well("profiles", "list")
    assert "acme/desk" in listed.out
    assert "has faults: showcaller profiles check acme/desk" in listed.out
    assert {"id": "acme/desk", "faults": True} in call.well("profiles", "list", "--json").json
    assert call("profiles", "check").code == 1
    for words in (["profiles", "show", "acme/desk"], ["profiles", "encode", "acme/desk", "cue.go"]):
        answer = call(*words)
        assert answer.code == 1
        assert str(path) in answer.fault


def test_an_unknown_profile_is_told_the_nearest(call: CommandLine):
    answer = call("profiles", "show", "etc/eso")
    assert (answer.code, answer.fault) == (2, "there is no device profile 'etc/eso': did you mean etc/eos?")
