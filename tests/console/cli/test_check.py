"""``showcaller check``: the verdict, the problems with their remedies, and files that cannot be understood."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import profiles
from console.cli.check import run_check
from console.cli.clearance import clear_performance
from console.show.show import Show
from devices.io.udp import UdpListener
from profiles.problems import verdict_of
from tests.support.builders import evening_show, make_cue, song_show
from tests.support.command_line import CommandLine
from tests.support.ports import free_port

Save = Callable[[Show], Path]


def test_the_concert_passes_at_home(call: CommandLine):
    said = call.well("check", "half-light", "--venue", "halcyon-dome")
    assert said.lines[0].startswith("PASS  ")
    assert "Half-Light" in said.lines[0]
    assert "in Halcyon Dome: " in said.lines[0]


def test_the_concert_warns_away_with_a_remedy_under_each_problem(call: CommandLine):
    said = call.well("check", "half-light", "--venue", "gaslight-exchange")
    assert said.lines[0].startswith("WARN  ")
    first = next(line for line in said.lines if "cam-6-rail are one here" in line)
    remedy = said.lines[said.lines.index(first) + 1]
    assert first.startswith("warning  role camera.cueing ")
    assert remedy.lstrip().startswith("→ the later cue wins")
    assert remedy.index("→") == first.index("camera cam-4 and")


def test_json_has_the_shape_that_programs_rely_on(call: CommandLine):
    found = call.well("check", "half-light", "--venue", "gaslight-exchange", "--json").json
    assert set(found) == {"verdict", "problems"}
    assert found["verdict"] == "WARN"
    assert all(set(each) == {"severity", "code", "where", "message", "remedy"} for each in found["problems"])
    assert [each["severity"] for each in found["problems"]] == sorted(
        (each["severity"] for each in found["problems"]), key=["error", "warning", "note"].index
    )
    assert {each["code"] for each in found["problems"] if each["severity"] == "warning"} == {"venue.fold"}


def test_a_show_with_faults_fails_and_says_each(call: CommandLine, saved: Save, hall: Path):
    show = song_show(make_cue("lost", "1.9", role="lighting.min"), make_cue("twice", "1.1"))
    said = call("check", saved(show), "--venue", hall)
    assert said.code == 1
    assert said.err == ""
    assert said.lines[0].startswith("FAIL  Test in Small Hall: ")
    words = [line for line in said.lines if line.startswith("error")]
    assert any("lighting.min" in line for line in words)
    assert any("1.1" in line for line in words)
    as_json = call("check", saved(show), "--venue", hall, "--json")
    assert (as_json.code, as_json.json["verdict"]) == (1, "FAIL")


def test_a_venue_that_lacks_a_role_fails_with_what_to_do(call: CommandLine, saved: Save, hall: Path):
    hall.write_text(hall.read_text().replace('{ id = "video.server"', '{ id = "video.other"'))
    said = call("check", saved(evening_show()), "--venue", hall, "--json")
    unbound = next(each for each in said.json["problems"] if each["code"] == "venue.role.unbound")
    assert said.code == 1
    assert unbound["where"] == "role video.server"
    assert unbound["remedy"]


def test_a_broken_show_and_a_broken_house_are_told_in_one_go(call: CommandLine, tmp_path: Path):
    show, venue = tmp_path / "show.json", tmp_path / "venue.toml"
    show.write_text('{"schema_version": 1, "id": "x", "cues": [{"id": "a"}], "colour": 1}')
    venue.write_text('id = "v"\nrate = "26"\n')
    said = call("check", show, "--venue", venue)
    assert said.code == 1
    assert said.lines[0].startswith(f"FAIL  {show} in {venue}: ")
    found = call("check", show, "--venue", venue, "--json").json["problems"]
    assert {each["code"].partition(".")[0] for each in found} == {"show", "venue"}
    assert len(found) >= 5
    assert said.out.count("→") == len([each for each in found if each["remedy"]])


def test_a_venue_with_an_unknown_profile_is_told_the_nearest(call: CommandLine, saved: Save, hall: Path):
    hall.write_text(hall.read_text().replace("behringer/x32", "behringer/x23"))
    said = call("check", saved(song_show()), "--venue", hall)
    assert said.code == 1
    assert "did you mean behringer/x32?" in said.out


def test_a_newer_file_opens_with_what_was_set_aside(call: CommandLine, saved: Save, hall: Path):
    path = saved(song_show())
    raw = json.loads(path.read_text()) | {"schema_version": 99, "holograms": []}
    path.write_text(json.dumps(raw))
    said = call("check", path, "--venue", hall)
    assert "holograms is not understood here" in said.out


def test_problems_are_told_as_they_are_counted(saved: Save, hall: Path):
    show = song_show(make_cue("lost", "1.9", role="lighting.min"))
    page = run_check(str(saved(show)), str(hall), as_json=True, colour=True)
    found = json.loads(page.text)
    assert "\x1b" not in page.text
    severities = [each["severity"] for each in found["problems"]]
    head = run_check(str(saved(show)), str(hall), as_json=False, colour=False).text.splitlines()[0]
    for severity in ("error", "warning", "note"):
        count = severities.count(severity)
        assert (f"{count} {severity}" in head) == (count > 0)


def test_colour_is_beside_the_words(saved: Save, hall: Path):
    plain = run_check(str(saved(song_show())), str(hall), as_json=False, colour=False).text
    coloured = run_check(str(saved(song_show())), str(hall), as_json=False, colour=True).text
    assert coloured != plain
    stripped = coloured
    for code in ("\x1b[32m", "\x1b[33m", "\x1b[31m", "\x1b[31;1m", "\x1b[0m"):
        stripped = stripped.replace(code, "")
    assert stripped == plain


@pytest.mark.parametrize("severities", [[], ["note"], ["warning"], ["error"]])
def test_only_an_error_fails(severities: list[str]):
    from console.cli.check import count_words
    from profiles.problems import Problem

    problems = [Problem(severity, "x", "y", "z", "") for severity in severities]  # type: ignore[arg-type]
    assert (verdict_of(problems) == "FAIL") == ("error" in severities)
    assert count_words(problems) == (f"1 {severities[0]}" if severities else "nothing to say")


@pytest.mark.parametrize("venue", ["halcyon-dome", "gaslight-exchange"])
def test_every_problem_has_a_remedy_notes_included(call: CommandLine, venue: str):
    problems = call("check", "half-light", "--venue", venue, "--json").json["problems"]
    assert problems
    assert [problem for problem in problems if not problem["remedy"]] == []


HOUSES = Path(profiles.__file__).parent / "venues"


def own_port(venue: str, folder: Path) -> Path:
    """A shipped house with a remote port that nobody else has, as other tests have the real one open."""
    copy = folder / f"{venue}.toml"
    copy.write_text((HOUSES / copy.name).read_text().replace("port = 53100", f"port = {free_port()}"))
    return copy


@pytest.mark.parametrize("venue", ["halcyon-dome", "gaslight-exchange", "saltmarsh-field"])
def test_both_halves_in_every_house_that_ships(call: CommandLine, venue: str, tmp_path: Path):
    house = own_port(venue, tmp_path)
    page = call.well("check", "half-light", "--venue", house, "--live", "--ghost", "all", "--json").json
    assert page["verdict"] in ("PASS", "WARN")
    assert {"severity", "code", "where", "message", "remedy"} == set(page["problems"][0])
    assert [problem for problem in page["problems"] if not problem["remedy"]] == []
    codes = {problem["code"] for problem in page["problems"]} | {line["code"] for line in page["passed"]}
    assert {"live.device", "live.clock", "live.disk", "live.line", "live.once", "paper.files"} <= codes


def test_both_halves_as_a_page_under_their_headings(call: CommandLine, tmp_path: Path):
    house = own_port("saltmarsh-field", tmp_path)
    said = call.well("check", "half-light", "--venue", house, "--live", "--ghost", "all")
    assert said.lines[0].startswith("WARN  ")
    assert "Ports and networks" in said.lines
    assert any("the house has no time server" in line for line in said.lines)


def test_ghosts_go_with_the_live_half_and_are_roles_of_the_show(call: CommandLine):
    assert "goes with --live" in call("check", "half-light", "--venue", "halcyon-dome", "--ghost", "all").fault
    words = call("check", "half-light", "--venue", "halcyon-dome", "--live", "--ghost", "lighting.mian").fault
    assert "lighting.main" in words


def test_a_performance_waits_for_preflight_or_for_a_name(call: CommandLine, tmp_path: Path):
    other = UdpListener("127.0.0.1", 0)
    house = tmp_path / "halcyon-dome.toml"
    house.write_text((HOUSES / house.name).read_text().replace("port = 53100", f"port = {other.address[1]}"))
    words = ("engine", "half-light", "--venue", house, "--ghost", "all", "--run", "performance")
    said = call(*words, "--socket", "s/engine.sock")
    assert said.code == 1
    assert said.lines[0].startswith("FAIL  preflight of ")
    assert any(f"UDP port {other.address[1]}" in line for line in said.lines)
    assert "--despite NAME" in said.err
    went_on = clear_performance("half-light", str(house), "all", "ada")
    assert went_on is not None
    assert (went_on.by, [line.code for line in went_on.lines]) == ("ada", ["live.port"])
    other.close()
    assert clear_performance("half-light", str(house), "all", None) is None
    assert "goes with SHOW" in call("engine", "--despite", "ada").fault
