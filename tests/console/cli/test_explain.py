"""``showcaller explain``: the bytes of a cue in a house, in words and as JSON; nothing is sent."""

from pathlib import Path

from tests.support.command_line import CommandLine, Said

CALL = ("explain", "half-light", "--venue", "halcyon-dome")


def refused(said: Said) -> str:
    assert said.code == 2
    return said.fault


def test_a_cue_is_read_out_byte_by_byte(call: CommandLine) -> None:
    text = call.well(*CALL, "cue:harbour-signals-020").out
    assert "stage.cuelights is cue-lights: station.standby station=1" in text
    assert "osc_udp port 9200: /cuelight/1/standby" in text
    assert "2f 63 75 65 6c 69 67 68 74 2f 31" in text
    assert "leaves -0.008 s from the cue" in text


def test_what_would_keep_it_back_is_said(call: CommandLine) -> None:
    found = call.well(*CALL, "cue:evergreen-arcade-225", "--json").json
    (send,) = found["sends"]
    assert send["packets"][0]["words"] == "show control pyro 16: go cue 1"
    assert "pyro-enable low" in send["against"][0]


def test_a_cue_that_is_not_there_is_the_calls_fault(call: CommandLine, hall: Path) -> None:
    assert "did you mean harbour-signals-025" in refused(call(*CALL, "cue:harbour-signals-02"))
    assert "cue:ID" in refused(call("explain", "half-light", "--venue", hall, "harbour-signals-020"))
