from console.show.cues import Called
from console.show.show import Show
from tests.support.builders import evening_show, make_cue
from tests.support.snapshots import make_snapshot
from ui.actions import ACTION_BY_ID, ACTIONS
from ui.state.desk import Desk
from ui.state.keymap import take_keys
from ui.state.palette import MOST, Entry, find_entries, make_stock
from ui.state.shelf import VenueCard

HOUSES = (VenueCard("arena", "Arena", "22 devices"),)


def labelled(show: Show) -> Show:
    cues = tuple(cue.model_copy(update={"label": f"Verse {n}"}) for n, cue in enumerate(show.cues))
    return show.model_copy(update={"cues": cues})


def desk_of(show: Show) -> Desk:
    desk = Desk(show=show, linked=True)
    desk.take_snapshot(make_snapshot(show), 0)
    return desk


def found(typed: str, desk: Desk) -> tuple[Entry, ...]:
    return find_entries(typed, desk, make_stock(desk.show, ACTIONS, HOUSES))


def test_nothing_typed_gives_every_action_in_the_order_of_the_menus() -> None:
    entries = found("", Desk())
    assert [entry.key for entry in entries] == [action.id for action in ACTIONS]


def test_an_action_is_found_with_its_menu_its_key_and_why_it_cannot_be_used() -> None:
    entry = found("leave vamp", desk_of(evening_show()))[0]
    assert (entry.key, entry.place, entry.shortcut) == ("vamp.exit", "Run", "V")
    assert entry.why_not == "no vamp is going round"


def test_a_changed_key_is_shown_at_once() -> None:
    desk = desk_of(evening_show())
    desk.keymap = take_keys(desk.keymap, ACTION_BY_ID["transport.hold"], "Ctrl+H", ACTIONS)
    assert found("hold", desk)[0].shortcut == "Ctrl+H"


def test_cues_are_found_by_number_and_by_label_and_items_and_houses_by_title() -> None:
    show = labelled(evening_show())
    desk = desk_of(show)
    cue = next(each for each in show.cues if each.label)
    assert found(cue.number, desk)[0].key == cue.id
    assert cue.id in [entry.key for entry in found(cue.label, desk)]
    item = show.items[0]
    assert ("item", item.id) in [(entry.kind, entry.key) for entry in found(item.title, desk)]
    assert ("house", "arena") in [(entry.kind, entry.key) for entry in found("arena", desk)]


def test_what_cannot_be_used_stands_behind_what_fits_as_well() -> None:
    entries = found("roll", desk_of(evening_show()))
    points = [bool(entry.why_not) for entry in entries if entry.title in ("Roll on",)]
    assert points == [False]


def test_without_a_show_there_are_actions_alone_and_never_too_many_rows() -> None:
    assert {entry.kind for entry in found("a", Desk())} <= {"action", "house"}
    assert len(found("e", desk_of(evening_show()))) <= MOST


def test_of_many_cues_the_one_that_is_meant_is_found_however_common_its_first_word() -> None:
    show = evening_show()
    many = tuple(
        make_cue(f"c{n}", str(n), Called(on="called"), item="song").model_copy(
            update={"label": f"Look {n} of the verse"}
        )
        for n in range(2000)
    )
    desk = desk_of(show.model_copy(update={"cues": many}))
    assert found("look 1770", desk)[0].key == "c1770"
    assert found("1770", desk)[0].key == "c1770"
    assert found("cue 1999", desk)[0].key == "c1999"
    assert found("look verse nothing", desk) == ()
    assert len(found("look", desk)) == MOST
