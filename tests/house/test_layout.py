"""The house stands as drawn: rooms, top level, names of modules, sizes of files."""

import sys
import tomllib
from pathlib import Path

from tests.support.tree import PRODUCT_ROOMS, ROOMS, ROOT, imported_modules, modules, project_files

TOP_LEVEL = {*ROOMS, "pyproject.toml", "README.md", "LICENSE", "Makefile", "requirements.lock"}
MOST_LINES = 450
NAMED_LIKE_THE_STANDARD_LIBRARY = {
    Path("devices/io"): "the only modules that open anything; always imported as devices.io, never run as a script",
    Path("console/show/numbers"): "the numbers of cues; nothing beside it is run as a script either",
}


def test_top_level_holds_the_five_rooms_and_what_must_stand_there() -> None:
    strangers = {path.parts[0] for path in project_files()} - TOP_LEVEL
    assert {name for name in strangers if not name.startswith(".")} == set()


def test_every_room_has_a_one_screen_readme() -> None:
    for room in ROOMS:
        lines = (ROOT / room / "README.md").read_text(encoding="utf-8").splitlines()
        assert "## Decisions" in lines, f"{room}/README.md has no section for decisions"
        assert lines.index("## Decisions") <= 60, f"{room}/README.md is longer than a screen before its decisions"


def test_tests_have_no_packages() -> None:
    # tests/console/__init__.py would be imported as `console`, and the real room would vanish.
    assert [path for path in modules("tests") if path.name == "__init__.py"] == []


def test_every_folder_of_the_product_is_a_package_with_a_docstring() -> None:
    for folder in {path.parent for path in modules(*PRODUCT_ROOMS)}:
        init = ROOT / folder / "__init__.py"
        assert init.is_file(), f"{folder} has modules and no __init__.py"
        assert init.read_text(encoding="utf-8").startswith('"""'), f"{folder}/__init__.py does not say what is in it"


def test_no_module_is_named_like_one_of_the_standard_library() -> None:
    for path in modules():
        name = path.parent if path.name == "__init__.py" else path.with_suffix("")
        if name not in NAMED_LIKE_THE_STANDARD_LIBRARY and len(name.parts) > 1:
            assert name.name not in sys.stdlib_module_names - {"__main__"}, f"{path} takes the name of another module"


def test_a_file_tells_one_idea() -> None:
    lengths = {path: len((ROOT / path).read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_every_module_of_the_console_stands_on_a_storey() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (layers,) = (c["layers"] for c in contracts if c["name"] == "Inside the console imports run straight down")
    drawn = {name.strip(" ()").split(".")[1] for layer in layers for name in layer.split("|")}
    there = {path.with_suffix("").parts[1] for path in modules("console")} - {"__init__"}
    assert there - {"samples"} <= drawn, "name it in the layers contract of pyproject.toml"


def test_the_contract_of_the_devices_knows_no_device() -> None:
    # Engine and window import it: what it imported, they would know too.
    ours = {name for name in imported_modules(Path("devices/contract.py")) if name.split(".")[0] in ROOMS}
    assert {name.split(".")[0] for name in ours} <= {"profiles"}
