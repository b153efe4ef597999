"""Long chains, and cues that many others of the show stand beside: nothing is searched or reckoned at a press."""

from __future__ import annotations

from console.show.cues import After, Cue, OnMessage
from console.vocabulary import Go
from devices.contract import Incoming
from tests.support.builders import CALLED, after, light, make_cue, song_show
from tests.support.engine_rig import EngineRig

LONG = 1_500  # above Python's limit of nested calls


def chain(length: int) -> list[Cue]:
    """A pressed cue and followers of its end, a tenth of a second each."""
    lasting = light("1").model_copy(update={"length_s": 0.1})
    cues = [make_cue("link-0", "9.00000", CALLED, lasting)]
    for number in range(1, length):
        end = After(on="after", cue=cues[-1].id, of="end")
        cues.append(make_cue(f"link-{number}", f"9.{number:05}", end, lasting))
    return cues


def test_a_chain_of_any_length_is_played_to_its_end() -> None:
    rig = EngineRig(song_show(*chain(LONG)))
    rig.engine.standbys.standing["show"] = "link-0"
    assert rig.ask(Go()) is None
    rig.wait(0.1 * LONG)
    assert [cue for cue in rig.cues_sent() if cue.startswith("link-")] == [f"link-{n}" for n in range(LONG)]


def test_leads_of_a_chain_do_not_depend_on_the_order_in_which_its_cues_are_stored() -> None:
    cues = [
        make_cue("a", "9.1", CALLED, light("1")),
        make_cue("b", "9.2", after("a"), light("2"), advance_ms=300.0),
        make_cue("c", "9.3", after("b", 0.1), light("3"), advance_ms=900.0),
    ]
    leads = []
    for stored in (cues, cues[::-1]):
        run = EngineRig(song_show(*stored)).engine.run
        leads.append({cue: run.leads[cue] / 1e6 for cue in "abc"})
    # The desk takes 20 ms; c is 0.1 s after b, and b with a.
    assert leads == [{"a": 820.0, "b": 820.0, "c": 920.0}] * 2


def test_a_message_runs_the_cues_that_wait_for_it_in_the_show_s_order_and_no_other() -> None:
    def waiting(cue: str, number: str, address: str, *args: int) -> Cue:
        at = OnMessage(on="message", source="osc", address=address, args=args)
        return make_cue(cue, number, at, light(number))

    rig = EngineRig(
        song_show(
            waiting("second", "9.2", "/hit"),
            waiting("first", "9.1", "/hit", 1),
            waiting("other", "9.3", "/miss"),
        )
    )
    rig.ask(Go())
    rig.hear(Incoming("osc", "osc", "/hit", (1,), rig.now_ns))
    rig.hear(Incoming("osc", "osc", "/hit", (2,), rig.now_ns))
    rig.hear(Incoming("osc", "midi", "/hit", (1,), rig.now_ns))
    hits = [each.command.cue for each in rig.sent if each.command.cue in ("first", "second", "other")]
    assert sorted(hits) == ["first", "second", "second"]
