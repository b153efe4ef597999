"""JSON Schemas of the TOML files, for editors. ``python -m profiles.schema`` writes them into ``profiles/schemas``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pydantic import BaseModel

from profiles.device_profile import DeviceProfile
from profiles.venue_profile import Venue

SCHEMAS: Final[Mapping[str, type[BaseModel]]] = MappingProxyType(
    {"device-profile.json": DeviceProfile, "venue.json": Venue}
)
"""File name to the model it describes."""

FOLDER: Final = Path(__file__).parent / "schemas"


def schema_text(model: type[BaseModel]) -> str:
    """The schema as it is committed: indented, keys sorted, one line at the end."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | model.model_json_schema()
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def write_schemas(folder: Path = FOLDER) -> None:
    """Write every schema."""
    folder.mkdir(exist_ok=True)
    for name, model in SCHEMAS.items():
        (folder / name).write_text(schema_text(model), encoding="utf-8")


if __name__ == "__main__":
    write_schemas()
