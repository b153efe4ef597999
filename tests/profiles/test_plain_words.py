"""Slips in a file, and the whole line that is said of each: what, and what to write instead."""

from __future__ import annotations

import pytest
from pydantic import Field

from profiles.argument_rules import Piece
from profiles.device_profile import Flags, Limits
from profiles.toml_reading import toml_to_model


class Cable(Piece):
    length: int = Field(ge=1, le=100)


class Box(Piece):
    name: str = Field(default="x", min_length=1)
    gain: tuple[float, float] = (0.0, 1.0)
    flags: Flags = Flags()
    limits: Limits = Limits()
    cables: tuple[Cable, ...] = ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[flags]\necho = "yes"', "box:2: flags.echo: echo is 'yes', neither true nor false: write true or false"),
        ("[flags]\necho = 1", "box:2: flags.echo: echo is 1, neither true nor false"),
        ('[limits]\nmessages_per_s = "ten"', "messages_per_s is 'ten', no number: write a number, without quotes"),
        ("[limits]\nmessages_per_s = 0", "messages_per_s is 0, beyond its limit: give more than 0"),
        ("name = 3", "name is 3, no text: put it in quotes"),
        ('name = ""', "name is empty: write it"),
        ("gain = 3", "gain is 3, no list: put it in square brackets"),
        ("gain = [1.0]", "is missing: add it"),
        ("[cables]\nlength = 1", "cables may be there several times: write [[cables]] in two brackets"),
        ("[[flags]]\necho = true", "flags may be there once: write [flags] in one bracket"),
        ("flags = 3", "flags is 3, not a table of keys: write [flags], and its keys under it"),
        ("[[cables]]\nlength = 1.5", "length is 1.5, no whole number: write digits"),
        ("[[cables]]\nlength = 300", "length is 300, beyond its limit: give at most 100"),
    ],
)
def test_a_slip_is_said_in_words(text: str, said: str) -> None:
    model, problems = toml_to_model(text, Box, "box", "box")
    assert model is None
    assert said in str(problems[0])
    assert "nput should" not in str(problems)
