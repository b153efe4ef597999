import pytest

from ui.state.desk import Mode
from ui.state.keys import Focus, Keyed, LiveKeys, Meaning

OPEN = Focus(show_is_open=True, mode="show")
PRESS, RELEASE = Keyed("space", down=True), Keyed("space", down=False)
REPEAT = Keyed("space", down=True, repeated=True)
ESC = Keyed("escape", down=True)


def test_one_press_is_one_go_however_long_it_is_held() -> None:
    keys = LiveKeys()
    repeat_up = Keyed("space", down=False, repeated=True)
    meanings = [keys.meaning(keyed, OPEN) for keyed in (PRESS, repeat_up, REPEAT, repeat_up, REPEAT, RELEASE)]
    assert meanings == ["go", "nothing", "nothing", "nothing", "nothing", "go_up"]
    assert keys.meaning(PRESS, OPEN) == "go"


@pytest.mark.parametrize(
    ("focus", "meaning"),
    [
        (OPEN, "go"),
        (Focus(show_is_open=True, mode="edit"), "go"),
        (Focus(show_is_open=True, mode="show", text_has_caret=True), "ordinary"),
        (Focus(show_is_open=True, mode="show", dialog_is_open=True), "ordinary"),
        (Focus(show_is_open=False, mode="show"), "ordinary"),
    ],
)
def test_space_is_go_unless_it_is_text_or_a_dialogs(focus: Focus, meaning: Meaning) -> None:
    assert LiveKeys().meaning(PRESS, focus) == meaning


def test_a_space_that_began_as_text_ends_as_text_and_one_that_began_as_go_ends_as_go() -> None:
    typing = Focus(show_is_open=True, mode="show", text_has_caret=True)
    keys = LiveKeys()
    keys.meaning(PRESS, typing)
    assert keys.meaning(RELEASE, typing) == "ordinary"
    keys.meaning(PRESS, OPEN)
    assert keys.meaning(RELEASE, typing) == "go_up"


def test_space_with_a_modifier_is_a_shortcuts() -> None:
    assert LiveKeys().meaning(Keyed("space", down=True, modified=True), OPEN) == "ordinary"


@pytest.mark.parametrize(
    ("mode", "dialog", "meaning"),
    [
        ("show", False, "panic"),
        ("rehearsal", False, "panic"),
        ("show", True, "panic"),
        ("edit", False, "ordinary"),
        ("edit", True, "ordinary"),
    ],
)
def test_escape_is_panic_everywhere_but_in_edit(mode: Mode, dialog: bool, meaning: Meaning) -> None:
    focus = Focus(show_is_open=True, mode=mode, text_has_caret=dialog, dialog_is_open=dialog)
    assert LiveKeys().meaning(ESC, focus) == meaning


def test_escape_held_down_is_one_panic_and_nothing_without_a_show() -> None:
    keys = LiveKeys()
    assert keys.meaning(Keyed("escape", down=True, repeated=True), OPEN) == "nothing"
    assert keys.meaning(Keyed("escape", down=False), OPEN) == "nothing"
    assert keys.meaning(ESC, Focus(show_is_open=False, mode="show")) == "ordinary"
