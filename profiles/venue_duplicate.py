"""A house of the user's own that begins as another: the file as it was written, under a new id and name. Pure."""

from __future__ import annotations

import re
from typing import Final

from profiles.venue_text import Put, change_text

_ID: Final = re.compile(r"[a-z0-9][a-z0-9._-]*")


def id_refused(venue_id: str) -> str | None:
    """Why it cannot be the id of a house, or None."""
    if _ID.fullmatch(venue_id) is None:
        return f"{venue_id!r} is no id: write it in small letters, digits and hyphens, as town-hall"
    return None


def id_to_name(venue_id: str) -> str:
    """``town-hall`` as people say it: Town Hall."""
    return " ".join(part.capitalize() for part in re.split(r"[-._]", venue_id))


def duplicate_text(text: str, source: str, new: str) -> str:
    """The file of house ``source`` as house ``new``. Raises EditTextError.

    The first line says where it comes from: what the comments say of the house is still said of the other.
    """
    changed = change_text(text, [Put(("id",), new), Put(("name",), id_to_name(new))])
    return f"# Begun as a duplicate of {source}: its addresses and comments are still those of that house.\n{changed}"
