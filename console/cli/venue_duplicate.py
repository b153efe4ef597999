"""``showcaller venues duplicate``: a house of one's own that begins as another, shipped or not."""

from __future__ import annotations

from console.cli.errors import SHOW_AT_FAULT, CommandError, call_error
from console.cli.fresh_file import write_fresh
from console.cli.opening import open_venue, user_folder, venue_text
from console.cli.page import Page
from profiles.venue_duplicate import duplicate_text, id_refused
from profiles.venue_library import SUFFIX, is_shipped
from profiles.venue_text import EditTextError


def run_venue_duplicate(name: str, new: str) -> Page:
    """Write it into the user's venue folder, and say where. Never writes over a file. Raises CommandError."""
    refused = id_refused(new)
    if refused is not None:
        raise call_error(refused)
    if is_shipped(new):
        raise call_error(f"{new} ships with Showcaller: choose another id")
    venue = open_venue(name)
    text, where = venue_text(name)
    try:
        duplicate = duplicate_text(text, venue.id, new)
    except EditTextError as error:
        raise CommandError(f"{where}: {error}", SHOW_AT_FAULT) from None
    path = user_folder("venues") / f"{new}{SUFFIX}"
    write_fresh(path, duplicate)
    return Page(f"{path}\nput in what is another here, then: showcaller venues check {new}\n")
