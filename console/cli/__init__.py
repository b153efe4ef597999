"""The command line: one module a command, and ``main`` that sends a call to it."""
