"""``showcaller remote``, ``tell`` and ``venues learn``: the namespace for a person, for a script, and for a pad."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from console.cli.attached import Attached
from console.cli.errors import CommandError, call_error
from console.cli.opening import first_words, open_venue, user_folder
from console.cli.page import Page, columns, lines_to_text
from console.remote.bindings import binding_problem
from console.remote.msc import WITH_CUE, WITHOUT_CUE
from console.remote.names import RemoteError
from console.remote.namespace import ACTIONS, PREFIX, read_call
from console.remote.state_out import TOLD
from console.remote.trigger_text import heard_words, trigger_toml, with_trigger
from console.vocabulary import Heard, Learn
from profiles.remote_control import RemoteTrigger
from profiles.venue_library import SUFFIX, list_venues, read_venue

BY = "script"
LEARN_S = 30.0


def run_remote(venue_name: str | None) -> Page:
    """The namespace, what subscribers are told, MSC; and what a house binds. Raises CommandError."""
    lines = [
        "A remote asks (arguments may follow, or stand in the address: /showcaller/fire/2.5)",
        *_indented(
            [
                *((action.usage, action.does) for action in ACTIONS.values()),
                (f"{PREFIX}subscribe [rate_hz] [port]", "tell the state for 10 s, to be renewed"),
                (f"{PREFIX}unsubscribe [rate_hz] [port]", "no more"),
            ]
        ),
        "",
        "and is answered",
        *_indented([(f"{PREFIX}answer address done|refused reason", "")]),
        "",
        f"State, below {PREFIX}state/",
        *_indented(list(TOLD.items())),
        "",
        "MIDI Show Control",
        *_indented(
            [*((f"{command} CUE", f"{action} CUE") for command, action in WITH_CUE.items()), *WITHOUT_CUE.items()]
        ),
    ]
    if venue_name is not None:
        lines += _house(venue_name)
    return Page(lines_to_text(lines))


def run_tell(words: Sequence[str], socket: Path | None) -> Page:
    """One request to the engine that runs. Raises CommandError: code 1 where it refuses, 2 for words nobody knows."""
    try:
        call = read_call(words[0], words[1:])
    except RemoteError as error:
        raise call_error(str(error)) from None
    with Attached(socket) as engine:
        try:
            request = call.request(engine.names(), BY) if call is not None else None
        except RemoteError as error:
            raise CommandError(str(error)) from None
        if request is not None:
            engine.ask(request)
    return Page("done\n")


def run_learn(venue_name: str, do: Sequence[str], socket: Path | None, *, write: bool) -> Page:
    """Wait for the next message from outside, and bind it: printed, or written into the house. Raises CommandError."""
    asked = " ".join(do)
    problem = binding_problem(RemoteTrigger(osc="/", do=asked))
    if problem is not None:
        raise call_error(problem)
    open_venue(venue_name)
    with Attached(socket) as engine:
        engine.ask(Learn(by=BY))
        heard = engine.hear(lambda notice: notice if isinstance(notice, Heard) else None, LEARN_S, "heard")
    try:
        trigger = trigger_toml(heard, asked)
    except RemoteError as error:
        raise CommandError(f"{heard_words(heard)}: {error}") from None
    if not write:
        return Page(f"# {heard_words(heard)}\n{trigger}")
    path = bind(venue_name, trigger)
    return Page(f"{heard_words(heard)}: {asked}, written to {path}; open the show again\n")


def bind(venue_name: str, trigger: str) -> Path:
    """Write a trigger into a house: into its file, or for a shipped one into a copy of the user's own.

    Raises CommandError where the file would not be a house any more, or cannot be written.
    """
    entry = next((each for each in list_venues(user_folder("venues")) if each.id == venue_name), None)
    path = Path(venue_name) if entry is None else user_folder("venues") / f"{entry.id}{SUFFIX}"
    try:
        text = with_trigger((path if entry is None else entry.file).read_text(encoding="utf-8"), trigger)
        venue, problems = read_venue(text, str(path))
        if venue is None or venue.remote is None:
            raise CommandError(first_words(problems) if problems else f"{path} has no [remote]: say where to listen")
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        raise CommandError(f"{path} cannot be written ({error.strerror})") from None
    return path


def _house(name: str) -> list[str]:
    remote = open_venue(name).remote
    if remote is None:
        return ["", f"{name} listens to nobody: give it a [remote] table"]
    senders = ", ".join(("this machine", *remote.allow))
    bound = [(each.address, each.midi_port or "", each.do) for each in remote.triggers]
    ours = [(f"MSC device {each.device_id}", each.format, each.list) for each in remote.msc]
    return ["", f"{name} listens on {remote.bind} port {remote.port} to {senders}", *_indented([*bound, *ours])]


def _indented(rows: list[tuple[str, ...]]) -> list[str]:
    return [f"  {line}" for line in columns(rows)]
