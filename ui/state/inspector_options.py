"""What a field of the show may name: pieces of the show, verbs of the catalogue, values of a choice. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from console.show.cues import After, AtOffset, Called, Cue, Is, OnChoice, Step
from console.show.rundown import Item
from console.show.show import Marker, Role, Show
from profiles.known_keys import Path
from profiles.verb_types import Arg, Verb
from profiles.verbs import CATALOGUE
from ui.state.inspector_text import Field, FieldKind, Option, value_to_text


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whom fields are asked: the item whose sections count, the role that is spoken to and what it understands.

    ``understood`` is None where the house does not say.
    """

    item: str | None = None
    list: str | None = None
    role: str | None = None
    device: str = ""
    understood: frozenset[str] | None = None


def options_for(model: type, name: str, show: Show, asked: Asked) -> tuple[Option, ...]:
    """The values that make sense in a field; empty where anything does."""
    make = _OPTIONS.get((model, name))
    return make(show, asked) if make is not None else ()


def is_pointer(model: type, name: str) -> bool:
    """Whether a field names something of the show or the catalogue, though there may be nothing to name."""
    return (model, name) in _OPTIONS


def with_own(options: tuple[Option, ...], text: str) -> tuple[Option, ...]:
    """The options with what stands now among them: a pointer to elsewhere is shown as it is."""
    stands = not text or not options or any(option.value == text for option in options)
    return options if stands else (*options, Option(text, text))


def _titled(pairs: list[tuple[str, str]]) -> tuple[Option, ...]:
    """Ids with their titles; the id is said where a title is not alone."""
    titles = [title for _, title in pairs]
    return tuple(
        Option(value, title if title and titles.count(title) == 1 else f"{title} ({value})" if title else value)
        for value, title in pairs
    )


def _items(show: Show, _asked: Asked) -> tuple[Option, ...]:
    return _titled([(item.id, item.title) for item in show.items])


def _songs(show: Show, _asked: Asked) -> tuple[Option, ...]:
    return _titled([(song.id, song.title) for song in show.songs])


def _roles(show: Show, _asked: Asked) -> tuple[Option, ...]:
    return tuple(Option(role.id, role.id) for role in show.roles)


def _lists(show: Show, _asked: Asked) -> tuple[Option, ...]:
    return _titled([(free.id, free.title) for free in show.lists])


def _departments(show: Show, _asked: Asked) -> tuple[Option, ...]:
    return _titled([(each.id, each.name) for each in show.departments])


def _choices(show: Show, _asked: Asked) -> tuple[Option, ...]:
    return tuple(Option(choice.id, choice.id) for choice in show.choices)


def _sections(show: Show, asked: Asked) -> tuple[Option, ...]:
    item = show.item_by_id.get(asked.item or "")
    song = show.song_of(item) if item is not None else None
    return _titled([(section.id, section.name) for section in song.sections]) if song is not None else ()


def _groups(show: Show, asked: Asked) -> tuple[Option, ...]:
    groups = [cue for cue in show.cues if cue.group is not None and cue.item == asked.item]
    return tuple(Option(cue.id, f"{cue.number} {cue.label}".strip()) for cue in groups)


def _leaders(show: Show, asked: Asked) -> tuple[Option, ...]:
    if asked.item is not None:
        cues = show.cues_by_item.get(asked.item, ())
    else:
        cues = tuple(cue for cue in show.cues if cue.item is None and cue.list == asked.list)
    return tuple(Option(cue.id, f"{cue.number} {cue.label}".strip()) for cue in cues)


def _verbs(show: Show, asked: Asked) -> tuple[Option, ...]:
    """Those that the device here understands first; the others say so."""
    role = show.role_by_id.get(asked.role or "")
    own = role.verbs if role is not None and role.verbs else tuple(CATALOGUE)
    heard = asked.understood
    if heard is None:
        return tuple(Option(verb, verb) for verb in dict.fromkeys((*own, *CATALOGUE)))
    names = sorted(dict.fromkeys((*own, *CATALOGUE)), key=lambda verb: verb not in heard)
    return tuple(Option(v, v if v in heard else f"{v} · not understood by {asked.device} here") for v in names)


_OPTIONS: Final[Mapping[tuple[type, str], Callable[[Show, Asked], tuple[Option, ...]]]] = {
    (After, "cue"): _leaders,
    (Cue, "item"): _items,
    (Cue, "list"): _lists,
    (Cue, "role"): _roles,
    (Cue, "parent"): _groups,
    (Called, "section"): _sections,
    (AtOffset, "section"): _sections,
    (OnChoice, "choice"): _choices,
    (Is, "choice"): _choices,
    (Step, "verb"): _verbs,
    (Item, "song"): _songs,
    (Role, "department"): _departments,
    (Role, "verbs"): lambda _show, _asked: tuple(Option(verb, verb) for verb in CATALOGUE),
    (Marker, "item"): _items,
}


def arg_fields(step: Mapping[str, Any], at: Path) -> list[Field]:
    """The arguments of a step's verb, by the catalogue; what it does not know stands behind, as the show has it."""
    args: Mapping[str, Any] = step.get("args") or {}
    verb = CATALOGUE.get(step.get("verb", ""))
    known = verb.args if verb is not None else ()
    fields = [_arg_field(arg, verb, args.get(arg.name), (*at, arg.name)) for arg in known]
    others = [name for name in args if name not in {arg.name for arg in known}]
    return fields + [_table_field(Field((*at, name), _title(name), "value"), args[name]) for name in others]


def _arg_field(arg: Arg, verb: Verb | None, value: Any, at: Path) -> Field:
    kinds: Mapping[str, FieldKind] = {"int": "whole", "float": "number", "text": "text", "flag": "flag"}
    options = tuple(Option(each, each) for each in arg.choices)
    is_key = verb is not None and arg.name in verb.keys
    if options and not arg.required:
        options = (Option("", "as it is" if arg.default is None else str(arg.default)), *options)
    plain = Field(
        at,
        _title(arg.name),
        "choice" if options else kinds[arg.type],
        value_to_text(value),
        arg.unit,
        arg.minimum,
        arg.maximum,
        options=options,
        needed=arg.required,
        hint=value_to_text(arg.default),
        note=arg.note or ("which one is meant: what is set later of the same displaces it" if is_key else ""),
    )
    return _table_field(plain, value)


def _table_field(plain: Field, value: Any) -> Field:
    """An argument that depends on a choice is shown with its table."""
    if not isinstance(value, Mapping):
        return replace(plain, text=value_to_text(value))
    words = value_to_text(value["table"])
    return replace(
        plain,
        path=(*plain.path, "table"),
        title=f"{plain.title} by {value['choice']}",
        kind="table",
        text=words,
        options=(),
        needed=True,
    )


def _title(name: str) -> str:
    return name.removesuffix("_s").removesuffix("_hz").replace("_", " ").capitalize()
