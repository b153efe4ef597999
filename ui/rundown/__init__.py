"""The running order of the show."""
