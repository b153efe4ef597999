"""The window: shows what the engine says and asks it for what the operator wants."""
