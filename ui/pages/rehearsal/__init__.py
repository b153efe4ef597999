"""The page of a rehearsal: who is live, what repeats and how fast, and everything that would go wrong tonight."""

from ui.pages.rehearsal.page import RehearsalPage as RehearsalPage
