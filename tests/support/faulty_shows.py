"""One show for every fault that validation knows: the code it is told by, the show, and words of the message."""

from __future__ import annotations

from console.show.cues import (
    AtTimecode,
    Called,
    ChoiceTable,
    Condition,
    InGroup,
    Is,
    OnChoice,
    OnMessage,
    Point,
    Step,
)
from console.show.rundown import Break, Item, StartRule
from console.show.show import Choice, Department, Marker, Role, Show
from console.show.songs import Metre, TempoChange, Vamp
from tests.support.builders import (
    CALLED,
    DEPARTMENTS,
    ROLES,
    after,
    at_bar,
    at_offset,
    light,
    make_cue,
    make_show,
    make_song,
    song_show,
    step,
)
from tests.support.faulty_pieces import (
    CLIP,
    END,
    FELT,
    FIRE,
    HOT,
    TALK,
    TWO_BOSSES,
    bridge,
    item_with,
    pair,
    pyro,
    second_song,
    song_with,
    vamp,
)

CASES: list[tuple[str, Show, str]] = [
    # identity
    ("show.id.double", song_show(make_cue("song-verse", "9")), "cue song-verse: two cues have this id"),
    ("show.id.double", song_show(roles=(*ROLES, ROLES[0])), "role lighting.main: two roles"),
    (
        "show.id.double",
        song_with(sections=(*make_song().sections[:3], *make_song().sections[2:])),
        "section song/bridge",
    ),
    ("show.number.shape", song_show(make_cue("a", "one")), "cue a: its number 'one'"),
    ("show.number.equal", song_show(make_cue("a", "1.40")), "cue 1.40 (a): its number equals 1.4 of cue song-verse"),
    ("show.reference.missing", song_show(make_cue("a", "9", role="lighting.mian")), "did you mean lighting.main?"),
    ("show.reference.missing", song_show(make_cue("a", "9", item="gone")), "its item, item gone"),
    ("show.reference.missing", song_show(make_cue("a", "9", after("gone"))), "its leader, cue gone"),
    (
        "show.reference.missing",
        song_show(make_cue("a", "9", parent="gone", at=InGroup(on="group"))),
        "its group, cue gone",
    ),
    (
        "show.reference.missing",
        song_show(make_cue("a", "9", Called(on="called", section="song/moon"))),
        "section song/moon",
    ),
    ("show.reference.missing", song_show(make_cue("a", "9", OnChoice(on="choice", choice="x", value="y"))), "choice x"),
    ("show.reference.missing", item_with(song="gone"), "item Song: its song, song gone"),
    ("show.reference.missing", vamp(exit_cues=("gone",)), "song Song: its vamp cue, cue gone"),
    (
        "show.reference.missing",
        song_show(roles=(*ROLES, Role(id="x", department="XX"))),
        "its department, department XX",
    ),
    ("show.reference.missing", song_show(markers=(Marker(id="m", item="gone", at_s=0, text=""),)), "marker m"),
    (
        "show.section.elsewhere",
        song_show(
            make_cue("a", "9", Called(on="called", section="song/intro"), item="talk"), items=(*song_show().items, TALK)
        ),
        "section song/intro is not in the song of its item",
    ),
    ("show.colour.shape", song_show(make_cue("a", "9", colour="red")), "cue 9 (a): colour 'red'"),
    (
        "show.colour.shape",
        song_show(departments=(*DEPARTMENTS, Department(id="X", name="x", colour="#12"))),
        "department X: colour '#12'",
    ),
    # structure
    ("show.cue.home", song_show(make_cue("a", "9", item=None)), "it belongs to no item and no free list"),
    ("show.cue.home", song_show(make_cue("a", "9", list="hot"), lists=(HOT,)), "an item and a free list"),
    (
        "show.cue.home",
        song_show(make_cue("a", "9", at_bar(1), item=None, list="hot"), lists=(HOT,)),
        "a cue of a free list has no timeline, yet it stands at a bar position",
    ),
    ("show.cue.role", song_show(make_cue("a", "9", CALLED, light("1"), role=None)), "nobody to speak to"),
    (
        "show.cue.role",
        song_show(make_cue("a", "9", CALLED, light("1"), group="together")),
        "children in place of steps",
    ),
    ("show.cue.empty", song_show(make_cue("a", "9", role=None)), "it has no steps and sends nothing"),
    ("show.cue.empty", song_show(make_cue("a", "9", role=None, group="together")), "the group has no children"),
    ("show.group.child", song_show(make_cue("a", "9", InGroup(on="group"))), "runs with a group and has none"),
    (
        "show.group.child",
        song_show(make_cue("a", "9", InGroup(on="group"), parent="song-clip")),
        "cue song-clip, is no group",
    ),
    (
        "show.group.child",
        song_show(TWO_BOSSES[0], make_cue("c", "9.1", at_bar(3), parent="g")),
        "a moment of its own (bar)",
    ),
    (
        "show.group.child",
        song_show(
            TWO_BOSSES[0], make_cue("c", "9.1", InGroup(on="group"), parent="g", item=None, list="hot"), lists=(HOT,)
        ),
        "it lives elsewhere than its group",
    ),
    (
        "show.follow.elsewhere",
        song_show(make_cue("a", "9", after("song-clip"), item="talk"), items=(*song_show().items, TALK)),
        "it follows cue song-clip, which is in another item or list",
    ),
    (
        "show.follow.circle",
        song_show(make_cue("a", "9", after("c")), make_cue("b", "10", after("a")), make_cue("c", "11", after("b"))),
        "it waits for itself: a after c after b after a",
    ),
    ("show.follow.circle", song_show(make_cue("a", "9", after("a"))), "a after a"),
    (
        "show.follow.circle",
        song_show(TWO_BOSSES[0].model_copy(update={"at": after("c")}), TWO_BOSSES[1]),
        "g after c after g",
    ),
    ("show.follow.early", song_show(make_cue("a", "9", after("song-clip", -1))), "before its cause"),
    ("show.follow.early", song_show(make_cue("a", "9", after("song-clip", -1, "end"))), "whose length is unknown"),
    ("show.follow.early", song_show(make_cue("a", "9", after("song-verse", -2.5, "end"))), "which lasts 2 s"),
    (
        "show.follow.early",
        song_show(*pair("sequence"), make_cue("a", "11", after("g", -5.5, "end"))),
        "which lasts 5 s",
    ),
    (
        "show.follow.early",
        song_show(*pair("together"), make_cue("a", "11", after("g", -3.5, "end"))),
        "which lasts 3 s",
    ),
    ("show.follow.early", song_show(*pair("together", None), make_cue("a", "11", after("g", -1, "end"))), "is unknown"),
    ("show.start.several", song_show(make_cue("a", "9", starts_item=True)), "cue song-start starts item song already"),
    (
        "show.start.circle",
        song_show(make_cue("a", "9", item=None, list="hot", starts_item=True), lists=(HOT,)),
        "to none",
    ),
    (
        "show.start.circle",
        make_show(make_cue("a", "9", at_bar(1), starts_item=True), songs=song_show().songs, items=song_show().items),
        "it starts its item at a bar position",
    ),
    # moments
    (
        "show.bar.tempo",
        song_show(make_cue("a", "9", at_bar(1), item="talk"), items=(*song_show().items, TALK)),
        "no tempo",
    ),
    ("show.bar.beat", song_show(make_cue("a", "9", at_bar(3, 5))), "bar 3 is in 4/4, its beats go from 1 to 4"),
    (
        "show.bar.outside",
        song_show(make_cue("a", "9", at_bar(17, 1, 1))),
        "bar 17 is outside Song, whose bars go from -1 to 16",
    ),
    ("show.bar.outside", song_show(make_cue("a", "9", at_bar(-2))), "bar -2 is outside"),
    (
        "show.timecode.label",
        song_show(make_cue("a", "9", AtTimecode(on="timecode", label="01:00:00:25"))),
        "01:00:00:25",
    ),
    ("show.timecode.label", song_show(make_cue("a", "9", AtTimecode(on="timecode", label="soon"))), "cannot be read"),
    (
        "show.timecode.outside",
        song_show(make_cue("a", "9", AtTimecode(on="timecode", label="01:00:36:01"))),
        "outside Song",
    ),
    (
        "show.timecode.outside",
        song_show(make_cue("a", "9", AtTimecode(on="timecode", label="00:59:59:24"))),
        "outside Song",
    ),
    (
        "show.timecode.outside",
        song_show(
            make_cue("a", "9", AtTimecode(on="timecode", label="01:00:00:00"), item="talk"),
            items=(*song_show().items, TALK),
        ),
        "item talk has no tc_start",
    ),
    (
        "show.offset.section",
        song_show(make_cue("a", "9", at_offset(1, "section"))),
        "it counts from a section and names none",
    ),
    (
        "show.offset.section",
        song_show(make_cue("a", "9", at_offset(1, "start", "song/intro"))),
        "yet names section song/intro",
    ),
    ("show.offset.outside", song_show(make_cue("a", "9", at_offset(-1, "load"))), "1 s before its item loads"),
    ("show.offset.outside", song_show(make_cue("a", "9", at_offset(0.5, "end"))), "0.5 s after its item's end"),
    ("show.offset.outside", song_show(make_cue("a", "9", at_offset(36.1))), "36.1 s from the start is behind the end"),
    ("show.offset.outside", song_show(make_cue("a", "9", at_offset(32.1, "downbeat"))), "from the downbeat is behind"),
    (
        "show.message.address",
        song_show(make_cue("a", "9", OnMessage(on="message", source="osc", address="go"))),
        "'go'",
    ),
    (
        "show.message.address",
        song_show(make_cue("a", "9", OnMessage(on="message", source="osc", address="/a*"))),
        "'/a*'",
    ),
    (
        "show.choice.value",
        song_show(make_cue("a", "9", OnChoice(on="choice", choice="end", value="draw")), choices=(END,)),
        "choice end is never 'draw': give one of win, lose",
    ),
    (
        "show.choice.value",
        song_show(make_cue("a", "9", condition=Condition(terms=(Is(choice="end", value="draw"),))), choices=(END,)),
        "choice end is never 'draw'",
    ),
    ("show.choice.value", song_show(make_cue("a", "9", condition=Condition(terms=()))), "its condition has no terms"),
    # asks
    ("show.verb.unknown", song_show(make_cue("a", "9", CALLED, step("cue.fier", cue="1"))), "did you mean cue.fire?"),
    (
        "show.verb.unknown",
        song_show(roles=(*ROLES, Role(id="x", department="LX", verbs=("cue.fier",)))),
        "role x: it declares",
    ),
    (
        "show.verb.undeclared",
        song_show(make_cue("a", "9", CALLED, CLIP)),
        "role lighting.main does not declare clip.play",
    ),
    (
        "show.step.args",
        song_show(make_cue("a", "9", CALLED, step("cue.fire"))),
        "cue.fire: cue is missing: give text in quotes",
    ),
    ("show.step.args", song_show(make_cue("a", "9", CALLED, step("cue.fire", cue=1))), "cue is 1, not text"),
    (
        "show.step.args",
        song_show(make_cue("a", "9", CALLED, step("cue.fire", cue="1", list=-1))),
        "list is -1, below 0",
    ),
    (
        "show.step.args",
        song_show(make_cue("a", "9", CALLED, step("cue.fire", cue="1", liste=1))),
        "no argument 'liste'",
    ),
    (
        "show.step.args",
        song_show(
            make_cue("a", "9", CALLED, step("cue.fire", cue=ChoiceTable(choice="end", table={"win": "1", "lose": 2}))),
            choices=(END,),
        ),
        "cue is 2, not text",
    ),
    (
        "show.step.table",
        song_show(
            make_cue("a", "9", CALLED, step("cue.fire", cue=ChoiceTable(choice="end", table={"win": "1"}))),
            choices=(END,),
        ),
        "cue.fire: cue has nothing for lose of choice end",
    ),
    (
        "show.step.table",
        song_show(
            make_cue(
                "a",
                "9",
                CALLED,
                step("cue.fire", cue=ChoiceTable(choice="end", table={"win": "1", "lose": "2", "draw": "3"})),
            ),
            choices=(END,),
        ),
        "cue has a value for draw, which choice end lacks",
    ),
    ("show.step.fade", song_show(pyro(FIRE.model_copy(update={"fade_s": 1.0}))), "its fade has no effect"),
    (
        "show.step.fade",
        song_show(make_cue("a", "9", CALLED, light("1").model_copy(update={"points": (Point(offset_s=1, value=1),)}))),
        "cue.fire has no value that travels",
    ),
    *(
        ("show.step.fade", song_show(make_cue("a", "9", CALLED, Step(**level), role="audio.foh")), words)
        for level, words in (
            (
                {"verb": "level.set", "args": {"strip": "ch/1"}, "fade_s": 1, "points": (Point(offset_s=1, value=0),)},
                "both a fade and points",
            ),
            (
                {
                    "verb": "level.set",
                    "args": {"strip": "ch/1"},
                    "points": (Point(offset_s=2, value=0), Point(offset_s=1, value=-5)),
                },
                "do not rise in time",
            ),
            (
                {
                    "verb": "level.set",
                    "args": {"strip": "ch/1"},
                    "points": (Point(offset_s=1, value=99), Point(offset_s=2, value=0)),
                },
                "a point's db is 99, above 24",
            ),
        )
    ),
    (
        "show.hazard.understated",
        song_show(pyro(hazard="none", arm=())),
        "role sfx.pyro is a high hazard, the cue says none",
    ),
    ("show.hazard.unarmed", song_show(pyro(arm=())), "it is a high hazard that nobody arms"),
    (
        "show.hazard.idle_arm",
        song_show(make_cue("a", "9", arm=("operator",))),
        "it is to be armed, yet its hazard is none",
    ),
    ("show.hazard.late", song_show(pyro(late="fire")), "would fire however late"),
    ("show.once.harmless", song_show(make_cue("a", "9", once_per_show=True)), "yet it is no hazard"),
    # music
    ("show.song.tempo", song_with(tempi=()), "it has metres and no tempi"),
    ("show.song.tempo", song_with(metres=()), "it has tempi and no metres"),
    ("show.song.tempo", song_with(metres=(Metre(bar=2, num=4, den=4),)), "song Song (song)"),
    ("show.song.tempo", song_with(tempi=(TempoChange(bar=1, bpm=100, to_bpm=120),)), "song Song (song)"),
    (
        "show.song.tempo",
        song_with(tempi=(TempoChange(bar=1, beat=1, bpm=120), TempoChange(bar=3, beat=5, bpm=100))),
        "song Song (song)",
    ),
    ("show.song.tempo", song_with(metres=(), tempi=()), "it is clicked, yet has no metres and tempi"),
    ("show.section.length", song_with(bars=None, sections=()), "nothing says how many bars it has"),
    ("show.section.length", bridge(bars=None), "section bridge (song/bridge): it lacks bars"),
    ("show.section.outside", bridge(bars=9, bar=13, id="song/bridge"), "it goes to bar 21, the song only to 16"),
    ("show.section.outside", bridge(bar=13, bars=9, vamp=Vamp(planned_repeats=1)), "its vamp goes to bar 21"),
    ("show.section.overlap", bridge(bars=5), "it starts at bar 13, inside bridge"),
    ("show.vamp.passes", vamp(min_repeats=3), "passes 3 / 2 / None (min / planned / max) do not rise"),
    ("show.vamp.passes", vamp(max_repeats=1), "passes 1 / 2 / 1"),
    ("show.vamp.bars", FELT, "song Song, section S (s): a vamp repeats bars and this section has none"),
    ("show.vamp.exit", vamp(exit="quantum"), "it is left every so many bars, yet not how many"),
    ("show.vamp.exit", vamp(exit="quantum", exit_quantum_bars=5), "it is left every 5 bars and has 4"),
    ("show.timecode.start", song_with(tc_start="01:00:00;00"), "song Song (song): timecode '01:00:00;00'"),
    ("show.timecode.start", song_with(tc_start=None, clock="chase"), "it chases timecode and has no tc_start"),
    ("show.timecode.overlap", second_song("01:00:35:24"), "its timecode from 01:00:35:24 lies in that of Song"),
    ("show.timecode.overlap", second_song("00:59:24:01"), "song Song (song): its timecode from 01:00:00:00"),
    (
        "show.timecode.shared",
        song_show(items=(*song_show().items, song_show().items[0].model_copy(update={"id": "again"}))),
        "2 items play it: timecode cannot tell which",
    ),
    # order
    ("show.item.lengths", item_with(min_s=37), "lengths 37 / 36 / 36 s (min / planned / max) do not rise"),
    ("show.item.lengths", item_with(max_s=35), "lengths 36 / 36 / 35 s"),
    ("show.item.planned", item_with(planned_s=30), "it plans 30 s, Song runs 36.000 s with its planned passes"),
    ("show.item.start", item_with(start=StartRule(rule="time_of_day")), "does not say which"),
    (
        "show.item.start",
        item_with(start=StartRule(rule="manual", time="20:00:00")),
        "it names 20:00:00, yet starts manual",
    ),
    (
        "show.item.kind",
        song_show(items=(*song_show().items, TALK.model_copy(update={"kind": "song"}))),
        "without a song",
    ),
    (
        "show.item.kind",
        song_show(items=(*song_show().items, TALK.model_copy(update={"kind": "ad_break"}))),
        "without a break",
    ),
    (
        "show.item.break",
        song_show(
            items=(
                *song_show().items,
                *(
                    Item(id=n, kind="ad_break", title=n, planned_s=9, ad_break=Break(id=7, duration_s=9, pre_roll_ms=0))
                    for n in ("one", "two")
                ),
            )
        ),
        "two items tell the inserter of break 7",
    ),
    ("show.item.inhibits", item_with(inhibits=("PYRO", "fog")), "it inhibits 'fog'"),
    ("show.total.over", song_show(hard_out_s=30), "the plan runs 6.0 s past the hard out"),
    ("show.on_air.shape", song_show(on_air="2026-09-19T20:00:00"), "no date and time with an offset"),
    ("show.on_air.shape", song_show(on_air="tonight"), "on_air 'tonight'"),
    ("show.choice.values", song_show(choices=(Choice(id="end", values=("a", "a"), default="a"),)), "'a' twice"),
    ("show.choice.values", song_show(choices=(Choice(id="end", values=("a",), default="b"),)), "its default 'b'"),
]
