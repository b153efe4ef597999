"""Makes a log record of WARNING or above fail the test, unless the test said that it expects it."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Expectation:
    """A record a test expects: its text is searched for `pattern`, its level is at least `level`."""

    pattern: str
    level: int

    def fits(self, record: logging.LogRecord) -> bool:
        return record.levelno >= self.level and re.search(self.pattern, record.getMessage()) is not None


class ExpectedLogs(logging.Handler):
    """Collects warnings and worse; the `expected_logs` fixture hands it to a test that provokes some."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self._expectations: list[Expectation] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def expect(self, pattern: str, *, level: int = logging.WARNING) -> None:
        """Allow, and ask for, at least one record whose text matches the regular expression `pattern`."""
        self._expectations.append(Expectation(pattern, level))

    def faults(self) -> list[str]:
        """One line for each record nobody expected and each expectation nothing met."""
        stray = [
            f"unexpected {record.levelname} from {record.name} ({record.filename}:{record.lineno}): "
            f"{record.getMessage()}"
            for record in self.records
            if not any(expected.fits(record) for expected in self._expectations)
        ]
        unmet = [
            f"no {logging.getLevelName(expected.level)} matched {expected.pattern!r}"
            for expected in self._expectations
            if not any(expected.fits(record) for record in self.records)
        ]
        return stray + unmet
