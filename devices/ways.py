"""Which of its ways a verb is sent by: the first variant of the profile whose patterns fit. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from devices.contract import EncodeError
from profiles.argument_rules import Scalar, value_to_text
from profiles.device_profile import ReadyAbility, ReadyVariant
from profiles.templates import Template


def choose(ability: ReadyAbility, given: dict[str, Scalar]) -> ReadyVariant:
    """The first variant whose patterns fit; what they catch is added to ``given``."""
    for variant in ability.variants:
        finds = [caught(template, given.get(name)) for name, template in variant.when.items()]
        if None not in finds:
            for found in finds:
                given |= found or {}
            return variant
    raise EncodeError(_no_variant_words(ability, given))


def caught(template: Template, value: Scalar | None) -> dict[str, str] | None:
    """What the pattern catches; a lone place catches anything, within words a value ends at the next slash."""
    if value is None:
        return None
    return template.match(value_to_text(value), lambda _name: r".+" if template.single else r"[^/]+")


def _no_variant_words(ability: ReadyAbility, given: Mapping[str, Scalar]) -> str:
    names = tuple(dict.fromkeys(name for variant in ability.variants for name in variant.when))
    told = ", ".join(f"{name} {value_to_text(given[name])!r}" if name in given else f"no {name}" for name in names)
    ways = dict.fromkeys(" with ".join(f"{n} {t.text}" for n, t in v.when.items()) for v in ability.variants)
    return f"the device cannot be told {told}: it takes {'; '.join(ways)}"
