"""Facts of public documents, row by row, against what the profiles send: written down apart from the encoder.

``golden/device_facts.txt`` holds device and row | profile, command and arguments | what goes over the wire: OSC as an
address and typed arguments, a line of text in quotes, MIDI in hexadecimal; packets are parted by a semicolon. OSC is
put into bytes by python-osc here, which shares nothing with the product's encoder.
"""

from __future__ import annotations

import ast
import json
import re
from typing import Any, Final, NamedTuple

import pytest

from console.cli.encode_command import run_encode
from profiles.library import list_profiles, load_profile
from tests.support.osc_bytes import osc
from tests.support.tree import ROOT

TABLE: Final = ROOT / "tests" / "golden" / "device_facts.txt"
ARGUMENT: Final = re.compile(r" ([ifs]):('[^']*'|\S+)")
READ: Final = {"i": int, "f": float, "s": ast.literal_eval}
OWN: Final = {"adm", "bridge", "generic", "puredata"}
"""Vendors of protocols that are defined here, or by whoever patches them: their examples are the facts."""


class Fact(NamedTuple):
    """One row of the table."""

    row: str
    profile: str
    command: str
    words: tuple[str, ...]
    wire: str


def facts() -> list[Fact]:
    found = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        row, call, wire = (part.strip() for part in line.split(" | ", 2))
        profile, command, *words = call.split(" ")
        found.append(Fact(row, profile, command, tuple(filter(None, words)), wire))
    return found


def wire_to_bytes(wire: str) -> list[bytes]:
    """The packets of a cell, without framing."""
    if wire.startswith('"'):
        return [json.loads(wire).encode()]
    return [packet_to_bytes(packet.strip()) for packet in wire.split(" ; ")]


def packet_to_bytes(packet: str) -> bytes:
    if not packet.startswith("/"):
        return bytes.fromhex(packet)
    arguments: list[Any] = [READ[tag](value) for tag, value in ARGUMENT.findall(packet)]
    return osc(packet.partition(" ")[0], *arguments)


def unframed(packet: dict[str, Any]) -> bytes:
    raw = bytes.fromhex(packet["hex"])
    return {"len32": raw[4:], "slip": raw[1:-1], "crlf": raw[:-2], "lf": raw[:-1]}.get(packet["framing"], raw)


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: f"{fact.row}: {' '.join(fact.words)}")
def test_a_fact_is_what_its_profile_sends(fact: Fact) -> None:
    page = run_encode(fact.profile, fact.command, fact.words, as_json=True)
    assert [unframed(packet) for packet in json.loads(page.text)["packets"]] == wire_to_bytes(fact.wire)


def test_every_make_that_has_facts_is_held_to_some_and_every_verb_to_bytes() -> None:
    covered: dict[str, set[str]] = {}
    for fact in facts():
        covered.setdefault(fact.profile, set()).add(fact.command)
    bare: dict[str, set[str]] = {}
    for entry in list_profiles():
        profile, problems = load_profile(entry.id)
        assert profile is not None, problems
        shown = covered.get(entry.id, set()) | {example.ask for example in profile.examples}
        missing = {*profile.verbs, *profile.commands} - shown
        if missing:
            bare[entry.id] = missing
    assert bare == {}


@pytest.mark.parametrize("id", [entry.id for entry in list_profiles()])
def test_every_profile_names_its_sources_and_their_grade(id: str) -> None:
    profile, _ = load_profile(id)
    assert profile is not None
    assert profile.grade in {"A", "B", "C", "K", "own"}
    assert all(source.strip() for source in profile.sources)
    if profile.grade != "own":
        assert any(len(source) > 10 for source in profile.sources), "a document that can be found again"
