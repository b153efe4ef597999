"""The table of differences: between two houses, between two show files."""
