"""The inspector: every field of what is picked, to be read and changed."""
