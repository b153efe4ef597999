"""Older show files, brought up to today's shape before they are validated.

``UPGRADES[n]`` turns the JSON of schema version n into that of version n + 1: pure, dict to dict. Version 1 is the
first, so the chain is empty. A step is written once and never changed, since old files do not change either; it speaks
of raw JSON, never of today's models.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from console.show.show import SCHEMA_VERSION

Raw = dict[str, Any]

UPGRADES: Mapping[int, Callable[[Raw], Raw]] = {}


class SchemaVersionError(ValueError):
    """A version that cannot be opened. One line."""


def version_of(raw: Raw) -> int:
    """The schema version a file says it has. Raises :class:`SchemaVersionError`."""
    version = raw.get("schema_version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise SchemaVersionError(f"schema_version is {version!r}: a show file says a whole number from 1 there")
    return version


def upgrade(raw: Raw, chain: Mapping[int, Callable[[Raw], Raw]] = UPGRADES, newest: int = SCHEMA_VERSION) -> Raw:
    """The same show in today's shape. A file of today, or a newer one, comes back as it is.

    Raises :class:`SchemaVersionError` where a step is missing.
    """
    version = version_of(raw)
    while version < newest:
        step = chain.get(version)
        if step is None:
            raise SchemaVersionError(
                f"schema version {version} is too old to open: save it with an older Showcaller first"
            )
        version += 1
        raw = step(raw) | {"schema_version": version}
    return raw
