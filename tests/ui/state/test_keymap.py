import pytest

from ui.action import Action
from ui.state.keymap import (
    FIXED,
    Keymap,
    keymap_to_toml,
    normal_keys,
    owner_of,
    reset_keys,
    take_keys,
    toml_to_keymap,
    why_fixed,
)

HOLD = Action("transport.hold", "Hold", "Run", ("H",))
UNDO = Action("edit.redo", "Redo", "Edit", ("Ctrl+Shift+Z", "Ctrl+Y"))
ZOOM = Action("zoom.in", "Zoom in", "Timeline", ("Ctrl++",))
ALL = (HOLD, UNDO, ZOOM)


@pytest.mark.parametrize(
    ("keys", "normal"),
    [
        ("shift+ctrl+z", "Ctrl+Shift+Z"),
        ("Ctrl++", "Ctrl++"),
        ("+", "+"),
        ("f5", "F5"),
        (" Alt+Left ", "Alt+Left"),
        ("escape", "Esc"),
        ("Hyper+A", ""),
        ("", ""),
        ("Ctrl+", "Ctrl++"),
    ],
)
def test_a_combination_is_written_in_one_way(keys: str, normal: str) -> None:
    assert normal_keys(keys) == normal


def test_an_action_has_the_keys_that_ship_until_others_are_chosen() -> None:
    assert Keymap().keys(UNDO) == UNDO.keys
    chosen = Keymap().with_keys(HOLD, ("Ctrl+H",))
    assert (chosen.first(HOLD), chosen.first(ZOOM)) == ("Ctrl+H", "Ctrl++")
    assert chosen.with_keys(HOLD, ("H",)) == Keymap()
    assert Keymap().with_keys(HOLD, ()).first(HOLD) == ""


def test_whoever_has_a_key_is_named_and_gives_it_up_when_it_is_taken() -> None:
    assert owner_of("ctrl+y", ALL, Keymap()) is UNDO
    assert owner_of("Ctrl+H", ALL, Keymap()) is None
    taken = take_keys(Keymap(), HOLD, "Ctrl+Y", ALL)
    assert taken.keys(HOLD) == ("Ctrl+Y",)
    assert taken.keys(UNDO) == ("Ctrl+Shift+Z",)
    assert owner_of("H", ALL, taken) is None


def test_a_reset_takes_the_shipped_key_back_from_whoever_has_it() -> None:
    chosen = take_keys(take_keys(Keymap(), HOLD, "F10", ALL), ZOOM, "H", ALL)
    back = reset_keys(chosen, HOLD, ALL)
    assert back.keys(HOLD) == ("H",)
    assert back.keys(ZOOM) == ()


@pytest.mark.parametrize("keys", sorted(FIXED))
def test_keys_that_the_window_reads_itself_say_why_they_stay(keys: str) -> None:
    assert why_fixed(keys)
    assert not why_fixed(f"Ctrl+Alt+{keys}")


def test_what_is_kept_comes_back_as_it_was() -> None:
    chosen = take_keys(take_keys(Keymap(), HOLD, 'Ctrl+"', ALL), ZOOM, "Ctrl+\\", ALL).with_keys(UNDO, ())
    assert toml_to_keymap(keymap_to_toml(chosen), ALL) == (chosen, ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("= 3", "cannot be read"),
        ('"no.such" = ["A"]', "there is no action no.such"),
        ('"transport.hold" = "A"', "wants a list of keys"),
        ('"transport.hold" = ["Space"]', "Space runs the standby"),
        ('"transport.hold" = ["Ctrl+Y"]', "is not given to"),
        ('"transport.hold" = [3]', "wants a list of keys"),
    ],
)
def test_what_cannot_be_followed_is_left_out_and_said(text: str, words: str) -> None:
    keymap, troubles = toml_to_keymap(text, ALL)
    assert words in troubles[0]
    owners = [owner_of(keys, ALL, keymap) for each in ALL for keys in keymap.keys(each)]
    assert None not in owners
    assert "Space" not in keymap.keys(HOLD)
