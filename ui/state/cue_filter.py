"""What is typed above the cue list to see only some of it. No Qt.

Words must all be found in a cue's number, label, call, notes or role; ``dept:LX`` and ``is:failed`` say which
department and which state, several of one kind as alternatives.
"""

from __future__ import annotations

from dataclasses import dataclass

from ui.state.rows import CueRow


@dataclass(frozen=True, slots=True)
class Filter:
    """All in small letters. False where nothing is asked for."""

    words: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    states: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.departments or self.states)

    def fits(self, row: CueRow, state: str) -> bool:
        """Whether a cue is to be seen; ``state`` is the word of its mark."""
        if self.departments and row.department.casefold() not in self.departments:
            return False
        if self.states and not any(_begins(state or "ahead", each) for each in self.states):
            return False
        cue = row.cue
        text = f"{cue.number} {cue.label} {cue.call} {cue.notes} {cue.role or ''}".casefold()
        return all(word in text for word in self.words)


def text_to_filter(text: str) -> Filter:
    """What was typed; a kind without its word asks for nothing yet."""
    words: list[str] = []
    kinds: dict[str, list[str]] = {"dept": [], "is": []}
    for word in text.casefold().split():
        kind, colon, wanted = word.partition(":")
        if colon and kind in kinds:
            kinds[kind] += [wanted] if wanted else []
        else:
            words.append(word)
    return Filter(tuple(words), tuple(kinds["dept"]), tuple(kinds["is"]))


def _begins(state: str, wanted: str) -> bool:
    """``is:stood`` finds *Stood down*, ``is:blind`` finds *Sent, blind*."""
    return any(word.startswith(wanted) for word in (state.casefold(), *state.casefold().split()))
