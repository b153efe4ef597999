"""The pointer as a table of states: one press, one meaning; whatever is broken off leaves nothing."""

from hypothesis import given
from hypothesis import strategies as st

from ui.timeline.tools import (
    Banding,
    BrokenOff,
    CursorSet,
    Moved,
    Moving,
    Outcome,
    Picked,
    Pointer,
    Pushed,
    Touch,
    snap,
)


def touch(x_px: float, cue: str | None = None, *, head: bool = False, adds: bool = False, y_px: float = 0.0) -> Touch:
    return Touch("head" if head else "lanes", x_px, int(x_px) * 1000, cue, y_px, adds)


def test_a_click_on_a_clip_picks_its_cue() -> None:
    pointer = Pointer()
    assert pointer.press(touch(10, "a")) is None
    assert pointer.move(touch(12, "a")) is None
    assert pointer.release(touch(12, "b")) == Picked("a")


def test_a_click_with_ctrl_adds() -> None:
    pointer = Pointer(edits=True)
    pointer.press(touch(10, "a", adds=True))
    assert pointer.release(touch(10, "a", adds=True)) == Picked("a", adds=True)


def test_a_click_on_the_empty_lane_picks_nothing() -> None:
    pointer = Pointer()
    pointer.press(touch(10))
    assert pointer.release(touch(10)) == Picked(None)


def test_a_drag_over_empty_lanes_pushes_the_view_and_picks_nothing() -> None:
    pointer = Pointer(edits=True)
    pointer.press(touch(100))
    assert pointer.move(touch(98)) is None
    assert pointer.move(touch(90)) == Pushed(10)
    assert pointer.move(touch(95)) == Pushed(-5)
    assert pointer.move(touch(95)) is None
    assert pointer.release(touch(95, "a")) is None


def test_a_drag_of_a_clip_moves_it_where_it_may_be_moved_and_else_the_view() -> None:
    for edits, going, end in ((True, Moving("a", -10, False), Moved("a", -10, True)), (False, Pushed(10), None)):
        pointer = Pointer(edits)
        pointer.press(touch(100, "a"))
        assert pointer.move(touch(90)) == going
        assert pointer.release(touch(90, adds=True)) == end


def test_a_drag_with_ctrl_over_empty_lanes_draws_a_band() -> None:
    pointer = Pointer()
    pointer.press(touch(100, adds=True, y_px=5))
    assert pointer.move(touch(101, y_px=30)) == Banding((100, 5), (101, 30))
    assert pointer.release(touch(50, y_px=40)) == Banding((100, 5), (50, 40), done=True)


def test_the_head_sets_the_cursor_while_the_button_is_down() -> None:
    pointer = Pointer()
    assert pointer.press(touch(10, head=True)) == CursorSet(10_000)
    assert pointer.move(touch(30)) == CursorSet(30_000)
    assert pointer.release(touch(30, "a")) is None


def test_a_move_without_a_press_does_nothing() -> None:
    assert Pointer().move(touch(1)) is None
    assert Pointer().release(touch(1, "a")) is None


touches = st.builds(
    touch,
    st.integers(0, 300).map(float),
    st.sampled_from((None, "a", "b")),
    head=st.booleans(),
    adds=st.booleans(),
    y_px=st.integers(0, 100).map(float),
)


@given(st.booleans(), st.lists(st.tuples(st.sampled_from(("press", "move", "release", "break_off")), touches)))
def test_after_any_gestures_a_release_or_a_break_leaves_the_pointer_idle(
    edits: bool, gestures: list[tuple[str, Touch]]
) -> None:
    pointer = Pointer(edits)
    for gesture, where in gestures:
        outcome: Outcome = pointer.break_off() if gesture == "break_off" else getattr(pointer, gesture)(where)
        if gesture in ("release", "break_off"):
            assert pointer.state == "idle"
        if not edits:
            assert not isinstance(outcome, Moving | Moved)
        if gesture == "break_off":
            assert outcome in (None, BrokenOff())
    pointer.break_off()
    assert pointer.release(touch(1, "a")) is None


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(-(10**12), 10**12)), st.integers(500_000, 30_000_000_000))
def test_snapping_twice_changes_nothing(ns: int, marks: list[int], ns_per_px: int) -> None:
    once = snap(ns, marks, ns_per_px)
    assert snap(once, marks, ns_per_px) == once
    assert once == ns or once in marks
