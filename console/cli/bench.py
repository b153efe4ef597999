"""``showcaller bench``: the project's own measurements, which live with its tests and are not installed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from console.cli.errors import call_error

_CHECKOUT: Final = Path(__file__).resolve().parents[2]


def run_bench(rest: Sequence[str], checkout: Path = _CHECKOUT) -> int:
    """Run them and hand on their exit code. Raises CommandError where there is no checkout."""
    if not (checkout / "tests" / "bench" / "__main__.py").is_file():
        raise call_error(
            "bench measures from a checkout of the project, and this is an installed one: run make bench there"
        )
    return subprocess.run([sys.executable, "-m", "tests.bench", *rest], cwd=checkout, check=False).returncode
