"""The device library: searched, read, and tried on a ghost."""

from ui.pages.profiles.page import ProfilesPage as ProfilesPage
