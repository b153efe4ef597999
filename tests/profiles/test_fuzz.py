"""Whatever is written into a profile: it loads, or it has problems with a place and a remedy. Never a traceback."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from devices.ghost_check import checked_quality, machine_problems
from profiles.device_profile import DeviceProfile
from profiles.library import list_profiles, read_profile
from profiles.problems import has_errors
from profiles.venue_profile import Venue
from tests.support.profile_text import GO, HEAD, OSC
from tests.support.tree import ROOT, modules

FOLDER = ROOT / "profiles" / "devices"
SHIPPED = {path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.toml")}
SIGNS = """{ } {x} {ch:99d} {ch:02d [ ]] [[ "" ''\' \\ \x00 é = 1e999 -inf nan true [] {} {a=1} "{db}" "{fade_s}" 0x7f
99999999999 {__class__} {0} {ch.__init__} ../../etc/passwd !include $HOME (a+)+$ (?P<a [z-a] 2026-11-23"""
WORDS = st.sampled_from([*SIGNS.split(), "\n", " "])
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(max_size=12),
    WORDS,
    st.lists(st.integers(), max_size=2),
    st.just({}),
    st.just({"send": []}),
)


def test_the_whole_library_is_here() -> None:
    assert len(SHIPPED) == len(list_profiles()) > 40


def read(text: str) -> None:
    """Load it, and run what can be run; every problem must be one line with a place."""
    made, problems = read_profile(text, "test/box", "box.toml")
    assert made is not None or has_errors(problems)
    if made is not None:
        problems = (*problems, *machine_problems(made, "box.toml"))
        checked_quality(made)
    for problem in problems:
        assert problem.where
        assert problem.message
        assert problem.remedy or problem.severity == "note"
        assert "\n" not in problem.message
        assert "Traceback" not in problem.message


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(sorted(SHIPPED)), cut=st.data())
def test_a_text_with_slips(name: str, cut: st.DataObject) -> None:
    text = SHIPPED[name]
    for _ in range(cut.draw(st.integers(1, 3))):
        at = cut.draw(st.integers(0, len(text)))
        length = cut.draw(st.integers(0, 12))
        text = text[:at] + cut.draw(st.just("") | WORDS) + text[at + length :]
    read(text)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every key and list place of a document."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found: list[tuple[Any, ...]] = []
    for key, each in pairs:
        found += [(*path, key), *places(each, (*path, key))]
    return found


def as_toml(value: Any) -> str:
    """Inline TOML, enough for what profiles hold."""
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(max(-(2**63), min(value, 2**63 - 1)))
        case float():
            return repr(value)
        case str():
            return '"' + "".join(f"\\U{ord(sign):08x}" for sign in value if not 0xD800 <= ord(sign) < 0xE000) + '"'
        case list():
            return f"[{', '.join(map(as_toml, value))}]"
        case dict():
            return f"{{{', '.join(f'{as_toml(str(key))} = {as_toml(each)}' for key, each in value.items())}}}"
        case _:
            return '""'


def to_text(document: dict[str, Any]) -> str:
    return "".join(f"{as_toml(key)} = {as_toml(value)}\n" for key, value in document.items())


def test_the_writer_of_this_test_writes_what_it_read() -> None:
    for name, text in SHIPPED.items():
        made = tomllib.loads(text)
        assert repr(tomllib.loads(to_text(made))) == repr(made), name


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(sorted(SHIPPED)), draw=st.data())
def test_well_formed_nonsense(name: str, draw: st.DataObject) -> None:
    document = tomllib.loads(SHIPPED[name])
    for _ in range(draw.draw(st.integers(1, 2))):
        *way, last = draw.draw(st.sampled_from(places(document)))
        holder: Any = document
        for key in way:
            holder = holder[key]
        if draw.draw(st.booleans()):
            del holder[last]
        else:
            holder[last] = draw.draw(VALUES)
    read(to_text(document))


@pytest.mark.parametrize(
    "template",
    ["{db.__class__}", "{db!r}", "{db[0]}", "{0}", "{}", "{db:>{db}}", "{db:999999999d}", "{settings.__init__}"],
)
def test_a_place_is_a_name_and_a_width_and_nothing_more(template: str) -> None:
    made, problems = read_profile(HEAD + OSC + GO.replace("/go", f"/go/{template}"), "test/box", "box.toml")
    assert made is None
    assert has_errors(problems)


@pytest.mark.parametrize("pattern", ["[0-+", "a)", "(", "(?P<a>x)", "x(?i)", "a{99999999999}"])
def test_a_pattern_must_be_one(pattern: str) -> None:
    text = f"{HEAD}{OSC}{GO}args = {{ playback = {{ pattern = '{pattern}' }} }}\n"
    made, problems = read_profile(text, "test/box", "box.toml")
    assert made is None
    assert pattern in str(problems[0])


def test_nothing_that_reads_profiles_can_run_or_open_what_they_name() -> None:
    banned = {"eval", "exec", "compile", "__import__", "open", "import_module", "system", "Popen"}
    for path in modules("profiles"):
        if path == Path("profiles/schema.py"):
            continue
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in banned, f"{path}: {node.func.id}"


PATHS = {"path", "file", "folder", "command", "script", "exec", "run", "module", "include", "import", "url"}
"""Names a field would have that could open or run something."""

ALLOWED = {"MscMessage": {"path"}}
"""The cue path of MIDI Show Control: digits and points."""


def fields_of(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[tuple[type[BaseModel], str, object]]:
    """Every field of a model and of the models in it, with its type."""
    if model in seen:
        return
    seen.add(model)
    for name, field in model.model_fields.items():
        yield model, name, field.annotation
        for each in parts_of(field.annotation):
            if isinstance(each, type) and issubclass(each, BaseModel):
                yield from fields_of(each, seen)


def parts_of(annotation: object) -> Iterator[object]:
    yield annotation
    for each in get_args(annotation):
        yield from parts_of(each)


@pytest.mark.parametrize("model", [DeviceProfile, Venue])
def test_nothing_a_profile_or_a_venue_may_say_is_a_file_or_a_program(model: type[BaseModel]) -> None:
    found = list(fields_of(model, set()))
    assert len(found) > 50
    for owner, name, annotation in found:
        kinds = [each for each in parts_of(annotation) if isinstance(each, type)]
        assert not any(issubclass(each, PurePath) or each is bytes for each in kinds), f"{owner.__name__}.{name}"
        assert Callable not in kinds, f"{owner.__name__}.{name}"
        named = name in PATHS - ALLOWED.get(owner.__name__, set())
        assert not named, f"{owner.__name__}.{name} sounds like something to open or run"
