"""Random OSC arguments: pairs (tag, value) as the codec takes them, and what they decode to."""

import math
import struct
from typing import Any

from hypothesis import strategies as st

OSC_TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
ADDRESSES = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=20).map(lambda text: "/" + text)

PLAIN_ARGS: st.SearchStrategy[tuple[str, Any]] = st.one_of(
    st.tuples(st.just("i"), st.integers(-(2**31), 2**31 - 1)),
    st.tuples(st.just("h"), st.integers(-(2**63), 2**63 - 1)),
    st.tuples(st.just("t"), st.integers(0, 2**64 - 1)),
    st.tuples(st.just("r"), st.integers(0, 2**32 - 1)),
    st.tuples(st.just("f"), st.floats(width=32, allow_nan=False)),
    st.tuples(st.just("d"), st.floats(allow_nan=False)),
    st.tuples(st.sampled_from("sS"), OSC_TEXT),
    st.tuples(st.just("b"), st.binary(max_size=9)),
    st.tuples(st.just("c"), st.characters(max_codepoint=127)),
    st.tuples(st.just("m"), st.binary(min_size=4, max_size=4)),
    st.sampled_from([("T", True), ("F", False), ("N", None), ("I", math.inf)]),
)
OSC_ARGS = st.lists(
    st.recursive(PLAIN_ARGS, lambda inner: st.tuples(st.just("["), st.lists(inner, max_size=3)), max_leaves=6),
    max_size=6,
)


def args_to_values(args: Any) -> tuple[Any, ...]:
    """What a decoder makes of the arguments: arrays become tuples."""
    return tuple(args_to_values(value) if tag == "[" else value for tag, value in args)


def args_to_tags(args: Any) -> str:
    return "".join("[" + args_to_tags(value) + "]" if tag == "[" else tag for tag, value in args)


def float_to_wire(value: float) -> float:
    """The float32 nearest to a float, as a float."""
    return struct.unpack(">f", struct.pack(">f", value))[0]
