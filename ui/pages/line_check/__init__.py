"""Shift+F6: the house walked line by line."""
