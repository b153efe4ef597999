"""The same in a rehearsal, with what only that may ask: stretches, speeds, count-ins, steps, departments off."""

from __future__ import annotations

from collections import Counter

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from console.engine.rehearsing import next_cue
from console.vocabulary import (
    BackBars,
    Locate,
    Mode,
    OutputSwitched,
    RehearseStretch,
    Roll,
    SetSpeed,
    StepCue,
    Stop,
    SwitchDepartment,
    TransportChanged,
)
from tests.console.engine.test_any_order import HOUSE, SHOW, TRIGGERS, AnyOrder
from tests.support.engine_rig import EngineRig

HALF_S = 500_000_000


class AnyRehearsal(AnyOrder):
    """An operator with eight hands who rehearses."""

    def __init__(self) -> None:
        self.read = 0
        self.repeats: Counter[str] = Counter()  # how often a trigger may have been begun again without being sent
        self.modes: dict[str, str] = {}
        super().__init__()

    def make_rig(self) -> EngineRig:
        return EngineRig(SHOW, house=HOUSE, run_kind="rehearsal")

    @rule(first=st.integers(-8, 60), length=st.integers(1, 20), item=st.sampled_from(["song", "song", "second", None]))
    def stretch(self, first: int, length: int, item: str | None) -> None:
        start_ns = first * HALF_S
        self.ask(RehearseStretch(item=item, from_ns=start_ns, to_ns=start_ns + length * HALF_S))

    @rule(
        speed=st.sampled_from([0.25, 0.5, 1, 1, 2, 4]),
        scales=st.booleans(),
        stops=st.booleans(),
        code=st.sampled_from(["follow", "off"]),
    )
    def speed(self, speed: float, scales: bool, stops: bool, code: str) -> None:
        if stops:
            self.ask(Stop())
        self.ask(SetSpeed(speed=speed, scale_fades=scales, code_out=code))  # type: ignore[arg-type]

    @rule(half_seconds=st.integers(-8, 64), bars=st.integers(1, 4), moves=st.booleans())
    def count_in(self, half_seconds: int, bars: int, moves: bool) -> None:
        self.again()
        if moves:
            self.ask(Locate(item="song", position_ns=half_seconds * HALF_S, roll=True, count_in_bars=bars))
        else:
            self.ask(Roll(count_in_bars=bars))

    @rule(bars=st.integers(1, 9))
    def back_bars(self, bars: int) -> None:
        self.again()
        if self.ask(BackBars(bars=bars)) is None:
            assert self.run_state.transport != "rolling"

    @rule()
    def step(self) -> None:
        self.again()
        cue = next_cue(self.run_state, self.rig.now_ns)
        if cue is not None:
            self.pressed(cue.id)
        self.ask(StepCue())

    @rule(department=st.sampled_from(["LX", "SND", "PYRO", "CAM"]), mode=st.sampled_from(["live", "ghost", "off"]))
    def switch(self, department: str, mode: Mode) -> None:
        sent = len(self.rig.sent)
        self.ask(SwitchDepartment(department=department, mode=mode))
        assert len(self.rig.sent) == sent

    def check(self, away_ns: int | None) -> None:
        for notice in self.rig.notices[self.read :]:
            if isinstance(notice, TransportChanged) and notice.words.startswith("loop, pass"):
                self.again()
                self.repeats.update(cue.id for cue in TRIGGERS if cue.item is not None and not cue.is_called)
            if isinstance(notice, OutputSwitched):
                self.modes[notice.device] = notice.mode
        self.read = len(self.rig.notices)
        super().check(away_ns)

    @invariant()
    def no_repeat_sends_a_trigger(self) -> None:
        sent = Counter(d.command.cue for d in self.rig.sent if d.packet.delay_ns == 0)
        for cue in TRIGGERS:
            assert sent[cue.id] <= (self.may[cue.id] - self.repeats[cue.id]) * len(cue.steps), cue.id

    @invariant()
    def the_screen_says_where_bytes_go(self) -> None:
        shown = {each.device: each.mode for each in self.rig.engine.snapshot(self.rig.now_ns, self.rig.wall).devices}
        assert {device: shown[device] for device in self.modes} == self.modes

    @invariant()
    def a_stretch_that_is_played_is_not_left(self) -> None:
        run = self.run_state
        if run.rehearsal.is_inside and run.rehearsal.stretch is not None and run.live_item is not None:
            assert run.position_at(self.rig.now_ns) <= run.rehearsal.stretch.to_ns


AnyRehearsal.TestCase.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate)
)
TestAnyRehearsal = AnyRehearsal.TestCase
