"""The live half of preflight: facts in, lines out; and what becomes of the lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.plan.check_lines import (
    GROUPS,
    MENDED,
    in_order,
    lines_again,
    lines_to_problems,
    problems_to_lines,
    report_to_text,
)
from console.plan.live_checks import CHECKS, is_live_code, live_lines
from console.plan.live_facts import ClockFact, DiskFact, Evening, LiveFacts, PortFact, WalkFact, WayFact
from console.plan.patch import build_patch
from console.show.cues import AtClock
from console.vocabulary import (
    ChaseState,
    CheckLine,
    CodeSourceState,
    DeviceState,
    LineState,
    Snapshot,
    lines_to_verdict,
)
from profiles.problems import Problem
from tests.support.builders import CALLED, light, make_cue, make_song, song_show
from tests.support.houses import PROFILES, make_profile, make_venue
from tests.support.snapshots import device, make_snapshot

ASKED = make_profile(
    "test/asked",
    verbs={"cue.fire": {"send": ({"address": "/cue/{list}/{cue}"},)}},
    health={"send": {"address": "/ping"}, "reply": {"address": "/pong"}, "every_s": 2.0},
)
ONCE = make_cue("confetti", "1.9", CALLED, light("9"), label="Confetti", once_per_show=True)
LINE = {"id": "pyro-enable", "kind": "enable", "roles": ["sfx.pyro"], "osc": "/enable", "stale_s": 0.5}
CODE = {"freewheel_frames": 50, "jam_frames": 5, "in": [{"id": "ltc", "kind": "mtc", "midi_port": "LTC", "rate": "25"}]}
NETWORK = {"name": "lights", "subnet": "10.0.0.0/16", "console": ["10.0.0.9"]}


def evening(mode: str = "live", *, chases: bool = True, **venue: object) -> Evening:
    show = song_show(ONCE)
    song = make_song(clock="chase" if chases else "internal")
    show = show.model_copy(update={"songs": (song,)})
    house = make_venue(inputs=[LINE], timecode=CODE, networks=[NETWORK], **venue)
    devices = tuple(
        each.model_copy(update={"profile": "test/asked"}) if each.id == "lx-main" else each for each in house.devices
    )
    house = house.model_copy(update={"devices": devices})
    patch = build_patch(show, house, {**PROFILES, ASKED.id: ASKED})
    return Evening(show, patch, dict.fromkeys(patch.devices, mode))


def snapshot(*devices: DeviceState, **fields: object) -> Snapshot:
    return make_snapshot(song_show(ONCE), devices=devices).model_copy(update=fields)


def said(facts: LiveFacts, code: str, of: Evening | None = None) -> dict[str, CheckLine]:
    """The lines of one check by their place."""
    return {line.where: line for line in live_lines(of or evening(), facts) if line.code == code}


@pytest.mark.parametrize(
    ("severity", "words", "word"),
    [
        ("good", "", "pass"),
        ("major", "did not answer the last question", "warn"),
        ("bad", "does not answer", "fail"),
        ("fatal", "its port is not there", "fail"),
        ("unknown", "has not answered yet", "warn"),
    ],
)
def test_a_live_device_is_what_its_health_says(severity: str, words: str, word: str) -> None:
    line = said(LiveFacts(snapshot(device("lx-main", severity=severity, words=words))), "live.device")["device lx-main"]
    assert (line.word, bool(line.remedy)) == (word, word != "pass")
    assert words in line.message


def test_a_device_that_cannot_answer_is_a_note_and_no_failure() -> None:
    facts = LiveFacts(snapshot(device("foh", "audio.foh", "unknown", "can be sent to; it has no way to answer")))
    assert said(facts, "live.device")["device foh"].word == "note"


def test_simulated_devices_are_one_note_and_those_that_are_off_a_warning_each() -> None:
    facts = LiveFacts(snapshot(device("lx-main", mode="ghost"), device("foh", "audio.foh", mode="ghost")))
    ghosts = said(facts, "live.device", evening("ghost"))
    assert ghosts["simulated"].word == "note"
    assert "2 of 8 devices are simulated" in ghosts["simulated"].message
    assert said(facts, "live.device", evening("off"))["device foh"].word == "warn"


@pytest.mark.parametrize(("severity", "word"), [("good", "pass"), ("fatal", "fail"), ("unknown", "warn")])
def test_a_midi_port_that_is_missing_fails(severity: str, word: str) -> None:
    port = device("midi:PADS", "", severity, "is not there", duty="")
    assert said(LiveFacts(snapshot(port)), "live.midi")["midi:PADS"].word == word


def test_a_port_that_another_program_has_fails_and_our_own_passes() -> None:
    taken = PortFact(8000, "answers of lx-main", "taken", "is in use")
    lines = said(
        LiveFacts(snapshot(), ports=(taken, PortFact(8001, "remote", "ours"), PortFact(8002, "x", "free"))), "live.port"
    )
    assert [line.word for line in lines.values()] == ["fail", "pass", "pass"]
    assert "answers of lx-main" in lines["UDP port 8000"].message


def test_a_device_in_no_network_of_ours_is_named_with_the_network_to_join() -> None:
    ways = (
        WayFact("lx-main", "10.0.0.1", "10.0.0.1"),
        WayFact("foh", "desk.local", None, "host desk.local cannot be looked up"),
    )
    outside = said(LiveFacts(snapshot(), ways=ways, networks=("127.0.0.0/8", "192.168.1.0/24")), "live.network")
    assert (outside["device lx-main"].word, outside["device foh"].word) == ("warn", "fail")
    assert outside["device lx-main"].remedy == "give this machine an address in lights 10.0.0.0/16 (10.0.0.9)"
    inside = said(LiveFacts(snapshot(), ways=ways[:1], networks=("10.0.0.0/24",)), "live.network")
    assert inside["device lx-main"].word == "pass"
    unknown = said(LiveFacts(snapshot(), ways=ways, networks=None), "live.network")
    assert [line.word for line in unknown.values()] == ["note"]


def code(**fields: object) -> ChaseState:
    source = CodeSourceState.model_validate({"id": "ltc", "state": "waiting", "rate": "25", **fields})
    return ChaseState(word="waiting", on=True, moves_items=False, sources=(source,))


@pytest.mark.parametrize(
    ("state", "chases", "word"),
    [
        (code(state="locked", label="01:00:00:00"), True, "pass"),
        (code(state="freewheel", label="01:00:00:00"), True, "warn"),
        (code(refusal="it runs at 24, not at 25"), True, "fail"),
        (code(refusal="it runs at 24, not at 25"), False, "warn"),
        (code(label="01:00:00:00"), True, "pass"),
        (code(), True, "warn"),
        (code(), False, "note"),
        (None, True, "note"),
    ],
)
def test_timecode_is_said_with_the_rate_it_has(state: ChaseState | None, chases: bool, word: str) -> None:
    line = said(LiveFacts(snapshot(chase=state)), "live.timecode", evening(chases=chases))["timecode ltc"]
    assert line.word == word
    assert state is None or state.sources[0].refusal in line.message


@pytest.mark.parametrize(
    ("fact", "ntp", "word"),
    [
        (ClockFact("chrony", True, 0.4), True, "pass"),
        (ClockFact("chrony", True, -400.0), True, "warn"),
        (ClockFact("systemd", True), True, "pass"),
        (ClockFact("systemd", False), True, "warn"),
        (ClockFact("systemd", False), False, "note"),
        (ClockFact("", None), True, "note"),
        (ClockFact("", None), False, "note"),
    ],
)
def test_a_clock_that_nothing_sets_is_said_as_far_as_it_is_known(fact: ClockFact, ntp: bool, word: str) -> None:
    line = said(LiveFacts(snapshot(), clock=fact), "live.clock", evening(ntp=ntp))["this machine's clock"]
    assert line.word == word
    assert ("no time server" in line.message + line.remedy) == (not ntp)


def test_the_clock_says_how_many_cues_go_by_it() -> None:
    at_eight = evening()
    cues = (*at_eight.show.cues, make_cue("bells", "1.95", AtClock(on="clock", time="20:00:00")))
    at_eight = replace(at_eight, show=at_eight.show.model_copy(update={"cues": cues}))
    line = said(LiveFacts(snapshot(), clock=ClockFact("systemd", False)), "live.clock", at_eight)
    assert "1 cues go by the time of day" in line["this machine's clock"].message


@pytest.mark.parametrize(("free", "word"), [(2**33, "pass"), (2**28, "warn"), (2**20, "fail"), (None, "fail")])
def test_room_for_record_and_journal(free: int | None, word: str) -> None:
    assert (
        said(LiveFacts(snapshot(), disks=(DiskFact("/runs", free, "cannot be written"),)), "live.disk")["/runs"].word
        == word
    )


def line_state(**fields: object) -> LineState:
    given = {"line": "pyro-enable", "kind": "enable", "guards": ("sfx.pyro",), "high": False, "by_hand": False}
    return LineState.model_validate({**given, "stale_ns": 500, **fields})


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (line_state(), "warn"),
        (line_state(high=True, lapses_ns=10**15, by="osc"), "pass"),
        (line_state(lapses_ns=-1), "warn"),
        (line_state(kind="gauge", high=True, lapses_ns=10**15, words="3 m/s"), "pass"),
        (line_state(kind="gauge", lapses_ns=10**15, words="9 m/s"), "warn"),
        (line_state(line="zone:front"), "note"),
    ],
)
def test_lines_are_heard_or_nobody_knows(state: LineState, word: str) -> None:
    assert [each.word for each in said(LiveFacts(snapshot(lines=(state,))), "live.line").values()] == [word]


def test_a_line_that_guards_ghosts_is_a_note() -> None:
    facts = LiveFacts(snapshot(lines=(line_state(),)))
    assert said(facts, "live.line", evening("ghost"))["line pyro-enable"].word == "note"


def test_what_goes_once_and_is_used_is_named() -> None:
    assert said(LiveFacts(snapshot(spent=("confetti",))), "live.once")["cue 1.9 Confetti"].word == "warn"
    assert said(LiveFacts(snapshot()), "live.once")["once per show"].word == "pass"


@pytest.mark.parametrize(
    ("walked", "word", "words", "remedy"),
    [
        (None, "warn", "the house has not been walked", "Shift+F6"),
        (WalkFact("2020-01-01", "last line check: 2020-01-01, 9 of 9", is_well=True), "warn", "none today", "again"),
        (WalkFact("today", "last line check: today, 8 of 9, 1 not seen", is_well=False), "warn", "8 of 9", "left"),
        (WalkFact("today", "last line check: today, 9 of 9", is_well=True), "pass", "9 of 9", ""),
    ],
)
def test_the_last_line_check_stands_in_the_report(walked: WalkFact | None, word: str, words: str, remedy: str) -> None:
    now = snapshot()
    if walked is not None and walked.date == "today":
        walked = replace(walked, date=now.wall[:10])
    (line,) = said(LiveFacts(now, walked=walked), "live.walk").values()
    assert line.word == word
    assert words in line.message
    assert remedy in line.remedy


def test_every_line_has_a_group_a_code_of_its_check_and_a_remedy_where_it_is_wrong() -> None:
    lines = live_lines(evening(), LiveFacts(snapshot(device("lx-main", severity="bad", words="away"))))
    assert {line.code for line in lines} <= {check.code for check in CHECKS}
    assert all(line.group in GROUPS and (line.remedy or line.word in ("pass", "note")) for line in lines)
    assert all(is_live_code(line.code) for line in lines)
    assert not is_live_code("venue.role.unbound")


# -- lines -------------------------------------------------------------------------------------------------------------

LOST = Problem("error", "venue.role.unbound", "role lighting.main", "nothing stands for it", "bind it")
SLOW = Problem("warning", "cue.lead.early", "role lighting.main", "would be late", "move it")
SMALL = Problem("note", "profile.health", "desk.toml", "cannot be asked", "look at it")


def test_problems_are_lines_and_a_group_with_nothing_wrong_says_so() -> None:
    lines = problems_to_lines([LOST, SLOW, SMALL])
    assert [line.word for line in lines[:3]] == ["fail", "warn", "note"]
    well = {line.group for line in lines if line.word == "pass"}
    assert "roles" not in well
    assert {"files", "show", "devices", "safety"} <= well
    assert lines_to_problems(lines) == (LOST, SLOW, SMALL)
    assert lines_to_verdict(lines) == "FAIL"
    assert lines_to_verdict(problems_to_lines([SLOW])) == "WARN"
    assert lines_to_verdict(problems_to_lines([SMALL])) == "PASS"


def test_lines_stand_by_group_the_gravest_first() -> None:
    words = [(line.group, line.word) for line in in_order(problems_to_lines([SMALL, SLOW, LOST]))]
    assert [word for group, word in words if group == "roles"] == ["fail", "warn"]
    assert [group for group, _ in words] == sorted((group for group, _ in words), key=list(GROUPS).index)


def test_a_line_looked_at_again_takes_its_place_and_what_is_mended_passes() -> None:
    before = problems_to_lines([LOST, SLOW])
    lost, slow, *_ = before
    still = lost.model_copy(update={"message": "another reason"})
    again = lines_again(before, [still, slow.model_copy(update={"word": "fail"})], {lost.key})
    assert still in again
    assert slow in again, "what was not asked for stays as it was"
    mended = next(line for line in lines_again(before, [slow], {lost.key}) if line.key == lost.key)
    assert (mended.word, mended.message, mended.remedy) == ("pass", MENDED, "")


def test_the_report_as_text_has_every_line_under_its_group() -> None:
    text = report_to_text("Song in Small Hall", in_order(problems_to_lines([LOST])))
    assert text.startswith("FAIL  Song in Small Hall\n")
    assert "\nRoles, verbs and maps\n  FAIL  role lighting.main: nothing stands for it\n        -> bind it\n" in text
