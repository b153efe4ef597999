"""What somebody else may do to a show while an operator with eight hands plays it: edits, undo, another order."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from console.engine.history import Way
from console.engine.run_state import RunState
from console.show.edits import change, change_cue, move
from console.vocabulary import Request, SetNext
from tests.support.derived import check_track
from tests.support.engine_rig import EngineRig
from tests.support.rich_show import rich_show

SHOW = rich_show()
ITEMS = [item.id for item in SHOW.items]
EDITED = [cue.id for cue in SHOW.cues if cue.id not in ("flame", "every")]
CHANGES: list[dict[str, Any]] = [
    {"label": "other"},
    {"at": {"on": "bar", "bar": 3}},
    {"at": {"on": "bar", "bar": 13}},
    {"pre_wait_s": 0.5},
    {"number": "9.99"},
    {"disabled": True},
    {"advance_ms": 200},
]


class EditRules(RuleBasedStateMachine):
    """Rules for a machine that has the rig, and says what may run because of them."""

    rig: EngineRig
    run_state: RunState

    def ask(self, request: Request) -> str | None:
        """Make a request and look at what came of it."""
        raise NotImplementedError

    def again(self) -> None:
        """What is still to be loaded may run now."""
        raise NotImplementedError

    def check(self, away_ns: int | None) -> None:
        """Look at what has left."""
        raise NotImplementedError

    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        """Somebody changes what can be changed: nothing leaves because of that but what was to come anyway."""
        cue = data.draw(st.sampled_from(EDITED))
        fields = data.draw(st.sampled_from(CHANGES))
        self.rig.edit(change_cue(cue, fields))
        self.check(None)
        check_track(self.run_state, self.rig.now_ns)

    @rule(item=st.sampled_from(ITEMS), place=st.integers(0, 4), skip=st.sampled_from([None, True, False]))
    def edit_rundown(self, item: str, place: int, skip: bool | None) -> None:
        """Another running order: what comes next may be another item, and that loads."""
        self.again()
        self.rig.edit(move("item", item, place) if skip is None else change("item", item, {"skipped": skip}))
        self.check(None)

    @rule(item=st.sampled_from([None, *ITEMS]))
    def put_next(self, item: str | None) -> None:
        self.again()
        self.ask(SetNext(item=item))

    @rule(way=st.sampled_from(["undo", "redo"]))
    def undo(self, way: Way) -> None:
        past = self.rig.engine.history.next_of(way)
        if past is not None:
            self.again()
            self.rig.edit(past.edit, way=way)
        self.check(None)
