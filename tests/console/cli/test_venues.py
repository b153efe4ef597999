"""``showcaller venues``: the houses listed, shown, and checked without any show."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

import profiles
from console import cli
from console.cli.opening import state_folder
from console.record.line_checks import LineCheckKeeper
from console.vocabulary import LineCard, LineTicked
from profiles.venue_library import list_venues, load_venue
from tests.support.command_line import CommandLine
from tests.support.golden import Golden

SHIPPED = [entry.id for entry in list_venues()]


def test_the_list_tells_programs_what_there_is(call: CommandLine):
    found = {each["id"]: each for each in call.well("venues", "list", "--json").json}
    assert list(found) == SHIPPED
    assert found["halcyon-dome"] == {
        "id": "halcyon-dome",
        "name": "Halcyon Dome",
        "city": "Port Verrin",
        "kind": "arena",
        "rate": "25",
        "devices": 22,
        "shipped": True,
    }


def test_the_list_has_a_line_for_each(call: CommandLine, hall: Path):
    (call.config("venues") / "hall.toml").write_text(hall.read_text())
    lines = call.well("venues", "list").lines
    assert [line.split()[0] for line in lines[1:]] == sorted([*SHIPPED, "hall"])
    assert next(line for line in lines if line.startswith("hall ")).endswith("Small Hall (yours)")


@pytest.mark.parametrize("name", SHIPPED)
def test_every_house_can_be_shown(call: CommandLine, name: str):
    page = call.well("venues", "show", name).out
    venue, _ = load_venue(name)
    assert venue is not None
    assert page.startswith(f"{name}: {venue.name}")
    for device in venue.devices:
        assert f"{device.id} " in page
        assert device.profile in page
    for absent in venue.absent:
        assert absent.reason in page
    for line in venue.line_check:
        assert line in page


@pytest.mark.parametrize("name", SHIPPED)
def test_who_stands_for_each_role_is_as_it_was_agreed(call: CommandLine, golden: Golden, name: str):
    golden.check_text(f"roles/{name}.json", call.well("venues", "show", name, "--show", "half-light", "--json").out)


def test_a_show_is_told_role_by_role(call: CommandLine):
    page = call.well("venues", "show", "gaslight-exchange", "--show", "half-light").out
    rows = [line.split() for line in page.partition("Roles of the show")[2].splitlines()]
    assert ["lighting.main", "LX", "main", "lx-main", "192.168.40.21:8000", "26", "ms"] in rows
    assert ["standby", "lx-backup", "192.168.40.22:8000", "26", "ms"] in rows
    assert any(row[:4] == ["sfx.pyro", "PYRO", "absent", "replace"] for row in rows)
    assert any(row[:2] == ["device=co2-row", "skip"] for row in rows)


def test_what_a_house_adds_to_a_department_is_shown_and_checked(call: CommandLine, hall: Path):
    hall.write_text(hall.read_text() + "[departments.VID]\nlatency_ms = 40\ntrim_ms = -5\n[departments.VDI]\n")
    assert "VID  40 ms more latency and -5 ms of trim" in call.well("venues", "show", hall).out
    rows = call.well("venues", "show", hall, "--show", "half-light", "--json").json["roles"]
    screens = next(row for row in rows if row["role"] == "video.server")["standings"]
    assert [(each["latency_ms"], each["trim_ms"]) for each in screens] == [(40.0, -5.0), (40.0, -5.0)]
    problems = call("check", "half-light", "--venue", hall, "--json").json["problems"]
    told = {each["code"]: each for each in problems if each["code"].startswith("venue.department")}
    assert told["venue.department.shift"]["message"].startswith("all its devices have 40 ms more latency and -5 ms")
    assert told["venue.department.unknown"]["remedy"] == "did you mean VID?"
    assert told["venue.department.unknown"]["where"].startswith("department VDI (hall.toml:")


def test_a_duplicate_is_a_house_of_ones_own(call: CommandLine):
    said = call.well("venues", "duplicate", "halcyon-dome", "town-hall")
    path = call.config("venues") / "town-hall.toml"
    assert said.lines == [str(path), "put in what is another here, then: showcaller venues check town-hall"]
    assert call.well("venues", "check", "town-hall").lines[0] == "PASS  town-hall: Town Hall"
    there = call.well("venues", "show", "halcyon-dome", "--json").json
    own = call.well("venues", "show", "town-hall", "--json").json
    assert own["roles"] == there["roles"]
    assert path.read_text().startswith("# Begun as a duplicate of halcyon-dome")
    again = call.well("venues", "duplicate", str(path), "town-hall-2").lines[0]
    assert Path(again).read_text().count("Begun as a duplicate") == 2


@pytest.mark.parametrize(
    ("name", "new", "words"),
    [
        ("halcyon-doom", "town-hall", "did you mean halcyon-dome?"),
        ("halcyon-dome", "Town Hall", "is no id"),
        ("halcyon-dome", "saltmarsh-field", "ships with Showcaller"),
        ("halcyon-dome", "taken", "is there already"),
    ],
)
def test_a_duplicate_that_cannot_be_is_the_calls_fault(call: CommandLine, name: str, new: str, words: str):
    (call.config("venues") / "taken.toml").write_text("id = ")
    said = call("venues", "duplicate", name, new)
    assert said.code == 2
    assert words in said.fault


def test_a_problem_between_the_parts_of_a_house_is_told_with_its_line(call: CommandLine, hall: Path):
    hall.write_text(
        hall.read_text() + '[[inputs]]\nid = "a"\nkind = "enable"\nroles = ["gone"]\nosc = "/a"\nstale_s = 1\n'
    )
    line = hall.read_text().splitlines().index("[[inputs]]") + 1
    assert f"input a (hall.toml:{line})" in call("venues", "check", hall).out
    problems = call("check", "half-light", "--venue", hall, "--json").json["problems"]
    assert f"input a (hall.toml:{line})" in [each["where"] for each in problems]


def test_what_ships_passes_without_a_show(call: CommandLine):
    said = call.well("venues", "check")
    assert said.lines[-1] == f"{len(SHIPPED)} venues: {len(SHIPPED)} PASS"


def test_a_house_passes_by_file(call: CommandLine, hall: Path):
    assert call.well("venues", "check", hall).lines[0] == f"PASS  {hall}: Small Hall"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("behringer/x32", "behringer/x23", "did you mean behringer/x32?"),
        ('main = "foh"', 'main = "fho"', "did you mean foh?"),
        ("Europe/London", "Europe/Lundun", "is no time zone"),
        ('{ id = "foh",', '{ id = "desk",', "is listed twice"),
        ("port = 7000", 'transport = "midi"', "has no transport 'midi'"),
        ("scene = 1 ", "scene = 900 ", "safe.soft 1"),
    ],
)
def test_a_house_with_a_fault_fails(call: CommandLine, hall: Path, old: str, new: str, said: str):
    text = hall.read_text()
    assert old in text
    hall.write_text(text.replace(old, new))
    answer = call("venues", "check", "halcyon-dome", hall)
    assert answer.code == 1
    assert answer.err == ""
    assert answer.lines[0].startswith("PASS  halcyon-dome")
    assert any(line.startswith(f"FAIL  {hall}") for line in answer.lines)
    assert said in answer.out
    assert answer.lines[-1] == "2 venues: 1 PASS, 1 FAIL"


def test_a_broken_house_of_one_s_own_is_told_in_the_list(call: CommandLine):
    (call.config("venues") / "broken.toml").write_text("id = ")
    assert "has faults: showcaller venues check broken" in call.well("venues", "list").out
    assert {"id": "broken", "faults": True} in call.well("venues", "list", "--json").json
    assert call("venues", "check").code == 1


def test_a_name_that_leads_nowhere_is_the_call_s_fault(call: CommandLine):
    answer = call("venues", "check", "halcyon-doom")
    assert answer.code == 2
    assert "did you mean halcyon-dome?" in answer.fault


def test_a_move_is_told_cue_by_cue(call: CommandLine, tmp_path: Path):
    words = ("venues", "diff", "halcyon-dome", "gaslight-exchange", "--show", "half-light")
    told = call.well(*words, "--json").json
    assert told["counts"]["lost"] == 5
    lost = [each for each in told["changes"] if each["kind"] == "lost"]
    assert {each["role"] for each in lost} == {"sfx.atmos"}
    page = tmp_path / "move.html"
    text = call.well(*words, "--html", str(page)).out
    assert "no CO2 here" in text
    assert "no CO2 here" in page.read_text(encoding="utf-8")


def test_the_way_there_and_the_way_back_are_mirrors(call: CommandLine):
    there = call.well("venues", "diff", "halcyon-dome", "gaslight-exchange", "--show", "half-light", "--json").json
    back = call.well("venues", "diff", "gaslight-exchange", "halcyon-dome", "--show", "half-light", "--json").json
    assert there["counts"]["lost"] == back["counts"]["gained"]
    assert there["counts"]["replaced"] + there["counts"]["stood_in"] == back["counts"]["restored"]
    assert sum(there["summary"].values()) == there["cues"]
    assert {each["what"] for each in there["house"]} == {each["what"] for each in back["house"]}


def test_a_page_that_cannot_be_written_is_the_calls_fault(call: CommandLine, tmp_path: Path):
    words = ("venues", "diff", "halcyon-dome", "halcyon-dome", "--show", "half-light", "--html", str(tmp_path))
    said = call(*words)
    assert said.code == 2
    assert "cannot be written" in said.fault


@pytest.mark.usefixtures("qapp")
def test_a_move_is_put_on_paper(call: CommandLine, tmp_path: Path):
    sheets = tmp_path / "move.pdf"
    call.well("venues", "diff", "halcyon-dome", "gaslight-exchange", "--show", "half-light", "--pdf", sheets)
    assert sheets.read_bytes().startswith(b"%PDF-")


def test_without_qt_a_pdf_is_refused_in_a_line_and_html_offered(
    call: CommandLine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    words = ["venues", "diff", "halcyon-dome", "gaslight-exchange", "--show", "half-light", "--pdf"]

    def no_paper(html: str, file: Path, *, title: str) -> int:
        raise ImportError("No module named 'PySide6'")

    assert cli.main([*words, str(tmp_path / "move.pdf")], no_paper) == 1
    assert "give --html" in capsys.readouterr().err
    assert cli.main([*words, str(tmp_path / "move.pdf")]) == 2
    assert "call showcaller itself" in capsys.readouterr().err


@pytest.mark.parametrize(("before", "after"), list(permutations(SHIPPED, 2)))
def test_what_each_move_between_the_shipped_houses_costs(call: CommandLine, golden: Golden, before: str, after: str):
    text = call.well("venues", "diff", before, after, "--show", "half-light").out
    golden.check_text(f"venue-diff/{before}-to-{after}.txt", text)


def test_a_fresh_house_opens_the_show_and_says_what_is_to_be_bound(call: CommandLine):
    said = call.well("venues", "new", "town-hall", "--show", "half-light").lines
    assert said[-1] == "fill it in, then: showcaller check half-light --venue town-hall"
    report = call.well("check", "half-light", "--venue", "town-hall", "--json").json
    assert report["verdict"] == "WARN"
    assert {each["severity"] for each in report["problems"]} == {"warning"}
    assert call.well("venues", "check", "town-hall").lines[0].startswith("WARN")


def test_a_fresh_house_is_never_written_over_another(call: CommandLine):
    call.well("venues", "new", "town-hall", "--show", "half-light")
    again = call("venues", "new", "town-hall", "--show", "half-light")
    assert (again.code, "is there already" in again.fault) == (2, True)
    shipped = call("venues", "new", "halcyon-dome", "--show", "half-light")
    assert (shipped.code, "ships with Showcaller" in shipped.fault) == (2, True)
    slip = call("venues", "new", "Town Hall", "--show", "half-light")
    assert (slip.code, "is no id" in slip.fault) == (2, True)


def test_the_guide_and_a_fresh_house_show_tables_that_a_venue_takes(call: CommandLine, tmp_path: Path):
    """What is commented out in the file, and every example of the guide, is read as part of a house."""
    guide = (Path(profiles.__file__).parent / "venues" / "README.md").read_text(encoding="utf-8")
    blocks = [block.removeprefix("toml\n") for block in guide.split("```") if block.startswith("toml\n")]
    assert len(blocks) == 1
    path = tmp_path / "guide.toml"
    path.write_text(blocks[0], encoding="utf-8")
    assert call("venues", "check", path).lines[0].startswith(("PASS", "WARN"))


def test_the_line_checks_of_a_house_are_listed_the_newest_whole(call: CommandLine) -> None:
    assert "was never walked" in call.well("venues", "line-check", "halcyon-dome").out
    assert call.well("venues", "line-check", "halcyon-dome", "--json").json == []
    records = state_folder() / "runs"
    cards = (LineCard(line="foh", name="FOH", department="SND"),)
    for day in ("2026-09-18", "2026-09-19"):
        keeper = LineCheckKeeper(records, "halcyon-dome", "Halcyon Dome", cards, day)
        wall = f"{day}T14:03:00+01:00"
        keeper.tell((), [LineTicked(at_ns=0, line="foh", result="answered", by="foh", answer_ms=4.25, wall=wall)])
        keeper.close()
    page = call.well("venues", "line-check", "halcyon-dome").out
    assert "Halcyon Dome: last line check: 2026-09-19, 1 of 1\n" in page
    assert "answered  SND  foh  4.2 ms    14:03" in page
    assert "  2026-09-18  1 of 1\n" in page
    assert [each["date"] for each in call.well("venues", "line-check", "halcyon-dome", "--json").json] == [
        "2026-09-19",
        "2026-09-18",
    ]


def test_latencies_are_listed_entered_by_hand_and_adopted_into_a_house_of_ones_own(call: CommandLine) -> None:
    page = call.well("venues", "latency", "halcyon-dome", "--try", "screens-a=3f,4f,3f").out
    assert "240 ms" in next(line for line in page.splitlines() if line.startswith("wristbands"))
    assert "120.0 ms" in page
    assert "entered by hand" in page
    refused = call("venues", "latency", "halcyon-dome", "--try", "screens-a=120", "--adopt", "screens-a")
    assert refused.fault.endswith("make it yours first, showcaller venues duplicate halcyon-dome NEW")
    call.well("venues", "duplicate", "halcyon-dome", "our-dome")
    tries = ("--try", "screens-a=118,121.5,120,400", "--try", "foh=2")
    page = call.well("venues", "latency", "our-dome", *tries, "--adopt", "all").out
    assert "screens-a 120.8 ms, foh 2.0 ms written to " in page
    found = {each["device"]: each for each in call.well("venues", "latency", "our-dome", "--json").json}
    assert (found["screens-a"]["latency_ms"], found["screens-a"]["from"]) == (120.8, "venue")
    assert found["screens-a"]["measured"] is None


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("--try", "screns-a=3"), "the house has no device 'screns-a': did you mean screens-a?"),
        (("--try", "foh"), "'foh' holds no try: write foh=42,40.5 or foh=3f"),
        (("--try", "foh=x"), "foh: 'x' is no delay: write milliseconds (42 or 40.5) or frames (3f), up to 10000 ms"),
        (("--adopt", "foh"), "nothing was measured of foh: give --attach, or --try foh=MS"),
        (("--adopt", "all"), "nothing was measured: give --attach while an engine runs, or --try DEVICE=MS"),
    ],
)
def test_slips_about_latencies_are_told_in_a_line(call: CommandLine, words: tuple[str, ...], fault: str) -> None:
    assert call("venues", "latency", "halcyon-dome", *words).fault == fault
