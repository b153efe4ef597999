"""A latency that was measured, written into the file of the house: one number, and all else as it was."""

from __future__ import annotations

import tomllib
from pathlib import Path

from profiles.kept_files import reason_words, save_text
from profiles.near_names import near_words
from profiles.venue_library import is_shipped, load_venue, venue_file
from profiles.venue_text import EditTextError, Put, change_text


class AdoptError(ValueError):
    """It is not written. One line: what, where, what to do."""


def with_latencies(text: str, latencies_ms: dict[str, float]) -> str:
    """The text of a venue with these latencies of devices, to a tenth of a millisecond. Raises EditTextError. Pure."""
    rows = tomllib.loads(text).get("devices", [])
    places = {str(row.get("id")): place for place, row in enumerate(rows)}
    missing = next((device for device in latencies_ms if device not in places), None)
    if missing is not None:
        raise EditTextError(f"the house has no device {missing!r}: {near_words(missing, places)}")
    changes = [Put(("devices", places[device], "latency_ms"), round(ms, 1)) for device, ms in latencies_ms.items()]
    return change_text(text, changes)


def adopt_latencies(name: str, user_folder: Path, latencies_ms: dict[str, float]) -> Path:
    """Write them into the house of that id or file; returns the file. Raises :class:`AdoptError`.

    A house that ships is nobody's to write.
    """
    venue, problems = load_venue(name, user_folder)
    if venue is None:
        raise AdoptError(str(problems[0]))
    file, where = venue_file(name, user_folder)
    if not isinstance(file, Path) or (is_shipped(name) and not file.is_relative_to(user_folder)):
        raise AdoptError(
            f"{venue.name} ships with Showcaller and is not written to: "
            f"make it yours first, showcaller venues duplicate {venue.id} NEW"
        )
    try:
        save_text(file, with_latencies(file.read_text(encoding="utf-8"), latencies_ms))
    except OSError as error:
        raise AdoptError(f"{where} cannot be written, {reason_words(error)}") from None
    except EditTextError as error:
        raise AdoptError(f"{where}: {error}") from None
    return file
