"""The command line as a person meets it: words in, text and an exit code out, in a home of the test's own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from console.cli import main
from ui.__main__ import make_pdf

FOLDERS = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")


@dataclass(frozen=True)
class Said:
    """What one call came to."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def fault(self) -> str:
        """The one line of an error, without the program's name; nothing was printed beside it."""
        assert self.out == "", self.out
        assert self.err.count("\n") == 1, self.err
        assert self.err.startswith("showcaller: "), self.err
        return self.err.removeprefix("showcaller: ").rstrip("\n")


class CommandLine:
    """Calls ``main``. Its user's folders are below ``home``, and no environment of the machine shows through."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self._capsys = capsys

    def __call__(self, *argv: str | Path) -> Said:
        """One call; nobody is left a traceback, whatever it is."""
        self._capsys.readouterr()
        code = main([str(word) for word in argv], make_pdf)
        out, err = self._capsys.readouterr()
        assert "Traceback" not in out + err
        return Said(code, out, err)

    def well(self, *argv: str | Path) -> Said:
        """A call that has nothing to complain about."""
        said = self(*argv)
        assert (said.code, said.err) == (0, "")
        return said

    def config(self, kind: str) -> Path:
        """The user's own ``profiles`` or ``venues`` folder."""
        folder = self.home / "XDG_CONFIG_HOME" / "showcaller" / kind
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def settle_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Point the user's folders below ``home``."""
    for name in FOLDERS:
        monkeypatch.setenv(name, str(home / name))
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")  # argparse folds its help to the terminal
