"""A remote on a real socket: what it asks is done or refused in words and recorded by name, and it sees the state."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from console.record.reading import read_as_run
from console.vocabulary import Answered, Heard, Learn
from tests.support.osc_bytes import Argument, osc, parse
from tests.support.ports import free_port
from tests.support.remote_booth import write_booth
from tests.support.showcaller import EngineChild, Showcaller


@dataclass
class Tablet:
    """A light desk, a remote, and the engine between them."""

    desk: socket.socket
    remote: socket.socket
    engine_port: int

    def send(self, address: str, *args: Argument) -> None:
        self.remote.sendto(osc(address, *args), ("127.0.0.1", self.engine_port))

    def next_cue(self) -> str:
        return str(parse(self.desk.recv(2048))[1][2])

    def until(self, wanted: str) -> tuple[Argument, ...]:
        """The arguments of the next message to that address."""
        while True:
            address, args = parse(self.remote.recv(2048))
            if address == wanted:
                return args

    def answer(self) -> tuple[Argument, ...]:
        return self.until("/showcaller/answer")


@pytest.fixture
def tablet() -> Iterator[Tablet]:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as desk,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as remote,
    ):
        for each in (desk, remote):
            each.bind(("127.0.0.1", 0))
            each.settimeout(20.0)
        yield Tablet(desk, remote, free_port())


@pytest.fixture
def engine(tablet: Tablet, tmp_path: Path) -> Iterator[EngineChild]:
    show, venue = write_booth(tmp_path, tablet.desk.getsockname()[1], tablet.engine_port)
    with EngineChild(tmp_path / "home", show, "--venue", venue) as child:
        yield child


def test_a_remote_presses_is_answered_and_is_named_in_the_record(engine: EngineChild, tablet: Tablet) -> None:
    window = engine.attach()
    assert tablet.next_cue() == "1"
    tablet.send("/showcaller/go", 1)
    assert tablet.answer() == ("/showcaller/go", "done", "")
    assert tablet.next_cue() == "2"
    tablet.send("/showcaller/go", 0)
    tablet.send("/showcaller/go/nowhere")
    assert tablet.answer()[:2] == ("/showcaller/go/nowhere", "refused")
    tablet.send("/showcaller/zzz")
    words = "there is no /showcaller/zzz: showcaller remote lists what there is"
    assert tablet.answer() == ("/showcaller/zzz", "refused", words)
    (refused,) = window.until(lambda: window.said(Answered, name="not_understood", refused=words), "it for all to see")
    assert refused.by == "remote:tablet"
    tablet.send("/trig/3", 1.0)
    assert tablet.next_cue() == "3"
    tablet.send("/trig/3", 0.0)
    tablet.send("/showcaller/fire", "hot:1")
    assert tablet.answer() == ("/showcaller/fire", "done", "")
    assert tablet.next_cue() == "9", "the button let go fired nothing"
    engine.process.terminate()  # type: ignore[union-attr]
    assert engine.ended() == 0
    (record,) = engine.records.glob("*.asrun")
    pressed = [(row.cue, row.by) for row in read_as_run(record) if row.sent_s is not None]
    assert pressed == [("ready", "playhead"), *((cue, "remote:tablet") for cue in ("start", "second", "hot"))]


def test_a_subscriber_sees_the_state_and_what_changes(engine: EngineChild, tablet: Tablet) -> None:
    engine.attach()
    tablet.send("/showcaller/subscribe", 30)
    assert tablet.answer() == ("/showcaller/subscribe", "done", "")
    assert tablet.until("/showcaller/state/standby/show") == ("2", "Curtain", "LX 2")
    tablet.send("/showcaller/go")
    assert tablet.until("/showcaller/state/transport") == ("rolling",)
    assert tablet.until("/showcaller/state/live") == ("2", "Curtain")
    tablet.send("/showcaller/panic")
    assert tablet.until("/showcaller/state/panic") == (1,)
    tablet.send("/showcaller/unsubscribe")
    assert tablet.until("/showcaller/answer")[1] == "done"
    tablet.send("/showcaller/subscribe", 0)
    assert tablet.until("/showcaller/answer")[:2] == ("/showcaller/subscribe", "refused")


def test_a_show_that_is_opened_again_keeps_its_remotes(engine: EngineChild, tablet: Tablet, tmp_path: Path) -> None:
    window = engine.attach()
    tablet.send("/showcaller/subscribe", 30)
    assert tablet.until("/showcaller/state/transport") == ("stopped",)
    assert window.open(tmp_path / "act.json", tmp_path / "booth.toml") is None
    tablet.send("/showcaller/go", 1)
    assert tablet.until("/showcaller/state/transport") == ("rolling",)
    tablet.send("/showcaller/hold", 1)
    assert tablet.until("/showcaller/state/transport") == ("held",)


def test_a_pad_is_heard_by_who_wants_to_learn_it(engine: EngineChild, tablet: Tablet) -> None:
    window = engine.attach()
    window.do(Learn())
    tablet.send("/page/1/button", 1.0)
    (heard,) = window.until(lambda: window.said(Heard), "what was pressed")
    assert (heard.by_way, heard.address, heard.args) == ("osc", "/page/1/button", (1.0,))


def test_a_script_tells_the_engine_what_a_remote_would(engine: EngineChild, tablet: Tablet, tmp_path: Path) -> None:
    window = engine.attach()

    def tell(*words: str) -> tuple[int, list[str]]:
        with Showcaller(tmp_path / "script", "tell", *words, "--socket", engine.socket_path) as script:
            code = script.ended()
            return code, script.log.splitlines()

    assert tell("standby/next") == (0, ["done"])
    assert tell("fire", "3") == (0, ["done"])
    window.until(lambda: window.said(Answered, name="fire", by="script"), "the answer for all to see")
    assert tell("item/end", "act")[0] == 0
    assert tell("fire", "99") == (
        1,
        ["showcaller: the show has no cue '99': give its number, LIST:NUMBER, or its id"],
    )
    assert tell("vamp/exit") == (1, ["showcaller: refused: no item is live"])
    assert tell("fire") == (2, ["showcaller: /showcaller/fire takes cue, and was given nothing"])


@pytest.mark.parametrize("write", [False, True])
def test_a_button_is_pressed_and_bound(engine: EngineChild, tablet: Tablet, tmp_path: Path, write: bool) -> None:
    window = engine.attach()
    venue = tmp_path / "booth.toml"
    words = ["venues", "learn", venue, "fire", "3", "--socket", engine.socket_path, *(["--write"] if write else [])]
    with Showcaller(tmp_path / "script", *words) as script:
        window.until(lambda: window.snapshot is not None and window.snapshot.learning, "the engine to wait for a pad")
        tablet.send("/page/1/button", 1.0)
        assert script.ended() == 0
        log = script.log
    trigger = '[[remote.triggers]]\nosc = "/page/1/button"\ndo = "fire 3"\n'
    assert "heard /page/1/button 1.0 from the network" in log
    assert (trigger in log) is not write
    assert venue.read_text(encoding="utf-8").endswith(trigger) is write
