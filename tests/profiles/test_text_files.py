"""A file that gives no text: what, and what to do."""

from pathlib import Path

import pytest

from profiles.text_files import UnreadableError, read_text


class Refusing(type(Path())):  # type: ignore[misc]
    """A path whose disk refuses: who tests as root may read everything."""

    def read_bytes(self) -> bytes:
        raise PermissionError(13, "Permission denied")


def refusal(file: Path) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read_text(file, ".toml")
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_byte_order_mark_is_no_text(tmp_path: Path):
    (tmp_path / "a.toml").write_bytes(b"\xef\xbb\xbfid = 1\n")
    assert read_text(tmp_path / "a.toml", ".toml") == "id = 1\n"


def test_what_is_not_there_is_told_with_its_nearest_neighbour(tmp_path: Path):
    (tmp_path / "arena.toml").write_text("")
    (tmp_path / "aren.json").write_text("")
    near, far = refusal(tmp_path / "arean.toml"), refusal(tmp_path / "club.toml")
    assert str(near) == f"there is no such file: did you mean {tmp_path / 'arena.toml'}?"
    assert str(far) == "there is no such file: check the path"
    assert near.gone
    assert not refusal(tmp_path).gone


def test_a_folder_bytes_and_a_file_of_somebody_else_are_told(tmp_path: Path):
    (tmp_path / "bin.toml").write_bytes(b"id\x80")
    assert str(refusal(tmp_path)) == "is a folder: name a .toml file"
    assert str(refusal(tmp_path / "bin.toml")).startswith("is no text in UTF-8 (byte 2 is 0x80): ")
    assert str(refusal(Refusing(tmp_path / "x.toml"))).startswith("may not be read by you: give yourself the right")
