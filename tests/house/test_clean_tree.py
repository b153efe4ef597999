"""Nothing is kept that belongs to one machine, one registry or one person."""

import re
import subprocess

import pytest

from tests.support.tree import ROOT, project_files

HERE = "tests/house/test_clean_tree.py"
TRACES = {
    "a package registry's address": r"pypi\.org|pythonhosted|files\.python|://[^\s\"']*/simple\b|(?:extra-)?index-url",
    "a path of one machine": r"/(?:work|root|home|Users|opt/pypi)/|[A-Z]:\\Users",
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY",
    "a key or token": r"\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}|sk-[A-Za-z0-9-]{20,}|xox[abpr]-[\w-]{10,})",
}


@pytest.mark.parametrize("what", TRACES)
def test_no_kept_file_holds(what: str) -> None:
    found = []
    for path in project_files():
        text = (ROOT / path).read_bytes().decode("utf-8", errors="replace")
        match = re.search(TRACES[what], text)
        if match and str(path) != HERE:
            found.append(f"{path}: {match.group()}")
    assert found == []


def test_the_lock_is_hashed_and_names_no_place() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    requirements = re.findall(r"^[a-z0-9-]+==\S+(?: ;[^\\]*)? \\\n    --hash=sha256:[0-9a-f]{64}", lock, flags=re.M)
    assert len(requirements) == len(re.findall(r"^\S+==", lock, flags=re.M)) > 20
    assert "://" not in lock


def test_uv_lock_is_ignored() -> None:
    # It records the registry's address on every line.
    outcome = subprocess.run(["git", "check-ignore", "--quiet", "uv.lock"], cwd=ROOT, check=False)
    assert outcome.returncode == 0
