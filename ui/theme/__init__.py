"""Palettes, font and icons."""
