"""Problems: sorted by weight, told in one line."""

from profiles.problems import Problem, Problems, has_errors, under, verdict_of


def test_problems_are_collected_and_listed_errors_first():
    found = Problems()
    assert not found
    found.note("a.note", "here", "something", "")
    found.warning("a.warning", "there", "look", "at it")
    found.error("an.error", "x.toml:3", "bad", "mend it")
    assert [problem.severity for problem in found.listed()] == ["error", "warning", "note"]
    assert [problem.severity for problem in found] == ["note", "warning", "error"]
    assert has_errors(found)
    assert str(found.listed()[0]) == "x.toml:3: bad: mend it"


def test_verdict_is_that_of_the_worst():
    note, warning, error = (Problem(s, "c", "w", "m", "r") for s in ("note", "warning", "error"))
    assert verdict_of([]) == verdict_of([note]) == "PASS"
    assert verdict_of([note, warning]) == "WARN"
    assert verdict_of([note, error, warning]) == "FAIL"
    assert not has_errors([note, warning])


def test_under_puts_a_place_before():
    assert under("a.toml", [Problem("error", "c", "verbs", "m", "r")])[0].where == "a.toml: verbs"
    assert under("a.toml", [Problem("error", "c", "", "m", "r")])[0].where == "a.toml"
