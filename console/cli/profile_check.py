"""``showcaller profiles check``: profiles that fit the schema, make sense, and send the bytes their examples say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from console.cli.check import problem_lines, verdict_count_line
from console.cli.errors import SHOW_AT_FAULT, WELL, call_error, near_words
from console.cli.opening import user_folder
from console.cli.page import Page, lines_to_text, painted, printable
from devices.example_check import example_problems
from profiles.library import Loaded, list_profiles, load_profile, read_profile
from profiles.problems import Verdict, sorted_problems, verdict_of
from profiles.quality import quality_of


def run_profile_check(names: Sequence[str], *, colour: bool) -> Page:
    """A verdict and the tier of each, with every problem; all profiles where none is named. Code 1 with a FAIL.

    Raises CommandError for a name that is neither an id nor a file.
    """
    asked = bool(names)
    names = names or [entry.id for entry in list_profiles(user_folder("profiles"))]
    wide = max((len(printable(name)) for name in names), default=0)
    lines: list[str] = []
    verdicts: list[Verdict] = []
    for name in names:
        profile, problems = _load(name)
        if profile is not None:
            problems = sorted_problems((*problems, *example_problems(profile, name)))
        verdict = verdict_of(problems)
        quality = quality_of(profile) if profile is not None else None
        words = quality.tier.value if quality is not None else "cannot be used"
        if asked and quality is not None and quality.next_needs:
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
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        words = "" if name.endswith(".toml") else f": {near_words(name, known)}"
        raise call_error(f"there is no device profile or file {name!r}{words or ': check the path'}") from None
    except OSError as error:
        raise call_error(
            f"{name}: cannot be read, {(error.strerror or 'unreadable').lower()}: name a .toml file"
        ) from None
    except UnicodeDecodeError:
        raise call_error(f"{name}: is no text in UTF-8: name a .toml file") from None
    return read_profile(text, f"{path.absolute().parent.name}/{path.stem}", name)
