"""Which MIDI system is used, by name of the environment."""

import pytest

from console.wiring.midi_choice import VARIABLE, MidiChoiceError, chosen_midi
from devices.io.midi_system import MidiApi


@pytest.mark.parametrize(
    ("name", "api"), [("jack", MidiApi.JACK), ("ALSA", MidiApi.ALSA), ("", MidiApi.AUTO), (None, MidiApi.AUTO)]
)
def test_the_environment_names_it(monkeypatch: pytest.MonkeyPatch, name: str | None, api: MidiApi) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    if name is not None:
        monkeypatch.setenv(VARIABLE, name)
    midi = chosen_midi()
    assert midi.wanted_api is api
    assert not midi.up
    midi.close()


def test_a_name_nobody_knows_is_told_with_those_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "pipes")
    with pytest.raises(MidiChoiceError, match=r"^SHOWCALLER_MIDI is 'pipes': give one of auto, alsa, jack, "):
        chosen_midi()
