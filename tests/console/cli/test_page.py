"""What is printed: columns, JSON, and nothing that moves a terminal."""

from __future__ import annotations

import io
import json

import pytest

from console.cli.page import columns, json_text, one_line, painted, printable, takes_colour


def test_columns_are_as_wide_as_their_widest_cell():
    assert columns([("a", "bb", "c"), ("dddd", "e", "")], right={1}) == ["a     bb  c", "dddd   e"]
    assert columns([]) == []


def test_signs_that_would_break_a_line_or_a_terminal_are_escaped():
    assert printable("Ondine – “Half-Light” ×2") == "Ondine – “Half-Light” ×2"
    assert printable("a\x1b[2J\nb\u2028c") == "a\\x1b[2J\\nb\\u2028c"
    assert columns([("x\ny", "z")]) == ["x\\ny  z"]
    assert one_line("two\n   lines\tand a tab") == "two lines and a tab"


def test_a_fader_s_bottom_is_written_as_show_files_write_it():
    assert json.loads(json_text({"db": float("-inf"), "all": (1.5, {"x": float("inf")})})) == {
        "db": "-inf",
        "all": [1.5, {"x": "inf"}],
    }


class Terminal(io.StringIO):
    """Somebody looks at it."""

    def isatty(self) -> bool:
        return True


def test_colour_is_for_terminals_that_want_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert takes_colour(Terminal())
    assert not takes_colour(io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not takes_colour(Terminal())
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not takes_colour(Terminal())


def test_the_word_stays_when_the_colour_goes():
    assert painted("FAIL", colour=False) == "FAIL"
    assert painted("FAIL", colour=True) == "\x1b[31;1mFAIL\x1b[0m"
    assert painted("note", colour=True) == "note"
