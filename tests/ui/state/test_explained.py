"""A cue explained, as text."""

import pytest

from console.vocabulary import ExplainedCue, ExplainedSend, PacketText
from ui.state.blocks import blocks_to_text
from ui.state.explained import due_text, explained_blocks

SEND = ExplainedSend(
    cue="c",
    number="1",
    step=1,
    role="lighting.main",
    device="desk",
    duty="main",
    mode="live",
    asked_verb="cue.fire",
    asked={"list": 1, "cue": "10"},
    verb="cue.fire",
    args={"list": 3, "cue": "10"},
    due_s=-0.028,
    latency_ms=8,
    trim_ms=0,
    advance_ms=20,
    fade="",
    packets=(PacketText(transport="osc_tcp_slip", port=3032, framing="slip", delay_ms=40, hex="c0", words="/eos"),),
)


def text_of(**fields: object) -> str:
    send = SEND.model_copy(update=fields)
    return blocks_to_text(explained_blocks(ExplainedCue(cue="c", number="1", label="Look", sends=(send,))))


def test_a_step_reads_from_what_is_asked_to_the_bytes() -> None:
    assert text_of() == (
        "step 1: cue.fire list=1 cue=10\n"
        "lighting.main: desk\n"
        "Is told: cue.fire list=3 cue=10\n"
        "Leaves: 28 ms before the cue (latency 8 ms, advance 20 ms)\n"
        "Bytes: /eos\n"
        "By: osc_tcp_slip port 3032 framed slip after 40 ms\n"
        "c0"
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"mode": "ghost"}, "desk, a ghost: nothing leaves this machine"),
        ({"mode": "off"}, "desk, off"),
        ({"duty": "parallel"}, "desk (parallel)"),
        ({"fade": "fades over 3 s"}, "Fade: fades over 3 s"),
        ({"against": ("inhibited: arm by pyro",)}, "Would not leave now: inhibited: arm by pyro"),
        ({"cue": "other", "number": "2"}, "2, step 1"),
    ],
)
def test_what_is_out_of_the_ordinary_is_said(fields: dict[str, object], words: str) -> None:
    assert words in text_of(**fields)


def test_a_cue_that_sends_nothing_says_so_and_why() -> None:
    cue = ExplainedCue(cue="c", number="1", label="", sends=(), words=("no pyro here",), against=("disabled",))
    text = blocks_to_text(explained_blocks(cue))
    assert "Does not run now: disabled" in text
    assert "In this house: no pyro here" in text
    assert "sends nothing" in text


@pytest.mark.parametrize(("due_s", "words"), [(0.0, "with"), (1.5, "1.5 s after"), (-0.0005, "0.5 ms before")])
def test_when_bytes_leave_is_told_against_the_cue(due_s: float, words: str) -> None:
    assert due_text(SEND.model_copy(update={"due_s": due_s})) == words
