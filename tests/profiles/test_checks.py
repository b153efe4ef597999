"""What a schema cannot see is found between the parts of a profile."""

import pytest

from profiles.verbs import Chase, find_verb
from tests.support.profile_text import HEAD, MIDI, OSC, TEXT, problems_of, profile

SEND_LEVEL = 'send = [{ address = "/o", args = [{ f = "{level}" }] }]\n'
GO = '[verbs."cue.go"]\nsend = [{ address = "/go" }]\n'


def codes(*arguments, **named):
    return {problem.code for problem in problems_of(*arguments, **named) if problem.severity != "note"}


def test_a_good_profile_has_nothing_to_say_but_that_it_cannot_be_asked():
    problems = problems_of(GO)
    assert [(problem.severity, problem.code) for problem in problems] == [("note", "profile.health")]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("", "profile.empty"),
        ('[verbs."cue.og"]\nsend = [{ address = "/go" }]\n', "profile.verb.unknown"),
        ('[commands."cue.go"]\nsend = [{ address = "/go" }]\n', "profile.command.shadows"),
        (GO + '[settings.zone]\ntype = "text"\n', "profile.setting.shadows"),
        (GO + "[curves.own]\npoints = [[0, 1], [0, 2]]\n", "profile.curve"),
        ('[verbs."cue.go"]\nsend = [{ address = "/{cue}/go" }]\n', "profile.place"),
        ('[commands.x]\nsend = [{ address = "/{n}" }]\n', "profile.place"),
        ('[verbs."cue.fire"]\nsend = [{ address = "/{fade_s}" }]\n', "profile.place"),
        ('[verbs."cue.fire"]\nargs = { cue = { times = "fps" } }\nsend = [{ address = "/{cue}" }]\n', "profile.place"),
        (
            '[verbs."cue.fire"]\nargs = { x = { fields = { a = "nope" } } }\nsend = [{ address = "/{x}" }]\n',
            "profile.place",
        ),
        ('[verbs."cue.fire"]\nargs = { cue = { curve = "nope" } }\nsend = [{ address = "/{cue}" }]\n', "profile.rule"),
        (
            '[[verbs."cue.go".variants]]\nwhen = { nope = "1" }\nsend = [{ address = "/go" }]\n',
            "profile.when",
        ),
        (
            '[[verbs."cue.go".variants]]\nargs = { playback = { max = 3 } }\nsend = [{ address = "/go" }]\n',
            "profile.rule.unused",
        ),
        ('[verbs."cue.go"]\nsend = [{ line = "GO" }]\n', "profile.message.family"),
        (GO + '[[transports]]\nkind = "midi"\n', "profile.transport.family"),
        ('[verbs."cue.fire"]\nsend = [{ address = "/c", args = [{ f = "{cue}" }] }]\n', "profile.osc.type"),
        ('[verbs."cue.fire"]\nsend = [{ address = "/c/{cue:02d}" }]\n', "profile.padding"),
        ('[verbs."cue.go"]\nfade = "stream"\nrate_hz = 40\nsend = [{ address = "/go" }]\n', "profile.fade"),
        ('[verbs."opacity.set"]\nfade = "stream"\nrate_hz = 40\nsend = [{ address = "/o" }]\n', "profile.fade"),
        (
            '[verbs."opacity.set"]\nfade = "native"\nsend = [{ address = "/o", args = [{ f = "{level}" }] }]\n',
            "profile.fade",
        ),
        (
            '[verbs."opacity.set"]\nfade = "stream"\nrate_hz = 80\n' + SEND_LEVEL,
            "profile.fade.rate",
        ),
        ('[verbs."scene.recall"]\nchase = "yes"\nsend = [{ address = "/s" }]\n', "profile.chase"),
        ('[verbs."cue.go"]\nrest = 1\nsend = [{ address = "/go" }]\n', "profile.rest"),
        (GO + '[keep_alive]\nevery_s = 8\nlimit_s = 10\nsend = [{ address = "/x" }]\n', "profile.keep_alive"),
        (GO + '[keep_alive]\nevery_s = 1\nsend = [{ address = "/x/{who}" }]\n', "profile.place"),
        (GO + '[login]\nneeds = "word"\nsend = [{ address = "/x" }]\n', "profile.login"),
        (
            GO + '[health]\nevery_s = 1\ntimeout_s = 1\nsend = { address = "/p" }\nreply = { address = "/p" }\n',
            "profile.health",
        ),
        (GO + '[[reports]]\nreceive = { address = "/x" }\nverb = "cue.og"\n', "profile.report"),
        (GO + '[[reports]]\nreceive = { address = "/x" }\nverb = "cue.go"\nsets = { cue = "1" }\n', "profile.report"),
        (
            GO + '[[reports]]\nreceive = { address = "/x" }\nverb = "cue.go"\nsets = { playback = "{n}" }\n',
            "profile.report",
        ),
        (GO + '[line_check]\nask = "cue.back"\nsee = "x"\n', "profile.line_check"),
        (GO + '[line_check]\nask = "cue.go"\nsee = "the look runs"\n', "profile.line_check"),
        (GO + '[[examples]]\nask = "cue.back"\nhex = ["00"]\n', "profile.example"),
    ],
)
def test_each_slip_is_found(body, code):
    assert code in codes(body)


def test_every_finding_says_where_and_what_to_do():
    problems = problems_of('[verbs."cue.og"]\nsend = [{ address = "/{x}", args = [{ f = "{cue}" }] }]\n')
    assert len(problems) >= 3
    for problem in problems:
        assert problem.where.startswith("box.toml")
        assert problem.remedy or problem.severity == "note"


def test_a_fixed_reply_port_that_is_not_told_is_a_warning():
    transport = OSC + 'reply = "fixed"\n'
    assert codes(GO, transport) == {"profile.reply_port"}


def test_setup_steps_are_asked_for():
    assert codes(GO, head=HEAD.replace('setup = ["switch it on"]', "")) == {"profile.setup"}


def test_midi_needs_its_channel_declared():
    note = '[verbs."macro.fire"]\nsend = [{ note = "{macro}" }]\n'
    assert codes(note, MIDI) == set()
    assert codes(note, '[[transports]]\nkind = "midi"\n') == {"profile.place"}


def test_any_verb_is_osc():
    assert "profile.any_verb" in codes("[any_verb]\nrate_hz = 40\n", TEXT)
    assert codes("[any_verb]\nrate_hz = 40\n") == set()


def test_a_profile_may_tighten_chase_and_the_tighter_answer_counts():
    made = profile('[verbs."cue.fire"]\nchase = "never"\nsend = [{ address = "/c/{cue}" }]\n')
    assert made.chase_of(find_verb("cue.fire"), {"cue": "1"}) is Chase.NEVER
    assert made.chase_of(find_verb("blackout.set"), {"on": True}) is Chase.YES


def test_latency_is_the_verbs_own_or_the_devices():
    made = profile(
        '[verbs."cue.go"]\nlatency_ms = 5\nsend = [{ address = "/go" }]\n',
        OSC,
    )
    assert made.latency_of("cue.go") == 5
    assert made.latency_of("cue.fire") == 0
    assert made.supports("cue.go")
    assert not made.supports("cue.fire")
