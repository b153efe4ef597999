"""F3: the houses there are, the patch of the one that is picked, and what is edited in it.

Picking a house shows it and loads nothing. Loading is the engine's: it keeps the house it has where another is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QMenu, QPushButton, QVBoxLayout, QWidget

from console.vocabulary import AskLatencies, LearnedLatencies, Notice
from profiles.venue_edit import EditRefusedError
from ui.choice_list import ChoiceList
from ui.empty_words import EmptyWords
from ui.folders import profile_folder, state_folder, venue_folder
from ui.house_check import HouseCheck
from ui.models.house_model import HouseModel
from ui.opening_form import VENUE_FILES, ask_for_file
from ui.pages.house.delegate import HouseDelegate
from ui.pages.house.form import DeedDialog, FieldForm
from ui.pages.house.latencies import LatencyDialog
from ui.pages.house.problem_list import ProblemList
from ui.pages.page import Page
from ui.state.desk import Desk
from ui.state.house_deeds import Deed, deed_changes, row_deeds
from ui.state.house_desk import HouseDesk
from ui.state.house_fields import Field, FieldError, Section, field_to_changes, row_sections
from ui.state.house_parts import part_deeds, part_sections
from ui.state.house_rows import HouseRow
from ui.state.lamps import desk_lamps
from ui.state.latencies import adopted
from ui.state.shelf import HouseMove, Recent
from ui.theme.colours import Theme, department_tints
from ui.tick_box import TickBox

LEFT_PX: Final = 262
RIGHT_PX: Final = 330


class HousePage(Page):
    """Houses at the left, the patch in the middle, what is picked at the right."""

    ask_for_file = staticmethod(ask_for_file)  # tests put an answer here

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.houses = HouseDesk(venue_folder(), profile_folder())
        self._desk: Desk | None = None
        self._picked: tuple[str, ...] | None = None  # the key of the row
        self._locked_by = ""  # why nothing can be edited, as it is shown
        self.checks = HouseCheck(self)
        self.checks.checked.connect(self._on_checked)
        self.list = ChoiceList("Houses", theme, self, fills=True)
        self.model = HouseModel(self)
        self.delegate = HouseDelegate(theme, self)
        self.patch = QListView(self)
        self.patch.setModel(self.model)
        self.patch.setItemDelegate(self.delegate)
        self.patch.setAccessibleName("Patch: roles, devices and addresses")
        EmptyWords(self.patch, "Nothing stands in this house: Add or remove… adds devices and roles")
        self.patch.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.title, self.told = QLabel(""), QLabel("")
        self.title.setProperty("voice", "heading")
        self.told.setProperty("voice", "dim")
        self.simulated = TickBox("Every device simulated", theme, self)
        self.load_button = self._button("Load", partial(self.action_asked.emit, "house.load"), primary=True)
        self.problems = ProblemList(theme, self)
        self.form = FieldForm(self)
        self.deeds_button = self._button("Add or remove…", self._open_deeds)
        self.latency_button = self._button("Learned latency…", self.show_latencies)
        self.latencies: LatencyDialog | None = None
        self.undo_button = self._button("Undo", self._on_undo)
        self.save_button = self._button("Save", self.save)
        self.revert_button = self._button("Revert", self._on_revert)
        self.note = QLabel("")
        self.note.setWordWrap(True)
        self.note.setProperty("voice", "caution")
        self.note.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._make_left())
        layout.addWidget(self._make_middle(), 1)
        layout.addWidget(self._make_right())
        self.list.currentRowChanged.connect(self._on_house_picked)
        self.patch.selectionModel().currentChanged.connect(self._on_row_picked)
        self.form.given.connect(self._on_given)
        self.hand_focus_to(self.list)

    @staticmethod
    def _button(words: str, on_clicked: Callable[[], object], *, primary: bool = False) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("primary", primary)
        button.clicked.connect(lambda: on_clicked())
        return button

    @staticmethod
    def _panel(width_px: int | None = None) -> tuple[QFrame, QVBoxLayout]:
        panel = QFrame()
        panel.setProperty("panel", True)
        if width_px is not None:
            panel.setFixedWidth(width_px)
        layout = QVBoxLayout(panel)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(6)
        return panel, layout

    def _make_left(self) -> QFrame:
        panel, layout = self._panel(LEFT_PX)
        heading = QLabel("Houses")
        heading.setProperty("voice", "caption")
        layout.addWidget(heading)
        layout.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._button("Another file…", self._on_other_file))
        self.duplicate_button = self._button("Duplicate…", self.ask_duplicate)
        foot.addWidget(self.duplicate_button)
        layout.addLayout(foot)
        return panel

    def _make_middle(self) -> QFrame:
        panel, layout = self._panel()
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.told)
        head.addLayout(words, 1)
        head.addWidget(self.simulated)
        head.addWidget(self.load_button)
        layout.addLayout(head)
        layout.addWidget(self.note)
        layout.addWidget(self.patch, 1)
        layout.addWidget(self.problems)
        return panel

    def _make_right(self) -> QFrame:
        panel, layout = self._panel(RIGHT_PX)
        layout.addWidget(self.form, 1)
        layout.addWidget(self.latency_button)
        layout.addWidget(self.deeds_button)
        foot = QHBoxLayout()
        foot.addWidget(self.undo_button)
        foot.addWidget(self.revert_button)
        foot.addWidget(self.save_button)
        layout.addLayout(foot)
        return panel

    # ------------------------------------------------------------ what arrives

    def show_show(self, desk: Desk) -> None:
        """Another show or house, or an edited one: everything is checked anew once the page is on show."""
        first = self._desk is None
        self._desk = desk
        departments = [(each.id, each.colour) for each in desk.show.departments] if desk.show is not None else []
        self.delegate.tints = department_tints(departments, self.theme)
        self.houses.show_show(desk.show, desk.venue_name)
        if first:
            self.simulated.setChecked(_is_simulated(desk))
        self._say("")
        self._show_houses(self.houses.current or desk.venue_name)
        if self.isVisible():
            self._check_all()

    def show_snapshot(self, desk: Desk, local_ns: int) -> None:
        """The lamps of the loaded house, and whether another can be loaded now."""
        lamps = {lamp.device: lamp for lamp in desk_lamps(desk, local_ns)} if self.houses.is_loaded else {}
        self.model.show_lamps(lamps)
        if self._why_not_edit != self._locked_by:
            self._show_picked()

    def take_trouble(self, words: str) -> None:
        """The engine did not load what was asked for."""
        self._say(words)

    # ------------------------------------------------------------ what the operator does

    def asked_move(self) -> HouseMove | None:
        """The house to load, by the name it is opened by; None where none is picked."""
        name = self.houses.current
        return None if not name else HouseMove(name, simulated=self.simulated.isChecked())

    def pick_house(self, name: str) -> None:
        """Pick a house in the list; nothing is loaded."""
        self.list.choose(name)

    def save(self) -> None:
        """Write what was edited. A house that is loaded runs on as it was, and may be loaded anew."""
        try:
            self.houses.save()
        except EditRefusedError as error:
            self._say(str(error))
            return
        self._say(
            "Saved. The show still runs in the house as it was: Load anew takes it up." if self.houses.is_loaded else ""
        )
        self._show_houses(self.houses.current)
        self._check([self.houses.current])

    def ask_duplicate(self) -> None:
        """Begin a house of the user's own with what stands in the picked one."""
        self._ask(self.houses.duplicate_deed(), self._duplicate)

    def _on_house_picked(self, _row: int) -> None:
        name = self.list.chosen
        if name is not None and name != self.houses.current:
            self.houses.pick(name)
            self._picked = None
            self._say("")
            ships = self.houses.file is not None and self.houses.file.path is None
            self.simulated.setChecked(ships or (self._desk is not None and _is_simulated(self._desk)))
            self._show_house()

    def _on_row_picked(self, current: QModelIndex, _before: QModelIndex) -> None:
        row = self.model.row_at(current.row())
        self._picked = None if row is None else row.key
        self._show_picked()

    def _on_given(self, field: Field, text: str) -> None:
        try:
            self.houses.change(field_to_changes(field, text))
        except (FieldError, EditRefusedError) as error:
            self.form.refuse(field, str(error))
            return
        self.form.refuse(field, "")
        self._on_changed()

    def _on_changed(self) -> None:
        self._say("")
        self._show_houses(self.houses.current)
        self._check([self.houses.current])

    def _on_revert(self) -> None:
        self.houses.revert()
        self._on_changed()

    def _on_undo(self) -> None:
        self.houses.undo()
        self._on_changed()

    def show_latencies(self) -> None:
        """What devices need: measured, timed by hand, adopted."""
        dialog = LatencyDialog(self.theme, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.adopted.connect(self._on_adopted)
        dialog.measured_asked.connect(self._ask_latencies)
        dialog.finished.connect(lambda: setattr(self, "latencies", None))
        self.latencies = dialog
        self._ask_latencies()
        self._show_latencies()
        dialog.open()

    def take_notice(self, notice: Notice) -> None:
        if isinstance(notice, LearnedLatencies):
            self._show_latencies()

    def _ask_latencies(self) -> None:
        if self.houses.is_loaded:
            self.request_made.emit(AskLatencies(by=self._desk.by if self._desk is not None else "operator"))

    def _show_latencies(self) -> None:
        file = self.houses.file
        if self.latencies is not None and self._desk is not None and file is not None and file.venue is not None:
            self.latencies.show_house(
                file.venue,
                self.houses.profile_latencies_ms(),
                self._desk.latencies,
                is_loaded=self.houses.is_loaded,
                why_not=self._why_not_edit,
            )

    def _on_adopted(self, devices: list[str]) -> None:
        file = self.houses.file
        if self.latencies is None or file is None or file.venue is None:
            return
        try:
            self.houses.change(adopted(file.venue, self.latencies.offers, devices))
        except EditRefusedError as error:
            self.latencies.words.setText(f"✕ {error}")
            return
        self._on_changed()
        self._say(f"Adopted for {', '.join(devices)}. Save writes it; loading the house anew takes it up.")
        self._show_latencies()

    def _on_other_file(self) -> None:
        path = self.ask_for_file(self, "Show a house", VENUE_FILES)
        if path is not None:
            self.houses.add_file(path)
            self._show_houses(path)
            self._check([path])

    def _open_deeds(self) -> None:
        menu = QMenu(self)
        for deed in self._deeds():
            menu.addAction(deed.title, partial(self.do, deed))
        menu.popup(self.deeds_button.mapToGlobal(self.deeds_button.rect().topLeft()))

    def do(self, deed: Deed) -> None:
        """Do a deed, asking first what it needs to know."""
        if deed.asks:
            self._ask(deed, partial(self._try, deed))
        elif words := self._try(deed, {}):
            self._say(words)

    def _ask(self, deed: Deed, try_it: Callable[[dict[str, str]], str]) -> None:
        dialog = DeedDialog(deed, self)

        def on_done() -> None:
            words = try_it(dialog.texts())
            dialog.words.setText(f"✕ {words}" if words else "")
            if not words:
                dialog.accept()

        dialog.done_button.clicked.connect(on_done)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _try(self, deed: Deed, texts: dict[str, str]) -> str:
        try:
            self.houses.change(deed_changes(deed, texts))
        except (FieldError, EditRefusedError) as error:
            return str(error)
        self._on_changed()
        return ""

    def _duplicate(self, texts: dict[str, str]) -> str:
        words = self.houses.duplicate(texts)
        if not words:
            self._show_houses(self.houses.current)
            self._show_house()
            self._say("Yours now: its addresses are still those of the house it was made from.")
            self._check([self.houses.current])
        return words

    # ------------------------------------------------------------ what is shown

    def _show_houses(self, current: str) -> None:
        """The list and everything of the house that is picked in it."""
        recent = [opening.venue for opening in Recent(state_folder() / "recent.json").load()]
        cards = self.houses.cards(recent)
        self.list.blockSignals(True)
        self.list.show_choices([(card.name, card.title, card.told) for card in cards], current)
        self.list.blockSignals(False)
        if self.list.chosen is not None and self.list.chosen != self.houses.current:
            self.houses.pick(self.list.chosen)
        self._show_house()

    def _show_house(self) -> None:
        houses, file = self.houses, self.houses.file
        if file is None:
            return
        card = houses.card(houses.current)
        self.title.setText(card.title)
        self.told.setText(card.told)
        self.load_button.setText("Load anew" if houses.is_loaded else "Load")
        self.load_button.setEnabled(file.venue is not None and not file.is_changed)
        self.load_button.setToolTip("Save or revert first" if file.is_changed else "The show stays as it is")
        self.problems.show_problems(houses.problems())
        self.save_button.setEnabled(file.is_changed)
        self.revert_button.setEnabled(file.is_changed)
        self.undo_button.setEnabled(houses.can_undo)
        self.latency_button.setEnabled(file.venue is not None)
        self.duplicate_button.setEnabled(file.venue is not None)
        key = self._picked
        self.model.show_rows(houses.rows())
        if not houses.is_loaded:
            self.model.show_lamps({})  # a lamp is of the house that is loaded, and of no other
        place = self.model.place_of(key) if key is not None else None
        if place is not None:
            self.patch.setCurrentIndex(self.model.index(place))
            self.patch.scrollTo(self.model.index(place))
        self._picked = key if place is not None else None
        self._show_picked()

    def _show_picked(self) -> None:
        row, file, self._locked_by = self._row(), self.houses.file, self._why_not_edit
        sections: tuple[Section, ...] = ()
        if row is not None and file is not None and file.venue is not None:
            sections = (
                part_sections(row, file.venue)
                if row.kind == "part"
                else row_sections(row, file.venue, self.houses.profile_latency_ms(row.device))
            )
        self.form.show_sections(sections, can_edit=self._can_edit)
        self.deeds_button.setText("Add or remove…" if self._can_edit else self._why_not_edit)
        self.deeds_button.setEnabled(self._can_edit)

    def _row(self) -> HouseRow | None:
        place = self.model.place_of(self._picked) if self._picked is not None else None
        return None if place is None else self.model.row_at(place)

    def _deeds(self) -> tuple[Deed, ...]:
        file = self.houses.file
        if file is None or file.venue is None:
            return ()
        row = self._row()
        if row is not None and row.kind == "part":
            return tuple(part_deeds(row))
        return row_deeds(row, file.venue, self._desk.show if self._desk is not None else None)

    @property
    def _can_edit(self) -> bool:
        return not self._why_not_edit

    @property
    def _why_not_edit(self) -> str:
        file = self.houses.file
        if self._desk is not None and self._desk.mode == "show":
            return "Locked in Performance"
        if file is None or file.venue is None:
            return "Mend the file first"
        return "" if file.path is not None else "Ships: duplicate it to edit"

    def _say(self, words: str) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))

    # ------------------------------------------------------------ checking

    def _check_all(self) -> None:
        self._check(list(self.houses.names))

    def _check(self, names: list[str]) -> None:
        if self._desk is not None and self._desk.show is not None:
            self.checks.check(self._desk.show, [(name, self.houses.draft_of(name)) for name in names])

    def _on_checked(self, name: str, checked: object) -> None:
        self.houses.take_check(name, checked)
        self._show_houses(self.houses.current)

    # ------------------------------------------------------------ Qt

    def showEvent(self, event: object) -> None:
        self._check_all()

    def hideEvent(self, event: QHideEvent) -> None:
        self.checks.cancel()
        super().hideEvent(event)


def _is_simulated(desk: Desk) -> bool:
    """True where nothing leaves now: whoever rehearses in one house means to rehearse in the next."""
    devices = desk.snapshot.devices if desk.snapshot is not None else ()
    return bool(devices) and all(device.mode != "live" for device in devices)
