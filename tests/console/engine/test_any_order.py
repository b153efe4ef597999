"""Whatever is asked, in whatever order: what the engine promises an operator holds after every single request."""

from __future__ import annotations

from collections import Counter

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from console.engine.chains import chain_of
from console.show.cues import Cue
from console.vocabulary import (
    AllStop,
    AnswerLate,
    Arm,
    Back,
    Bypass,
    CueChanged,
    EndItem,
    ExitVamp,
    Fire,
    Go,
    GoKeyUp,
    Hold,
    Load,
    Locate,
    MoveStandby,
    Panic,
    Reassert,
    Rejoin,
    ReleasePanic,
    Request,
    Roll,
    SetChoice,
    SetInput,
    SetStandby,
    ShowStop,
    SkipNext,
    Snapshot,
    StandDown,
    StartItem,
    Stop,
    Take,
    WithdrawExit,
)
from devices.contract import Incoming
from profiles.verbs import Kind, find_verb
from tests.support.derived import check_derived
from tests.support.edit_rules import EditRules
from tests.support.engine_rig import EngineRig, s
from tests.support.hands import Hands
from tests.support.rich_show import ARMS, LINES, STALE_S, WINDOW_S, rich_house, rich_show

SHOW = rich_show()
HOUSE = rich_house(SHOW)
CUES = [cue.id for cue in SHOW.cues]
ITEMS = [item.id for item in SHOW.items]
LISTS = ["show", "dept:LX", "dept:CAM", "hot"]
DEPARTMENTS = [None, "LX", "LX", "SND", "PYRO"]
LINES_OUT = ["lx-main", "foh", "vid-a", "pyro", "SND"]
HOWS = ["next_cue", "now", "glide"]


def is_trigger(cue: Cue) -> bool:
    return any(find_verb(step.verb).kind is Kind.TRIGGER for step in cue.steps)


TRIGGERS = [cue for cue in SHOW.cues if is_trigger(cue)]


class AnyOrder(EditRules):
    """An operator with eight hands."""

    def __init__(self) -> None:
        super().__init__()
        self.rig = self.make_rig()
        self.run_state = self.rig.engine.run
        self.may: Counter[str] = Counter()  # how often a trigger may have been begun by now
        self.armed: dict[str, int] = {}
        self.heard: dict[str, int] = {}
        self.seen = self.notices = self.panicked_seq = 0
        self.was_live: set[str] = set()
        self.hands = Hands(SHOW)
        for cue in TRIGGERS:
            if self.run_state.schedule.cue_times[cue.id].at_load:
                self.may[cue.id] += 1

    def make_rig(self) -> EngineRig:
        return EngineRig(SHOW, house=HOUSE)

    @initialize(seconds=st.sampled_from([0.0, 6.0, 14.0, 30.0]))
    def begin(self, seconds: float) -> None:
        """The show may be in its first song already."""
        if seconds:
            self.start("song")
            self.wait(seconds)

    # -- what may be asked ---------------------------------------------------------------------------------------------

    def ask(self, request: Request) -> str | None:
        refused = self.rig.ask(request)
        self.check(None)
        return refused

    def pressed(self, cue: str) -> None:
        """A press may run a cue, what runs because of it, and an item it starts."""
        ahead, chain = [cue], set[str]()
        while ahead:
            chain |= chain_of(self.run_state, ahead.pop())
            # In a department that is taken, followers with a place of their own come with the press too.
            ahead += [each.id for led in chain for each in SHOW.followers.get(led, ()) if each.id not in chain]
        for each in chain:
            self.may[each] += 1
        self.again()

    def again(self) -> None:
        """The playhead was put somewhere: the score may run once more, and so may what is still to be loaded."""
        for cue in TRIGGERS:
            if cue.item is not None and not cue.is_called:
                self.may[cue.id] += 1

    @rule(name=st.sampled_from(LISTS))
    def go(self, name: str) -> None:
        standing = self.rig.engine.standbys.standing[name]
        if standing is not None:
            self.pressed(standing)
        refused = self.rig.ask(Go(list=name))
        if self.run_state.panic:
            assert refused is not None
        self.check(None)

    @rule()
    def key_up(self) -> None:
        self.ask(GoKeyUp())

    @rule(cue=st.sampled_from(CUES))
    def fire(self, cue: str) -> None:
        self.pressed(cue)
        refused = self.ask(Fire(cue=cue))
        kept = SHOW.cue_by_id[cue].disabled or cue == "hit" or self.is_stood_down(cue)
        stopped = self.run_state.panic or self.run_state.show_stopped is not None
        assert (refused is None) or stopped or kept

    @rule(cue=st.sampled_from(CUES))
    def set_standby(self, cue: str) -> None:
        sent = len(self.rig.sent)
        self.ask(SetStandby(cue=cue))
        assert len(self.rig.sent) == sent

    @rule(name=st.sampled_from(LISTS), rows=st.sampled_from([-1, 1]))
    def move_standby(self, name: str, rows: int) -> None:
        self.ask(MoveStandby(list=name, by_rows=rows))

    @rule(name=st.sampled_from(LISTS))
    def back(self, name: str) -> None:
        self.ask(Back(list=name))

    @rule(item=st.sampled_from(ITEMS))
    def load(self, item: str) -> None:
        self.ask(Load(item=item))

    @rule(item=st.sampled_from(ITEMS))
    def start(self, item: str) -> None:
        self.again()
        self.ask(StartItem(item=item))

    @rule(item=st.sampled_from(ITEMS))
    def end(self, item: str) -> None:
        self.ask(EndItem(item=item))

    @rule(
        item=st.sampled_from([*ITEMS, "song", "song", "second"]),
        half_seconds=st.integers(-8, 64),
        roll=st.sampled_from([None, True, False]),
    )
    def locate(self, item: str, half_seconds: int, roll: bool | None) -> None:
        self.again()
        self.ask(Locate(item=item, position_ns=half_seconds * 500_000_000, roll=roll))

    @rule(request=st.sampled_from([Hold(), Roll(), Stop(), AllStop(), ShowStop(), ShowStop(confirm=True), ExitVamp()]))
    def transport(self, request: Request) -> None:
        self.ask(request)

    @rule(seconds=st.sampled_from([0.01, 0.5, 5.0]), ready=st.booleans())
    def panic(self, seconds: float, ready: bool) -> None:
        before = len(self.rig.sent)
        self.ask(Panic())
        assert self.rig.sent[before].command.trigger.startswith("panic")
        self.wait(seconds)
        if ready:
            self.ask(ReleasePanic())

    @rule()
    def release(self) -> None:
        self.ask(ReleasePanic())

    # -- the operator's hand -------------------------------------------------------------------------------------------

    def laid(self, request: Request, what: str, target: str | None, *, on: bool) -> None:
        """A hand is laid on something, or taken off it."""
        if self.rig.ask(request) is None:
            self.hands.laid(what, target, self.run_state.seq, on=on)
        self.check(None)

    @rule(department=st.sampled_from(DEPARTMENTS))
    def take(self, department: str | None) -> None:
        self.laid(Take(department=department), "taken", department, on=True)

    @rule(department=st.sampled_from(DEPARTMENTS), how=st.sampled_from(HOWS))
    def rejoin(self, department: str | None, how: str) -> None:
        sent = len(self.rig.sent)
        self.laid(Rejoin(department=department, how=how, glide_s=1.5), "taken", department, on=False)  # type: ignore[arg-type]
        self.hands.only_taken(self.run_state.hand.taken, self.run_state.seq)
        joining = [d.command for d in self.rig.sent[sent:] if d.command.trigger.startswith("rejoin")]
        assert not joining or how != "next_cue"
        assert all(find_verb(each.verb).kind is Kind.PARAMETER for each in joining)

    @rule(out=st.sampled_from(LINES_OUT), on=st.booleans(), how=st.sampled_from(HOWS))
    def bypass(self, out: str, on: bool, how: str) -> None:
        self.laid(Bypass(target=out, on=on, how=how, glide_s=1.5), "bypassed", out, on=on)  # type: ignore[arg-type]

    @rule(what=st.sampled_from([*CUES, "PYRO", "dept:CAM", "hot"]), on=st.booleans())
    def stand_down(self, what: str, on: bool) -> None:
        self.laid(StandDown(target=what, on=on), "stood down", what, on=on)

    @rule(cue=st.sampled_from([None, None, *CUES]), name=st.sampled_from(LISTS), on=st.booleans())
    def skip(self, cue: str | None, name: str, on: bool) -> None:
        sent = len(self.rig.sent)
        self.ask(SkipNext(list=name, cue=cue, on=on))
        assert len(self.rig.sent) == sent

    @rule(name=st.sampled_from(LISTS))
    def reassert(self, name: str) -> None:
        sent = len(self.rig.sent)
        self.ask(Reassert(list=name))
        again = [d.command for d in self.rig.sent[sent:] if d.command.trigger.startswith("before ")]
        assert all(find_verb(each.verb).kind is Kind.PARAMETER for each in again)

    @rule(seconds=st.sampled_from([0.0, 0.02, 0.5]))
    def leave_the_vamp_and_stay(self, seconds: float) -> None:
        """What had begun behind the vamp is called off, and may begin once more."""
        self.ask(ExitVamp())
        self.wait(seconds)
        if self.ask(WithdrawExit()) is None:
            self.again()

    def is_stood_down(self, cue: str) -> bool:
        found = SHOW.cue_by_id[cue]
        return self.run_state.hand.is_stood_down(found, SHOW.department_of(found))

    @rule(value=st.sampled_from(["a", "b", "c"]))
    def choose(self, value: str) -> None:
        self.may["won-a"] += 1
        self.ask(SetChoice(choice="winner", value=value))

    @rule(role=st.sampled_from(ARMS))
    def arm(self, role: str) -> None:
        if self.rig.ask(Arm(cue="flame", role=role)) is None:
            self.armed[role] = self.rig.now_ns

    @rule(line=st.sampled_from(LINES), high=st.booleans())
    def line(self, line: str, high: bool) -> None:
        self.rig.ask(SetInput(input=line, high=high))
        self.heard.pop(line, None)
        if high:
            self.heard[line] = self.rig.now_ns

    @rule(fire=st.booleans())
    def make_ready(self, fire: bool) -> None:
        """Both arm, both lines are high: the flame is dangerous now."""
        for role in ARMS:
            self.arm(role)
        for line in LINES:
            self.line(line, high=True)
        if fire:
            self.fire("flame")

    @rule(seconds=st.sampled_from([1.0, 4.0, 9.0, 17.0]))
    def play(self, seconds: float) -> None:
        """The song goes on."""
        self.ask(Roll())
        self.wait(seconds)

    @rule(fire=st.booleans())
    def answer(self, fire: bool) -> None:
        self.ask(AnswerLate(cue="hot-go", fire=fire))

    @rule()
    def hear(self) -> None:
        self.may["heard"] += 1
        self.rig.hear(Incoming("osc", "osc", "/hear", (), self.rig.now_ns))
        self.check(None)

    @rule(seconds=st.sampled_from([0.003, 0.05, 0.25, 0.9, 3.0, 11.0]))
    def wait(self, seconds: float) -> None:
        self.rig.wait(seconds)
        self.check(None)

    @rule(seconds=st.sampled_from([0.1, 0.4, 2.0, 9.0]))
    def be_away(self, seconds: float) -> None:
        """The loop hangs."""
        self.rig.now_ns += s(seconds)
        self.rig.wait(0)
        self.check(s(seconds))

    # -- what must hold ------------------------------------------------------------------------------------------------

    def check(self, away_ns: int | None) -> None:
        rig = self.rig
        panics = self.run_state.panic
        for dispatch in rig.sent[self.seen :]:
            command = dispatch.command
            assert command.due_ns <= rig.now_ns, "nothing leaves early"
            armed = self.run_state.armed.get(command.cue or "")
            if armed is not None and command.stream is None and command.trigger.startswith("at "):
                leads = {send.lead_ns for send in armed.sends if send.device == command.device}
                assert command.due_ns >= command.cue_ns - max(leads), "nothing is due before its lead"
            if command.cue == "flame":
                self.flame_may_leave(command.due_ns if away_ns is None else rig.now_ns)
            assert command.cue != "smoke" or command.trigger != "load", "no hazard leaves by a load"
            is_release = dispatch.packet.delay_ns > 0
            if command.stream is None and not is_release:
                self.hands.check(command)
            assert (
                not panics
                or is_release
                or "panic" in command.trigger
                or "show stop" in command.trigger
                or (command.seq <= self.panicked_seq)
            )
        self.seen = len(rig.sent)
        if not panics:
            self.panicked_seq = self.run_state.seq
        for notice in rig.notices[self.notices :]:
            if notice.kind == "item" and notice.life == "live":
                self.was_live.add(notice.item)
                if notice.by in ("playhead", "machine"):
                    self.again()
            if isinstance(notice, CueChanged) and notice.cue == "every" and notice.life == "running":
                self.may["every"] += 1  # as often as it is begun; the fold of the vamp is tested on its own
        self.notices = len(rig.notices)

    def flame_may_leave(self, left_ns: int) -> None:
        assert set(self.armed) == set(ARMS), "no hazard leaves unarmed"
        assert all(left_ns - at_ns <= s(WINDOW_S) for at_ns in self.armed.values()), "nor when its arming has lapsed"
        assert all(line in self.heard and left_ns - self.heard[line] <= s(STALE_S) for line in LINES)
        self.armed.clear()  # for one shot

    @invariant()
    def triggers_run_once_a_press_and_pass(self) -> None:
        begun = Counter(
            notice.cue for notice in self.rig.notices if isinstance(notice, CueChanged) and notice.life == "running"
        )
        for cue in TRIGGERS:
            assert begun[cue.id] <= self.may[cue.id], f"{cue.id} was begun {begun[cue.id]} times"

    @invariant()
    def commands_of_a_cue_are_not_doubled(self) -> None:
        begun = Counter(
            notice.cue for notice in self.rig.notices if isinstance(notice, CueChanged) and notice.life == "running"
        )
        sent = Counter(d.command.cue for d in self.rig.sent if d.packet.delay_ns == 0)
        for cue in TRIGGERS:
            assert sent[cue.id] <= begun[cue.id] * len(cue.steps)

    @invariant()
    def once_is_once(self) -> None:
        assert sum(dispatch.command.cue == "hit" for dispatch in self.rig.sent) <= 1

    @invariant()
    def one_item_is_live_at_most(self) -> None:
        live = [item for item, life in self.run_state.lives.items() if life == "live"]
        assert len(live) <= 1
        assert self.run_state.live_item == (live[0] if live else None)

    @invariant()
    def a_snapshot_is_there_and_travels(self) -> None:
        snapshot = self.rig.engine.snapshot(self.rig.now_ns, self.rig.wall)
        assert Snapshot.model_validate_json(snapshot.model_dump_json()) == snapshot

    @invariant()
    def the_record_is_what_left(self) -> None:
        """One row a command; a stream's first and last, with their count."""
        rows = Counter(row.seq for row in self.rig.rows() if row.sent_s is not None)
        single = {d.command.seq for d in self.rig.sent if d.command.stream is None}
        streams: dict[str, list[int]] = {}
        for dispatch in self.rig.sent:
            if dispatch.command.stream is not None:
                streams.setdefault(dispatch.command.stream, []).append(dispatch.command.seq)
        assert all(rows[seq] == 1 for seq in single)
        assert set(rows) <= single | {seq for seqs in streams.values() for seq in seqs}
        going = {fade.stream for fade in self.run_state.fades.values()}
        counts = {row.seq: row.count for row in self.rig.rows()}
        for stream, seqs in streams.items():
            assert rows[seqs[0]] == 1
            if stream not in going and len(seqs) > 1:
                assert counts[seqs[-1]] == len(seqs)

    @invariant()
    def what_was_live_and_is_over_has_a_row_for_every_cue(self) -> None:
        told = {row.cue for row in self.rig.rows()}
        pending = {entry.owner for entry in self.run_state.waiting.entries()}
        for item in self.was_live:
            if self.run_state.lives[item] == "ended":
                missing = set(self.run_state.schedule.by_item[item]) - told - pending
                assert not missing, f"{missing} of {item} have no row"

    @invariant()
    def nothing_fades_on_paper(self) -> None:
        """The fades that are wanted are those that are sent, or tracked because a hand keeps them back."""
        run = self.run_state
        wanted = {each.fade.no for each in run.desired.snapshot().values() if each.fade is not None}
        assert wanted <= {fade.no for store in (run.fades, run.paper) for fade in store.values()}
        kept = {fade.no for fade in run.paper.values()}
        appointed = {entry.what.fade_no for entry in run.steps.entries()}
        assert kept <= appointed, "what is tracked has an end"

    @invariant()
    def standbys_are_cues_that_go_would_run(self) -> None:
        """No standby is a cue that GO would refuse, unless a person put it there."""
        standbys = self.rig.engine.standbys
        for name, cue in standbys.standing.items():
            if cue is not None and name not in standbys.by_hand:
                assert not self.is_stood_down(cue)
                assert cue not in self.run_state.hand.skips

    def teardown(self) -> None:
        self.rig.ask(AllStop())
        self.rig.wait(0.1)
        sent = len(self.rig.sent)
        check_derived(self.rig.engine)
        self.rig.wait(300)
        assert len(self.rig.sent) == sent, "all stop is final"


AnyOrder.TestCase.settings = settings(
    max_examples=60, stateful_step_count=30, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate)
)
TestAnyOrder = AnyOrder.TestCase
