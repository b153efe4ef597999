from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.modeltest import ModelTester

from ui.models.diff_model import DiffModel
from ui.state.diff_rows import GROUPINGS, DiffHead, DiffRow, Shown, choose_rows, group_rows
from ui.state.words import Mark

WORDS = st.sampled_from(["", "a", "Big look", "atmos"])
ROWS = st.lists(
    st.builds(
        DiffRow,
        kind=st.sampled_from(["lost", "moved"]),
        mark=st.just(Mark("Lost", "cross", "caution")),
        weight=st.sampled_from(["lost", "routine"]),
        number=st.sampled_from(["1", "2.5"]),
        item=WORDS,
        department=st.sampled_from(["", "LX", "SND"]),
        role=WORDS,
        label=WORDS,
        before=WORDS,
        after=WORDS,
    ),
    max_size=12,
).map(tuple)


@settings(max_examples=60)
@given(ROWS, st.sampled_from(list(GROUPINGS)))
def test_grouping_loses_nothing_and_counts_what_is_under_a_head(rows: tuple[DiffRow, ...], by: str):
    lines = group_rows(rows, by)  # type: ignore[arg-type]
    assert sorted(map(repr, rows)) == sorted(repr(line) for line in lines if isinstance(line, DiffRow))
    assert sum(line.count for line in lines if isinstance(line, DiffHead)) == len(rows)
    titles = [line.title for line in lines if isinstance(line, DiffHead)]
    assert len(titles) == len(set(titles))


@settings(max_examples=60)
@given(
    ROWS, st.builds(Shown, kind=st.sampled_from([None, "lost"]), department=st.sampled_from([None, "LX"]), text=WORDS)
)
def test_what_is_chosen_is_what_was_asked_for(rows: tuple[DiffRow, ...], shown: Shown):
    chosen = choose_rows(rows, shown)
    for row in chosen:
        assert shown.kind in (None, row.kind)
        assert shown.department in (None, row.department)
    assert choose_rows(rows, Shown()) == rows
    assert choose_rows(chosen, shown) == chosen


def test_the_diff_model_is_a_model(qtmodeltester: ModelTester):
    row = DiffRow(
        "lost", Mark("Lost", "cross", "caution"), "lost", "1", "Song", "LX", "lighting.main", "Look", "a", "b"
    )
    model = DiffModel()
    model.show_lines(group_rows((row, row), "item"), "Here", "There")
    qtmodeltester.check(model, force_py=True)
