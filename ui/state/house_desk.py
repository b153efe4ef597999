"""What the house page knows: the houses, the one that is picked, what is edited in each, what checks said. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from console.show.show import Show
from profiles.library import load_profiles
from profiles.problems import Problem
from profiles.venue_duplicate import duplicate_text, id_refused
from profiles.venue_edit import HouseFile, read_house
from profiles.venue_library import SUFFIX, is_shipped
from profiles.venue_text import Change, EditTextError
from ui.state.house_cards import Checked, HouseCard, house_card, house_names
from ui.state.house_deeds import Deed
from ui.state.house_fields import Field
from ui.state.house_parts import part_rows
from ui.state.house_rows import HouseRow, house_rows


class HouseDesk:
    """Houses by the name they are opened by. Files are read when they are first looked at."""

    def __init__(self, user_venues: Path, user_profiles: Path) -> None:
        self._venues, self._profiles = user_venues, user_profiles
        self._show: Show | None = None
        self._loaded = ""
        self._picked_files: list[str] = []
        self._files: dict[str, HouseFile] = {}
        self._before: dict[str, list[HouseFile]] = {}  # each house before its changes, the last one last
        self._checks: dict[str, Checked] = {}
        self.names: tuple[str, ...] = ()
        self.current = ""

    # ------------------------------------------------------------ what comes in

    def show_show(self, show: Show | None, loaded: str) -> None:
        """Another show, or another house is loaded. What checks said of another show is forgotten."""
        if show is not self._show:
            self._checks.clear()
        self._show, self._loaded = show, loaded

    def take_check(self, name: str, checked: object) -> None:
        """What ``check`` said of a house."""
        if isinstance(checked, Checked):
            self._checks[name] = checked

    # ------------------------------------------------------------ what there is

    @property
    def file(self) -> HouseFile | None:
        """The house that is picked."""
        return self._file(self.current) if self.current else None

    @property
    def is_loaded(self) -> bool:
        """True where the picked house is the one the show runs in."""
        return bool(self.current) and self.current == self._loaded

    def cards(self, recent: Iterable[str]) -> tuple[HouseCard, ...]:
        """Every house, the list's rows."""
        self.names = house_names(self._venues, recent, self._picked_files, self._loaded)
        return tuple(self.card(name) for name in self.names)

    def card(self, name: str) -> HouseCard:
        """One house as the list shows it."""
        file = self._file(name)
        return house_card(
            name,
            file.venue,
            ships=is_shipped(name) and file.path is None,
            loaded=name == self._loaded,
            changed=file.is_changed,
            checks=self._checks,
        )

    def rows(self) -> tuple[HouseRow, ...]:
        """The drawing of the picked house; empty where its file is no house."""
        venue = self.file.venue if self.file is not None else None
        if venue is None:
            return ()
        profiles, _problems = load_profiles((device.profile for device in venue.devices), self._profiles)
        return (*house_rows(self._show, venue, dict(profiles)), *part_rows(venue))

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the picked house: in its file, or by its check for the show; notes left out."""
        file = self.file
        if file is None or file.venue is None:
            return file.problems if file is not None else ()
        checked = self._checks.get(self.current)
        return tuple(each for each in checked.problems if each.severity != "note") if checked is not None else ()

    def profile_latency_ms(self, device: str) -> float | None:
        """What the profile of a device says of its latency; None where it cannot be read."""
        venue = self.file.venue if self.file is not None else None
        found = venue.device_by_id.get(device) if venue is not None else None
        if found is None:
            return None
        profile = load_profiles([found.profile], self._profiles)[0].get(found.profile)
        return None if profile is None else profile.latency_ms

    def profile_latencies_ms(self) -> dict[str, float]:
        """What the profiles of the picked house's devices say; those that cannot be read are left out."""
        venue = self.file.venue if self.file is not None else None
        if venue is None:
            return {}
        profiles, _problems = load_profiles((device.profile for device in venue.devices), self._profiles)
        return {each.id: profiles[each.profile].latency_ms for each in venue.devices if each.profile in profiles}

    def draft_of(self, name: str) -> str | None:
        """The text of a house that is not saved yet; None where the file has it all."""
        file = self._file(name)
        return file.text if file.is_changed else None

    # ------------------------------------------------------------ what is done

    def pick(self, name: str) -> None:
        """Look at a house. One without unsaved edits is read anew: its file may have been changed."""
        self.current = name
        if not self._file(name).is_changed:
            self._files.pop(name)

    def add_file(self, path: str) -> None:
        """A file that somebody picked."""
        if path not in self._picked_files:
            self._picked_files.append(path)

    def change(self, changes: Sequence[Change]) -> None:
        """Edit the picked house. Raises ``EditRefusedError`` with the reason, and leaves it as it was."""
        before = self._file(self.current)
        self._files[self.current] = before.changed(changes, self._profiles)
        self._before.setdefault(self.current, []).append(before)

    def save(self) -> None:
        """Write the picked house. Raises ``EditRefusedError``."""
        self._files[self.current] = self._file(self.current).save()
        self._before.pop(self.current, None)

    def revert(self) -> None:
        """The picked house as its file has it."""
        self._files.pop(self.current, None)
        self._before.pop(self.current, None)

    @property
    def can_undo(self) -> bool:
        """True where the picked house was changed since it was read or saved."""
        return bool(self._before.get(self.current))

    def undo(self) -> None:
        """Take the last change of the picked house back. Nothing where there is none."""
        if self.can_undo:
            self._files[self.current] = self._before[self.current].pop()

    def duplicate_deed(self) -> Deed:
        """What has to be known for a duplicate of the picked house."""
        return Deed("Duplicate…", (Field("New id", ("id",), hint="town-hall", needed=True),), lambda _: [])

    def duplicate(self, texts: Mapping[str, str]) -> str:
        """Write a duplicate into the user's folder and pick it; or why not."""
        new, file = texts.get("New id", "").strip(), self.file
        refused = id_refused(new)
        if refused is not None or file is None:
            return refused or "pick a house first"
        path = self._venues / f"{new}{SUFFIX}"
        if is_shipped(new) or path.exists():
            return f"{new} is there already: choose another id"
        try:
            text = duplicate_text(file.text, file.venue.id if file.venue is not None else self.current, new)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as fresh:
                fresh.write(text)
        except EditTextError as error:
            return str(error)
        except OSError as error:
            return f"{path} cannot be written, {(error.strerror or 'refused').lower()}: nothing was written"
        self.current = new
        return ""

    def _file(self, name: str) -> HouseFile:
        if name not in self._files:
            self._files[name] = read_house(name, self._venues)
        return self._files[name]
