"""Camera notes of the concert, CO-10: the card lights, and everybody knows the bars left to the next shot."""

from __future__ import annotations

from console.remote.state_out import snapshot_to_state
from devices.encode import encode
from profiles.library import load_profile
from tests.support.concert import concert, item_of, press, sample


def test_co_10_a_mix_of_twelve_frames_lights_the_card_of_its_camera() -> None:
    cards, _ = load_profile("midi/camera-cards")
    assert cards is not None
    args = {"camera": "3", "shot": "CU", "transition": "mix", "ms": 480}
    assert encode(cards, "camera.shot", args)[0].body.hex(" ") == "90 03 45"  # 64 for a mix, 5 steps of 100 ms
    assert encode(cards, "camera.shot", {**args, "transition": "cut", "ms": 0})[0].body.hex(" ") == "90 03 20"


def test_co_10_the_bars_left_to_the_next_shot_are_published_as_they_go_by() -> None:
    rig = concert(chases=False)
    item = item_of("harbour-signals")
    press(rig, item)
    shots = [
        sample().cue_by_id[cue]
        for cue in rig.engine.run.schedule.by_item[item]
        if sample().cue_by_id[cue].steps[0].verb == "camera.shot"
    ]
    told = []
    for _ in range(400):
        rig.wait(0.1)
        state = snapshot_to_state(rig.engine.snapshot(rig.now_ns, rig.wall), sample(), None)
        number, _camera, _shot, bars = state["shot"]
        assert isinstance(bars, int)
        if number:
            told.append((str(number), bars, rig.engine.run.times(item).tempo, state["bar"][0]))
    numbers = list(dict.fromkeys(number for number, *_ in told))
    assert numbers == [cue.number for cue in shots][: len(numbers)]
    assert len(numbers) > 3
    for number, bars, _, bar in told:
        cue = next(each for each in shots if each.number == number)
        assert cue.at.on == "bar"
        assert bars == cue.at.bar - int(bar) >= 0
