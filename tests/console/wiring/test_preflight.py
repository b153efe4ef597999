"""Preflight of an open show: asked over the link, told as it goes; and what stands between it and a performance."""

from __future__ import annotations

import select
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import SimpleQueue
from threading import Event

import pytest

from console.link.client import LinkClient
from console.link.messages import BeginFrame, OpenRefused
from console.plan.patch import build_patch
from console.vocabulary import (
    Answered,
    CancelPreflight,
    CheckLine,
    Fire,
    Notice,
    Preflight,
    PreflightMoved,
    PreflightReport,
    WentOn,
)
from console.wiring.host import UNCHECKED, EngineHost, HostPlan
from console.wiring.joining import Joined
from console.wiring.preflight import Occasion, Stopped, check_on_paper, look
from console.wiring.preflight_desk import CANCELLED, FRESH, ROLLING, PreflightDesk
from console.wiring.trial import look_live
from devices.contract import OutputMode
from devices.encode import ProfileEncoder
from devices.io.udp import UdpListener
from profiles.venue_profile import Venue
from tests.support.builders import song_show
from tests.support.houses import PROFILES, make_profile, make_venue
from tests.support.logs import ExpectedLogs
from tests.support.showcaller import Window
from tests.support.snapshots import device, make_snapshot

SHOW = song_show()
WALL = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)


def join(venue: Venue) -> Joined:
    patch = build_patch(SHOW, venue, PROFILES)
    return Joined(SHOW, venue, patch, ProfileEncoder(patch.devices), ())


def occasion(**fields: object) -> Occasion:
    joined = join(make_venue(**fields))
    ghosts = [device("lx-main", mode="ghost"), device("foh", "audio.foh", mode="ghost")]
    return Occasion(joined, dict.fromkeys(joined.patch.devices, OutputMode.GHOST), make_snapshot(SHOW, devices=ghosts))


# -- both halves -------------------------------------------------------------------------------------------------------


def test_a_look_has_both_halves_and_tells_how_far_it_is() -> None:
    steps: list[tuple[int, int, str]] = []
    lines = look(occasion(), moved=lambda *step: steps.append(step))
    assert {"paper.files", "live.device"} <= {line.code for line in lines}
    assert [done for done, _, _ in steps] == list(range(steps[0][1]))
    assert steps[0][2] == "show and house on paper"


def test_one_line_again_makes_only_its_own_check() -> None:
    steps: list[str] = []
    lines = look(occasion(), ["live.device simulated"], moved=lambda _done, _of, what: steps.append(what))
    assert steps == ["devices that answer"]
    assert {line.code for line in lines} == {"live.device"}
    steps.clear()
    look(occasion(), ["venue.role.unbound role x"], moved=lambda _done, _of, what: steps.append(what))
    assert steps == ["show and house on paper"]


def test_a_look_that_is_called_off_stops_before_the_next_check() -> None:
    with pytest.raises(Stopped):
        look(occasion(), is_stopped=lambda: True)


def test_a_port_of_a_live_device_that_another_program_has_fails() -> None:
    other = UdpListener("127.0.0.1", 0)
    port = other.address[1]
    there = occasion(remote={"bind": "127.0.0.1", "port": port})
    assert next(line for line in look(there) if line.code == "live.port").word == "fail"
    ours = replace(there, held=frozenset([port]))
    assert next(line for line in look(ours) if line.code == "live.port").word == "pass"
    other.close()


def test_the_check_on_paper_is_the_one_of_the_command_line() -> None:
    found = check_on_paper(occasion().joined).problems
    lines = [line for line in look(occasion()) if not line.code.startswith(("live.", "paper."))]
    assert {(each.code, each.where) for each in found} == {(line.code, line.where) for line in lines}


# -- the desk ----------------------------------------------------------------------------------------------------------


class Desk:
    """A desk whose looks are played: it waits until it is let go, and finds what it is given."""

    def __init__(self) -> None:
        self.facts: list[Notice] = []
        self.found: SimpleQueue[tuple[CheckLine, ...] | Exception] = SimpleQueue()
        self.woken = Event()
        self.wall = WALL
        self.rolling = False
        self.desk = PreflightDesk(
            lambda snapshot: replace(occasion(), snapshot=snapshot),
            self.facts.append,
            self.woken.set,
            lambda: self.wall,
            look_with=self._look,
        )

    def _look(
        self, _about: Occasion, _keys: Collection[str], *, moved: object, is_stopped: Callable[[], bool]
    ) -> tuple[CheckLine, ...]:
        found = self.found.get()
        if is_stopped():
            raise Stopped
        if isinstance(found, Exception):
            raise found
        return found

    def ask(self, request: Preflight | CancelPreflight, refused: str | None = None) -> None:
        answer = Answered(at_ns=0, request=request.id, name=request.kind, by="operator", refused=refused)
        self.desk.tell([request], [answer])

    def turn(self, *found: tuple[CheckLine, ...] | Exception) -> None:
        """One turn that begins a look, and one that hands on what it found."""
        state = "rolling" if self.rolling else "stopped"
        now = make_snapshot(SHOW, "song", state=state) if self.rolling else make_snapshot(SHOW)  # type: ignore[arg-type]
        self.desk.catch_up(now)
        for each in found:
            self.found.put(each)
            assert self.woken.wait(10)
            self.woken.clear()
        self.desk.catch_up(None)

    @property
    def report(self) -> PreflightReport:
        return [each for each in self.facts if isinstance(each, PreflightReport)][-1]


def line(code: str, word: str = "pass", where: str = "here") -> CheckLine:
    return CheckLine.model_validate(
        {"code": code, "group": "devices", "where": where, "word": word, "message": "m", "remedy": "r"}
    )


BAD = line("live.device", "fail")


def test_what_was_refused_is_not_looked_at() -> None:
    desk = Desk()
    desk.ask(Preflight(id=1), refused="rolling")
    desk.turn()
    assert desk.facts == []


def test_a_report_is_told_and_a_line_looked_at_again_takes_its_place_in_it() -> None:
    desk = Desk()
    desk.ask(Preflight(id=1, by="operator"))
    desk.turn((BAD, line("live.disk")))
    assert (desk.report.verdict, desk.report.revision) == ("FAIL", 1)
    desk.ask(Preflight(id=2, lines=(BAD.key,)))
    desk.turn((line("live.device"),))
    assert (desk.report.verdict, len(desk.report.lines)) == ("PASS", 2)


def test_a_look_can_be_cancelled_and_the_report_before_stands() -> None:
    desk = Desk()
    desk.ask(Preflight(id=1))
    desk.turn((BAD,))
    desk.ask(Preflight(id=2))
    desk.desk.catch_up(make_snapshot(SHOW))
    desk.ask(CancelPreflight(id=3))
    desk.turn((line("live.device"),))
    assert (desk.report.cut_short, desk.report.lines) == (CANCELLED, (BAD,))


def test_a_fault_of_ours_is_said_and_costs_the_report_alone(expected_logs: ExpectedLogs) -> None:
    expected_logs.expect("preflight failed")
    desk = Desk()
    desk.ask(Preflight(id=1))
    desk.turn(RuntimeError("boom"))
    assert "boom" in desk.report.cut_short
    assert desk.desk.against((), 1) is not None


def test_paper_waits_while_the_show_rolls_and_a_live_line_does_not() -> None:
    desk = Desk()
    desk.rolling = True
    desk.ask(Preflight(id=1, lines=("venue.role.unbound role x",)))
    desk.turn()
    assert desk.report.cut_short == ROLLING
    desk.ask(Preflight(id=2, lines=(BAD.key,)))
    desk.turn((BAD,))
    assert desk.report.cut_short == ""


def test_nothing_of_a_show_before_is_told_of_the_next() -> None:
    desk = Desk()
    desk.ask(Preflight(id=1))
    desk.desk.catch_up(make_snapshot(SHOW))
    desk.desk.forget()
    desk.turn((BAD,))
    assert desk.facts == []


def test_a_performance_wants_a_fresh_report_and_a_yes_to_each_failure() -> None:
    desk = Desk()
    assert "has not been run" in (desk.desk.against((), 1) or "")
    desk.ask(Preflight(id=1))
    desk.turn((BAD, line("live.disk", "warn")))
    assert "nobody has acknowledged it: here: m" in (desk.desk.against((), 1) or "")
    assert desk.desk.against([BAD.key], 1) is None
    assert "has not been run" in (desk.desk.against([BAD.key], 2) or ""), "the show was edited since"
    went_on = desk.desk.went_on("ada")
    assert went_on is not None
    assert (went_on.by, went_on.lines) == ("ada", (BAD,))
    desk.wall = WALL + FRESH + timedelta(seconds=1)
    assert "has not been run" in (desk.desk.against([BAD.key], 1) or ""), "it is of another hour"


# -- over the link -----------------------------------------------------------------------------------------------------


@pytest.fixture
def hosted(tmp_path: Path) -> Iterator[Callable[..., tuple[EngineHost, Window]]]:
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(2))

        def start(**fields: object) -> tuple[EngineHost, Window]:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="showcaller-")))
            plan = HostPlan(ghosts="all", records=tmp_path, **fields)  # type: ignore[arg-type]
            # The smoke machine of this house cannot be bound: a failure that somebody may go on in spite of.
            host = EngineHost(folder / "engine.sock", plan, lambda *_: join(make_venue(**BROKEN)))
            turning = pool.submit(host.run)
            stack.callback(turning.result, 20)
            stack.callback(host.stop)
            window = stack.enter_context(Window(LinkClient.connect(folder / "engine.sock", timeout_s=20)))
            return host, window

        yield start


BROKEN = {"devices": [*make_venue().model_dump(mode="json", exclude_defaults=True)["devices"]], "remote": None}
BROKEN["devices"].append({"id": "smoke", "profile": "test/desk", "host": "10.0.0.9", "sim_port": 19001})


def test_a_window_asks_sees_it_go_on_and_reads_the_report(hosted: Callable[..., tuple[EngineHost, Window]]) -> None:
    _, window = hosted()
    assert (window.ask(Preflight()).refused or "") == "no show is open"
    assert window.open("song", "house") is None
    report = window.preflight()
    assert report.verdict == "FAIL"
    assert [each for each in report.lines if each.code == "venue.sim_port.twice"]
    moved = window.said(PreflightMoved)
    assert [each.done for each in moved] == list(range(moved[0].total))
    again = window.preflight("live.disk " + next(each.where for each in report.lines if each.code == "live.disk"))
    assert len(again.lines) == len(report.lines)


def kept_facts(folder: Path) -> list[str]:
    """What the records of all runs say of performances that were begun in spite of something."""
    bodies: list[str] = []
    for path in folder.glob("*.asrun"):
        with closing(sqlite3.connect(path)) as kept:
            bodies += [body for (body,) in kept.execute("SELECT body FROM facts WHERE kind = 'went_on'")]
    return bodies


def test_a_performance_is_refused_until_a_person_goes_on_in_spite_of_what_fails(
    hosted: Callable[..., tuple[EngineHost, Window]], tmp_path: Path
) -> None:
    host, window = hosted()
    assert window.open("song", "house") is None
    window.next_snapshot()
    refused = host.begin(BeginFrame(id=1, run_kind="performance"))
    assert isinstance(refused, OpenRefused)
    assert "preflight has not been run" in refused.words
    failing = [each.key for each in window.preflight().lines if each.word == "fail"]
    refused = host.begin(BeginFrame(id=2, run_kind="performance"))
    assert isinstance(refused, OpenRefused)
    assert "nobody has acknowledged it" in refused.words
    window.client.send_begin("performance", despite=failing, by="ada")
    window.until(lambda: window.next_snapshot().run_kind == "performance", "the performance")
    (went_on,) = window.until(lambda: window.said(WentOn), "who went on")
    assert went_on.by == "ada"
    assert [each.key for each in went_on.lines] == failing
    window.until(lambda: any("ada" in body for body in kept_facts(tmp_path)), "its line in the record")
    window.until(lambda: any('"went_on"' in each.read_text() for each in tmp_path.rglob("*.journal")), "the journal")


def test_a_performance_is_not_opened_unchecked_and_an_engine_that_was_checked_opens_it(
    hosted: Callable[..., tuple[EngineHost, Window]],
) -> None:
    _, window = hosted(run_kind="performance")
    assert window.open("song", "house") == UNCHECKED
    despite = WentOn(at_ns=0, by="bea", lines=(BAD,))
    _, cleared = hosted(run_kind="performance", checked=True, despite=despite)
    assert cleared.open("song", "house") is None
    assert cleared.next_snapshot().run_kind == "performance"
    (went_on,) = cleared.until(lambda: cleared.said(WentOn), "who went on")
    assert went_on.by == "bea"


def test_nothing_is_looked_at_on_paper_while_the_show_rolls(
    hosted: Callable[..., tuple[EngineHost, Window]],
) -> None:
    _, window = hosted()
    assert window.open("song", "house") is None
    window.do(Fire(cue="song-start"))
    window.until(lambda: window.next_snapshot().playhead.state == "rolling", "the song")
    assert "rolling" in (window.ask(Preflight()).refused or "")


# -- without a run -----------------------------------------------------------------------------------------------------

ANSWERS = make_profile(
    "test/asked",
    verbs={"cue.fire": {"send": ({"address": "/cue/{list}/{cue}"},)}},
    health={"send": {"address": "/ping"}, "reply": {"address": "/pong"}, "every_s": 0.2, "timeout_s": 0.2},
)


def answer(desk: UdpListener, until: Event) -> set[bytes]:
    """A desk that says it is there; the addresses it was sent."""
    heard: set[bytes] = set()
    while not until.is_set():
        select.select([desk.fileno()], [], [], 0.01)
        for each in desk.receive():
            heard.add(bytes(each.content).partition(b"\0")[0])
            desk.reply(b"/pong\0\0\0,\0\0\0", each.sender)
    return heard


def test_a_trial_asks_live_devices_and_sends_nothing_of_the_show(tmp_path: Path) -> None:
    desk, deaf, until = UdpListener("127.0.0.1", 0), UdpListener("127.0.0.1", 0), Event()
    ports = {"lx-main": desk.address[1], "lx-backup": deaf.address[1]}
    devices = tuple(
        each.model_copy(update={"profile": "test/asked", "host": "127.0.0.1", "port": ports[each.id]})
        if each.id in ports
        else each
        for each in make_venue().devices
    )
    house = make_venue().model_copy(update={"devices": devices})
    patch = build_patch(SHOW, house, {**PROFILES, ANSWERS.id: ANSWERS})
    joined = Joined(SHOW, house, patch, ProfileEncoder(patch.devices), ())
    modes = {name: OutputMode.LIVE if name in ports else OutputMode.GHOST for name in patch.devices}
    with ThreadPoolExecutor(1) as pool:
        heard = pool.submit(answer, desk, until)
        try:
            lines = look_live(joined, modes, tmp_path)
        finally:
            until.set()
    words = {each.where: each.word for each in lines if each.code == "live.device"}
    assert (words["device lx-main"], words["device lx-backup"]) == ("pass", "fail")
    asked = {bytes(each.content).partition(b"\0")[0] for each in deaf.receive()}
    assert heard.result() | asked == {b"/ping"}, "questions, and nothing of the show"
    desk.close()
    deaf.close()
    assert not list(tmp_path.iterdir()), "and no record of a run that was none"
