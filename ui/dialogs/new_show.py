"""Ctrl+N: a new show out of a template, with its house and its songs, typed, from a sheet, or tapped.

It is written to a file of its own and opened in the house with every device simulated: nothing is sent yet.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from console.plan.tapping import TappedTempo
from console.show.new_show import title_to_id
from console.show.sheet import SheetError, bytes_to_text, guess_columns, text_to_sheet
from console.show.show import Show
from console.show.show_file import write_show
from console.show.show_json import ShowFileError
from console.show.song_rows import SONG_FIELDS, sheet_to_songs
from console.show.starters import starters
from profiles.kept_files import reason_words
from ui.choice_list import ChoiceList
from ui.dialogs.notes import live_note
from ui.dialogs.song_table import SongTable
from ui.dialogs.tap_button import TapButton
from ui.opening_form import SHOW_FILES, ask_for_file
from ui.picker import Picker
from ui.state.new_show import METRE, TEMPO, draft_show, song_to_cells
from ui.state.shelf import Opening, VenueCard
from ui.theme.colours import Theme

SHEET_FILES: Final = "Set lists (*.csv *.tsv *.txt)"


def ask_where(parent: QWidget, suggested: str) -> str | None:
    """The file to write, or None where nobody chose one. Qt's own dialog: Esc is panic here too."""
    path, _ = QFileDialog.getSaveFileName(
        parent, "Write the new show", suggested, SHOW_FILES, "", QFileDialog.Option.DontUseNativeDialog
    )
    return path or None


class NewShowDialog(QDialog):
    """Ends with an opening of the show it wrote, or without one."""

    ask_for_file = staticmethod(ask_for_file)  # tests put an answer here
    ask_where = staticmethod(ask_where)

    def __init__(
        self, theme: Theme, venues: tuple[VenueCard, ...], now_ns: Callable[[], int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("New show")
        self.opening: Opening | None = None
        self._show: Show | None = None
        self._venues = venues
        self.name = QLineEdit(self)
        self.name.setAccessibleName("Name of the show")
        self.name.setPlaceholderText("Spring Tour, Lisbon")
        self.template = ChoiceList("Template", theme, self)
        self.template.show_choices([(each.id, each.title, each.words) for each in starters()])
        self.house = Picker("House", theme, self)
        for card in venues:
            self.house.addItem(card.title, card)
        self.songs = SongTable(self)
        self.tap = TapButton(now_ns, self)
        self.remove = self._button("Remove song", self.songs.remove_picked)
        self.sheet = self._button("From a sheet…", self._on_sheet)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setAccessibleName("What the show comes to")
        self.make = self._button("Create…", self._on_create)
        self.make.setProperty("primary", True)
        self._lay_out()
        self.resize(1120, 600)
        self.name.textChanged.connect(self._on_changed)
        self.template.currentRowChanged.connect(self._on_changed)
        self.house.currentIndexChanged.connect(self._on_changed)
        self.songs.songs_changed.connect(self._on_changed)
        self.songs.song_picked.connect(self._on_song_picked)
        self.tap.tempo_tapped.connect(self._on_tapped)
        self._on_changed()

    def _button(self, words: str, pressed: Callable[[], None]) -> QPushButton:
        button = QPushButton(words, self)
        button.setAutoDefault(False)  # Return in the table means the table
        button.clicked.connect(pressed)
        return button

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        for title, part in (("Name", self.name), ("Template", self.template), ("House", self.house)):
            left.addWidget(self._heading(title, part))
            left.addWidget(part)
            left.addSpacing(8)
        left.addStretch(1)
        tools = QHBoxLayout()
        tools.setSpacing(8)
        tools.addWidget(self.tap, 1)
        tools.addWidget(self.sheet)
        tools.addWidget(self.remove)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._heading("Songs", self.songs))
        right.addWidget(self.songs, 1)
        right.addLayout(tools)
        middle = QHBoxLayout()
        middle.setSpacing(24)
        middle.addLayout(left, 2)
        middle.addLayout(right, 3)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(live_note(self), 1)
        foot.addWidget(self._button("Cancel", self.reject))
        foot.addWidget(self.make)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 14)
        layout.setSpacing(12)
        layout.addLayout(middle, 1)
        layout.addWidget(self.words)
        layout.addLayout(foot)

    @staticmethod
    def _heading(title: str, part: QWidget) -> QLabel:
        heading = QLabel(title)
        heading.setProperty("voice", "heading")
        heading.setBuddy(part)
        return heading

    # ------------------------------------------------------------ inside

    @property
    def _card(self) -> VenueCard | None:
        card = self.house.currentData()
        return card if isinstance(card, VenueCard) else None

    def _on_changed(self, *_whatever: object) -> None:
        rate = self._card.rate if self._card is not None else "25"
        self._show, words = draft_show(self.name.text(), self.template.chosen or "", self.songs.rows, rate)
        self.words.setText(words)
        self.make.setEnabled(self._show is not None and self._card is not None)
        if self._card is None:
            self.words.setText("There is no house: write one with showcaller venues new.")

    def _on_song_picked(self) -> None:
        row = self.songs.currentRow()
        metre = self.songs.rows[row][METRE] if row >= 0 else ""
        beat = metre.partition("/")[2]
        self.tap.begin(Fraction(4, int(beat)) if beat.isdecimal() and int(beat) else Fraction(1))

    def _on_tapped(self, tapped: TappedTempo) -> None:
        row = max(self.songs.currentRow(), 0)
        self.songs.write(row, TEMPO, f"{float(tapped.written):g}")

    def _on_sheet(self) -> None:
        path = self.ask_for_file(self, "Songs from", SHEET_FILES)
        if path is None:
            return
        name = Path(path).name
        try:
            sheet = text_to_sheet(bytes_to_text(Path(path).read_bytes()), SONG_FIELDS)
        except OSError as error:
            self.words.setText(f"{name} cannot be read, {reason_words(error)}: choose another file")
            return
        except SheetError as error:
            self.words.setText(f"{name} {error}")
            return
        columns = guess_columns(sheet.headings, SONG_FIELDS)
        if "title" not in columns:
            headings = ", ".join(filter(None, sheet.headings))
            self.words.setText(f"{name} has no column of titles among {headings}: call one Title")
            return
        songs, problems = sheet_to_songs(sheet, columns)
        self.songs.take_songs([song_to_cells(song) for song in songs])
        if problems:
            more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
            self.words.setText(f"{len(songs)} songs taken. {name}, {problems[0]}{more}")

    def _on_create(self) -> None:
        card = self._card
        if self._show is None or card is None:
            return
        chosen = self.ask_where(self, f"{title_to_id(self.name.text())}.json")
        if chosen is None:
            return
        path = Path(chosen) if Path(chosen).suffix == ".json" else Path(f"{chosen}.json")
        try:
            write_show(path, self._show)
        except ShowFileError as error:
            self.words.setText(str(error))
            return
        self.opening = Opening(str(path.resolve()), card.name, simulated=True)
        self.accept()


def ask_new(parent: QWidget, theme: Theme, venues: tuple[VenueCard, ...], now_ns: Callable[[], int]) -> Opening | None:
    """The show that was written, in its house, or None."""
    dialog = NewShowDialog(theme, venues, now_ns, parent)
    dialog.exec()
    opening = dialog.opening
    dialog.deleteLater()
    return opening
