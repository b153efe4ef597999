"""The catalogue: complete, consistent, and clear about what is wrong with a call."""

import math

import pytest

from profiles.verbs import (
    CATALOGUE,
    Chase,
    Kind,
    UnknownVerbError,
    args_from_text,
    args_problems,
    chase_of,
    complete_args,
    find_verb,
    state_key,
)


@pytest.mark.parametrize("verb", CATALOGUE.values(), ids=lambda verb: verb.name)
def test_every_verb_is_well_made(verb):
    names = [arg.name for arg in verb.args]
    assert len(set(names)) == len(names)
    assert set(verb.keys) | set(verb.value) <= set(names)
    assert not set(verb.keys) & set(verb.value)
    assert verb.fade_arg in ("", *verb.value)
    if verb.kind is Kind.TRIGGER:
        assert verb.chase is Chase.NEVER
        assert not verb.keys
        assert not verb.value
    for arg in verb.args:
        if arg.default is not None:
            assert not arg.required
            assert not [
                p
                for p in args_problems(verb, {arg.name: arg.default})
                if p.startswith(f"{arg.name} is {arg.default!r}")
            ]


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("cue.fire", {"list": 1, "cue": "10"}),
        ("zone.effect", {"zone": "all", "effect": "chase", "rate_hz": 2.067, "level": 0.8}),
        ("zone.scene", {"zone": "all", "scene": "lantern-warm", "level": 0.35}),
        ("scene.recall", {"scene": 101}),
        ("mute.set", {"strip": "studio-mics", "on": False}),
        ("transport.play", {"session": "tracks/01-harbour-signals"}),
        ("clip.play", {"clip": "BED_ENVELOPE", "loop": True}),
        ("text.load", {"template": "song_l3", "line1": "Harbour Signals", "line2": "Ondine Farrow & The Tidal Index"}),
        ("text.take", {"template": "countdown", "secs": 30}),
        ("text.take", {"template": "winner", "option": "b"}),
        ("text.clear", {"template": "song_l3"}),
        ("camera.shot", {"camera": "cam-2", "shot": "2S guitar+Ondine", "transition": "mix", "ms": 480}),
        ("station.standby", {"station": "band"}),
        ("timer.countdown", {"secs": 45, "light_at": 35, "flash_at": 42}),
        ("effect.fire", {"device": "co2-row", "ms": 900}),
        ("automation.release", {"device": "kabuki-1"}),
        ("splice.start", {"event_id": 3001, "duration_s": 120, "pre_roll_ms": 8000, "auto_return": True}),
        ("delay.arm", {}),
        ("level.set", {"strip": "ch/1", "db": -math.inf}),
    ],
)
def test_what_the_sample_shows_ask_is_understood(name, args):
    assert args_problems(find_verb(name), args) == []


@pytest.mark.parametrize(
    ("name", "args", "words"),
    [
        ("cue.fire", {}, "cue is missing: give text in quotes"),
        ("cue.fire", {"cue": 10}, "cue is 10, not text: give text in quotes"),
        ("cue.fire", {"cue": "1", "lst": 2}, "cue.fire has no argument 'lst': did you mean list?"),
        ("level.set", {"strip": "main", "db": 40}, "db is 40, above 24: give a number of dB from -inf to 24"),
        ("level.set", {"strip": "main", "db": math.inf}, "db is inf, above 24"),
        ("level.set", {"strip": "main", "db": math.nan}, "db is nan: give a number"),
        ("opacity.set", {"level": -0.1}, "level is -0.1, below 0: give a number from 0 to 1"),
        ("opacity.set", {"level": True}, "level is True: give a number"),
        ("scene.recall", {"scene": 1.0}, "scene is 1.0: give a whole number"),
        ("blackout.set", {"on": 1}, "on is 1: give true or false"),
        ("camera.shot", {"camera": "1", "shot": "x", "transition": "fade"}, "give one of cut, mix, wipe"),
        ("timer.countdown", {"secs": math.inf}, "secs is inf: give a number of s from 0"),
        ("delay.arm", {"x": 1}, "delay.arm has no argument 'x': it takes none"),
    ],
)
def test_a_wrong_call_is_told_in_one_line_with_what_to_do(name, args, words):
    problems = args_problems(find_verb(name), args)
    assert len(problems) == 1
    assert words in problems[0]
    assert "\n" not in problems[0]


def test_an_unknown_verb_is_refused_with_the_nearest_name():
    with pytest.raises(UnknownVerbError, match=r"no verb is called 'cue.fier': did you mean cue.fire\?"):
        find_verb("cue.fier")


def test_complete_args_fills_defaults_in_catalogue_order():
    complete = complete_args(
        find_verb("zone.effect"), {"colour": "#ff0000", "effect": "chase", "zone": "all", "level": 1}
    )
    assert list(complete) == ["zone", "effect", "rate_hz", "level", "colour"]
    assert complete["level"] == 1.0
    assert isinstance(complete["level"], float)
    assert complete["rate_hz"] == 1.0


def test_arguments_a_map_added_stay():
    assert complete_args(find_verb("clip.play"), {"clip": "A", "row": 3})["row"] == 3


def test_verbs_of_one_family_share_a_key_and_keys_default_to_main():
    fire, release = find_verb("cue.fire"), find_verb("cue.release")
    assert state_key(fire, {"cue": "1"}) == state_key(release, {}) == ("cue", "main")
    assert state_key(find_verb("camera.take"), {"source": "1"}) == ("bus", "pgm")
    assert state_key(find_verb("blackout.set"), {"on": True}) == ("blackout",)
    assert state_key(find_verb("clip.loop"), {"on": True}) != state_key(find_verb("clip.play"), {"clip": "A"})
    assert state_key(find_verb("level.set"), {"strip": "ch/1"}) != state_key(find_verb("mute.set"), {"strip": "ch/1"})


def test_triggers_have_no_state():
    assert state_key(find_verb("effect.fire"), {"device": "x"}) == ()


def test_muting_may_be_chased_and_opening_never():
    mute = find_verb("mute.set")
    assert chase_of(mute, {"strip": "ch/1", "on": True}) is Chase.YES
    assert chase_of(mute, {"strip": "ch/1", "on": False}) is Chase.NEVER
    assert chase_of(find_verb("scene.recall"), {"scene": 1}) is Chase.ASK


def test_typed_words_become_values_and_bad_words_stay_to_be_named():
    verb = find_verb("clip.play")
    assert args_from_text(verb, {"clip": "7", "loop": "on", "position_s": "1.5"}) == {
        "clip": "7",
        "loop": True,
        "position_s": 1.5,
    }
    assert args_problems(verb, args_from_text(verb, {"clip": "7", "position_s": "soon"})) == [
        "position_s is 'soon': give a number of s from 0"
    ]
    assert args_from_text(find_verb("level.set"), {"db": "-inf"}) == {"db": -math.inf}
