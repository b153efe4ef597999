import pytest

from ui.state.fuzzy import BEGINS, FIRST, INITIALS, INSIDE, SPREAD, WHOLE, fit


@pytest.mark.parametrize(
    ("typed", "title", "points"),
    [
        ("", "Hold", 0),
        ("hold", "Hold", WHOLE + FIRST),
        ("stop", "All stop", WHOLE),
        ("ho", "Hold", BEGINS + FIRST),
        ("st", "All stop", BEGINS),
        ("ltv", "Leave the vamp", INITIALS),
        ("tandb", "Standby to next", INSIDE),
        ("stdby", "Standby to next", SPREAD),
        ("next standby", "Standby to next", WHOLE + WHOLE + FIRST),
        ("STOP", "Show stop", WHOLE),
        ("2.5", "Cue 2.5", WHOLE),
        ("hx", "Hold", None),
        ("hold x", "Hold", None),
        ("sx", "Standby to next", None),
        ("szt", "Standby to next", None),
        ("snt", "Standby, a very long way to the next", None),
    ],
)
def test_what_is_typed_fits_a_title_so_well(typed: str, title: str, points: int | None) -> None:
    assert fit(typed, title) == points


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("stop", ["Stop", "All stop", "Stopwatch", "Non-stops"]),
        ("roll", ["Roll on", "Count in and roll", "Rolling order", "Scroll"]),
    ],
)
def test_the_better_fit_comes_first(typed: str, order: list[str]) -> None:
    points = [fit(typed, title) or 0 for title in order]
    assert points == sorted(points, reverse=True)
    assert len(set(points)) == len(points)
