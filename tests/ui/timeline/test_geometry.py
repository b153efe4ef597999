from hypothesis import given
from hypothesis import strategies as st

from console.plan.schedule import build_schedule
from tests.support.builders import evening_show, song_show
from ui.timeline.geometry import COARSEST_NS_PER_PX, FINEST_NS_PER_PX, Axis, Span, build_strip, fit_axis, turn_page
from ui.timeline.tools import snap

S = 1_000_000_000

axes = st.builds(Axis, st.integers(-(10**14), 10**14), st.integers(FINEST_NS_PER_PX, COARSEST_NS_PER_PX))
times_ns = st.integers(-(10**14), 10**14)


@given(axes, times_ns)
def test_time_to_pixel_to_time_is_the_identity(axis: Axis, ns: int) -> None:
    assert axis.x_to_ns(axis.ns_to_x(ns)) == ns


@given(axes, st.integers(0, 4000), st.floats(0.05, 20))
def test_zooming_keeps_the_time_under_the_cursor(axis: Axis, at_px: int, factor: float) -> None:
    zoomed = axis.zoomed(factor, at_px)
    assert zoomed.x_to_ns(at_px) == axis.x_to_ns(at_px)
    assert FINEST_NS_PER_PX <= zoomed.ns_per_px <= COARSEST_NS_PER_PX


@given(axes, st.integers(-5000, 5000))
def test_scrolling_there_and_back_changes_nothing(axis: Axis, by_px: int) -> None:
    assert axis.scrolled(by_px).scrolled(-by_px) == axis


@given(times_ns, st.integers(1, 10**13), st.integers(200, 4000))
def test_a_fitted_stretch_is_all_in_sight(from_ns: int, length_ns: int, width_px: int) -> None:
    axis = fit_axis(from_ns, from_ns + length_ns, width_px)
    assert axis.ns_to_x(from_ns) >= 0
    assert axis.ns_per_px == COARSEST_NS_PER_PX or axis.ns_to_x(from_ns + length_ns) <= width_px


@given(times_ns, st.lists(times_ns, max_size=8), st.integers(FINEST_NS_PER_PX, COARSEST_NS_PER_PX))
def test_snapping_is_bounded_and_twice_is_once(ns: int, marks: list[int], ns_per_px: int) -> None:
    snapped = snap(ns, marks, ns_per_px)
    assert abs(snapped - ns) <= 7 * ns_per_px
    assert snap(snapped, marks, ns_per_px) == snapped


def test_the_page_turns_only_when_the_playhead_runs_out_of_sight() -> None:
    axis = Axis(0, S // 10)
    assert turn_page(axis, 50 * S, 1000) is None
    turned = turn_page(axis, 95 * S, 1000)
    assert turned is not None
    assert turned.ns_to_x(95 * S) == 200
    assert turn_page(turned, 95 * S, 1000) is None
    assert turn_page(axis, -S, 1000) is not None


def test_items_lie_end_to_end_where_they_are_planned() -> None:
    strip = build_strip(build_schedule(evening_show()), {})
    assert strip.spans == (
        Span("film", 0, 0, 20 * S),
        Span("song", 20 * S, 24 * S, 56 * S),
        Span("talk", 56 * S, 56 * S, 86 * S),
        Span("second", 86 * S, 90 * S, 122 * S),
        Span("encore", 122 * S, 126 * S, 158 * S),
    )
    assert strip.place_to_ns("second", 2 * S) == 92 * S
    assert strip.ns_to_place(92 * S) == ("second", 2 * S)
    assert strip.ns_to_place(-1) is None
    assert strip.place_to_ns("nowhere", 0) is None


def test_a_late_start_a_jump_or_an_early_end_moves_nothing() -> None:
    schedule = build_schedule(evening_show())
    planned = build_strip(schedule, {})
    runs = {"film": (5 * S, 25 * S), "second": (7 * S, 43 * S), "song": (90 * S, 100 * S), "talk": (43 * S, 50 * S)}
    assert build_strip(schedule, runs) == planned


def test_an_item_without_a_score_grows_in_steps_when_it_runs_long() -> None:
    schedule = build_schedule(evening_show())
    for over_ns, grown_ns in ((0, 0), (1, 10 * S), (10 * S, 10 * S), (10 * S + 1, 20 * S)):
        strip = build_strip(schedule, {"talk": (56 * S, 86 * S + over_ns), "song": (20 * S, 99 * S)})
        assert strip.by_item["talk"].end_ns == 86 * S + grown_ns
        assert strip.by_item["second"].start_ns == 86 * S + grown_ns


def test_a_standby_item_has_a_place_once_it_is_taken() -> None:
    show = evening_show()
    items = tuple(item.model_copy(update={"counts": item.id != "talk"}) for item in show.items)
    schedule = build_schedule(show.model_copy(update={"items": items}))
    assert "talk" not in build_strip(schedule, {}).by_item
    assert "talk" in build_strip(schedule, {"talk": (56 * S, 60 * S)}).by_item


def test_only_what_touches_a_stretch_is_visible() -> None:
    strip = build_strip(build_schedule(evening_show()), {})
    assert [span.item for span in strip.visible(30 * S, 60 * S)] == ["song", "talk"]
    assert [span.item for span in strip.visible(-9 * S, 10**15)] == [span.item for span in strip.spans]


def test_skipped_items_have_no_place() -> None:
    show = song_show()
    skipped = show.model_copy(update={"items": (show.items[0].model_copy(update={"skipped": True}),)})
    assert build_strip(build_schedule(skipped), {}).spans == ()
