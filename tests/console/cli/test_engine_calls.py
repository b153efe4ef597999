"""The engine's calls that cannot begin: whose fault it is, as ``play`` says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command_line import CommandLine


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("half-light", "--venue", "halcyon-dome", "--ghost", "lighting.mian"), 2, "did you mean lighting.main?"),
        (("half-light", "--venue", "halcyon-dme", "--ghost", "all"), 2, "did you mean halcyon-dome?"),
        (("half-lihgt", "--venue", "halcyon-dome", "--ghost", "all"), 2, "did you mean half-light?"),
        (("gone.json", "--venue", "halcyon-dome", "--ghost", "all"), 2, "there is no such file"),
        (("broken.json", "--venue", "halcyon-dome", "--ghost", "all"), 1, "broken.json:1:2: is no JSON"),
    ],
)
def test_the_engine_and_play_blame_alike(
    call: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: int, said: str
):
    monkeypatch.chdir(tmp_path)
    Path("broken.json").write_text("{")
    for command in (("engine", *words, "--socket", "s/engine.sock"), ("play", *words, "--speed", "max")):
        answer = call(*command)
        assert (answer.code, said in answer.fault) == (code, True), answer


def test_an_item_to_begin_with_is_told_the_nearest(call: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    show = ("half-light", "--venue", "halcyon-dome", "--ghost", "all")
    answer = call("engine", *show, "--from", "song-moth-seson", "--socket", "s/engine.sock")
    assert answer.code == 2
    assert answer.fault == "--from: the rundown has no item 'song-moth-seson': did you mean song-moth-season?"
