"""The same operator with eight hands, and a deck whose code comes, stops, jumps and goes missing under them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from console.engine.timecode_chase import CodeInput
from console.vocabulary import ChooseSource, Jam, LetCodeMove, NudgeCode, SetChase
from profiles.timecode import frame_rate
from tests.console.engine.test_any_order import HOUSE, SHOW, AnyOrder
from tests.support.code_deck import Deck
from tests.support.engine_rig import EngineRig

CHASING = SHOW.model_copy(update={"songs": tuple(s.model_copy(update={"clock": "chase"}) for s in SHOW.songs)})
UNDER_CODE = replace(HOUSE, timecode_in=(CodeInput("deck", frame_rate("25"), 12, 5),))
LABELS = ["01:00:00:00", "01:00:09:00", "01:00:21:10", "02:00:00:00", "02:00:12:00", "07:00:00:00", "23:59:59:00"]


class AnyOrderUnderCode(AnyOrder):
    """Where code puts the playhead the score may run once more; everything else holds as it does without."""

    def make_rig(self) -> EngineRig:
        self.deck_at: Deck | None = None
        return EngineRig(CHASING, house=UNDER_CODE)

    @property
    def deck(self) -> Deck:
        if self.deck_at is None:
            self.deck_at = Deck(self.rig).put(LABELS[0])
        return self.deck_at

    def by_code(self) -> None:
        self.again()
        self.check(None)

    @rule(seconds=st.sampled_from([0.2, 1.0, 4.0, 9.0]), gap=st.sampled_from([0, 0, 40, 90]))
    def code_comes(self, seconds: float, gap: int) -> None:
        """Quarter frames, some of them missing: a few are ridden out, many are a drop-out."""
        self.again()
        self.deck.roll(seconds, lost=lambda count: gap > 0 and count % 200 < gap)
        self.by_code()

    @rule(label=st.sampled_from(LABELS), tell=st.booleans())
    def code_jumps(self, label: str, tell: bool) -> None:
        self.again()
        self.deck.put(label, tell=tell)
        self.by_code()

    @rule(speed=st.sampled_from([-1.0, 0.5, 2.0]))
    def code_misbehaves(self, speed: float) -> None:
        """Backwards, or at another rate."""
        self.again()
        self.deck.roll(1.0, speed=speed) if speed > 0 else self.deck_backwards()
        self.by_code()

    def deck_backwards(self) -> None:
        for _ in range(12):
            self.deck.code_s = max(self.deck.code_s - 1, self.deck.code_s * 0)
            self.deck.roll(0.08)

    @rule(on=st.booleans())
    def follow(self, on: bool) -> None:
        self.ask(SetChase(on=on))
        self.by_code()

    @rule(allowed=st.booleans())
    def let_code_move(self, allowed: bool) -> None:
        self.ask(LetCodeMove(allowed=allowed))

    @rule(frames=st.sampled_from([-5, 1, 40]))
    def nudge(self, frames: int) -> None:
        self.ask(NudgeCode(frames=frames))
        self.by_code()

    @rule()
    def jam(self) -> None:
        self.ask(Jam())
        self.by_code()

    @rule(source=st.sampled_from([None, "deck", "no-such"]))
    def choose_source(self, source: str | None) -> None:
        self.ask(ChooseSource(source=source))


AnyOrderUnderCode.TestCase.settings = settings(
    max_examples=50, stateful_step_count=25, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate)
)
TestAnyOrderUnderCode = AnyOrderUnderCode.TestCase
