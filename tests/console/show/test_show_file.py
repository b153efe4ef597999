"""The disk: a real folder, real crashes (a rename or a sync that fails), no pretending."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from console.show.show import SCHEMA_VERSION, Show
from console.show.show_file import read_show, write_show
from console.show.show_json import ShowFileError, show_to_json
from profiles import kept_files
from profiles.kept_files import EARLIER_KEPT, list_earlier
from tests.support.builders import song_show


def titled(title: str) -> Show:
    return song_show(title=title)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "evening.json"


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def test_a_show_is_saved_and_read_back(path: Path) -> None:
    assert write_show(path, song_show())
    assert read_show(path).show == song_show()
    assert path.read_text() == show_to_json(song_show())
    assert names(path.parent) == {"evening.json"}


def test_saving_the_same_again_touches_nothing(path: Path) -> None:
    write_show(path, song_show())
    before = path.stat()
    assert not write_show(path, song_show())
    after = path.stat()  # the time of the last reading may move: comparing the contents reads the file
    assert (after.st_mtime_ns, after.st_ino, after.st_size) == (before.st_mtime_ns, before.st_ino, before.st_size)
    assert list_earlier(path) == ()


def test_ten_earlier_saves_are_kept_newest_first(path: Path) -> None:
    for n in range(EARLIER_KEPT + 4):
        write_show(path, titled(f"save {n}"))
    earlier = list_earlier(path)
    assert [read_show(each).show.title for each in earlier] == [f"save {n}" for n in range(12, 2, -1)]
    assert read_show(path).show.title == "save 13"
    assert names(path.parent) == {"evening.json", ".evening.json.earlier"}


def test_earlier_saves_go_on_counting_behind_a_gap(path: Path) -> None:
    for n in range(4):
        write_show(path, titled(f"save {n}"))
    list_earlier(path)[1].unlink()
    (path.parent / ".evening.json.earlier" / "notes.json").write_text("mine")
    write_show(path, titled("save 4"))
    assert [each.name for each in list_earlier(path)] == ["000004.json", "000003.json", "000001.json"]


def test_a_link_stays_a_link(path: Path) -> None:
    target = path.parent / "real.json"
    write_show(target, titled("old"))
    path.symlink_to(target)
    write_show(path, titled("new"))
    assert path.is_symlink()
    assert read_show(target).show.title == "new"
    assert [read_show(each).show.title for each in list_earlier(path)] == ["old"]


def test_the_file_keeps_its_permissions(path: Path) -> None:
    write_show(path, titled("old"))
    path.chmod(0o600)
    write_show(path, titled("new"))
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("broken", ["replace", "fsync", "link"])
def test_a_disk_that_refuses_leaves_the_old_file_whole(
    path: Path, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_show(path, titled("old"))

    def refuse(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    if broken == "replace":
        monkeypatch.setattr(Path, "replace", refuse)
    else:
        monkeypatch.setattr(os, broken, refuse)
    if broken == "link":  # no hard links here: a copy does
        write_show(path, titled("new"))
        assert [read_show(each).show.title for each in list_earlier(path)] == ["old"]
        return
    with pytest.raises(ShowFileError, match=r"evening\.json: cannot be saved, no space left on device: save elsewhere"):
        write_show(path, titled("new"))
    assert read_show(path).show.title == "old"
    assert names(path.parent) == {"evening.json", ".evening.json.earlier"}


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(ShowFileError, match="cannot be saved, no such file or directory: save elsewhere"):
        write_show(tmp_path / "nowhere" / "evening.json", song_show())
    with pytest.raises(ShowFileError, match="cannot be saved, is a directory"):
        write_show(tmp_path, song_show())


def test_a_file_of_a_newer_showcaller_is_never_overwritten(path: Path) -> None:
    raw = json.loads(show_to_json(song_show())) | {"schema_version": SCHEMA_VERSION + 1, "laser": {"safe": True}}
    text = json.dumps(raw)
    path.write_text(text)
    loaded = read_show(path)
    assert loaded.read_only is not None
    with pytest.raises(ShowFileError, match="would lose what this one does not know: save under another name"):
        write_show(path, loaded.show)
    assert path.read_text() == text
    other = path.with_name("other.json")
    assert write_show(other, loaded.show)
    assert read_show(other).read_only is None


def test_a_broken_file_may_be_saved_over_and_is_kept(path: Path) -> None:
    for broken in ("not JSON", "[]", "{}", "[" * 100_000):
        path.write_text(broken)
        write_show(path, song_show())
        assert list_earlier(path)[0].read_text() == broken


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "there is no such file: check the path"),
        (b"\xff\xfe\x00", "is no text in UTF-8 (byte 0 is 0xff): name a .json file, or save it as UTF-8"),
        (b"{", "evening.json:1:2: is no JSON"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(path: Path, content: bytes | None, words: str) -> None:
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ShowFileError) as refused:
        read_show(path)
    assert words in str(refused.value)
    assert str(path) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_folder_is_no_show(tmp_path: Path) -> None:
    with pytest.raises(ShowFileError, match=r"is a folder: name a .json file"):
        read_show(tmp_path)


def test_a_mark_some_editors_write_first_does_no_harm(path: Path) -> None:
    path.write_text("\ufeff" + show_to_json(song_show()), encoding="utf-8")
    assert read_show(path).show == song_show()


def test_the_new_file_is_on_the_disk_before_it_takes_the_name(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order a power cut asks for: file synced, renamed, folder synced."""
    steps: list[str] = []
    real_sync, real_replace = os.fsync, Path.replace

    def sync(descriptor: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        real_sync(descriptor)

    def replace(self: Path, target: Path) -> Path:
        steps.append("rename")
        return real_replace(self, target)

    monkeypatch.setattr(kept_files.os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    write_show(path, song_show())
    assert steps == ["file", "rename", "folder"]
