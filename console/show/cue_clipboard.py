"""Cues as text for the clipboard, and back: JSON, so that they can be mailed, and pasted into another show."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Literal

from pydantic import ValidationError

from console.show.cues import Cue
from console.show.doc import Doc
from console.show.draft import EditError


class CueClip(Doc):
    """What lies in the clipboard. ``showcaller`` marks it among all the text that may lie there."""

    showcaller: Literal["cues"] = "cues"
    cues: tuple[Cue, ...]


def cues_to_text(cues: Sequence[Cue]) -> str:
    """Cues as indented JSON, what stands at its default left out."""
    clip = CueClip(cues=tuple(cues)).model_dump(mode="json", exclude_defaults=True)
    return json.dumps({"showcaller": "cues", **clip}, indent=2, ensure_ascii=False)


def text_to_cues(text: str) -> tuple[Cue, ...]:
    """Cues from text. Raises :class:`EditError` where it holds none."""
    try:
        clip = CueClip.model_validate_json(text)
    except ValidationError:
        raise EditError("the clipboard holds no cues: copy some from a cue list first") from None
    if "showcaller" not in clip.model_fields_set or not clip.cues:
        raise EditError("the clipboard holds no cues: copy some from a cue list first")
    return clip.cues
