"""What is installed is what was written: dependencies, the wheel, the set-up of a bare machine."""

import importlib.util
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from PySide6.QtCore import QObject

from tests.support.tree import PRODUCT_ROOMS, ROOT, project_files

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_wheel_holds_every_file_of_the_product(tmp_path: Path) -> None:
    # setuptools drops the TOML files of profiles/ and says nothing.
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    kept = {path.as_posix() for path in project_files() if path.parts[0] in PRODUCT_ROOMS}
    assert kept - packed == set()
    assert {name.split("/")[0] for name in packed} == {*PRODUCT_ROOMS, f"showcaller-{PROJECT['version']}.dist-info"}


def test_pyside_is_capped_below_the_version_that_kills_python_3_11() -> None:
    (pyside,) = (r for r in map(Requirement, PROJECT["dependencies"]) if r.name == "PySide6-Essentials")
    assert pyside.specifier.contains("6.11.3")
    assert not pyside.specifier.contains("6.12.0")


def test_qt_keeps_the_reference_count_of_none() -> None:
    # PySide6 6.12.0 drops one reference to None per call; Python 3.11 dies of it after some 7000.
    qt_object = QObject()
    qt_object.setObjectName("x")
    before = sys.getrefcount(None)
    for _ in range(200):
        qt_object.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < 50


def test_the_command_is_the_windows_main() -> None:
    assert PROJECT["scripts"] == {"showcaller": "ui.__main__:main"}


def _set_up():
    spec = importlib.util.spec_from_file_location("set_up", ROOT / ".ci" / "setup.py")
    assert spec is not None and spec.loader is not None  # noqa: PT018 - one fact: the file can be loaded
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("listing", "missing"),
    [
        ("installed libgl1\ninstalled libasound2", []),
        ("installed libgl1\ninstalled libasound2t64", []),
        ("installed libgl1\nconfig-files libasound2", ["libasound2"]),
        ("", ["libgl1", "libasound2"]),
    ],
)
def test_set_up_sees_which_debian_packages_are_missing(listing: str, missing: list[str]) -> None:
    assert _set_up().missing_of(["libgl1", "libasound2"], listing) == missing


def test_testing_needs_all_that_running_needs_and_the_programs_it_tests_against() -> None:
    set_up = _set_up()
    run, test = (set(set_up.needed_debian_packages(purpose)) for purpose in ("run", "test"))
    assert run < test
    assert {"jackd2", "liblo-tools", "xvfb"} <= test - run


def test_the_automatic_build_runs_what_the_readme_tells_a_stranger_to_run() -> None:
    last_line = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1]
    command = last_line.removeprefix("exec ")
    assert f"    {command}" in (ROOT / "README.md").read_text(encoding="utf-8")
