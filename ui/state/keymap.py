"""Which keys an action has: those that ship, unless somebody has chosen others. No Qt.

A map is a value; the window draws menus, tooltips, palette and key sheet from the one on the desk. It is kept as TOML
that can be read and written by hand: ``"transport.hold" = ["Ctrl+H"]``, an empty list for no key at all.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Protocol

MODIFIERS: Final = ("Meta", "Ctrl", "Alt", "Shift")
"""In the order in which Qt writes them."""

FIXED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Space": "Space runs the standby, wherever the focus is",
        "Esc": "Esc is panic, wherever the focus is",
        "D": "D is the dead-man: it counts while it is held",
        "Up": "Up and Down move through lists",
        "Down": "Up and Down move through lists",
        "Left": "Left and Right scroll the timeline",
        "Right": "Left and Right scroll the timeline",
        "Tab": "Tab moves the focus",
        "Shift+Tab": "Shift+Tab moves the focus back",
    }
)
"""Keys that nobody can give away, and why."""


class Keyed(Protocol):
    """What has keys that ship: an action."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def keys(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Keymap:
    """The chosen keys by action id; an action that is not here has those that ship."""

    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def keys(self, action: Keyed) -> tuple[str, ...]:
        """All keys of an action; the first is shown."""
        return self.own.get(action.id, action.keys)

    def first(self, action: Keyed) -> str:
        """The key that is shown; empty where it has none."""
        return next(iter(self.keys(action)), "")

    def with_keys(self, action: Keyed, keys: tuple[str, ...]) -> Keymap:
        """Other keys for one action; those that ship are not kept as chosen."""
        own = {name: each for name, each in self.own.items() if name != action.id}
        return Keymap(own if keys == action.keys else {**own, action.id: keys})


def normal_keys(keys: str) -> str:
    """One writing for each combination: ``shift+ctrl+a`` is ``Ctrl+Shift+A``; empty for what is none."""
    rest = keys.strip()
    if not rest:
        return ""
    key = "+" if rest.endswith("+") else rest.rsplit("+", 1)[-1]
    before = [each.strip().capitalize() for each in rest[: len(rest) - len(key)].split("+") if each.strip()]
    if set(before) - set(MODIFIERS) or not key.strip():
        return ""
    key = {"Enter": "Enter", "Escape": "Esc"}.get(key.strip().capitalize(), key.strip())
    key = key[:1].upper() + key[1:]
    return "+".join([*(each for each in MODIFIERS if each in before), key])


def owner_of(keys: str, actions: Iterable[Keyed], keymap: Keymap) -> Keyed | None:
    """Who has this key now."""
    wanted = normal_keys(keys)
    return next((each for each in actions if wanted in map(normal_keys, keymap.keys(each))), None)


def why_fixed(keys: str) -> str:
    """Why this key cannot be given away; empty where it can."""
    return FIXED.get(normal_keys(keys), "")


def take_keys(keymap: Keymap, action: Keyed, keys: str, actions: Iterable[Keyed]) -> Keymap:
    """Give an action one key in place of what it had, and take the key from whoever has it."""
    before = owner_of(keys, actions, keymap)
    if before is not None and before.id != action.id:
        left = tuple(each for each in keymap.keys(before) if normal_keys(each) != normal_keys(keys))
        keymap = keymap.with_keys(before, left)
    return keymap.with_keys(action, (normal_keys(keys),))


def reset_keys(keymap: Keymap, action: Keyed, actions: Iterable[Keyed]) -> Keymap:
    """Back to the keys that ship, which whoever took one of them gives back."""
    actions = tuple(actions)
    shipped = {normal_keys(each) for each in action.keys}
    for other in actions:
        if other.id != action.id and shipped & set(map(normal_keys, keymap.keys(other))):
            left = tuple(each for each in keymap.keys(other) if normal_keys(each) not in shipped)
            keymap = keymap.with_keys(other, left)
    return keymap.with_keys(action, action.keys)


def keymap_to_toml(keymap: Keymap) -> str:
    """As it is kept."""
    head = (
        "# Keys that are not those that ship. An empty list is no key; a line that is taken out is the shipped key.\n"
    )
    rows = (f'"{name}" = [{", ".join(_quoted(each) for each in keys)}]\n' for name, keys in sorted(keymap.own.items()))
    return head + "".join(rows)


def toml_to_keymap(text: str, actions: Iterable[Keyed]) -> tuple[Keymap, tuple[str, ...]]:
    """What was kept, and a line for each row that cannot be followed and is left out."""
    known = {each.id: each for each in actions}
    try:
        rows = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Keymap(), (f"keys.toml cannot be read ({error}): the keys that ship are used",)
    keymap, troubles = Keymap(), []
    for name, given in rows.items():
        if name not in known:
            troubles.append(f"keys.toml: there is no action {name}: take its line out")
        elif not isinstance(given, list) or not all(isinstance(each, str) and normal_keys(each) for each in given):
            troubles.append(f'keys.toml: {name} wants a list of keys, such as ["Ctrl+H"]')
        else:
            keymap = keymap.with_keys(known[name], tuple(normal_keys(each) for each in given))
    for action in known.values():
        for keys in keymap.keys(action):
            owner = owner_of(keys, known.values(), keymap)
            trouble = why_fixed(keys) or ("" if owner is None or owner.id == action.id else f"{owner.title} has it")
            if trouble:
                troubles.append(f"keys.toml: {keys} is not given to {action.title}: {trouble}")
                keymap = keymap.with_keys(action, tuple(each for each in keymap.keys(action) if each != keys))
    return keymap, tuple(troubles)


def _quoted(keys: str) -> str:
    return '"' + keys.replace("\\", "\\\\").replace('"', '\\"') + '"'
