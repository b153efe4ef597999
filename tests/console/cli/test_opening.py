"""What a call names and what stands there: by file or id, and every way in which it may not be there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from console.show.show import Show
from console.show.show_json import show_to_json
from tests.support.builders import song_show
from tests.support.command_line import CommandLine

LONG = "x" * 5000


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("half-lihgt", 2, "no shipped show is called 'half-lihgt': did you mean half-light?"),
        ("nothing", 2, "no shipped show is called 'nothing': "),
        ("", 2, "no shipped show is called '': "),
        (LONG, 2, "no shipped show is called 'xxx"),
        ("gone.json", 2, "gone.json: there is no such file"),
        (f"{LONG}.json", 2, "xxx"),
        ("a folder", 2, "a folder: is a folder: name a .json file"),
        ("folder.json", 2, "folder.json: is a folder"),
        ("loop.json", 2, "loop.json: cannot be read, too many levels of symbolic links"),
        ("text.json", 1, "text.json:1:1: is no JSON"),
        ("empty.json", 1, "empty.json: is empty"),
        ("list.json", 1, "list.json: holds no show"),
        ("bytes.json", 1, "bytes.json: is no text in UTF-8"),
        ("house.toml", 1, "house.toml: is no JSON but named as TOML: a show is JSON; if this is the house, give it"),
        ("chart.json", 2, "chart.json: there is no such file: did you mean charts.json?"),
        ("shape.json", 1, "shape.json"),
        ("cut.json", 1, "cut.json:1:"),
        ("deep.json", 1, "deep.json: is nested too deep"),
    ],
)
def test_a_show_that_cannot_be_opened(
    call: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int, said: str
):
    monkeypatch.chdir(tmp_path)
    for folder in ("a folder", "folder.json"):
        Path(folder).mkdir()
    Path("loop.json").symlink_to("loop.json")
    for file, content in (
        ("text.json", b"GO\n"),
        ("empty.json", b""),
        ("list.json", b"[]"),
        ("charts.json", b"{}"),
        ("house.toml", b"id = 1\n"),
        ("bytes.json", b"\xff\xfe\x00{"),
        ("shape.json", b'{"schema_version": 1, "title": 7}'),
        ("cut.json", b'{"schema_version": 1, "id": "x'),
        ("deep.json", b"[" * 100_000),
    ):
        Path(file).write_bytes(content)
    for words in (["times", name], ["state", name, "--venue", "halcyon-dome", "--at", "x"]):
        answer = call(*words)
        assert (answer.code, answer.fault[: len(said)]) == (code, said)


def test_a_show_of_a_newer_showcaller_is_played_and_said_to_be(call: CommandLine, tmp_path: Path):
    raw = json.loads(show_to_json(song_show())) | {"schema_version": 2, "moon": 1}
    file = tmp_path / "newer.json"
    file.write_text(json.dumps(raw))
    words = "was made by a newer Showcaller (schema 2, this one knows 1); 1 part of it cannot be shown"
    answer = call("times", file)
    assert (answer.code, answer.err.count("\n")) == (0, 1)
    assert f"{file}: {words}: update this one" in answer.err
    page = call("check", file, "--venue", "halcyon-dome")
    assert words in page.out
    assert "moon is not understood here" in page.out


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("halcyon-dom", 2, "venue halcyon-dom: there is no such venue: did you mean halcyon-dome?"),
        ("", 2, "venue : there is no such venue"),
        ("gone.toml", 2, "gone.toml: there is no such file"),
        ("folder.toml", 2, "folder.toml: is a folder"),
        ("text.toml", 1, "text.toml:1:4: is no TOML"),
        ("bytes.toml", 1, "bytes.toml: is no text in UTF-8"),
        ("empty.toml", 1, "empty.toml: is empty: write the venue into it, or copy one that ships"),
        ("show.json", 1, "show.json: is no TOML but looks like JSON: name a venue"),
        ("a folder", 2, "a folder: is a folder: name a .toml file"),
        ("sahpe.toml", 2, "sahpe.toml: there is no such file: did you mean shape.toml?"),
        ("shape.toml", 1, "shape.toml:1: id: "),
    ],
)
def test_a_venue_that_cannot_be_opened(
    call: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int, said: str
):
    monkeypatch.chdir(tmp_path)
    for folder in ("a folder", "folder.toml"):
        Path(folder).mkdir()
    Path("empty.toml").write_text("")
    Path("show.json").write_text('{"schema_version": 1}')
    Path("text.toml").write_text("go go go\n")
    Path("bytes.toml").write_bytes(b"\xff\xfe")
    Path("shape.toml").write_text('id = "Hall"\n')
    for words in (["venues", "show", name], ["state", "half-light", "--venue", name, "--at", "x"]):
        answer = call(*words)
        assert (answer.code, answer.fault[: len(said)]) == (code, said)


def test_a_file_comes_before_a_shipped_show(
    call: CommandLine, saved: Callable[[Show], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    saved(song_show()).rename("half-light")
    assert "song-verse" in call.well("times", "half-light").out


def test_a_folder_named_like_a_shipped_show_is_in_nobody_s_way(
    call: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    Path("half-light").mkdir()
    assert "open-film-010" in call.well("times", "half-light").out


def test_more_faults_than_one_are_counted(call: CommandLine, tmp_path: Path):
    path = tmp_path / "show.json"
    path.write_text('{"schema_version": 1, "colour": 1}')
    answer = call("times", path)
    assert answer.code == 1
    assert answer.fault.endswith("more)")


def test_a_venue_of_one_s_own_comes_before_a_shipped_one(call: CommandLine, hall: Path):
    (call.config("venues") / "halcyon-dome.toml").write_text(hall.read_text())
    assert call.well("venues", "show", "halcyon-dome").lines[0].startswith("hall: Small Hall")
