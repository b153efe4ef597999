"""``showcaller remote``, and a trigger written into a house: its own file, or the user's copy of a shipped one."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.cli.errors import CommandError
from console.cli.opening import user_folder
from console.cli.remote import bind
from console.remote.trigger_text import heard_words, trigger_toml
from console.vocabulary import Heard
from profiles.venue_library import load_venue
from tests.support.command_line import CommandLine

PAD = Heard(at_ns=0, source='midi:PADS "A"', by_way="midi", address="note/1/36", args=(127,))


def test_the_page_says_what_a_house_binds_and_whom_it_hears(call: CommandLine, tmp_path: Path) -> None:
    house = tmp_path / "booth.toml"
    house.write_text(
        'id = "booth"\nname = "Booth"\ntime_zone = "Asia/Tokyo"\nrate = "25"\n[remote]\nport = 9000\n'
        '[[remote.triggers]]\nosc = "/trig/{cue}"\ndo = "fire {cue}"\n[[remote.msc]]\ndevice_id = 5\n'
    )
    page = call.well("remote", "--venue", house).out
    assert "listens on 127.0.0.1 port 9000 to this machine\n" in page
    assert "/trig/{cue}" in page
    assert "MSC device 5" in page
    assert "  /trig/{cue}: fire {cue}\n" in call.well("venues", "show", house).out


def test_words_nobody_knows_are_refused_before_any_engine_is_asked(call: CommandLine) -> None:
    assert call("tell", "goo").fault == "there is no /showcaller/goo: did you mean /showcaller/go?"
    assert call("venues", "learn", "halcyon-dome", "fire").fault == "/showcaller/fire takes cue, and was given nothing"


def test_a_shipped_house_is_bound_in_a_copy_of_ones_own(call: CommandLine) -> None:
    path = bind("halcyon-dome", trigger_toml(PAD, "fire 12"))
    assert path == user_folder("venues") / "halcyon-dome.toml"
    bind("halcyon-dome", trigger_toml(PAD.model_copy(update={"by_way": "osc", "address": "/x"}), "go"))
    venue, _ = load_venue("halcyon-dome", user_folder("venues"))
    assert venue is not None
    assert venue.remote is not None
    bound = [(each.address, each.midi_port, each.do) for each in venue.remote.triggers]
    assert bound == [("note/1/36", 'PADS "A"', "fire 12"), ("/x", None, "go")]
    shipped, _ = load_venue("halcyon-dome")
    assert shipped is not None
    assert shipped.remote is not None
    assert shipped.remote.triggers == ()


def test_a_house_that_hears_nobody_is_left_as_it_is(tmp_path: Path) -> None:
    house = tmp_path / "mute.toml"
    text = 'id = "mute"\nname = "Mute"\ntime_zone = "Asia/Tokyo"\nrate = "25"\n'
    house.write_text(text)
    with pytest.raises(CommandError, match="mute"):
        bind(str(house), trigger_toml(PAD, "go"))
    assert house.read_text() == text
    assert [each.name for each in tmp_path.iterdir()] == ["mute.toml"]


def test_what_was_heard_is_said_in_words() -> None:
    assert heard_words(PAD) == 'heard note/1/36 127 from PADS "A"'
