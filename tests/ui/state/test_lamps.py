from hypothesis import given
from hypothesis import strategies as st

from tests.support.builders import evening_show
from tests.support.fake_link import opened
from tests.support.snapshots import device, make_snapshot
from ui.state.desk import Desk
from ui.state.lamps import FLAT_PX, TALL_PX, Lamp, desk_lamps, lay_lamps, left_over, summary

S = 1_000_000_000
STATES = ("good", "minor", "major", "bad", "fatal", "unknown")


def lamps_of(*devices: object) -> tuple[Lamp, ...]:
    show = evening_show()
    desk = Desk()
    desk.take_opened(opened(show))
    desk.take_snapshot(make_snapshot(show, "song", -4 * S, devices=devices), 0)  # type: ignore[arg-type]
    return desk_lamps(desk, 0)


def test_each_lamp_has_a_word_a_shape_and_when_it_was_heard() -> None:
    good, down, ghost, off, mute, twin = lamps_of(
        device("lx", heard_ns=19_600_000_000),
        device("foh", severity="fatal", words="no reply for 12 s"),
        device("screens", mode="ghost"),
        device("stings", mode="off"),
        device("atmos", severity="unknown", heard_ns=None),
        device("lx-b", duty="standby", heard_ns=None),
    )
    assert (good.mark.word, good.detail) == ("OK", "heard 0.4 s ago")
    assert (down.mark.word, down.detail, down.in_trouble) == ("Down", "no reply for 12 s", True)
    assert (ghost.mark.word, ghost.detail) == ("Ghost", "simulated")
    assert (off.mark.word, off.detail) == ("Off", "switched off")
    assert (mute.mark.word, mute.detail) == ("Unheard", "cannot answer")
    assert twin.detail == "standby · never heard"


def test_a_port_of_the_console_s_own_has_a_lamp_without_a_role() -> None:
    code, pads, missing = lamps_of(
        device("timecode.out", "", mode="ghost", duty="", heard_ns=None),
        device("midi:pads", "", duty="", heard_ns=None),
        device("midi:wing", "", severity="fatal", words="not there: plug it in", duty="", heard_ns=None),
    )
    assert (code.role, code.mark.word, code.detail) == ("", "Ghost", "simulated")
    assert (pads.mark.word, pads.detail) == ("OK", "open")
    assert (missing.mark.word, missing.detail, missing.in_trouble) == ("Down", "not there: plug it in", True)


def test_the_summary_names_trouble_first() -> None:
    lamps = lamps_of(device("a"), device("b", severity="bad"), device("c"), device("d", severity="unknown"))
    assert summary(lamps) == "1 Fault, 2 OK, 1 Unheard"


@given(st.lists(st.sampled_from(STATES), min_size=1, max_size=60), st.integers(90, 700), st.integers(44, 700))
def test_lamps_stay_inside_never_overlap_and_trouble_is_never_left_out(
    severities: list[str], width_px: int, height_px: int
) -> None:
    lamps = lamps_of(*(device(f"d{n}", severity=severity) for n, severity in enumerate(severities)))
    plan = lay_lamps(lamps, width_px, height_px)
    shown = [cell.lamp for cell in plan.cells]
    assert len(shown) + plan.left_out == len(lamps)
    assert len({(cell.x_px, cell.y_px) for cell in plan.cells}) == len(plan.cells)
    assert all(cell.x_px + cell.width_px <= width_px for cell in plan.cells)
    assert all(cell.y_px + cell.height_px <= height_px for cell in plan.cells)
    if plan.left_out and len([lamp for lamp in lamps if lamp.in_trouble]) <= len(shown):
        assert {lamp.device for lamp in lamps if lamp.in_trouble} <= {lamp.device for lamp in shown}


def test_trouble_speaks_in_full_where_the_rest_stand_close() -> None:
    lamps = lamps_of(*(device(f"d{n}", severity="fatal" if n == 9 else "good") for n in range(22)))
    plan = lay_lamps(lamps, 300, 190)
    first = plan.cells[0]
    assert (first.lamp.device, first.width_px, first.height_px) == ("d9", 300, TALL_PX)
    assert {cell.height_px for cell in plan.cells[1:]} == {FLAT_PX}
    assert plan.left_in_trouble == 0


def test_trouble_that_has_no_room_is_counted() -> None:
    lamps = lamps_of(*(device(f"d{n}", severity="bad") for n in range(22)))
    plan = lay_lamps(lamps, 300, 110)
    assert plan.left_out == plan.left_in_trouble == 22 - len(plan.cells) > 0


def test_a_device_that_stands_elsewhere_says_drift_unless_worse_is_the_matter() -> None:
    one, two, ghost, down = lamps_of(
        device("foh", drifts=1),
        device("lx", drifts=2, duty="parallel"),
        device("screens", mode="ghost", drifts=1),
        device("stings", severity="fatal", words="no reply for 12 s", drifts=1),
    )
    assert (one.mark.word, one.detail, one.in_trouble) == ("Drift", "drift: 1 value stands elsewhere", False)
    assert two.detail == "parallel · drift: 2 values stand elsewhere"
    assert ghost.mark.word == "Drift"
    assert down.detail == "no reply for 12 s"


def test_what_is_left_under_put_right_is_counted() -> None:
    show = evening_show()
    desk = Desk()
    assert left_over(desk) == ""
    desk.take_opened(opened(show))
    snapshot = make_snapshot(show, "song", -4 * S)
    desk.take_snapshot(snapshot, 0)
    assert left_over(desk) == ""
    desk.take_snapshot(snapshot.model_copy(update={"put_right": {"SND": 2, "LX": 1}}), 0)
    assert left_over(desk) == " · 3 to put right"
