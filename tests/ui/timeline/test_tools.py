from ui.timeline.tools import CursorSet, Picked, Pointer, Pushed, Touch


def touch(x_px: float, cue: str | None = None, *, head: bool = False) -> Touch:
    return Touch("head" if head else "lanes", x_px, int(x_px) * 1000, cue)


def test_a_click_on_a_clip_picks_its_cue() -> None:
    pointer = Pointer()
    assert pointer.press(touch(10, "a")) is None
    assert pointer.move(touch(12, "a")) is None
    assert pointer.release(touch(12, "b")) == Picked("a")


def test_a_click_on_the_empty_lane_picks_nothing() -> None:
    pointer = Pointer()
    pointer.press(touch(10))
    assert pointer.release(touch(10)) == Picked(None)


def test_a_drag_on_the_lanes_pushes_the_view_and_picks_nothing() -> None:
    pointer = Pointer()
    pointer.press(touch(100, "a"))
    assert pointer.move(touch(98)) is None
    assert pointer.move(touch(90)) == Pushed(10)
    assert pointer.move(touch(95)) == Pushed(-5)
    assert pointer.move(touch(95)) is None
    assert pointer.release(touch(95, "a")) is None


def test_the_head_sets_the_cursor_while_the_button_is_down() -> None:
    pointer = Pointer()
    assert pointer.press(touch(10, head=True)) == CursorSet(10_000)
    assert pointer.move(touch(30)) == CursorSet(30_000)
    assert pointer.release(touch(30, "a")) is None


def test_a_move_without_a_press_does_nothing() -> None:
    assert Pointer().move(touch(1)) is None
    assert Pointer().release(touch(1, "a")) is None
