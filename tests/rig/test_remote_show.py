"""A remote made of liblo's own programs: oscsend asks, oscdump prints what it is told."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.oscdump import OscDump
from tests.support.ports import free_port
from tests.support.remote_booth import write_booth
from tests.support.showcaller import EngineChild

pytestmark = [
    pytest.mark.rig,
    pytest.mark.skipif(shutil.which("oscsend") is None, reason="oscsend is not installed (Debian: liblo-tools)"),
]


@pytest.fixture
def surface(tmp_path: Path) -> Iterator[OscDump]:
    if reason := OscDump.missing():
        pytest.skip(reason)
    with OscDump(tmp_path / "oscdump") as reader:
        yield reader


def test_a_surface_presses_and_sees_what_comes_of_it(surface: OscDump, tmp_path: Path) -> None:
    port = free_port()

    def oscsend(address: str, *words: object) -> None:
        subprocess.run(["oscsend", "127.0.0.1", str(port), address, *map(str, words)], check=True, timeout=10)

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as desk:
        desk.bind(("127.0.0.1", 0))
        show, venue = write_booth(tmp_path, desk.getsockname()[1], port)
        with EngineChild(tmp_path / "home", show, "--venue", venue) as engine:
            engine.attach()
            oscsend("/showcaller/subscribe", "fi", 30, surface.port)
            assert (
                surface.line("/showcaller/state/standby/show")
                == '/showcaller/state/standby/show sss "2" "Curtain" "LX 2"'
            )
            oscsend("/showcaller/go", "i", 1)
            oscsend("/showcaller/go", "i", 0)
            assert surface.line("/showcaller/state/transport") == '/showcaller/state/transport s "rolling"'
            assert surface.line("/showcaller/state/live") == '/showcaller/state/live ss "2" "Curtain"'
            oscsend("/trig/3", "T")
            assert surface.line("/showcaller/state/live") == '/showcaller/state/live ss "3" "Storm"'
            oscsend("/showcaller/panic")
            assert surface.line("/showcaller/state/panic") == "/showcaller/state/panic i 1"
