"""The log file: what no operator needs to read while a show runs, and everybody wants afterwards."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

import platformdirs

APP: Final = "showcaller"
_MOST_BYTES: Final = 1_000_000
_KEPT: Final = 3


def log_file() -> Path:
    """Where the log is, or will be once there is something to say."""
    return Path(platformdirs.user_log_dir(APP)) / f"{APP}.log"


@contextmanager
def logging_to_file() -> Iterator[None]:
    """Send every record from INFO up to the log file. The file is made by the first record; a full disk is borne."""
    root = logging.getLogger()
    level = root.level
    log = _FileLog(log_file(), maxBytes=_MOST_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True)
    log.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(log)
    root.setLevel(min(level, logging.INFO) or logging.INFO)
    try:
        yield
    finally:
        root.setLevel(level)
        root.removeHandler(log)
        log.close()


class _FileLog(RotatingFileHandler):
    """Makes its folder when it is first needed, and never complains about itself on standard error."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """A log that cannot be written must not end a show, nor fill the screen."""
