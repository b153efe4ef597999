"""Byte streams cut into random pieces: a decoder must not care how bytes arrive."""

from itertools import pairwise

from hypothesis import strategies as st

STREAMS = st.lists(
    st.one_of(
        st.binary(max_size=8),
        st.sampled_from(
            [b"\xc0", b"\xdb", b"\xdb\xdc", b"\xdb\xdd", b"\r\n", b"\n", b"\r", bytes(3), b"\0\0\0\4", b"x" * 13]
        ),
    ),
    max_size=12,
).map(b"".join)
"""Rubbish, rich in the bytes that framings give a meaning to."""


def pieces_of(data: st.DataObject, stream: bytes) -> list[bytes]:
    """The stream in pieces of drawn lengths, empty ones too."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=10)))
    edges = [0, *cuts, len(stream)]
    return [stream[start:end] for start, end in pairwise(edges)]
