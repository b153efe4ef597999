"""The lines of a preflight as rows."""
