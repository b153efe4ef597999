"""Item models: the show as Qt wants to see it."""
