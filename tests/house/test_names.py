"""Names say what a thing is: the words that say nothing are refused."""

import ast
import re
from pathlib import Path

from PySide6 import QtCore, QtGui, QtWidgets

from tests.support.tree import PRODUCT_ROOMS, modules, tree_of

REFUSED = {
    form
    for word in ("manager", "handler", "helper", "util", "data", "info", "event", "process", "context")
    for form in (word, f"{word}s", f"{word}es")
}

QT_NAMES = {
    name
    for module in (QtCore, QtGui, QtWidgets)
    for class_name in dir(module)  # not vars(): PySide6 makes its classes when they are asked for
    for name in dir(getattr(module, class_name))
}

ALLOWED: dict[tuple[str, str], str] = {
    ("devices/midi/codec.py", "data_byte"): "MIDI 1.0's own word for a byte below 128",
    ("devices/midi/codec.py", "_take_data_byte"): "MIDI 1.0's own word for a byte below 128",
    ("devices/midi/msc.py", "_data"): "the <data> field of MIDI Show Control (RP-002)",
}
"""(path, name) → why the word is the right one there."""


def words_of(name: str) -> set[str]:
    """`HTTPInfoBox` and `http_info_box` both give http, info, box."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def test_words_are_told_apart_in_both_spellings() -> None:
    assert words_of("HTTPInfoBox") == words_of("http_info_box") == {"http", "info", "box"}
    assert words_of("MidiIn2Port") == {"midi", "in", "port"}


def test_no_module_class_or_function_takes_a_refused_word() -> None:
    found = []
    for path in modules(*PRODUCT_ROOMS):
        names = [*path.with_suffix("").parts]
        names += [
            node.name
            for node in ast.walk(tree_of(path))
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and not (path.parts[0] == "ui" and node.name in QT_NAMES)
        ]
        found += [f"{path}: {name}" for name in names if words_of(name) & REFUSED and (str(path), name) not in ALLOWED]
    assert found == []


def test_every_exception_is_still_needed() -> None:
    for path, name in ALLOWED:
        assert name in {getattr(node, "name", None) for node in ast.walk(tree_of(Path(path)))}, f"{path}: {name}"


def test_no_test_module_takes_a_refused_word() -> None:
    assert [str(path) for path in modules("tests") if words_of(path.stem) & REFUSED] == []
