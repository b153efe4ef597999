"""What ends a command early: one line, and whose fault it is."""

from __future__ import annotations

from typing import Final

WELL: Final = 0
SHOW_AT_FAULT: Final = 1
CALL_AT_FAULT: Final = 2
OURSELVES_AT_FAULT: Final = 3
"""Exit codes. The last one is a mistake in Showcaller: its traceback is in the log file."""


class CommandError(Exception):
    """One line with what, where and what to do; ``code`` is the exit code."""

    def __init__(self, words: str, code: int = SHOW_AT_FAULT) -> None:
        super().__init__(words)
        self.code = code


def call_error(words: str) -> CommandError:
    """The call itself is wrong: exit code 2."""
    return CommandError(words, CALL_AT_FAULT)
