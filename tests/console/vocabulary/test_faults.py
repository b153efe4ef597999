"""Faults as somebody types them: what they mean, and what is said to what means nothing."""

import pytest

from console.vocabulary import (
    DeadFault,
    GarbageFault,
    LossyFault,
    PlayedFault,
    SlowFault,
    TouchFault,
    fault_to_text,
    fault_words,
    text_to_fault,
)


@pytest.mark.parametrize(
    ("text", "fault", "words"),
    [
        ("dead", DeadFault(), "is dead"),
        ("slow:300", SlowFault(ms=300), "says everything 300 ms late"),
        ("lossy:20", LossyFault(percent=20), "loses 20 % both ways"),
        ("lossy:20%", LossyFault(percent=20), "loses 20 % both ways"),
        ("garbage", GarbageFault(), "talks nonsense"),
        ("garbage:5", GarbageFault(percent=5), "talks nonsense, 5 % of the time"),
        ("touch", TouchFault(), "a hand undoes what it is told after 2 s"),
        ("touch:0.5", TouchFault(after_s=0.5), "a hand undoes what it is told after 0.5 s"),
    ],
)
def test_a_line_is_a_fault_and_back(text: str, fault: PlayedFault, words: str) -> None:
    assert text_to_fault(text) == fault
    assert fault_words(fault) == words
    assert text_to_fault(fault_to_text(fault)) == fault


def test_a_hand_that_sets_something_is_named_by_it() -> None:
    fault = TouchFault(verb="level.set", args={"strip": "ch/1", "db": 0.0})
    assert fault_words(fault) == "a hand sets level.set at it"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ded", "there is no fault 'ded': did you mean dead?"),
        ("", "there is no fault '': there are dead, slow, lossy, garbage, touch"),
        ("dead:3", "dead takes no amount: leave out ':3'"),
        ("slow", "slow wants milliseconds from 1 to 600000, as in slow:300: give it after a colon"),
        ("slow:0", "slow wants milliseconds from 1 to 600000, as in slow:300: '0' is not that"),
        ("slow:1e3", "slow wants milliseconds from 1 to 600000, as in slow:300: '1e3' is not that"),
        ("lossy:0.3", "lossy wants a percentage from 1 to 100, as in lossy:20: '0.3' is not that"),
        ("lossy:101", "lossy wants a percentage from 1 to 100, as in lossy:20: '101' is not that"),
        ("garbage:x", "garbage wants a percentage from 1 to 100, or nothing: 'x' is not that"),
        ("touch:nan", "touch wants seconds from 0, as in touch:5, or nothing: 'nan' is not that"),
    ],
)
def test_what_is_no_fault_is_told_so(text: str, said: str) -> None:
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the whole line is compared
        text_to_fault(text)
    assert str(raised.value) == said
