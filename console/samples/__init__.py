"""The shows that ship with the console."""
