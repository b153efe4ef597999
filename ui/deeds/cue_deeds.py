"""What is done in the cue list beyond one edit: the clipboard, typing, filtering, folding, columns."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QApplication

from console.show.draft import EditError
from console.show.edits import apply
from ui.deeds.surface import Surface
from ui.dialogs.renumber import Renumber
from ui.folders import state_folder
from ui.kept import CueListLooks, read_looks, write_looks
from ui.models.cue_list_model import Column
from ui.state import cue_edits
from ui.state.desk import Desk


def deeds(surface: Surface) -> dict[str, Callable[[], object]]:
    """By action id."""
    cues, desk = surface.page.cues, surface.desk
    there = cues.pick_when_there
    _remember(surface)

    def paste() -> None:
        text = QApplication.clipboard().text()
        surface.change(lambda now: cue_edits.paste_edit(now, text, there))

    def copy() -> None:
        QApplication.clipboard().setText(cue_edits.picked_text(desk))

    def cut() -> None:
        copy()
        surface.change(cue_edits.delete_edit)

    def type_in_place() -> None:
        row = cues.model.row_of(desk.selected)
        if row is None:
            surface.refuse("Edit in place: the cue in hand is not in the list shown")
        else:
            cues.table.edit_cell(row)

    return {
        "cues.cut": cut,
        "cues.copy": copy,
        "cues.paste": paste,
        "cues.all": cues.table.selectAll,
        "cues.insert": lambda: surface.change(lambda now: cue_edits.insert_edit(now, there)),
        "cues.duplicate": lambda: surface.change(lambda now: cue_edits.duplicate_edit(now, there)),
        "cues.type": type_in_place,
        "cues.renumber": partial(_renumber, surface),
        "cues.filter": partial(_to_filter, surface),
        "cues.filter_clear": cues.filter.clear,
        "cues.columns": lambda: cues.columns_menu().popup(cues.table.mapToGlobal(cues.table.rect().topLeft())),
        "cues.fold": lambda: cues.fold(item.id for item in (desk.show.items if desk.show is not None else ())),
        "cues.unfold": lambda: cues.fold(()),
    }


def _to_filter(surface: Surface) -> None:
    surface.turn_to("console")
    surface.page.cues.filter.setFocus()
    surface.page.cues.filter.selectAll()


def _renumber(surface: Surface) -> None:
    desk = surface.desk
    picked = cue_edits.in_list_order(desk, desk.picked)
    if desk.show is None or not picked:
        return
    dialog = Renumber(
        desk.show.cue_by_id[picked[0]].number, len(picked), partial(_why_not_numbered, desk), surface.window
    )
    if dialog.exec():
        first, step = dialog.first.text().strip(), dialog.step.text().strip()
        surface.change(lambda now: cue_edits.renumber_edit(now, first, step))
    dialog.deleteLater()


def _why_not_numbered(desk: Desk, first: str, step: str) -> str:
    try:
        edit = cue_edits.renumber_edit(desk, first, step)
        if desk.show is not None and edit is not None:
            apply(desk.show, edit)
    except EditError as error:
        return str(error)
    return ""


def _remember(surface: Surface) -> None:
    """Columns stay as they were chosen; folds come back with their show."""
    cues, folder = surface.page.cues, state_folder()
    looks = read_looks(folder)
    cues.show_columns({Column[name]: shown for name, shown in looks.columns.items() if name in Column.__members__})
    cues.remember_folds({show: frozenset(items) for show, items in looks.folded.items()})

    def keep() -> None:
        chosen = {column.name: shown for column, shown in cues.columns.items()}
        folded = {show: sorted(items) for show, items in cues.folds.items() if items}
        words = write_looks(folder, CueListLooks(columns=chosen, folded=folded))
        if words:
            surface.refuse(words)

    cues.columns_chosen.connect(keep)
    cues.folds_changed.connect(keep)
