"""Pages that stand in the console's place for a while; the clocks above and the GO bar below stay where they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtWidgets import QWidget

from ui.pages.devices import DevicesPage
from ui.pages.explain import ExplainPage
from ui.pages.house.page import HousePage
from ui.pages.houses_diff import HousesDiffPage
from ui.pages.line_check.page import LineCheckPage
from ui.pages.page import Page as Page
from ui.pages.preflight import PreflightPage
from ui.pages.profiles import ProfilesPage
from ui.pages.rehearsal import RehearsalPage
from ui.pages.takes import TakesPage
from ui.theme.colours import Theme

MAKERS: Final[Mapping[str, Callable[[Theme, QWidget | None], Page]]] = MappingProxyType(
    {
        "house": HousePage,
        "houses_diff": HousesDiffPage,
        "preflight": PreflightPage,
        "devices": DevicesPage,
        "line_check": LineCheckPage,
        "profiles": ProfilesPage,
        "rehearsal": RehearsalPage,
        "explain": ExplainPage,
        "takes": TakesPage,
    }
)
"""How each page but the console is made, by its id in :data:`ui.page_actions.PAGE_NAMES`."""
