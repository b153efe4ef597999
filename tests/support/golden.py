"""Compares a result with a file in tests/golden.

To accept new results, run the tests concerned with `--update-golden`, read `git diff tests/golden` line by line,
and commit what is right. A run that updates is not a check: in CI (`CI` set) the option is refused.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent.parent / "golden"
MOST_DIFF_LINES = 60


@dataclass(frozen=True)
class Golden:
    """The golden files below `folder`; tests get one from the `golden` fixture."""

    folder: Path = GOLDEN
    update: bool = False

    def check_text(self, name: str, actual: str) -> None:
        """Fail with a diff unless the file `name` holds exactly `actual` (UTF-8, newlines as they are)."""
        expected = self._expected(name, actual.encode())
        if expected == actual.encode():
            return
        diff = list(
            difflib.unified_diff(
                expected.decode().splitlines(), actual.splitlines(), f"golden/{name}", "actual", lineterm="", n=2
            )
        )
        more = [f"… and {len(diff) - MOST_DIFF_LINES} more lines"] if len(diff) > MOST_DIFF_LINES else []
        pytest.fail("\n".join([*diff[:MOST_DIFF_LINES], *more]) or "only line ends differ", pytrace=False)

    def check_bytes(self, name: str, actual: bytes) -> None:
        """Fail with the first difference unless the file `name` holds exactly `actual`."""
        expected = self._expected(name, actual)
        if expected != actual:
            at = next((i for i, (a, b) in enumerate(zip(expected, actual, strict=False)) if a != b), len(expected))
            at = min(at, len(expected), len(actual))
            pytest.fail(
                f"golden/{name} differs from byte {at}: {expected[at : at + 16].hex(' ')} "
                f"became {actual[at : at + 16].hex(' ')}; lengths {len(expected)} and {len(actual)}",
                pytrace=False,
            )

    def _expected(self, name: str, actual: bytes) -> bytes:
        path = self.folder / name
        if self.update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(actual)
        if not path.is_file():
            pytest.fail(f"golden/{name} is missing; run this test with --update-golden and read it", pytrace=False)
        return path.read_bytes()
