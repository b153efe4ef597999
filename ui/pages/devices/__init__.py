"""The devices of the house: how each is, what it was told last, and what can be asked of it."""

from ui.pages.devices.page import DevicesPage as DevicesPage
