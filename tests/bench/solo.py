"""What is measured inside one process, alone: loading, resolving the state, painting. One JSON object on one line.

python -m tests.bench.solo arm CUES
python -m tests.bench.solo resolve CUES PARAMETERS
python -m tests.bench.solo paint CLIPS
python -m tests.bench.solo drift HOURS
"""

from __future__ import annotations

import gc
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path

from console.engine.engine import Engine, House
from console.engine.rearming import Rearm
from console.plan.resolver import StateIndex, standing_choices
from console.plan.schedule import build_schedule
from console.show.edits import change
from console.show.show import Show
from console.show.show_file import read_show
from console.show.show_json import show_to_json
from console.timebase import NS_PER_S
from console.vocabulary import Go
from console.wiring.joining import join_show
from profiles.venue_library import load_venue
from tests.bench.console import resident_mb
from tests.bench.shows import ITEM, Ports, bars_show, parameter_show, timed_show, write_all
from tests.support.builders import big_show
from tests.support.engine_rig import ZERO_NS, EngineRig

Figures = dict[str, float | list[float]]

PX_A_SECOND = (200.0, 50.0, 10.0, 1.0, 0.35)
VIEW_PX = (1600, 420)
REPAINTS = 60
STEPS = 300
RESOLVES = 200
DRIFT_BPM = "97.3"
REARMS = 200


def timed_ms(work: Callable[[], object]) -> float:
    """How long it takes, in milliseconds."""
    begun_ns = time.perf_counter_ns()
    work()
    return (time.perf_counter_ns() - begun_ns) / 1e6


def arm(cues: int) -> Figures:
    """Reading a show, joining it to the house, and an engine with everything armed; and one cue armed again."""
    with tempfile.TemporaryDirectory(prefix="showcaller-bench-") as folder:
        directory = Path(folder)
        show_file, house_file = write_all(directory, timed_show(cues // 2, 0.004, cues), Ports(9000, 9001, 9002))
        gc.collect()
        before_mb = resident_mb(os.getpid())
        held: list[object] = []
        read_ms = timed_ms(lambda: held.append(read_show(show_file).show))
        show = held[0]
        assert isinstance(show, Show)
        venue, problems = load_venue(str(house_file))
        assert venue is not None, problems
        join_ms = timed_ms(lambda: held.append(join_show(show, venue, directory / "profiles")))
        joined = join_show(show, venue, directory / "profiles")
        house = House(joined.patch, joined.encoder)
        arm_ms = timed_ms(lambda: held.append(Engine(show, house, "bench", "rehearsal", 0)))
        after_mb = resident_mb(os.getpid())
    edits, slices = edited(cues)
    figures: Figures = {"read_ms": read_ms, "join_ms": join_ms, "arm_ms": arm_ms, "mb": after_mb - before_mb}
    return figures | {"rearm_ms": edits, "slice_ms": slices}


def edited(cues: int) -> tuple[list[float], list[float]]:
    """Milliseconds of edits that move a cue, in songs of 500 cues, and of all the slices they are made in."""
    engine = EngineRig(big_show(cues, max(1, cues // 500))).engine
    placed = [cue.id for cue in engine.run.show.cues if cue.at.on == "bar"]
    edits, slices = [], []
    for n in range(REARMS):
        cue = placed[n * 37 % len(placed)]
        making = engine.prepare(change("cue", cue, {"pre_wait_s": 0.001 * (n + 1)}))
        took: list[float] = []
        ready: Rearm | None = None
        while ready is None:
            begun_ns = time.perf_counter_ns()
            try:
                next(making)
            except StopIteration as made:
                ready = made.value
            took.append((time.perf_counter_ns() - begun_ns) / 1e6)
        took.append(timed_ms(partial(engine.take, ZERO_NS, ready, "moved", "bench")))
        edits.append(sum(took))
        slices += took
    return edits, slices


def resolve(cues: int, parameters: int) -> Figures:
    """The state at places all over a long show."""
    show = parameter_show(cues, parameters)
    schedule = build_schedule(show)
    index = StateIndex(show, schedule, standing_choices(show))
    length_ns = schedule.items[ITEM].length_ns
    places = [length_ns * place // RESOLVES for place in range(1, RESOLVES + 1)]
    found = len(index.resolve(ITEM, length_ns))
    gc.collect()
    gc.freeze()
    return {"parameters": found, "ms": [timed_ms(partial(index.resolve, ITEM, place)) for place in places]}


def drift(hours: int) -> Figures:
    """Cues on bars of one song of an odd tempo, hours long, on a virtual clock: the worst error of any, in ns."""
    bar = Fraction(240 * NS_PER_S) / Fraction(DRIFT_BPM)
    bars = 4 * (hours * 3600 * NS_PER_S // int(bar) // 4)
    rig = EngineRig(bars_show(float(DRIFT_BPM), bars, range(1, bars + 1, 8)))
    assert rig.ask(Go()) is None
    rig.wait(bars * float(bar) / NS_PER_S + 20)
    moments = {each.command.cue: each.command.cue_ns for each in rig.sent}
    first_ns = moments[f"{ITEM}-1"]
    off = [
        abs(ns - first_ns - (int(cue.removeprefix(f"{ITEM}-")) - 1) * bar)
        for cue, ns in moments.items()
        if cue is not None and cue != f"{ITEM}-start"
    ]
    late = [abs(row.late_us or 0) for row in rig.rows() if row.device == "lx-main"]
    return {"cues": len(off), "off_ns": float(max(off)) + 1000 * max(late)}


def paint(clips: int) -> Figures:
    """The timeline painted whole at every zoom, and the strip of a step of the playhead."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from console.link.messages import OpenShow
    from console.link.messages import VenueCard as House
    from ui.state.desk import Desk
    from ui.theme.colours import DARK
    from ui.theme.sheet import apply_theme
    from ui.timeline.view import TimelineView

    app = QApplication(["bench"])
    apply_theme(app, DARK)
    show = big_show(clips)
    desk = Desk()
    venue = House(id="bench", name="Bench")
    desk.take_opened(
        OpenShow(show=show_to_json(show), revision=0, venue=venue, run="bench", run_kind="rehearsal"),
    )
    view = TimelineView(DARK)
    view.resize(*VIEW_PX)
    view.show_show(desk)
    view.show()
    app.processEvents()
    figures: Figures = {}
    for px_a_second in PX_A_SECOND:
        view.zoom(1e9 / px_a_second / view.axis.ns_per_px)
        bar = view.horizontalScrollBar()
        spread = bar.maximum() - bar.minimum()
        repaints = []
        for place in range(REPAINTS):
            bar.setValue(bar.minimum() + spread * (2 * place + 1) // (2 * REPAINTS))
            repaints.append(timed_ms(view.viewport().repaint))
        figures[f"{px_a_second:g} px/s"] = repaints
    view.zoom(1e9 / 50 / view.axis.ns_per_px)
    view.horizontalScrollBar().setValue(0)
    view.viewport().repaint()
    steps = []
    for step in range(STEPS):
        view.move_playhead("song-1", 1_000_000_000 + step * 16_000_000, rolling=False)
        steps.append(timed_ms(app.processEvents))
    figures["playhead"] = steps
    view.close()
    return figures


def main(words: Sequence[str]) -> int:
    """Measure, and print the figures."""
    what, *numbers = words
    measure: Callable[..., Figures] = {"arm": arm, "resolve": resolve, "paint": paint, "drift": drift}[what]
    print(json.dumps(measure(*(int(number) for number in numbers))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
