"""What a hand is on, kept beside an engine to see that it keeps back what it should."""

from __future__ import annotations

from collections.abc import Collection

from console.engine.hand import is_automatic
from console.show.show import Show
from devices.contract import Command

ALWAYS = ("panic", "show stop")
"""What reaches every device, whatever a hand is on."""


class Hands:
    """Taken, bypassed and stood down, each with the number of the last command before it was."""

    def __init__(self, show: Show) -> None:
        self._show = show
        self._since: dict[tuple[str, str | None], int] = {}

    def laid(self, what: str, target: str | None, seq: int, *, on: bool) -> None:
        """A hand was laid on something, or taken off it."""
        if on:
            self._since[what, target] = seq
        else:
            self._since.pop((what, target), None)

    def only_taken(self, departments: Collection[str | None], seq: int) -> None:
        """A hand left a department; these are still taken."""
        self._since = {key: at for key, at in self._since.items() if key[0] != "taken" or key[1] in departments}
        for each in departments:
            self._since.setdefault(("taken", each), seq)

    def check(self, command: Command) -> None:
        """Nothing leaves that a hand keeps back, but for panic and its like."""
        if command.trigger.startswith(ALWAYS):
            return
        department = self._show.role_by_id[command.role].department
        by_itself = is_automatic(command.by) or command.trigger == "locate"
        cue = self._show.cue_by_id[command.cue or ""]
        names = (cue.id, self._show.department_of(cue))
        for (what, target), before in self._since.items():
            if command.seq > before:
                assert what != "taken" or not by_itself or target not in (None, department), "taken by hand"
                assert what != "bypassed" or target not in (command.device, department), "bypassed"
                assert what != "stood down" or target not in names, "stood down"
