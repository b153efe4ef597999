"""Frames on a byte stream: a length in four bytes, big end first, then JSON. Pure; never raises on what comes in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from console.link.messages import ToEngine, ToWindow

HEAD: Final = 4
"""Bytes of the length."""

MOST_TO_ENGINE: Final = 4 << 20
"""Longest frame an engine takes, bytes: the largest edit is a paste of a few thousand cues."""

MOST_TO_WINDOW: Final = 64 << 20
"""Longest frame a window takes, bytes: a show of ten thousand cues is 5 MB."""

F = TypeVar("F")

_TO_ENGINE: TypeAdapter[ToEngine] = TypeAdapter(ToEngine)
_TO_WINDOW: TypeAdapter[ToWindow] = TypeAdapter(ToWindow)


@dataclass(frozen=True, slots=True)
class Malformed:
    """What came is no frame. The connection cannot go on: where the next frame begins is not known."""

    words: str


def encode(frame: BaseModel) -> bytes:
    """The frame's bytes, length first. A character that no UTF-8 has (from a file's or a port's name) becomes "?"."""
    try:
        body = frame.model_dump_json().encode()
    except PydanticSerializationError:
        body = json.dumps(frame.model_dump(), ensure_ascii=False).encode(errors="replace")
    return len(body).to_bytes(HEAD, "big") + body


class Decoder(Generic[F]):
    """Puts frames together from whatever pieces the stream comes in. Make one with ``for_engine`` or ``for_window``."""

    def __init__(self, adapter: TypeAdapter[F], most: int) -> None:
        self._adapter = adapter
        self._most = most
        self._bytes = bytearray()
        self._broken = False

    def feed(self, piece: bytes) -> list[F | Malformed]:
        """The frames that are complete with this piece, in order. After :class:`Malformed`, nothing more ever."""
        if self._broken:
            return []
        self._bytes += piece
        frames: list[F | Malformed] = []
        at = 0
        while len(self._bytes) - at >= HEAD:
            end = at + HEAD + int.from_bytes(self._bytes[at : at + HEAD], "big")
            if end - at - HEAD > self._most:
                frames.append(Malformed(f"a frame of {end - at - HEAD} bytes; at most {self._most} are taken"))
                break
            if end > len(self._bytes):
                break
            frames.append(self._read(bytes(self._bytes[at + HEAD : end])))
            if isinstance(frames[-1], Malformed):
                break
            at = end
        del self._bytes[:at]
        if frames and isinstance(frames[-1], Malformed):
            self._broken = True
            self._bytes.clear()
        return frames

    def _read(self, body: bytes) -> F | Malformed:
        try:
            return self._adapter.validate_json(body)
        except ValidationError as error:
            fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
            where = ".".join(str(step) for step in fault["loc"])
            return Malformed(f"{where or 'frame'}: {fault['msg']}")


def for_engine() -> Decoder[ToEngine]:
    """A decoder of what a window sends."""
    return Decoder(_TO_ENGINE, MOST_TO_ENGINE)


def for_window() -> Decoder[ToWindow]:
    """A decoder of what an engine sends."""
    return Decoder(_TO_WINDOW, MOST_TO_WINDOW)
