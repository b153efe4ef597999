"""Where an engine listens: one only, for this user alone, and over what a killed one left."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from console.link.doorway import LONGEST_PATH, LinkError
from console.link.server import LinkServer
from tests.support.link_booth import Booth, OneShow


@pytest.mark.parametrize("tcp", [False, True])
def test_where_an_engine_listens_no_second_one_may(short_path: Path, stack: ExitStack, tcp: bool) -> None:
    Booth(short_path, stack, tcp=tcp)
    with pytest.raises(LinkError, match="another engine listens there"):
        LinkServer(short_path / "engine.sock", OneShow(), tcp=tcp)
    (short_path / "engine.sock.lock").unlink()  # somebody tidied up: the answer at the door still decides
    with pytest.raises(LinkError, match="another engine listens there"):
        LinkServer(short_path / "engine.sock", OneShow(), tcp=tcp)


@pytest.mark.parametrize("tcp", ["", "tcp"])
def test_what_a_killed_engine_left_is_replaced(short_path: Path, stack: ExitStack, tcp: str) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(short_path / "engine.sock"), tcp], check=True)
    assert (short_path / "engine.sock").exists()
    Booth(short_path, stack).attach()


KILLED = """
import os, sys
from pathlib import Path
from console.link.doorway import Doorway
door = Doorway(Path(sys.argv[1]), tcp=bool(sys.argv[2]))
os._exit(0)
"""


def test_a_clean_end_leaves_no_socket(short_path: Path) -> None:
    LinkServer(short_path / "engine.sock", OneShow()).close()
    assert [path.name for path in short_path.iterdir()] == ["engine.sock.lock"]
    LinkServer(short_path / "engine.sock", OneShow()).close()


def test_a_directory_open_to_others_and_a_path_too_long_are_refused(short_path: Path) -> None:
    shared = short_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    with pytest.raises(LinkError, match="open to other users"):
        LinkServer(shared / "engine.sock", OneShow())
    with pytest.raises(LinkError, match="choose a shorter one"):
        LinkServer(short_path / ("x" * LONGEST_PATH), OneShow())


def test_a_file_of_somebodys_is_not_taken_away(short_path: Path) -> None:
    (short_path / "engine.sock").write_text("my notes")
    with pytest.raises(LinkError, match="neither a socket nor an engine's card"):
        LinkServer(short_path / "engine.sock", OneShow())
    assert (short_path / "engine.sock").read_text() == "my notes"


def test_the_directory_is_made_for_the_user_alone(short_path: Path) -> None:
    server = LinkServer(short_path / "run" / "engine.sock", OneShow())
    assert (short_path / "run").stat().st_mode & 0o777 == 0o700
    assert server.path.stat().st_mode & 0o777 == 0o600
    server.close()
