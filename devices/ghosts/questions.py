"""Which value a device is asked for: a profile's read-back questions, read from the device's side. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from devices.contract import Value
from devices.encode import DeviceSettings, settings_of
from devices.message_match import hear, match_message
from profiles.argument_rules import RuleError, Scalar, value_to_text
from profiles.device_profile import DeviceProfile, ReadyVariant
from profiles.verbs import CATALOGUE, Verb
from profiles.wire_values import from_wire


class Questions:
    """The read-back questions of one make and model."""

    def __init__(self, profile: DeviceProfile, settings: DeviceSettings) -> None:
        self._profile = profile
        self._given = settings_of(profile, settings)
        self._ways = [
            (CATALOGUE[ability.name], way)
            for ability in profile.abilities.values()
            for way in ability.variants
            if ability.verb is not None and way.read_back is not None
        ]

    def read(self, body: bytes) -> tuple[Verb, dict[str, Value]] | None:
        """The verb and the key arguments of the value that is asked for; None where this is no question."""
        if not self._ways:
            return None
        for heard in hear(self._profile.family, body):
            for verb, way in self._ways:
                if way.read_back is None:
                    continue
                found = match_message(way.read_back, heard, way.rules, self._given, strict=True)
                keys = None if found is None else self._keys(verb, way, found)
                if keys is not None:
                    return verb, keys
        return None

    def _keys(self, verb: Verb, way: ReadyVariant, found: Mapping[str, Scalar]) -> dict[str, Value] | None:
        values: dict[str, Scalar] = {}
        for name, wire in found.items():
            try:
                read = from_wire(way.rules[name], wire, self._given)
            except RuleError:
                return None
            if not read:
                return None
            values |= read
        for name, template in way.when.items():
            if name not in values and template.missing(values) is None:
                values[name] = value_to_text(template.value(values, value_to_text) or "")
        return {name: value for name, value in values.items() if verb.find_arg(name) is not None}
