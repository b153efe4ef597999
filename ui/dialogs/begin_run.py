"""Beginning another run of the show that is open: says what is reset, and asks."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtWidgets import QCheckBox, QMessageBox, QWidget

from console.vocabulary import RunKind
from ui.state.desk import Desk
from ui.state.preflight import failing

MOST_LINES: Final = 8
GO_ON: Final = "Go on with the performance"
NEW: Final = "New performance: count anew"
Meant = Literal["begin", "anew", "stay"]

KEPT: Final = "The devices stay as they are switched, and the record of the run so far stays."


def words_of(desk: Desk, kind: RunKind) -> str:
    """What beginning it does, in words."""
    done = len(desk.snapshot.done) if desk.snapshot is not None else 0
    reset = f"Back to the top of the show: {done} done marks go, and choices are as the show has them."
    used = ", ".join(_names(desk))
    if kind != "performance":
        once = f" What was used in the performance stays used: {used}." if used else ""
        return f"{reset}{once}\n\n{KEPT}"
    reset = f"{reset} Speed, repeats and drills of the rehearsal are gone."
    once = "Nothing that goes once per show has been used."
    if used:
        once = (
            f"Goes once per show, and has been used: {used}. Going on with the performance keeps what it has used, "
            "however often the console was started; only a new performance counts anew."
        )
    away = ", ".join(f"{name} ({mode})" for name, mode in _not_live(desk))
    kept = f"{KEPT} Not live: {away}." if away else f"{KEPT} All are live."
    return f"{reset}\n\n{once}\n\n{kept}"


def failing_words(desk: Desk) -> str:
    """What preflight fails, a line each; empty where nothing does."""
    lines = failing(desk.report)
    named = [f"• {line.where}: {line.message}" for line in lines[:MOST_LINES]]
    more = f"\nand {len(lines) - MOST_LINES} more, on the page of preflight" if len(lines) > MOST_LINES else ""
    return "Preflight fails:\n" + "\n".join(named) + more if lines else ""


def confirm(parent: QWidget, desk: Desk, kind: RunKind) -> Meant:
    """What the operator means; to begin is to go on in spite of every line that fails.

    *anew*: what goes once per show counts from nothing. Where something was used that is a key of its own.
    """
    box = QMessageBox(parent)
    box.setWindowTitle(f"Begin a {kind}")
    used = kind == "performance" and bool(_names(desk))
    box.setText("Go on with the performance, or begin a new one?" if used else f"Begin a new {kind}?")
    fails = failing_words(desk) if kind == "performance" else ""
    box.setInformativeText("\n\n".join(filter(None, (fails, words_of(desk, kind)))))
    begin = box.addButton(GO_ON if used else f"Begin the {kind}", QMessageBox.ButtonRole.AcceptRole)
    anew = box.addButton(NEW, QMessageBox.ButtonRole.AcceptRole) if used else begin
    stay = box.addButton("Stay in this run", QMessageBox.ButtonRole.RejectRole)
    if fails:
        tick = QCheckBox(f"I have read them and go on in spite of them; it is recorded as by {desk.by}", box)
        box.setCheckBox(tick)
        for button in (begin, anew):
            button.setEnabled(False)
            tick.toggled.connect(button.setEnabled)
    box.setDefaultButton(stay)
    box.exec()
    if box.clickedButton() is anew:
        return "anew"
    return "begin" if box.clickedButton() is begin else "stay"


def _not_live(desk: Desk) -> list[tuple[str, str]]:
    """Devices that a performance would not reach, as they are switched."""
    devices = desk.snapshot.devices if desk.snapshot is not None else ()
    return list(dict.fromkeys((each.device, each.mode) for each in devices if each.role and each.mode != "live"))


def _names(desk: Desk) -> list[str]:
    if desk.show is None or desk.snapshot is None:
        return []
    known = desk.show.cue_by_id
    return [f"{known[cue].number} {known[cue].label}".strip() for cue in desk.snapshot.spent if cue in known]
