"""A performance is one evening, however often the engine is started in it; only a new one counts once-uses anew."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from console.link.client import LinkClient
from console.link.messages import BeginFrame, Opened, OpenFrame, OpenRefused
from console.plan.patch import build_patch
from console.record.journal import RunJournal
from console.record.occasions import performance_spent
from console.record.run_card import RunCard
from console.vocabulary import (
    CueChanged,
    Fire,
    ItemChanged,
    LedgerRow,
    ReleaseOutputs,
    RunKind,
    Said,
    TransportChanged,
)
from console.wiring.host import EngineHost, HostPlan
from console.wiring.joining import Joined
from devices.contract import OutputMode
from devices.encode import ProfileEncoder
from tests.support.builders import CALLED, light, make_cue, song_show
from tests.support.houses import PROFILES, make_venue
from tests.support.showcaller import Window

ONCE = make_cue("confetti", "1.9", CALLED, light("9"), label="Confetti", once_per_show=True)
SHOW = song_show(ONCE)
STARTED = "2026-11-23T20:00:00+00:00"


def joined(*_: str) -> Joined:
    patch = build_patch(SHOW, make_venue(), PROFILES)
    return Joined(SHOW, make_venue(), patch, ProfileEncoder(patch.devices), ())


Start = Callable[[HostPlan], tuple[EngineHost, Window]]


@pytest.fixture
def hosted() -> Iterator[Start]:
    """Hosts that turn in threads of their own, the show opened and a window attached."""
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(4))

        def start(plan: HostPlan) -> tuple[EngineHost, Window]:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="showcaller-")))
            host = EngineHost(folder / "engine.sock", plan, joined)
            turning = pool.submit(host.run)
            stack.callback(turning.result, 20)
            stack.callback(host.stop)
            window = stack.enter_context(Window(LinkClient.connect(folder / "engine.sock", timeout_s=20)))
            assert window.open("song", "house") is None
            window.next_snapshot()
            return host, window

        yield start


def plan(runs: Path, kind: RunKind, **fields: object) -> HostPlan:
    return HostPlan(ghosts="all", records=runs, run_kind=kind, checked=True, **fields)  # type: ignore[arg-type]


def fire(window: Window) -> str | None:
    return window.ask(Fire(cue="confetti")).refused


USED = "1.9 Confetti has been used; it goes once per show"


def test_sa_07_once_survives_a_restart_and_a_rehearsal_between(hosted: Start, tmp_path: Path) -> None:
    _, window = hosted(plan(tmp_path, "performance"))
    assert fire(window) is None
    for kind in ("rehearsal", "dress", "performance"):
        _, again = hosted(plan(tmp_path, kind))  # type: ignore[arg-type]
        assert fire(again) == USED
        assert again.next_snapshot().spent == ("confetti",)


def test_a_rehearsal_uses_up_nothing_but_its_own(hosted: Start, tmp_path: Path) -> None:
    _, window = hosted(plan(tmp_path, "rehearsal"))
    assert fire(window) is None
    assert fire(window) == USED
    _, evening = hosted(plan(tmp_path, "performance"))
    assert fire(evening) is None


def test_a_performance_that_goes_on_after_a_restart_keeps_what_it_has_used(hosted: Start, tmp_path: Path) -> None:
    _, window = hosted(plan(tmp_path, "performance"))
    assert fire(window) is None
    _, again = hosted(plan(tmp_path, "rehearsal"))
    first = again.next_snapshot().run
    again.preflight()
    again.client.send_begin("performance", begin_id=7)
    again.until(lambda: again.snapshot is not None and again.snapshot.run != first, "the performance")
    assert again.snapshot is not None
    assert (again.snapshot.run_kind, again.snapshot.spent) == ("performance", ("confetti",))
    assert fire(again) == USED


def test_a_performance_is_begun_deliberately_and_says_what_it_resets(hosted: Start, tmp_path: Path) -> None:
    _, window = hosted(plan(tmp_path, "performance"))
    fire(window)
    first = window.next_snapshot().run
    window.preflight()
    window.client.send_begin("performance", begin_id=7, anew=True)
    window.until(lambda: window.snapshot is not None and window.snapshot.run != first, "the new run")
    assert window.snapshot is not None
    assert (window.snapshot.run_kind, window.snapshot.spent) == ("performance", ())
    words = [each.words for each in window.said(Said)]
    begins = "A performance begins: marks and choices are as the show has them, and once per show counts anew"
    assert f"{begins}: 1.9 Confetti" in words
    assert fire(window) is None
    _, again = hosted(plan(tmp_path, "performance"))
    assert fire(again) == USED
    assert fire(hosted(plan(tmp_path, "performance", anew=True))[1]) is None


def test_no_run_begins_while_the_show_rolls_or_none_is_open(hosted: Start, tmp_path: Path) -> None:
    host, window = hosted(plan(tmp_path, "rehearsal"))
    window.do(Fire(cue="song-start"))
    window.until(lambda: window.said(LedgerRow, cue="song-start"), "the song has begun")
    answer = host.begin(BeginFrame(id=3, run_kind="performance"))
    assert answer == OpenRefused(id=3, words="the show is rolling: stop it before another run begins")


def test_the_devices_stay_as_they_are_switched(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="showcaller-") as folder:
        host = EngineHost(Path(folder) / "engine.sock", plan(tmp_path, "rehearsal"), joined)
        assert host.begin(BeginFrame(id=1, run_kind="dress")) == OpenRefused(id=1, words="no show is open")
        assert isinstance(host.open(OpenFrame(show="song", venue="house")), Opened)
        engine = host._assembly.engine.engine  # type: ignore[union-attr]
        engine.set_mode("foh", OutputMode.OFF)
        assert isinstance(host.begin(BeginFrame(id=2, run_kind="dress")), Opened)
        assert host._assembly.engine.engine.modes["foh"] is OutputMode.OFF  # type: ignore[union-attr]
        host.close()


def cut_off(runs: Path, kind: RunKind = "performance") -> None:
    """A run that was killed in the song."""
    card = RunCard(run="r", kind=kind, show="test", title="T", venue="small-hall", revision=0, started=STARTED)
    journal = RunJournal(runs / "evening.journal", card, spend_s=10)
    journal.spend(["confetti"])
    facts = [
        ItemChanged(at_ns=0, item="song", life="live", by="operator"),
        TransportChanged(at_ns=0, state="stopped", item="song", position_ns=9_000_000_000),
        CueChanged(at_ns=0, cue="song-start", item="song", life="done", by="operator"),
    ]
    journal.tell((), facts)
    journal.close(ended=False)


@pytest.mark.parametrize("releases", [False, True])
def test_sa_09_a_resumed_run_holds_its_outputs_until_somebody_says_so(
    hosted: Start, tmp_path: Path, releases: bool
) -> None:
    cut_off(tmp_path)
    _, window = hosted(plan(tmp_path, "rehearsal", resumes=True, releases=releases))
    snapshot = window.next_snapshot()
    assert (snapshot.run_kind, snapshot.playhead.item, snapshot.outputs_held) == ("performance", "song", not releases)
    assert fire(window) == USED
    if not releases:
        assert all(state.sent == 0 for state in snapshot.devices)
        assert window.ask(ReleaseOutputs()).refused is None
    window.until(lambda: window.next_snapshot().outputs_held is False, "the release")
    window.until(lambda: next(s for s in window.next_snapshot().devices if s.device == "lx-main").sent > 0, "the look")


def test_journals_of_others_and_broken_ones_count_for_nothing(tmp_path: Path) -> None:
    cut_off(tmp_path)
    (tmp_path / "broken.journal").write_text("{not a line\n")
    (tmp_path / "empty.journal").touch()
    assert performance_spent(tmp_path, "test", "small-hall") == {"confetti"}
    assert performance_spent(tmp_path, "other", "small-hall") == frozenset()
    assert performance_spent(tmp_path, "test", "other") == frozenset()
