"""What pydantic says of a document, in the document's own terms: the path to a place, and the keys known there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from typing import Any

from pydantic import BaseModel

Path = tuple[str | int, ...]


def loc_to_path(loc: Path, raw: object, *, missing: bool) -> Path:
    """The parts of pydantic's place that can be walked in the document: it names the members of unions too.

    ``missing``: what is wrong is that the last key is not there; it is kept.
    """
    return (*_walk(loc[:-1], raw), loc[-1]) if missing else _walk(loc, raw)


def _walk(loc: Path, here: Any) -> Path:
    """The longest way down: a member of a union may have the name of a key."""
    if not loc:
        return ()
    without = _walk(loc[1:], here)
    below: Any = here if isinstance(here, Mapping | list) else ()
    with suppress(LookupError, TypeError):
        return max((loc[0], *_walk(loc[1:], below[loc[0]])), without, key=len)
    return without


def known_keys(model: type[BaseModel], loc: Path) -> tuple[str, ...]:
    """The keys that may stand beside the last one of pydantic's place, as files write them; none where any may."""
    schema = _schema(model)
    nodes: list[Mapping[str, Any]] = [schema]
    for part in loc[:-1]:
        nodes = [below for node in nodes for below in _below(node, part, schema)] or nodes
    found = (each.get("properties", ()) for node in nodes for each in _flat(node, schema))
    return tuple(dict.fromkeys(key for keys in found for key in keys))


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(by_alias=True)


def _flat(node: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The node with what it refers to and every member of its unions."""
    if "$ref" in node:
        yield from _flat(_referred(node["$ref"], schema), schema)
        return
    yield node
    for union in ("anyOf", "oneOf", "allOf"):
        for member in node.get(union, ()):
            yield from _flat(member, schema)


def _below(node: Mapping[str, Any], part: str | int, schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What one part of a place leads to: a key, a row, or the member of a union by its tag."""
    for each in _flat(node, schema):
        tagged = each.get("discriminator", {}).get("mapping", {})
        if isinstance(part, int):
            rows = each.get("prefixItems", ())
            if part < len(rows):
                yield rows[part]
            elif isinstance(each.get("items"), dict):
                yield each["items"]
        elif part in tagged:
            yield _referred(tagged[part], schema)
        elif part in each.get("properties", {}):
            yield each["properties"][part]
        elif isinstance(each.get("additionalProperties"), dict):
            yield each["additionalProperties"]


def _referred(ref: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = schema["$defs"][ref.rpartition("/")[2]]
    return found
