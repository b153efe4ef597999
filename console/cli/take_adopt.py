"""``showcaller takes adopt|learn|import``: the timing of hands into the score, and other systems' logs into takes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from console.cli.errors import CommandError, call_error
from console.cli.opening import blame, open_show
from console.cli.page import Page, columns, lines_to_text, printable
from console.cli.take_pages import open_sheets, takes_folder
from console.plan.adopting import Adoption, adopt, learn
from console.plan.schedule import build_schedule
from console.record.as_run_file import AsRunFile
from console.record.as_run_schema import AsRunError
from console.record.run_card import RunCard
from console.record.take_reading import SUFFIX
from console.rehearsal.press_log import PressLogError, log_to_pieces, read_press_log
from console.samples.library import take_log_path
from console.show.edits import apply, describe
from console.show.show import Show
from console.show.show_file import write_show
from profiles.near_names import near_words


def run_take_adopt(name: str, show_name: str, cues: Sequence[str] | None, grid: str | None, write: Path | None) -> Page:
    """What adopting a take's timing moves; with ``write`` the show as it then is goes into a file."""
    show = open_show(show_name).show
    schedule = build_schedule(show)
    (sheet,) = open_sheets([name], show, schedule)
    chosen = None if cues is None else [_cue(each, show) for each in cues]
    return _told(adopt(show, schedule, sheet, chosen, _quarters(grid)), show, write)


def run_take_learn(show_name: str, cue: str, names: Sequence[str], grid: str | None, write: Path | None) -> Page:
    """Where a called cue is expected, from its presses in these takes."""
    show = open_show(show_name).show
    schedule = build_schedule(show)
    sheets = open_sheets(names, show, schedule)
    return _told(learn(show, schedule, sheets, _cue(cue, show), _quarters(grid)), show, write)


def run_take_import(log_name: str, show_name: str, file: Path | None) -> Page:
    """A take file of a log of presses."""
    show = open_show(show_name).show
    path = take_log_path(log_name) or Path(log_name)
    try:
        log = read_press_log(path.read_text(encoding="utf-8"), str(path))
        pieces = list(log_to_pieces(log, show, build_schedule(show)))
    except (OSError, UnicodeDecodeError) as error:
        raise call_error(f"{path} cannot be read ({error}): give a log of presses, one JSON object a line") from None
    except PressLogError as error:
        raise CommandError(str(error), blame(path)) from None
    head = log.head
    run = f"{head.show}-{head.recorded:%Y%m%d-%H%M%S}"
    if file is None:
        takes_folder().mkdir(parents=True, exist_ok=True)
        file = takes_folder() / f"{run}.{head.take:03}{SUFFIX}"
    if file.exists():
        raise call_error(f"{file} is there already: give another file to write to")
    card = RunCard(
        run=run,
        kind="rehearsal",
        show=show.id,
        title=show.title,
        venue="",
        revision=0,
        started=head.recorded.isoformat(),
        take=head.take,
        label=head.label,
    )
    try:
        taken = AsRunFile(file, card)
        taken.write(pieces)
        taken.close()
    except AsRunError as error:
        raise CommandError(str(error)) from None
    return Page(f"{file}: {len(log.lines)} presses and notes of {head.item}\n")


def _cue(name: str, show: Show) -> str:
    """A cue by id or number. Raises CommandError."""
    if name in show.cue_by_id:
        return name
    found = [cue.id for cue in show.cues if cue.number == name]
    if len(found) != 1:
        words = "several cues" if found else "no cue"
        raise call_error(f"the show has {words} {name!r}: {near_words(name, list(show.cue_by_id))}")
    return found[0]


def _quarters(grid: str | None) -> Fraction | None:
    """A note as so many quarters."""
    return None if grid is None else Fraction(grid) * 4


def _told(adoption: Adoption, show: Show, write: Path | None) -> Page:
    rows = [
        (show.cue_by_id[cue].number, show.cue_by_id[cue].label, _seconds(before_ns), "→", _seconds(after_ns))
        for cue, before_ns, after_ns in adoption.moved
    ]
    lines = columns(rows, right={2, 4})
    lines += [f"left alone: {show.cue_by_id[cue].number} {why}" for cue, why in adoption.left]
    if adoption.edit is None:
        return Page(lines_to_text(map(printable, [*lines, "nothing moves"])))
    changed, _ = apply(show, adoption.edit)
    if write is not None:
        try:
            write_show(write, changed)
        except OSError as error:
            raise CommandError(f"{write} cannot be written ({error.strerror}): give another file") from None
        lines.append(f"{write}: {describe(adoption.edit)}")
    return Page(lines_to_text(map(printable, lines)))


def _seconds(ns: int | None) -> str:
    return "" if ns is None else f"{ns / 1e9:.3f} s"
