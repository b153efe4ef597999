"""Going on after a crash: what the journal tells, as the state and the requests a new engine begins with.

The playhead is put where the band is by now. Parameters are brought to the state there, as by any locate; triggers,
hazards and once-uses of before the crash do not leave again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import cast

from console.engine.history import History
from console.plan.schedule import build_schedule
from console.record.journal import EditMade
from console.record.resuming import RunSoFar, find_unfinished, read_journal
from console.record.run_card import RunCard
from console.show.edits import EditError, apply
from console.show.show import Show
from console.vocabulary import ChangeOver, ItemLife, Locate, Request, SetChoice, SetOutput, SetStandby, WentOn

BY = "resume"


@dataclass(frozen=True)
class Resumption:
    """How a run goes on. ``run_ns``: how long ago it began; ``show``: as it had been edited by then."""

    show: Show
    revision: int
    file: str  # where the show is saved; empty: nowhere yet
    saved_revision: int
    history: History
    edits: tuple[EditMade, ...]
    problems: tuple[str, ...]  # edits that do not fit the show as its file is now
    journal: Path
    card: RunCard
    run_ns: int
    spent: frozenset[str]
    lives: Mapping[str, ItemLife]
    done: frozenset[str]
    asks: tuple[Request, ...]
    went_on: WentOn | None  # in spite of what preflight failed, as the run began


def find_resumption(folder: Path, show: Show, venue: str, wall: datetime, file: str = "") -> Resumption | None:
    """The run of this show in this house that was not ended, if it was the last one; None where there is none.

    ``file``: where the show was read; empty for one that ships.
    """
    journal = find_unfinished(folder)
    if journal is None:
        return None
    so_far = read_journal(journal)
    if (so_far.card.show, so_far.card.venue) != (show.id, venue):
        return None
    return plan_resumption(journal, so_far, show, wall, file)


def plan_resumption(journal: Path, so_far: RunSoFar, show: Show, wall: datetime, file: str = "") -> Resumption:
    """What a new engine is told, ``show`` being as ``file`` has it. Names it no longer has are passed over.

    What was saved there stands in it already; undo goes back as far as that.
    """
    saved = so_far.saved
    saved_revision = 0 if saved is None else saved.revision
    edits = tuple(
        each for each in so_far.edits if saved is None or saved.file != file or each.revision > saved.revision
    )
    show, history, problems = _edited(show, edits)
    asks: list[Request] = [
        SetChoice(by=BY, choice=choice, value=value)
        for choice, value in so_far.choices.items()
        if any(each.id == choice and value in each.values for each in show.choices)
    ]
    asks += [SetOutput(by=BY, device=device, mode=mode) for device, mode in so_far.outputs.items()]
    roles = {role.id for role in show.roles}
    asks += [ChangeOver(by=BY, role=role, device=device) for role, device in so_far.active.items() if role in roles]
    asks += _place(so_far, show, wall)
    asks += [
        SetStandby(by=BY, list=name, cue=cue)
        for name, cue in so_far.standbys.items()
        if cue is not None and cue in show.cue_by_id
    ]
    lives = {item: cast("ItemLife", life) for item, life in so_far.items.items() if item in show.item_by_id}
    done = frozenset(cue for cue, life in so_far.cues.items() if life != "waiting" and cue in show.cue_by_id)
    revision = so_far.edits[-1].revision if so_far.edits else saved_revision
    run_ns, spent = so_far.run_ns(wall), frozenset(so_far.spent)
    return Resumption(
        show,
        revision,
        file if saved is None else saved.file,
        saved_revision,
        history,
        edits,
        problems,
        journal,
        so_far.card,
        run_ns,
        spent,
        lives,
        done,
        tuple(asks),
        so_far.went_on,
    )


def _edited(show: Show, edits: Sequence[EditMade]) -> tuple[Show, History, tuple[str, ...]]:
    """The show with every edit of the run made again, and what can be undone of it."""
    history = History()
    problems: list[str] = []
    for made in edits:
        try:
            show, inverse = apply(show, made.edit)
        except EditError as error:
            problems.append(f"the run's edit {made.revision}, {made.name}, does not fit the show file: {error}")
        else:
            if made.way == "edit" or history.next_of(made.way) is not None:
                history.took(made.way, made.name, inverse)
    return show, history, tuple(problems)


def _place(so_far: RunSoFar, show: Show, wall: datetime) -> list[Request]:
    """Where the playhead belongs by now: no further than its item goes."""
    here, position_ns = so_far.here, so_far.position_ns(wall)
    if here is None or here.item is None or position_ns is None or so_far.items.get(here.item) != "live":
        return []
    times = build_schedule(show).items.get(here.item)
    if times is None:
        return []
    position_ns = max(-times.lead_in_ns, min(position_ns, times.length_ns))
    return [Locate(by=BY, item=here.item, position_ns=position_ns, roll=here.state == "rolling")]
