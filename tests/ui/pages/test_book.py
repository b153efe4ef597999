import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from console.vocabulary import Go, GoKeyUp, Notice, Said
from tests.ui.conftest import Rig
from ui.page_actions import CONSOLE, PAGE_NAMES, PageName
from ui.pages import MAKERS
from ui.pages.book import Book
from ui.pages.page import Page
from ui.state.desk import Desk
from ui.theme.colours import DARK, Theme


class SeenPage(Page):
    """Keeps what it is told."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.told: list[str] = []

    def show_show(self, desk: Desk) -> None:
        self.told.append("show")

    def show_snapshot(self, desk: Desk, local_ns: int) -> None:
        self.told.append(f"snapshot {local_ns}")

    def take_notice(self, notice: Notice) -> None:
        self.told.append("notice")


@pytest.fixture
def book(qtbot: QtBot) -> Book:
    made = Book(QLabel("console"), {"one": SeenPage, "two": SeenPage}, DARK)
    qtbot.addWidget(made)
    return made


def seen(book: Book, page: str) -> list[str]:
    made = book.page(page)
    assert isinstance(made, SeenPage)
    return made.told


def test_every_page_but_the_console_can_be_made() -> None:
    assert [name.id for name in PAGE_NAMES] == [CONSOLE, *MAKERS]


def test_a_page_is_made_when_it_is_turned_to_and_told_at_once(book: Book) -> None:
    assert book.count() == 1
    book.turn_to("one", Desk(), 5)
    assert seen(book, "one") == ["show", "snapshot 5"]
    assert book.currentWidget() is book.page("one")


def test_only_the_page_on_show_is_told_of_snapshots_and_all_of_shows_and_notices(book: Book) -> None:
    book.turn_to("one", Desk(), 1)
    book.turn_to("two", Desk(), 2)
    book.show_snapshot(Desk(), 3)
    book.show_show(Desk())
    book.take_notice(Said(at_ns=0, severity="note", words="on"))
    assert seen(book, "one")[2:] == ["show", "notice"]
    assert seen(book, "two")[2:] == ["snapshot 3", "show", "notice"]
    book.turn_to(CONSOLE, Desk(), 4)
    book.show_snapshot(Desk(), 5)
    assert len(seen(book, "two")) == 5


def test_a_page_asks_for_actions_and_requests_through_the_book(book: Book, qtbot: QtBot) -> None:
    book.turn_to("one", Desk(), 1)
    with qtbot.waitSignal(book.action_asked) as asked:
        book.page("one").action_asked.emit("transport.hold")
    with qtbot.waitSignal(book.request_made) as made:
        book.page("one").request_made.emit(Go())
    assert (asked.args, made.args) == (["transport.hold"], [Go()])


@pytest.mark.parametrize("name", PAGE_NAMES, ids=[name.id for name in PAGE_NAMES])
def test_its_key_and_its_tab_turn_to_a_page_and_go_stays_at_hand(rig: Rig, name: PageName) -> None:
    rig.open()
    rig.window.run_action(f"page.{name.id}")
    assert rig.desk.page == name.id
    tabs = rig.window.menuBar().cornerWidget().findChildren(QToolButton)
    assert [tab.isChecked() for tab in tabs] == [each == name for each in PAGE_NAMES]
    assert rig.window.page.go_bar.isVisible()
    rig.key(Qt.Key.Key_Space, at=rig.window.page.book.currentWidget())
    rig.key(Qt.Key.Key_Space, down=False)
    assert [kind for kind in rig.kinds if kind not in ("list_takes", "ask_latencies")] == ["go", "go_key_up"]
    assert isinstance(rig.sent[-1], GoKeyUp)
    next(tab for tab in tabs if tab.text() == "Console").click()
    assert rig.desk.page == CONSOLE
