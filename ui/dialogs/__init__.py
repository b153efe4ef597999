"""Dialogs, each with an ask() that returns the answer."""
