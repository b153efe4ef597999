"""What the cues of a show can ask of a house: every step, with every set of constants that its choices allow."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from console.plan.patch import Args
from console.show.cues import ChoiceTable, Cue, Scalar, Step
from console.show.show import Show


@dataclass(frozen=True, slots=True)
class Ask:
    """One step of one cue with one set of constants."""

    cue: Cue
    step: Step
    role: str
    args: Args


def asks_of(show: Show) -> Iterator[Ask]:
    """Every step that can ever be sent, with every set of constants its choices allow. Disabled cues are left out."""
    for cue in show.cues:
        if cue.role is not None and not cue.disabled:
            for step in cue.steps:
                for args in _every_args(step):
                    yield Ask(cue, step, cue.role, args)


def _every_args(step: Step) -> Iterator[dict[str, Scalar]]:
    tables = {name: value for name, value in step.args.items() if isinstance(value, ChoiceTable)}
    plain = {name: value for name, value in step.args.items() if not isinstance(value, ChoiceTable)}
    if not tables:
        yield plain
        return
    choices: dict[str, dict[str, None]] = {}
    for table in tables.values():
        known = choices.setdefault(table.choice, dict.fromkeys(table.table))
        choices[table.choice] = {value: None for value in known if value in table.table}
    for values in itertools.product(*choices.values()):
        standing = dict(zip(choices, values, strict=True))
        yield plain | {name: table.table[standing[table.choice]] for name, table in tables.items()}
