"""The engine: decides what leaves when, on a time it is given."""
