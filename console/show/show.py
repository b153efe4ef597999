"""The show: the whole document, and look-ups over it."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field

from console.show.cues import Cue, Hazard
from console.show.doc import Doc
from console.show.numbers import NumberKey, number_to_order, readable_key
from console.show.rundown import Inhibit, Item
from console.show.songs import Section, Song
from profiles.quality import Tier

SCHEMA_VERSION = 1

RateName = Literal["23.976", "24", "25", "29.97df", "29.97", "30", "50", "59.94df", "59.94", "60"]


class Department(Doc):
    """LX, SND, VID …: who is called."""

    id: str
    name: str
    colour: str | None = None


class Role(Doc):
    """A logical target in the show; the venue says which devices stand for it."""

    id: str
    department: str
    hazard: Hazard = "none"
    verbs: tuple[str, ...] = ()
    note: str = ""


class Choice(Doc):
    """A named decision taken during the show, with its values, default, and who may set it."""

    id: str
    values: tuple[str, ...]
    default: str
    set_by: tuple[str, ...] = ()


class FreeList(Doc):
    """A list beside the rundown: hot cues, house cues. Has a standby of its own."""

    id: str
    title: str


class Marker(Doc):
    """A named place on an item's timeline, in seconds from its zero."""

    id: str
    item: str
    at_s: float
    text: str
    colour: str | None = None


class Rules(Doc):
    """How the operator's hands are guarded, and what equipment the show may be trusted to."""

    go_gap_ms: int = Field(default=200, ge=0)  # a second GO sooner than this is refused
    go_key_up: bool = True  # GO re-arms when the key comes up
    go_window_ms: int = Field(default=0, ge=0)  # a press this early waits for the cue's own position
    late_ms: int = Field(default=250, ge=0)  # a trigger later than this is skipped and says so
    go_in_two: tuple[str, ...] = ()  # lists where a first press confirms the standby, and a second runs it
    arm_apart: bool = False  # one person says yes for one arming role of a cue only
    show_stop_by: tuple[str, ...] = ()  # who may call a show stop; nobody named: anybody
    min_tier: Tier = Tier.DRAFT  # device profiles below this fail preflight
    code_moves_items: bool = False  # outside timecode may take the show to another item


class Show(Doc):
    """One show, as saved. Tuples keep their order; ids are unique over all cues."""

    schema_version: int = SCHEMA_VERSION
    id: str
    title: str
    rate: RateName = "25"
    on_air: str | None = None  # ISO 8601 with offset
    programme_s: float | None = Field(default=None, gt=0)
    hard_out_s: float | None = Field(default=None, gt=0)
    rules: Rules = Rules()
    inhibits: tuple[Inhibit, ...] = ()
    departments: tuple[Department, ...] = ()
    roles: tuple[Role, ...] = ()
    choices: tuple[Choice, ...] = ()
    songs: tuple[Song, ...] = ()
    items: tuple[Item, ...] = ()
    lists: tuple[FreeList, ...] = ()
    cues: tuple[Cue, ...] = ()
    markers: tuple[Marker, ...] = ()

    @cached_property
    def cue_by_id(self) -> dict[str, Cue]:
        return {cue.id: cue for cue in self.cues}

    @cached_property
    def item_by_id(self) -> dict[str, Item]:
        return {item.id: item for item in self.items}

    @cached_property
    def song_by_id(self) -> dict[str, Song]:
        return {song.id: song for song in self.songs}

    @cached_property
    def role_by_id(self) -> dict[str, Role]:
        return {role.id: role for role in self.roles}

    @cached_property
    def section_by_id(self) -> dict[str, Section]:
        return {section.id: section for song in self.songs for section in song.sections}

    @cached_property
    def cues_by_item(self) -> dict[str, tuple[Cue, ...]]:
        """Cues of each item in stored order; items without cues map to ()."""
        found: dict[str, list[Cue]] = {item.id: [] for item in self.items}
        for cue in self.cues:
            if cue.item is not None:
                found.setdefault(cue.item, []).append(cue)
        return {item: tuple(cues) for item, cues in found.items()}

    @cached_property
    def followers(self) -> dict[str, tuple[Cue, ...]]:
        """Cues that follow each cue, in stored order."""
        found: dict[str, list[Cue]] = {}
        for cue in self.cues:
            if cue.at.on == "after":
                found.setdefault(cue.at.cue, []).append(cue)
        return {leader: tuple(cues) for leader, cues in found.items()}

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """Ids of the cues in each group, by number."""
        found: dict[str, list[Cue]] = {}
        for cue in self.cues:
            if cue.parent is not None:
                found.setdefault(cue.parent, []).append(cue)
        return {
            group: tuple(cue.id for cue in sorted(cues, key=lambda cue: number_to_order(cue.number)))
            for group, cues in found.items()
        }

    @cached_property
    def cue_places(self) -> dict[str, int]:
        """Where each cue is stored."""
        return dict(zip((cue.id for cue in self.cues), range(len(self.cues)), strict=True))

    @cached_property
    def cue_slots(self) -> dict[tuple[str | None, NumberKey], tuple[str, ...]]:
        """Who has which number in which list; numbers that cannot be read are nobody's."""
        found: dict[tuple[str | None, NumberKey], tuple[str, ...]] = {}
        for cue in self.cues:
            key = readable_key(cue.number)
            if key is not None:
                found[cue.list, key] = (*found.get((cue.list, key), ()), cue.id)
        return found

    def song_of(self, item: Item) -> Song | None:
        """The item's song, or None for talk, VT and the like."""
        return self.song_by_id.get(item.song) if item.song is not None else None

    def department_of(self, cue: Cue) -> str | None:
        """The department of the cue's role; None for a group."""
        role = self.role_by_id.get(cue.role) if cue.role is not None else None
        return role.department if role is not None else None
