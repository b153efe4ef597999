"""Whatever is typed: an exit code that is not ours to blame, at most a line of error, and nothing left behind."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.cli import main, plan_call
from console.cli.parser import COMMANDS
from tests.support.command_line import settle_home

SAFE = [name for name in COMMANDS if name not in ("demo", "play", "engine", "send", "bench")]
"""Commands that run nothing and speak to nobody, whatever follows them."""

KNOWN = [
    *("half-light", "halcyon-dome", "behringer/x32", "generic/osc", "song-undertow", "level.set", "cue.fire"),
    *("--venue", "--at", "--item", "--csv", "--json", "--transport", "--fade", "--help", "--"),
    *("strip=ch/1", "db=-10", "cue=1", "song-undertow@17.1", "cue:undertow-010", "01:00:00:00", "."),
]
WORD = st.sampled_from(KNOWN) | st.text(st.characters(exclude_characters="\0"), max_size=12)


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("home")
        settle_home(folder, patch)
        patch.chdir(folder)
        yield


@settings(max_examples=200)
@given(st.sampled_from(SAFE), st.lists(WORD, max_size=6))
def test_any_words_are_answered(command: str, words: list[str]):
    argv = [*command.split(), *words]
    if command == "profiles new":
        argv = [*argv[:2], *(word for word in words if not _is_path(word))]
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        plan_call(argv)
        code = main(argv)
    assert code in (0, 1, 2), err.getvalue()
    assert err.getvalue().count("\n") == (1 if err.getvalue() else 0)
    assert "Traceback" not in err.getvalue() + out.getvalue()
    assert bool(err.getvalue()) <= (code != 0)


def _is_path(word: str) -> bool:
    return "/" in word or Path(word).suffix == ".toml"
