"""``showcaller save``: the show that is open in a running engine, written to its file.

The engine never writes the show: turning ten thousand cues into text takes half a second, and neither the loop that
sends nor the window that takes the keys has that. A process of its own reads along on the link, writes, and tells the
engine, which tells everybody. The window saves by this very command.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from console.cli.attached import Attached
from console.cli.errors import CommandError, call_error
from console.cli.page import Page
from console.samples.library import is_sample
from console.show.show import Show
from console.show.show_file import SUFFIX, read_show, write_show
from console.show.show_json import ShowFileError
from console.vocabulary import NoteSave


@dataclass(frozen=True, slots=True)
class SaveArgs:
    """``file`` None: where the show was read. ``copy``: the engine's show stays unsaved; ``over``: any file may go."""

    file: Path | None = None
    copy: bool = False
    over: bool = False
    by: str = "script"
    socket: Path | None = None


def run_save(args: SaveArgs) -> Page:
    """Write it. Raises CommandError where the file is somebody else's, or the disk refuses."""
    with Attached(args.socket) as engine:
        file = engine.look().show_file
        show, revision = engine.show(), engine.revision
        path = _chosen(args, file, show)
        try:
            written = write_show(path, show)
        except ShowFileError as error:
            raise CommandError(str(error)) from None
        if not args.copy:
            engine.ask(NoteSave(by=args.by, revision=revision, file=str(path)))
    return Page(f"{'saved' if written else 'it stands there already'}: {path}\n")


def _chosen(args: SaveArgs, file: str, show: Show) -> Path:
    """The file to write. A save of the same show may be written over, anything else only where that is said."""
    if args.file is None:
        if not file:
            raise call_error("this show ships with Showcaller and is not saved over: give a file of your own")
        return Path(file)
    path = args.file.resolve()
    if path.suffix != SUFFIX:
        raise call_error(f"{path}: a show is a {SUFFIX} file: name it {path}{SUFFIX}")
    if is_sample(path):
        raise call_error(f"{path} ships with Showcaller and is not saved over: give a file of your own")
    if path.exists() and not args.over and not _is_of(path, show):
        raise call_error(f"{path} is there and holds something else: give another name, or say --over")
    return path


def _is_of(path: Path, show: Show) -> bool:
    try:
        return read_show(path).show.id == show.id
    except ShowFileError:
        return False
