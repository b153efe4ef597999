"""Inquiries: what a window asks to look at. They change nothing, are not recorded, and only the asker is answered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from console.vocabulary.words import Word


class ExplainCue(Word):
    """The exact bytes that a cue would send in this house, and what would keep them back now."""

    kind: Literal["explain_cue"] = "explain_cue"
    cue: str


class ShowBytes(Word):
    """The bytes of a command that was sent: ``seq`` is its ledger row's."""

    kind: Literal["show_bytes"] = "show_bytes"
    seq: int


class WatchAnswers(Word):
    """How long devices took to answer, later than ``after_ns`` since the run began."""

    kind: Literal["watch_answers"] = "watch_answers"
    after_ns: int = -1


class ListProfiles(Word):
    """Every device profile, those with faults too."""

    kind: Literal["list_profiles"] = "list_profiles"


class OpenProfile(Word):
    """All that one profile says."""

    kind: Literal["open_profile"] = "open_profile"
    profile: str


class TryCommand(Word):
    """Tell a simulated device something, in memory. ``words``: arguments and settings as they were typed."""

    kind: Literal["try_command"] = "try_command"
    profile: str
    command: str
    words: dict[str, str] = {}
    fade_s: float | None = None


Inquiry = Annotated[
    ExplainCue | ShowBytes | WatchAnswers | ListProfiles | OpenProfile | TryCommand,
    Field(discriminator="kind"),
]

AtBench = ListProfiles | OpenProfile | TryCommand
"""What is looked up in files and tried on ghosts: away from the engine."""
