from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.show.numbers import CueNumberError, number_to_key


@pytest.mark.parametrize(
    ("lower", "higher"), [("2", "2.5"), ("2.5", "10"), ("1.045", "1.05"), ("12", "12A"), ("12a", "12B"), ("0.010", "1")]
)
def test_numbers_sort_as_decimals(lower: str, higher: str) -> None:
    assert number_to_key(lower) < number_to_key(higher)


@pytest.mark.parametrize(
    ("one", "same"), [("1.10", "1.1"), ("007", "7"), ("3.000", "3"), ("12a", "12A"), ("10", "10.0")]
)
def test_zeroes_and_case_make_no_difference(one: str, same: str) -> None:
    assert number_to_key(one) == number_to_key(same)
    assert hash(number_to_key(one)) == hash(number_to_key(same))


@pytest.mark.parametrize("text", ["", "x", "1.", ".5", "1.2.3", "-1", "1 2", "1e5", "٣", "12ABCDE", "1\n"])
def test_anything_else_is_refused_with_the_remedy(text: str) -> None:
    with pytest.raises(CueNumberError, match="write it like 2 or"):
        number_to_key(text)


@given(st.lists(st.decimals(min_value=0, max_value=99999, places=4), min_size=2, unique=True))
def test_order_is_that_of_the_decimals(values: list[object]) -> None:
    texts = [f"{value:.4f}" for value in values]
    assert [float(text) for text in sorted(texts, key=number_to_key)] == sorted(float(text) for text in texts)
