"""What may not leave in an item, a phase or a run, and which rule said so."""

from __future__ import annotations

import pytest

from console.show.rundown import Inhibit, Item, Phase
from console.show.show import Department, Role, Show
from console.show.validate import validate
from console.vocabulary import Arm, EndItem, Fire, Go, GoKeyUp, RunKind, SetInput, StartItem
from profiles.problems import has_errors
from tests.support.builders import CALLED, DEPARTMENTS, ROLES, at_offset, light, make_cue, make_show, song_show, step
from tests.support.engine_rig import EngineRig
from tests.support.houses import HOUSE, make_venue
from tests.support.rich_show import ARMS, LINES, RICH_HOUSE

GFX = Department(id="GFX", name="graphics")
GRAPHICS = Role(id="video.graphics", department="GFX", verbs=("text.take",))
AUDIENCE = Role(id="lighting.audience", department="LX", verbs=("zone.scene",))


def awards() -> tuple[Show, EngineRig]:
    """In Memoriam keeps lower thirds and the audience's bands dark; the next item has the same cues."""
    items = tuple(
        Item(id=item, kind="award", title=item, planned_s=60, inhibits=inhibits)
        for item, inhibits in (("memoriam", ("GFX", "lighting.audience")), ("album", ()))
    )
    cues = []
    for n, item in enumerate(("memoriam", "album"), 1):
        lower = step("text.take", template="lower-third", line1="A name")
        bands = step("zone.scene", zone="floor", scene="warm")
        cues += [
            make_cue(f"{item}-look", f"{n}.1", CALLED, light("1"), item=item),
            make_cue(f"{item}-lower", f"{n}.2", CALLED, lower, role="video.graphics", item=item),
            make_cue(f"{item}-bands", f"{n}.3", at_offset(2.0), bands, role="lighting.audience", item=item),
        ]
    show = make_show(*cues, items=items, departments=(*DEPARTMENTS, GFX), roles=(*ROLES, GRAPHICS, AUDIENCE))
    venue = make_venue(
        devices=[*HOUSE["devices"], {"id": "gfx", "profile": "test/anything", "host": "10.0.0.21"}],
        roles=[*HOUSE["roles"], {"id": "video.graphics", "main": "gfx"}],
    )
    return show, EngineRig(show, venue)


def test_aw_12_what_an_item_inhibits_does_not_leave_due_or_pressed_and_lifts_with_the_next_item() -> None:
    show, rig = awards()
    assert not has_errors(validate(show))
    rig.ask(StartItem(item="memoriam"))
    rig.ask(Fire(cue="memoriam-look"))
    rig.ask(Fire(cue="memoriam-lower"))
    rig.wait(5)
    assert [device for _, device, _ in rig.verbs()] == ["lx-main"]
    assert rig.row("memoriam-lower").outcome == "inhibited: memoriam inhibits GFX"
    assert rig.row("memoriam-bands").outcome == "inhibited: memoriam inhibits lighting.audience"
    rig.ask(EndItem(item="memoriam"))
    rig.ask(StartItem(item="album"))
    rig.ask(Fire(cue="album-lower"))
    rig.wait(5)
    assert {"gfx", "bands"} <= {device for _, device, _ in rig.verbs()}


def flame_rig(*phases: Phase, kind: RunKind = "performance", items: tuple[str, ...] = ()) -> EngineRig:
    flame = make_cue(
        "flame",
        "1.9",
        CALLED,
        step("effect.fire", device="flame-1", ms=700),
        role="sfx.pyro",
        hazard="high",
        arm=ARMS,
        arm_window_s=60,
    )
    rule = Inhibit(id="no-fire", what=("high", "low"), phases=phases, items=items, reason="doors are open")
    return EngineRig(song_show(flame, inhibits=(rule,)), RICH_HOUSE, run_kind=kind)


def fire(rig: EngineRig) -> str:
    for role in ARMS:
        rig.ask(Arm(cue="flame", role=role))
    for line in LINES:
        rig.ask(SetInput(input=line, high=True))
    rig.ask(Fire(cue="flame"))
    return [row for row in rig.rows() if row.cue == "flame"][-1].outcome


@pytest.mark.parametrize("kind", ["performance", "dress", "rehearsal"])
def test_hazards_never_leave_in_a_run_that_is_inhibited_whatever_is_armed(kind: RunKind) -> None:
    for phase in ("performance", "dress", "rehearsal"):
        outcome = fire(flame_rig(phase, kind=kind))  # type: ignore[arg-type]
        kept = f"inhibited: rule no-fire keeps high in {phase}, doors are open"
        assert outcome == (kept if phase == kind else "sent")


def test_doors_last_until_the_first_item_begins_and_over_comes_with_the_end() -> None:
    rig = flame_rig("doors", "over")
    assert fire(rig) == "inhibited: rule no-fire keeps high in doors, doors are open"
    rig.ask(Go())
    rig.ask(GoKeyUp())
    rig.wait(5)
    assert fire(rig) == "sent"
    rig.wait(60)
    assert rig.engine.run.over
    assert fire(rig) == "inhibited: rule no-fire keeps high in over, doors are open"


def test_a_rule_without_phases_holds_in_its_items() -> None:
    rig = flame_rig(items=("song",))
    assert fire(rig) == "sent"
    rig.ask(StartItem(item="song"))
    assert fire(rig) == "inhibited: rule no-fire keeps high, doors are open"


def test_a_rule_that_names_nothing_there_is_an_error() -> None:
    rules = (Inhibit(id="wrong", what=("fireworks",), items=("nowhere",)),)
    problems = [each for each in validate(song_show(inhibits=rules)) if each.code == "show.inhibit"]
    assert [each.message.partition(",")[0] for each in problems] == [
        "it inhibits 'fireworks'",
        "it names item 'nowhere'",
    ]
