"""``showcaller profiles check``: profiles that make sense, send the bytes their examples say, and are understood."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from console.cli.check import problem_lines, verdict_count_line
from console.cli.errors import CALL_AT_FAULT, SHOW_AT_FAULT, WELL, call_error
from console.cli.opening import blame, user_folder
from console.cli.page import Page, lines_to_text, painted, printable
from devices.ghost_check import checked_quality, machine_problems
from profiles.library import SUFFIX, Loaded, list_profiles, load_profile, read_profile
from profiles.near_names import near_words
from profiles.problems import Problem, Verdict, sorted_problems, verdict_of
from profiles.text_files import UnreadableError, read_text


def run_profile_check(names: Sequence[str], *, colour: bool) -> Page:
    """A verdict and the tier of each, with every problem; all profiles where none is named. Code 1 with a FAIL.

    Raises CommandError for a name that is neither an id nor a file.
    """
    names = names or [entry.id for entry in list_profiles(user_folder("profiles"))]
    wide = max((len(printable(name)) for name in names), default=0)
    lines: list[str] = []
    verdicts: list[Verdict] = []
    for name in names:
        profile, problems = _load(name)
        if profile is not None:
            problems = sorted_problems((*problems, *machine_problems(profile, name)))
        verdict = verdict_of(problems)
        quality = checked_quality(profile) if profile is not None else None
        words = quality.tier.value if quality is not None else "cannot be used"
        if quality is not None and quality.next_needs:
            words += f"; for the next tier: {'; '.join(quality.next_needs)}"
        lines.append(f"{painted(verdict, colour=colour)}  {printable(name):<{wide}}  {words}")
        lines += problem_lines(problems, colour=colour, indent="      ")
        verdicts.append(verdict)
    if len(names) > 1:
        lines.append(verdict_count_line(verdicts, "profiles"))
    return Page(lines_to_text(lines), SHOW_AT_FAULT if "FAIL" in verdicts else WELL)


def _load(name: str) -> Loaded:
    """A profile by id, or by file; a file's id is told by its last folder and its name."""
    folder = user_folder("profiles")
    known = [entry.id for entry in list_profiles(folder)]
    if name in known:
        return load_profile(name, folder)
    path = Path(name)
    try:
        text = read_text(path, SUFFIX)
    except UnreadableError as error:
        if error.gone and not name.endswith(SUFFIX):
            words = f"there is no device profile or file {name!r}: {near_words(name, known)}"
            raise call_error(words) from None
        if blame(path) == CALL_AT_FAULT:
            raise call_error(f"{name}: {error}") from None
        return None, (Problem("error", "profile.file", name, error.message, error.remedy),)
    return read_profile(text, f"{path.absolute().parent.name}/{path.stem}", name)
