"""The last resort of every command: whatever happens, one line on standard error and an exit code."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from typing import Final

from console.cli.errors import OURSELVES_AT_FAULT, CommandError
from console.cli.logs import log_file, logging_to_file
from console.cli.page import one_line

INTERRUPTED: Final = 130
"""As a shell counts a program that Ctrl-C ended."""

READER_GONE: Final = 141
"""As a shell counts a program whose reader (``| head``) had enough."""

_log = logging.getLogger(__name__)


def guarded(run: Callable[[], int]) -> int:
    """The exit code of ``run``, or of what stopped it. Raises nothing but what ends the interpreter."""
    _print_any_sign()
    with logging_to_file():
        try:
            code = run()
            sys.stdout.flush()
        except CommandError as error:
            _say(str(error))
            return error.code
        except BrokenPipeError:
            _leave_reader()
            return READER_GONE
        except KeyboardInterrupt:
            _say("stopped by Ctrl-C")
            return INTERRUPTED
        except Exception as error:  # noqa: BLE001 - a person at a console gets a line, the log gets the rest
            _log.exception("unexpected")
            where = f"the traceback is in {log_file()}" if log_file().is_file() else f"{log_file()} cannot be written"
            _say(f"a mistake of Showcaller itself ({type(error).__name__}: {error}): {where}, please report it")
            return OURSELVES_AT_FAULT
        return code


def _print_any_sign() -> None:
    """A terminal without our signs gets them as escapes, and so does a file name that is no text."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _say(words: str) -> None:
    with suppress(OSError, ValueError):  # standard error may be closed too
        print(f"showcaller: {one_line(words)}", file=sys.stderr)


def _leave_reader() -> None:
    """Let the interpreter's last flush go nowhere, or it would complain about the pipe once more."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
